"""Feature maps Φ: what lets a model that is linear in its features draw curves.

A map standardises its inputs (mean 0, standard deviation 1 over the training samples), expands them by one of the
expansions below, and standardises the columns that result, so that one learning rate suits all of them:

    X (n, d) → standardised U (n, d) → expansion (n, D) → standardised Φ(X) (n, D)

For the linear expansion the second standardisation changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement, product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import Floats
from core.errors import InvalidDataError

RBF_CENTRES = np.linspace(-2.0, 2.0, 5)
"""Centres of the radial basis functions along each standardised axis; neighbours are one width apart."""

LEAST_SPREAD = 0.1
"""The least a column of Φ is divided by: a bump that hardly any sample meets is not blown up to rule the far field."""

Expansion = Callable[[Floats], Floats]


def linear(U: Floats) -> Floats:
    """The inputs themselves: straight boundaries."""
    return U


def quadratic(U: Floats) -> Floats:
    """All products of up to two inputs: conic sections."""
    return _monomials(U, 2)


def cubic(U: Floats) -> Floats:
    """All products of up to three inputs."""
    return _monomials(U, 3)


def rbf(U: Floats) -> Floats:
    """Gaussian bumps e^{−‖u − c‖²/2} about a grid of centres c."""
    centres = np.array(list(product(RBF_CENTRES, repeat=U.shape[1])))
    with np.errstate(under="ignore"):
        return np.asarray(np.exp(-0.5 * ((U[:, None, :] - centres) ** 2).sum(axis=-1)))


EXPANSIONS: dict[str, Expansion] = {"linear": linear, "quadratic": quadratic, "cubic": cubic, "rbf": rbf}


@dataclass(frozen=True)
class FeatureMap:
    """An expansion with the means and standard deviations learnt from training samples."""

    expansion: str
    mean: Floats
    scale: Floats
    column_mean: Floats
    column_scale: Floats

    @classmethod
    def fit(cls, X: ArrayLike, expansion: str = "linear") -> FeatureMap:
        """The map for these samples (n, d). A column that does not vary is centred and left unscaled."""
        X = np.asarray(X, dtype=np.float64, order="C")  # sums, to the last bit, follow the order in memory
        if expansion not in EXPANSIONS:
            raise InvalidDataError("expansion", expansion=expansion)
        mean, scale = _moments(X)
        column_mean, column_scale = _moments(EXPANSIONS[expansion]((X - mean) / scale))
        return cls(expansion, mean, scale, column_mean, np.maximum(column_scale, LEAST_SPREAD))

    @classmethod
    def unscaled(cls, d: int) -> FeatureMap:
        """Φ(x) = x for d inputs: the samples as they are."""
        return cls("linear", np.zeros(d), np.ones(d), np.zeros(d), np.ones(d))

    def __call__(self, X: ArrayLike) -> Floats:
        """Φ(X): (n, d) → (n, D)."""
        U = (np.asarray(X, dtype=np.float64) - self.mean) / self.scale
        return (EXPANSIONS[self.expansion](U) - self.column_mean) / self.column_scale


def powers(n_inputs: int, degree: int) -> list[tuple[int, ...]]:
    """The monomials of `quadratic` and `cubic` in order, each as the indices of the inputs it multiplies."""
    return [factors for d in range(1, degree + 1) for factors in combinations_with_replacement(range(n_inputs), d)]


def _monomials(U: Floats, degree: int) -> Floats:
    return np.stack([U[:, list(factors)].prod(axis=1) for factors in powers(U.shape[1], degree)], axis=1)


def _moments(X: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """Mean and standard deviation by column, the latter 1, or what rounding is of, where that is all that varies."""
    mean, deviation, rounding = X.mean(axis=0), X.std(axis=0), 1e-12 * np.abs(X).max(axis=0)
    return mean, np.where(deviation <= rounding, np.maximum(rounding, 1.0), deviation)
