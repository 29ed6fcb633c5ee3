"""Feature maps Φ, with which a model that is linear in its features has curved decision boundaries.

A feature map standardises its inputs (mean 0, standard deviation 1 over the training samples), expands them, and
standardises the resulting columns, so that one learning rate suits all of them:

    X (n, d) → standardised U (n, d) → expansion (n, D) → standardised Φ(X) (n, D)

For the linear expansion, the second standardisation has no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement, product

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats
from core.errors import InvalidDataError

RBF_CENTRES = np.linspace(-2.0, 2.0, 5)
"""Centres of the radial basis functions along each standardised axis; neighbours are one width apart."""

MIN_SCALE = 0.1
"""Smallest number by which a column of Φ is divided. A radial basis function that is almost 0 for all training samples
has a much smaller standard deviation; divided by that, the column would be huge far from the training samples."""

Expansion = Callable[[Floats], Floats]


def linear(U: Floats) -> Floats:
    """Return the inputs unchanged: straight boundaries."""
    return U


def quadratic(U: Floats) -> Floats:
    """Return all monomials of degree 1 and 2: boundaries are conic sections."""
    return _evaluate_monomials(U, 2)


def cubic(U: Floats) -> Floats:
    """Return all monomials of degree 1 to 3."""
    return _evaluate_monomials(U, 3)


def rbf(U: Floats) -> Floats:
    """Return the radial basis functions e^{−‖u − c‖²/2} for centres c on a grid, RBF_CENTRES along each input."""
    centres = np.array(list(product(RBF_CENTRES, repeat=U.shape[1])))
    with np.errstate(under="ignore"):
        return np.asarray(np.exp(-0.5 * ((U[:, None, :] - centres) ** 2).sum(axis=-1)))


EXPANSIONS: dict[str, Expansion] = {"linear": linear, "quadratic": quadratic, "cubic": cubic, "rbf": rbf}


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """A feature map Φ fitted to training samples.

    `expansion` is a key of EXPANSIONS. `mean` and `scale` (d,) standardise the inputs: subtract the mean, divide by the
    scale. `column_mean` and `column_scale` (D,) standardise the columns of the expansion in the same way.
    """

    expansion: str
    mean: Floats
    scale: Floats
    column_mean: Floats
    column_scale: Floats

    @classmethod
    def fit(cls, X: ArrayLike, expansion: str = "linear") -> FeatureMap:
        """Return the feature map for training samples (n, d). Constant columns are centred but not scaled."""
        X = np.asarray(X, dtype=np.float64, order="C")  # sums in another memory order differ in the last bit
        if expansion not in EXPANSIONS:
            raise InvalidDataError("expansion", expansion=expansion)
        mean, scale = _mean_and_scale(X)
        column_mean, column_scale = _mean_and_scale(EXPANSIONS[expansion]((X - mean) / scale))
        return cls(expansion, mean, scale, column_mean, np.maximum(column_scale, MIN_SCALE))

    @classmethod
    def unscaled(cls, d: int) -> FeatureMap:
        """Return the identity Φ(x) = x for d inputs."""
        return cls("linear", np.zeros(d), np.ones(d), np.zeros(d), np.ones(d))

    def __call__(self, X: ArrayLike) -> Floats:
        """Return Φ(X): (n, d) → (n, D)."""
        U = (np.asarray(X, dtype=np.float64) - self.mean) / self.scale
        return (EXPANSIONS[self.expansion](U) - self.column_mean) / self.column_scale


def monomials(n_inputs: int, degree: int) -> list[tuple[int, ...]]:
    """Return the monomials of degree 1 to `degree`, each as the indices of its factors: (0, 0, 1) is x₁²x₂.

    The order is that of the columns of `quadratic` and `cubic`.
    """
    return [factors for d in range(1, degree + 1) for factors in combinations_with_replacement(range(n_inputs), d)]


def _evaluate_monomials(U: Floats, degree: int) -> Floats:
    return np.stack([U[:, list(factors)].prod(axis=1) for factors in monomials(U.shape[1], degree)], axis=1)


def _mean_and_scale(X: Floats) -> tuple[Floats, Floats]:
    """Return the mean of each column and its scale, the number to divide the column by.

    The scale is the standard deviation. If a column varies by rounding errors only, the scale is 1, or the size of
    these errors if they are larger than 1.
    """
    mean, deviation, rounding_error = X.mean(axis=0), X.std(axis=0), 1e-12 * np.abs(X).max(axis=0)
    return mean, np.where(deviation <= rounding_error, np.maximum(rounding_error, 1.0), deviation)
