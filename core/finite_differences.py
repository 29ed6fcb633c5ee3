"""Derivatives by trying: what the loss does when one logit moves a little, to hold an analytic gradient to.

    forward     (f(z + h eₖ) − f(z)) / h              truncated at order h
    central     (f(z + h eₖ) − f(z − h eₖ)) / 2h      truncated at order h²

As h shrinks, that error falls, but f itself is rounded, to about 1 part in 10¹⁶, and the division by h blows the
rounding up: below √10⁻¹⁶ (forward) or its cube root (central) a smaller h is a worse one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats


def forward_difference(function: Callable[[Floats], Floats], at: ArrayLike, h: float) -> Floats:
    """Gradient (K,) of `function`, which takes rows (m, K) to numbers (m,), at a point (K,)."""
    z = np.asarray(at, dtype=np.float64)
    values = function(np.vstack([z, z + h * np.eye(len(z))]))
    return np.asarray((values[1:] - values[0]) / h)


def central_difference(function: Callable[[Floats], Floats], at: ArrayLike, h: float) -> Floats:
    """As `forward_difference`, from both sides."""
    z, steps = np.asarray(at, dtype=np.float64), h * np.eye(np.size(at))
    return np.asarray((function(z + steps) - function(z - steps)) / (2 * h))
