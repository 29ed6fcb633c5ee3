"""Temperature scaling: confidence put right after training, without changing a single prediction (slide 6.2).

    ŷ = softmax(z/T)        T > 1 lowers every confidence, T < 1 raises it; argmax z/T is argmax z for any T

The T to choose is the one under which held-out labels are likeliest, that is of least cross-entropy (NLL); Guo, Pleiss,
Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017. As a function of 1/T the cross-entropy is convex,
so its slope changes sign once, and halving finds where.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats, softmax
from core.errors import InvalidDataError
from core.losses import as_targets

LOWEST, HIGHEST = 0.01, 100.0
"""Between which temperatures is searched. Logits that are never wrong would want T → 0, worthless ones T → ∞."""


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """The T in LOWEST … HIGHEST of least mean cross-entropy of softmax(Z/T), Z (n, K) with labels (n,).

    Where no T is better than another, since each sample's logits are equal, it is 1. Raises InvalidDataError("shape"),
    ("not_finite") or ("labels").
    """
    z, chosen = np.asarray(logits, dtype=np.float64), np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or chosen.shape != z.shape[:1]:
        raise InvalidDataError("shape", logits=z.shape, labels=chosen.shape)
    if not np.isfinite(z).all():
        raise InvalidDataError("not_finite")
    y = as_targets(chosen, z)
    z = z - z.max(axis=1, keepdims=True)
    if not z.any():
        return 1.0
    low, high = math.log(LOWEST), math.log(HIGHEST)
    while (middle := (low + high) / 2) not in (low, high):
        if _wants_cooler(z, y, math.exp(middle)):
            high = middle
        else:
            low = middle
    return math.exp(middle)


def _wants_cooler(z: Floats, y: Floats, temperature: float) -> bool:
    """Whether the cross-entropy of softmax(Z/T) does not rise as T falls: n times its slope by 1/T is Σ (ŷ − y)·z."""
    return float(((softmax(z, temperature) - y) * z).sum()) <= 0
