import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from core import entropy, softmax

distributions = arrays(np.float64, st.integers(1, 10), elements=st.floats(-800, 800)).map(softmax)


@given(distributions)
def test_entropy_equals_scipy(p):
    assert_allclose(entropy(p), scipy.stats.entropy(p), rtol=1e-12, atol=1e-12)


@given(distributions)
def test_entropy_is_between_certainty_and_uniform(p):
    assert 0 <= entropy(p) <= np.log(len(p)) + 1e-12


@pytest.mark.parametrize("K", [2, 3, 10])
def test_entropy_at_its_ends(K):
    assert entropy(np.eye(K)[0]) == 0
    assert_allclose(entropy(np.full(K, 1 / K)), np.log(K))
