"""How wrong a prediction is, and which way its logits should move.

    cross-entropy            L = −(1/n) Σᵢ Σⱼ yᵢⱼ log ŷᵢⱼ            ∂L/∂Z = (Ŷ − Y)/n        (slides 4.1, 4.2)
    binary cross-entropy     L = −(1/n) Σᵢ Σⱼ [y log σ(z) + (1−y) log(1−σ(z))]
                                                                    ∂L/∂Z = (σ(Z) − Y)/n     (slide 6.3)
    squared error            L =  (1/n) Σᵢ Σⱼ (ŷᵢⱼ − yᵢⱼ)²          ∂L/∂zᵢ = 2 Jᵢ (ŷᵢ − yᵢ)/n
    hinge                    L =  (1/n) Σᵢ max(0, 1 − mᵢ)          ∂L/∂zᵢ = (one-hot(j*) − yᵢ)/n where mᵢ < 1, else 0
    zero-one                 L =  share of samples with mᵢ ≤ 0      ∂L/∂Z = 0 wherever it has a slope at all

The margin mᵢ = z_true − max over the other classes is what the last two go by; j* is the largest of those others.

Logits Z and probabilities Ŷ are (n, K), or (K,) for one sample. Targets are class labels, of one dimension
less, or rows of numbers Y of the same shape: one-hot, soft, or one 0/1 a label. Losses are in nats: mean over samples,
sum over classes (so that K sigmoids under one loss learn exactly as K logistic regressions do).
Each loss gives `(value, gradient with respect to the logits)` together, so that they cannot disagree.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats, sigmoid, softmax
from core.errors import InvalidDataError


def one_hot(labels: ArrayLike, n_classes: int) -> Floats:
    """Rows of 0 with a 1 at the label (slide 3.3): labels (n,) → (n, K), a single label → (K,).

    Raises InvalidDataError("labels") for labels that are not whole numbers in 0 … K−1.
    """
    labels = np.asarray(labels)
    if (
        labels.dtype.kind not in "biuf"
        or not ((labels >= 0) & (labels < n_classes) & (labels == np.floor(labels))).all()
    ):
        raise InvalidDataError("labels", n_classes=n_classes)
    rows = np.zeros((*labels.shape, n_classes))
    np.put_along_axis(rows, labels.astype(np.intp)[..., None], 1.0, axis=-1)
    return rows


def cross_entropy(probabilities: ArrayLike, targets: ArrayLike) -> float:
    """Mean −Σ y log ŷ in nats; inf where a true class was given probability 0 (slides 3.3, 4.1)."""
    p = np.asarray(probabilities, dtype=np.float64)
    y = as_targets(targets, p)
    with np.errstate(divide="ignore"):
        terms = y * np.log(np.where(y > 0, p, 1.0))
    return float(-terms.sum() / _samples(p)) + 0.0


def binary_cross_entropy(probabilities: ArrayLike, targets: ArrayLike) -> float:
    """Mean over samples of −Σ [y log ŷ + (1 − y) log(1 − ŷ)] in nats, for any ŷ in [0, 1] (slide 6.3)."""
    p = np.asarray(probabilities, dtype=np.float64)
    y = as_targets(targets, p)
    return cross_entropy(p, y) + cross_entropy(1.0 - p, 1.0 - y)


def softmax_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Mean cross-entropy of softmax(Z) against the targets, and its gradient (Ŷ − Y)/n.

    Rows of targets that sum to m rather than 1 weigh m: their gradient is (mŷ − y)/n.
    """
    return _mean(softmax_cross_entropy_sum, logits, targets)


def sigmoid_binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Binary cross-entropy of σ(Z), summed over labels, mean over samples, and its gradient (σ(Z) − Y)/n."""
    return _mean(sigmoid_binary_cross_entropy_sum, logits, targets)


SMALL_LOGIT = 300.0
"""Exponentials of logits within ± this, and their sums, are far from the ends of float64."""


class LossSum(Protocol):
    """A loss summed over samples; as training asks for it, thousands of times a second, of arrays it has checked once.

    Logits and targets lie class by class, (…, K, n), so that a reduction over the few classes runs along the many
    samples; `mass` (n,) is each sample's Σy. Gives (…,) sums, or NaN if no value is asked for; overwrites the logits,
    with the sum's gradient if the slope is asked for. Who knows that no logit exceeds ±SMALL_LOGIT may say so: what
    keeps exponentials from overflowing takes a quarter of the time.
    """

    def __call__(
        self, z: Floats, y: Floats, mass: Floats, /, *, value: bool = True, slope: bool = True, small: bool = False
    ) -> Any:
        """The sums, as a number or an array."""


def softmax_cross_entropy_sum(
    z: Floats, y: Floats, mass: Floats, *, value: bool = True, slope: bool = True, small: bool = False
) -> Any:
    """See `LossSum`."""
    if not small:
        z -= np.maximum.reduce(z, axis=-2, keepdims=True)
    agreement = np.add.reduce(y * z, axis=(-2, -1)) if value else np.nan
    np.exp(z, out=z)
    total = np.add.reduce(z, axis=-2)
    if slope:
        z *= (mass / total)[..., None, :]
        z -= y
    return np.add.reduce(mass * np.log(total), axis=-1) - agreement if value else np.nan


def sigmoid_binary_cross_entropy_sum(
    z: Floats, y: Floats, _mass: Floats, *, value: bool = True, slope: bool = True, small: bool = False
) -> Any:
    """See `LossSum`; each label is taken for itself, whatever their sum."""
    # −log σ(z) = max(−z, 0) + log(1 + e^{−|z|}), and −log(1 − σ(z)) is z more.
    terms = np.maximum(z, 0.0) - z * y + np.log1p(np.exp(-np.abs(z))) if value else None
    if slope:
        np.subtract(1.0 / (1.0 + np.exp(-z)) if small else sigmoid(z), y, out=z)
    return np.nan if terms is None else np.add.reduce(terms, axis=(-2, -1))


def _mean(loss_sum: LossSum, logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """The mean over samples, and its gradient."""
    z = np.array(logits, dtype=np.float64)
    y = as_targets(targets, z)
    with np.errstate(under="ignore"):
        loss = loss_sum(np.atleast_2d(z).T, np.atleast_2d(y).T, np.atleast_1d(np.add.reduce(y, axis=-1)))
        return float(loss) / _samples(z), z / _samples(z)


def softmax_squared_error(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Mean ‖ŷ − y‖² of softmax(Z), and its gradient 2 J (ŷ − y)/n, which vanishes where ŷ is sure and wrong."""
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    p = softmax(z)
    with np.errstate(under="ignore"):
        error = p - y
        # J e = p ∘ (e − p·e), without building the K×K Jacobian.
        pulled = p * (error - (p * error).sum(axis=-1, keepdims=True))
        return float((error * error).sum()) / _samples(z), 2.0 * pulled / _samples(z)


def margins(logits: ArrayLike, labels: ArrayLike) -> Floats:
    """By how much the true class's logit exceeds the largest other one: logits (n, K), labels (n,) → (n,)."""
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(labels, z) > 0
    return np.asarray(z[y].reshape(z.shape[:-1]) - np.where(y, -np.inf, z).max(axis=-1))


def hinge(logits: ArrayLike, labels: ArrayLike) -> tuple[float, Floats]:
    """Mean max(0, 1 − m) and a subgradient, the multi-class hinge of Crammer and Singer (2001, JMLR 2, 265–292).

    Labels only, since a margin has one true class. Of several largest others the first is pushed down.
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(labels, z)
    short = 1.0 - margins(z, labels)
    rival = one_hot(np.where(y > 0, -np.inf, z).argmax(axis=-1), z.shape[-1])
    gradient = np.where((short > 0)[..., None], rival - y, 0.0)
    return float(np.maximum(short, 0.0).sum()) / _samples(z), gradient / _samples(z)


def zero_one(logits: ArrayLike, labels: ArrayLike) -> tuple[float, Floats]:
    """Share of samples whose true class is not strictly first, and its gradient: 0, which teaches nothing."""
    z = np.asarray(logits, dtype=np.float64)
    return float(np.mean(margins(z, labels) <= 0)), np.zeros_like(z)


def as_targets(targets: ArrayLike, like: Floats) -> Floats:
    """Targets as rows of the shape of `like`: labels, having one dimension less, become one-hot.

    Raises InvalidDataError("labels") or InvalidDataError("shape").
    """
    y = np.asarray(targets)
    if y.ndim == like.ndim - 1:
        y = one_hot(y, like.shape[-1])
    if y.shape != like.shape:
        raise InvalidDataError("shape", expected=like.shape, found=y.shape)
    return np.asarray(y, dtype=np.float64)


def _samples(z: Floats) -> int:
    return 1 if z.ndim == 1 else z.size // z.shape[-1]
