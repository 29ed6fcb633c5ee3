"""Loss functions and their gradients with respect to the logits.

    cross-entropy            L = −(1/n) Σᵢ Σⱼ yᵢⱼ log ŷᵢⱼ            ∂L/∂Z = (Ŷ − Y)/n        (slides 4.1, 4.2)
    binary cross-entropy     L = −(1/n) Σᵢ Σⱼ [y log σ(z) + (1−y) log(1−σ(z))]
                                                                    ∂L/∂Z = (σ(Z) − Y)/n     (slide 6.3)
    squared error            L =  (1/n) Σᵢ Σⱼ (ŷᵢⱼ − yᵢⱼ)²          ∂L/∂zᵢ = 2 Jᵢ (ŷᵢ − yᵢ)/n
    linear loss              L =  (1/n) Σᵢ Σⱼ yᵢⱼ (1 − ŷᵢⱼ)          ∂L/∂zᵢ = −Jᵢ yᵢ/n
    hinge                    L =  (1/n) Σᵢ max(0, 1 − mᵢ)          ∂L/∂zᵢ = (one-hot(j*) − yᵢ)/n where mᵢ < 1, else 0
    zero-one                 L =  share of samples with mᵢ ≤ 0      ∂L/∂Z = 0 wherever it exists

J = ∂ŷ/∂z is the Jacobian of softmax. The margin mᵢ is the logit of the true class minus the largest other logit, that
of class j*.

Logits Z and probabilities Ŷ are (n, K), or (K,) for one sample. Targets are class labels (n,) or Y (n, K), or one label
or (K,) for one sample. Rows of Y are one-hot, soft, or one 0/1 per label. Losses are summed over classes and averaged
over samples; because of the sum, K sigmoids learn exactly as K logistic regressions do. Cross-entropies are in nats.
Functions of logits return `(loss, gradient with respect to the logits)`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats, log_sigmoid, log_softmax, sigmoid, softmax
from core.errors import InvalidDataError


def one_hot(labels: ArrayLike, n_classes: int) -> Floats:
    """Return one-hot rows (slide 3.3): labels (n,) → (n, K), one label → (K,).

    Raises
    ------
    InvalidDataError
        "labels", unless they are whole numbers in 0 … K−1.
    """
    labels = np.asarray(labels)
    is_numeric = labels.dtype.kind in "biuf"
    if not (is_numeric and ((labels >= 0) & (labels < n_classes) & (labels == np.floor(labels))).all()):
        raise InvalidDataError("labels", n_classes=n_classes)
    rows = np.zeros((*labels.shape, n_classes))
    np.put_along_axis(rows, labels.astype(np.intp)[..., None], 1.0, axis=-1)
    return rows


def cross_entropy(probabilities: ArrayLike, targets: ArrayLike) -> float:
    """Return the mean of −Σ y log ŷ; inf if a true class has probability 0 (slides 3.3, 4.1)."""
    p = np.asarray(probabilities, dtype=np.float64)
    y = as_targets(targets, p)
    with np.errstate(divide="ignore"):
        terms = y * np.log(np.where(y > 0, p, 1.0))
    return float(-terms.sum() / _n_samples(p)) + 0.0


def binary_cross_entropy(probabilities: ArrayLike, targets: ArrayLike) -> float:
    """Return the mean of −Σ [y log ŷ + (1 − y) log(1 − ŷ)], for any ŷ in [0, 1] (slide 6.3)."""
    p = np.asarray(probabilities, dtype=np.float64)
    y = as_targets(targets, p)
    return cross_entropy(p, y) + cross_entropy(1.0 - p, 1.0 - y)


def softmax_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the cross-entropy of Ŷ = softmax(Z) and its gradient (Ŷ − Y)/n.

    For a row of targets whose sum m is not 1, the gradient is (m ŷ − y)/n.
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    log_p = log_softmax(z)
    with np.errstate(under="ignore"):
        error = y.sum(axis=-1, keepdims=True) * np.exp(log_p) - y
        return -float((y * log_p).sum()) / _n_samples(z) + 0.0, error / _n_samples(z)


def sigmoid_binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the binary cross-entropy of σ(Z) and its gradient (σ(Z) − Y)/n."""
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    with np.errstate(under="ignore"):
        terms = y * log_sigmoid(z) + (1.0 - y) * log_sigmoid(-z)  # since 1 − σ(z) = σ(−z)
        return -float(terms.sum()) / _n_samples(z) + 0.0, (sigmoid(z) - y) / _n_samples(z)


def softmax_squared_error(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the mean of ‖ŷ − y‖² for ŷ = softmax(z), and its gradient 2 J (ŷ − y)/n with the Jacobian J = ∂ŷ/∂z.

    The gradient vanishes where ŷ is one-hot, even if ŷ names the wrong class.
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    p = softmax(z)
    with np.errstate(under="ignore"):
        error = p - y
        jacobian_error = p * (error - (p * error).sum(axis=-1, keepdims=True))  # J (ŷ − y) without the K×K matrix J
        return float((error * error).sum()) / _n_samples(z), 2.0 * jacobian_error / _n_samples(z)


def softmax_linear_loss(logits: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the mean of Σ y (1 − ŷ) for ŷ = softmax(z), and its gradient −J y/n with the Jacobian J = ∂ŷ/∂z.

    For one true class with probability p, the loss is 1 − p. The gradient contains the factor p, so it vanishes where
    the model is sure of a wrong class.
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(targets, z)
    p = softmax(z)
    with np.errstate(under="ignore"):
        gradient = p * ((p * y).sum(axis=-1, keepdims=True) - y)  # −J y without the K×K matrix J
        return float((y * (1.0 - p)).sum()) / _n_samples(z), gradient / _n_samples(z)


def margins(logits: ArrayLike, labels: ArrayLike) -> Floats:
    """Return the logit of the true class minus the largest other logit: logits (n, K), labels (n,) → (n,)."""
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(labels, z) > 0
    return np.asarray(z[y].reshape(z.shape[:-1]) - np.where(y, -np.inf, z).max(axis=-1))


def hinge(logits: ArrayLike, labels: ArrayLike) -> tuple[float, Floats]:
    """Return the multi-class hinge loss, the mean of max(0, 1 − m), and a subgradient with respect to the logits.

    The margin m is the logit of the true class minus the largest other logit. The class of that other logit is j* (the
    first, if several are equally large). The margin needs one true class, so targets must be class labels. Source:
    Crammer and Singer (2001, JMLR 2, 265–292).
    """
    z = np.asarray(logits, dtype=np.float64)
    y = as_targets(labels, z)
    violation = 1.0 - margins(z, labels)
    largest_other = one_hot(np.where(y > 0, -np.inf, z).argmax(axis=-1), z.shape[-1])
    gradient = np.where((violation > 0)[..., None], largest_other - y, 0.0)
    return float(np.maximum(violation, 0.0).sum()) / _n_samples(z), gradient / _n_samples(z)


def zero_one(logits: ArrayLike, labels: ArrayLike) -> tuple[float, Floats]:
    """Return the share of samples whose margin is not positive, and the gradient 0, which cannot train a model."""
    z = np.asarray(logits, dtype=np.float64)
    return float(np.mean(margins(z, labels) <= 0)), np.zeros_like(z)


def as_targets(targets: ArrayLike, like: Floats) -> Floats:
    """Return targets in the shape of `like`; class labels become one-hot rows.

    Raises InvalidDataError("labels") or ("shape").
    """
    y = np.asarray(targets)
    if y.ndim == like.ndim - 1:
        y = one_hot(y, like.shape[-1])
    if y.shape != like.shape:
        raise InvalidDataError("shape", expected=like.shape, found=y.shape)
    return np.asarray(y, dtype=np.float64)


def _n_samples(z: Floats) -> int:
    return 1 if z.ndim == 1 else z.size // z.shape[-1]
