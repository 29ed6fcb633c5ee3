"""Numerical derivatives by finite differences, to check analytic gradients.

    forward     (f(z + h eₖ) − f(z)) / h              truncation error of order h
    central     (f(z + h eₖ) − f(z − h eₖ)) / 2h      truncation error of order h²

With a smaller h the truncation error falls, but the rounding error of f, about 10⁻¹⁶, is divided by h and rises. The
total error is least near h = (10⁻¹⁶)^{1/2} for forward and (10⁻¹⁶)^{1/3} for central differences.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats


def forward_difference(function: Callable[[Floats], Floats], point: ArrayLike, h: float) -> Floats:
    """Return the gradient (K,) by forward differences.

    Parameters
    ----------
    function
        Maps rows (m, K) to values (m,).
    point : (K,)
    h : float
        Step size.
    """
    z = np.asarray(point, dtype=np.float64)
    values = function(np.vstack([z, z + h * np.eye(len(z))]))
    return np.asarray((values[1:] - values[0]) / h)


def central_difference(function: Callable[[Floats], Floats], point: ArrayLike, h: float) -> Floats:
    """Return the gradient (K,) by central differences. Parameters as in `forward_difference`."""
    z, steps = np.asarray(point, dtype=np.float64), h * np.eye(np.size(point))
    return np.asarray((function(z + steps) - function(z - steps)) / (2 * h))
