"""Temperature scaling: correct the confidence of a trained model without changing its predictions (slide 6.2).

    ŷ = softmax(z/T)        T > 1 lowers every confidence, T < 1 raises it; argmax z/T = argmax z for any T

The best T minimises the cross-entropy (NLL) on held-out samples (Guo, Pleiss, Sun and Weinberger, "On Calibration of
Modern Neural Networks", 2017). The cross-entropy is convex in 1/T, so its derivative changes sign once, and bisection
finds the minimum.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats, softmax
from core.errors import InvalidDataError
from core.losses import as_targets

MIN_TEMPERATURE, MAX_TEMPERATURE = 0.01, 100.0
"""Bounds of the search. Without them, logits that are always right give T → 0, and useless logits T → ∞."""


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return the temperature T that minimises the mean cross-entropy of softmax(Z/T).

    Parameters
    ----------
    logits : (n, K)
        Logits Z of held-out samples.
    labels : (n,)

    Returns
    -------
    float
        T between MIN_TEMPERATURE and MAX_TEMPERATURE. 1 if T has no effect, because each sample's logits are all equal.

    Raises
    ------
    InvalidDataError
        "shape", "not_finite" or "labels".
    """
    z, labels = np.asarray(logits, dtype=np.float64), np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or labels.shape != z.shape[:1]:
        raise InvalidDataError("shape", logits=z.shape, labels=labels.shape)
    if not np.isfinite(z).all():
        raise InvalidDataError("not_finite")
    y = as_targets(labels, z)
    z = z - z.max(axis=1, keepdims=True)
    if not z.any():
        return 1.0
    low, high = math.log(MIN_TEMPERATURE), math.log(MAX_TEMPERATURE)
    while (middle := (low + high) / 2) not in (low, high):
        if _is_too_high(math.exp(middle), z, y):
            high = middle
        else:
            low = middle
    return math.exp(middle)


def _is_too_high(temperature: float, z: Floats, y: Floats) -> bool:
    """Return whether T is at or above the best temperature: a slightly lower T does not raise the cross-entropy."""
    # n times the derivative of the cross-entropy by 1/T is Σ (ŷ − y)·z.
    return float(((softmax(z, temperature) - y) * z).sum()) <= 0
