"""How probable a model finds what happened: a product, or rather the sum of its logarithms (slide 3.4).

    likelihood              Π pᵢ              underflows: float64 has no positive number below 5×10⁻³²⁴
    negative log            Σ −log pᵢ         grows like n, and is least just where the product is greatest

pᵢ is the probability given to what sample i turned out to be. Both are given for the first 1, 2, … n samples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats


def running_likelihood(probabilities: ArrayLike) -> Floats:
    """Products p₁, p₁p₂, … of the probabilities (n,) in float64: exactly 0 once too small for it."""
    with np.errstate(under="ignore"):
        return np.asarray(np.cumprod(np.asarray(probabilities, dtype=np.float64)))


def running_negative_log(probabilities: ArrayLike) -> Floats:
    """Sums −log p₁, −log p₁ − log p₂, … over the probabilities (n,), in nats."""
    return np.asarray(np.cumsum(-np.log(np.asarray(probabilities, dtype=np.float64))))
