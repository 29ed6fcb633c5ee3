"""Entropy, divergence and likelihood, in nats (slide 3.4).

    entropy                    H(p)    = −Σ p log p
    Kullback–Leibler           KL(p‖q) =  Σ p log (p/q)
    cross-entropy (losses.py)  H(p, q) = −Σ p log q = H(p) + KL(p‖q)
    likelihood                 Π pᵢ    underflows: float64 has no positive number below 5×10⁻³²⁴
    negative log-likelihood    Σ −log pᵢ; smallest where the likelihood is largest

In the first three, p and q are distributions (K,), and 0 log 0 counts as 0, its limit. In the last two, pᵢ is the
probability that a model gives to the true class of sample i. To convert nats to bits, divide by log 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats
from core.errors import InvalidDataError
from core.losses import one_hot


def entropy(probabilities: ArrayLike) -> float:
    """Return H(p) = −Σ p log p of one distribution (K,): 0 for one-hot, log K for uniform."""
    p = np.asarray(probabilities, dtype=np.float64)
    return float(-(p * np.log(np.where(p > 0, p, 1.0))).sum()) + 0.0


def kl_divergence(p: ArrayLike, q: ArrayLike) -> float:
    """Return KL(p‖q) = Σ p log (p/q) of two distributions (K,); inf where p > 0 and q = 0."""
    p, q = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    possible = p > 0
    with np.errstate(divide="ignore"):
        return float((p[possible] * (np.log(p[possible]) - np.log(q[possible]))).sum())


def smooth_labels(labels: ArrayLike, n_classes: int, epsilon: float) -> Floats:
    """Return the targets (1 − ε) · one-hot + ε/K of label smoothing: labels (n,) → (n, K), one label → (K,).

    Szegedy et al. 2016, section 7.

    Raises
    ------
    InvalidDataError
        "epsilon", unless 0 ≤ ε ≤ 1.
    """
    if not 0 <= epsilon <= 1:
        raise InvalidDataError("epsilon", epsilon=epsilon)
    return (1 - epsilon) * one_hot(labels, n_classes) + epsilon / n_classes


def running_likelihood(probabilities: ArrayLike) -> Floats:
    """Return the products p₁, p₁p₂, … of probabilities (n,): exactly 0 once they underflow."""
    with np.errstate(under="ignore"):
        return np.asarray(np.cumprod(np.asarray(probabilities, dtype=np.float64)))


def running_negative_log(probabilities: ArrayLike) -> Floats:
    """Return the sums −log p₁, −log p₁ − log p₂, … of probabilities (n,)."""
    return np.asarray(np.cumsum(-np.log(np.asarray(probabilities, dtype=np.float64))))
