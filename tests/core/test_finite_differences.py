import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime
from scipy.optimize._numdiff import approx_derivative

from core import central_difference, forward_difference, log_softmax, softmax_cross_entropy

Z = np.array([0.3, 1.9, -0.7, 0.4])
TRUE = 2


def loss(rows):
    return -log_softmax(rows)[..., TRUE]


@pytest.mark.parametrize("h", [1e-1, 1e-4, 1e-8])
def test_forward_differences_equal_scipy(h):
    assert_allclose(forward_difference(loss, Z, h), approx_fprime(Z, loss, h), rtol=0, atol=1e-14 / h)


@pytest.mark.parametrize("h", [1e-1, 1e-4])
def test_central_differences_equal_scipy(h):
    expected = approx_derivative(loss, Z, method="3-point", abs_step=h)
    assert_allclose(central_difference(loss, Z, h), expected, rtol=0, atol=1e-14 / h)


@pytest.mark.parametrize(("difference", "order"), [(forward_difference, 1), (central_difference, 2)])
def test_the_error_falls_with_its_order_until_rounding_dominates(difference, order):
    exact = softmax_cross_entropy(Z, TRUE)[1]
    error = {h: np.abs(difference(loss, Z, h) - exact).max() for h in (1e-1, 1e-2, 1e-3, 1e-13)}
    assert error[1e-1] / error[1e-2] == pytest.approx(10**order, rel=0.1)
    assert error[1e-2] / error[1e-3] == pytest.approx(10**order, rel=0.1)
    assert error[1e-13] > error[1e-3]
