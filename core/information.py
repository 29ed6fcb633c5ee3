"""How uncertain a distribution is, and how far one lies from another, in nats.

    entropy                    H(p)    = −Σ p log p
    Kullback–Leibler           KL(p‖q) =  Σ p log (p/q)
    cross-entropy (losses.py)  H(p, q) = −Σ p log q = H(p) + KL(p‖q)

0 log 0 counts as 0, its limit. Divided by log 2, nats become bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats
from core.errors import InvalidDataError
from core.losses import one_hot


def entropy(probabilities: ArrayLike) -> float:
    """H(p) = −Σ p log p in nats, for one distribution (K,): 0 for one-hot, log K for uniform."""
    p = np.asarray(probabilities, dtype=np.float64)
    return float(-(p * np.log(np.where(p > 0, p, 1.0))).sum()) + 0.0


def kl_divergence(p: ArrayLike, q: ArrayLike) -> float:
    """KL(p‖q) = Σ p log (p/q) of two distributions (K,); inf where p says possible and q impossible (slide 3.4)."""
    p, q = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    possible = p > 0
    with np.errstate(divide="ignore"):
        return float((p[possible] * (np.log(p[possible]) - np.log(q[possible]))).sum())


def smoothed(labels: ArrayLike, n_classes: int, epsilon: float) -> Floats:
    """Targets that keep 1 − ε for the label and share ε among all K classes: labels (n,) → (n, K), one label → (K,).

    Label smoothing (Szegedy et al. 2016, section 7). Raises InvalidDataError("epsilon") unless 0 ≤ ε ≤ 1.
    """
    if not 0 <= epsilon <= 1:
        raise InvalidDataError("epsilon", epsilon=epsilon)
    return (1 - epsilon) * one_hot(labels, n_classes) + epsilon / n_classes
