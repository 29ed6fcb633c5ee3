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

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats, log_sigmoid, log_softmax, sigmoid, softmax
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
    """Return the mean cross-entropy of Ŷ = softmax(Z), and its gradient (Ŷ − Y)/n.

    A row of targets that sums to m rather than 1 has the gradient (m ŷ − y)/n.
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    log_p = log_softmax(z)
    with np.errstate(under="ignore"):
        error = y.sum(axis=-1, keepdims=True) * np.exp(log_p) - y
        return -float((y * log_p).sum()) / _samples(z) + 0.0, error / _samples(z)


def sigmoid_binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the binary cross-entropy of σ(Z), summed over labels, mean over samples, and its gradient (σ(Z) − Y)/n."""
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    with np.errstate(under="ignore"):
        terms = y * log_sigmoid(z) + (1.0 - y) * log_sigmoid(-z)  # since 1 − σ(z) = σ(−z)
        return -float(terms.sum()) / _samples(z) + 0.0, (sigmoid(z) - y) / _samples(z)


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
