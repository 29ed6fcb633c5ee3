"""From logits to probabilities.

    softmax(z)ᵢ = e^{zᵢ/T} / Σⱼ e^{zⱼ/T}        sigmoid(z) = 1 / (1 + e^{−z})

Arrays keep their shape; softmax works along one axis, the last unless told. All of it in float64 except
`softmax_steps`, which exists to show what the other functions are spared by subtracting the maximum.
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
    """Probabilities e^{z/T} / Σ e^{z/T} along `axis`, in the shape of `logits` (slide 2.1).

    Finite logits never overflow. Raises InvalidDataError("temperature") unless 0 < T < ∞.
    """
    shifted = _shifted(logits, axis, temperature)
    with np.errstate(under="ignore"):
        exponentials = np.exp(shifted)
        return np.asarray(exponentials / exponentials.sum(axis=axis, keepdims=True))


def log_softmax(logits: ArrayLike, axis: int = -1) -> Floats:
    """log softmax(z) along `axis` without passing through the probability: finite where softmax underflows to 0."""
    shifted = _shifted(logits, axis)
    with np.errstate(under="ignore"):
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def sigmoid(z: ArrayLike) -> Floats:
    """1 / (1 + e^{−z}), elementwise; the probability of one class against its complement (slide 1.2)."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        decay = np.exp(-np.abs(z))
        return np.asarray(np.where(z >= 0, 1.0, decay) / (1.0 + decay))


def log_sigmoid(z: ArrayLike) -> Floats:
    """Return log σ(z), elementwise, finite where σ(z) underflows to 0."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        return np.asarray(np.minimum(z, 0.0) - np.log1p(np.exp(-np.abs(z))))


ACTIVATIONS: dict[str, Callable[[ArrayLike], Floats]] = {"softmax": softmax, "sigmoid": sigmoid}
"""The functions from logits to probabilities that a model can be trained with, by the name of its `head`."""


def softmax_jacobian(p: ArrayLike) -> Floats:
    """∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ), that is diag(p) − ppᵀ: (…, K) → (…, K, K)."""
    p = np.asarray(p, dtype=np.float64)
    with np.errstate(under="ignore"):
        return np.asarray(np.eye(p.shape[-1]) * p[..., None] - p[..., :, None] * p[..., None, :])


@dataclass(frozen=True)
class SoftmaxSteps:
    """What softmax passes through in one float type: exponents (K,), their exponentials, the sum, the quotients."""

    exponents: NDArray[np.floating]
    exponentials: NDArray[np.floating]
    total: float
    probabilities: NDArray[np.floating]


def softmax_steps(logits: ArrayLike, dtype: DTypeLike = np.float64, subtract_maximum: bool = True) -> SoftmaxSteps:
    """Softmax of logits (K,), each step rounded to `dtype`; as printed in textbooks if no maximum is subtracted.

    Without it, e^z beyond the largest number of the type is inf, and inf/inf or 0/0 is NaN. With it, no exponential
    exceeds 1 and one of them is 1.
    """
    with np.errstate(all="ignore"):
        z = np.asarray(logits).astype(dtype)
        exponents = z - z.max() if subtract_maximum else z
        exponentials = np.exp(exponents)
        total = exponentials.sum(dtype=dtype)
        return SoftmaxSteps(exponents, exponentials, float(total), np.asarray(exponentials / total))


def _shifted(logits: ArrayLike, axis: int, temperature: float = 1.0) -> Floats:
    """Return z/T − max(z/T): softmax does not change, and no exponential exceeds 1.

    Column by column in memory, since sums over a few classes are twice as fast if they run along the many samples.
    """
    if not 0 < temperature < math.inf:
        raise InvalidDataError("temperature", temperature=temperature)
    z = np.asarray(logits, dtype=np.float64, order="F")
    with np.errstate(over="ignore", under="ignore"):
        scaled = z / temperature
        if np.isfinite(scaled).all():
            return np.asarray(scaled - scaled.max(axis=axis, keepdims=True))
        return np.asarray((z - z.max(axis=axis, keepdims=True)) / temperature)
