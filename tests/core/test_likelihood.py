import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from core import running_likelihood, running_negative_log

samples = arrays(np.float64, st.integers(1, 30), elements=st.floats(0.01, 1))


@given(samples)
def test_likelihood_is_the_product_of_all_so_far(p):
    exact = [float(math.prod(map(Fraction, p[: i + 1]))) for i in range(len(p))]
    assert_allclose(running_likelihood(p), exact, rtol=1e-13)


@given(samples)
def test_the_sum_of_logarithms_is_the_logarithm_of_the_product(p):
    assert_allclose(np.exp(-running_negative_log(p)), running_likelihood(p), rtol=1e-12)


def test_the_product_underflows_and_the_sum_does_not():
    p = np.full(5000, 0.5)
    with np.errstate(all="raise"):
        product, total = running_likelihood(p), running_negative_log(p)
    assert product[1073] > 0
    assert product[1074] == 0  # 2⁻¹⁰⁷⁴ is the least positive float64
    assert_allclose(total[-1], 5000 * math.log(2))
