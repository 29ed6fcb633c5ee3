"""Functions from logits to probabilities.

    softmax(z)ᵢ = e^{zᵢ/T} / Σⱼ e^{zⱼ/T}        sigmoid(z) = 1 / (1 + e^{−z})

Results are float64 and have the shape of the input. Softmax works along the last axis by default. For finite logits, no
function overflows, except `softmax_steps`, which shows why the others subtract the maximum first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from core.errors import InvalidDataError

Floats = NDArray[np.float64]


def softmax(logits: ArrayLike, temperature: float = 1.0, axis: int = -1) -> Floats:
    """Return the probabilities e^{z/T} / Σ e^{z/T} along `axis` (slide 2.1).

    Raises
    ------
    InvalidDataError
        "temperature", unless 0 < T < ∞.
    """
    shifted = _shifted(logits, axis, temperature)
    with np.errstate(under="ignore"):
        exponentials = np.exp(shifted)
        return np.asarray(exponentials / exponentials.sum(axis=axis, keepdims=True))


def log_softmax(logits: ArrayLike, axis: int = -1) -> Floats:
    """Return log softmax(z) along `axis`; finite even where softmax(z) underflows to 0."""
    z = np.asarray(logits, dtype=np.float64, order="F")  # column-major makes sums over the classes faster, see _shifted
    with np.errstate(over="ignore", under="ignore"):
        shifted = z - z.max(axis=axis, keepdims=True)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def sigmoid(z: ArrayLike) -> Floats:
    """Return σ(z) = 1 / (1 + e^{−z}), elementwise: the probability of one class against all others (slide 1.2)."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        decay = np.exp(-np.abs(z))
        return np.asarray(np.where(z >= 0, 1.0, decay) / (1.0 + decay))


def log_sigmoid(z: ArrayLike) -> Floats:
    """Return log σ(z), elementwise; finite even where σ(z) underflows to 0."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        return np.asarray(np.minimum(z, 0.0) - np.log1p(np.exp(-np.abs(z))))


ACTIVATIONS: dict[str, Callable[[ArrayLike], Floats]] = {"softmax": softmax, "sigmoid": sigmoid}
"""The function from logits to probabilities, by the name of the model's `head`: "softmax" or "sigmoid"."""


def softmax_jacobian(p: ArrayLike) -> Floats:
    """Return ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ), that is diag(p) − ppᵀ: (…, K) → (…, K, K)."""
    p = np.asarray(p, dtype=np.float64)
    with np.errstate(under="ignore"):
        return np.asarray(np.eye(p.shape[-1]) * p[..., None] - p[..., :, None] * p[..., None, :])


@dataclass(frozen=True, eq=False)
class SoftmaxSteps:
    """The intermediate results of softmax: exponents (K,), exponentials (K,), their total, and probabilities (K,)."""

    exponents: NDArray[np.floating]
    exponentials: NDArray[np.floating]
    total: float
    probabilities: NDArray[np.floating]


def softmax_steps(logits: ArrayLike, dtype: DTypeLike = np.float64, subtract_maximum: bool = True) -> SoftmaxSteps:
    """Return the intermediate results of softmax, each rounded to `dtype`.

    Parameters
    ----------
    logits : (K,)
    dtype
        A float type.
    subtract_maximum
        If False, compute the textbook formula: e^z overflows to inf, and inf/inf or 0/0 is NaN. If True, no exponential
        exceeds 1, and the largest is 1.
    """
    with np.errstate(all="ignore"):
        z = np.asarray(logits).astype(dtype)
        exponents = z - z.max() if subtract_maximum else z
        exponentials = np.exp(exponents)
        total = exponentials.sum(dtype=dtype)
        return SoftmaxSteps(exponents, exponentials, float(total), np.asarray(exponentials / total))


def _shifted(logits: ArrayLike, axis: int, temperature: float = 1.0) -> Floats:
    """Return z/T − max(z/T) along `axis`: softmax gives the same probabilities, and no exponential exceeds 1.

    Raises InvalidDataError("temperature") unless 0 < T < ∞.
    """
    if not 0 < temperature < math.inf:
        raise InvalidDataError("temperature", temperature=temperature)
    # With few classes and many samples, sums over the classes are twice as fast in column-major order.
    z = np.asarray(logits, dtype=np.float64, order="F")
    with np.errstate(over="ignore", under="ignore"):
        scaled = z / temperature
        if np.isfinite(scaled).all():
            return np.asarray(scaled - scaled.max(axis=axis, keepdims=True))
        # z/T overflows for a small T, so subtract the maximum first.
        return np.asarray((z - z.max(axis=axis, keepdims=True)) / temperature)
