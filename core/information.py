"""Uncertainty of a distribution, in nats.

    entropy   H(p) = −Σᵢ pᵢ log pᵢ

0 log 0 counts as 0, its limit. Divided by log 2, nats become bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def entropy(probabilities: ArrayLike) -> float:
    """H(p) = −Σ p log p in nats, for one distribution (K,): 0 for one-hot, log K for uniform."""
    p = np.asarray(probabilities, dtype=np.float64)
    return float(-(p * np.log(np.where(p > 0, p, 1.0))).sum()) + 0.0
