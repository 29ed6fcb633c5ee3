import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.special
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from core import (
    InvalidDataError,
    cross_entropy,
    entropy,
    kl_divergence,
    running_likelihood,
    running_negative_log,
    smooth_labels,
    softmax,
)

distributions = arrays(np.float64, st.integers(1, 10), elements=st.floats(-800, 800)).map(softmax)


@given(distributions)
def test_entropy_equals_scipy(p):
    assert_allclose(entropy(p), scipy.stats.entropy(p), rtol=1e-12, atol=1e-12)


@given(distributions)
def test_entropy_is_between_zero_and_that_of_the_uniform_distribution(p):
    assert 0 <= entropy(p) <= np.log(len(p)) + 1e-12


@pytest.mark.parametrize("K", [2, 3, 10])
def test_entropy_of_certain_and_uniform_distributions(K):
    assert entropy(np.eye(K)[0]) == 0
    assert_allclose(entropy(np.full(K, 1 / K)), np.log(K))


distributions = arrays(np.float64, 5, elements=st.floats(-8, 8)).map(softmax)


@given(distributions, distributions)
def test_kl_divergence_equals_scipys_relative_entropy(p, q):
    assert_allclose(kl_divergence(p, q), scipy.special.rel_entr(p, q).sum(), rtol=1e-9, atol=1e-14)
    assert_allclose(kl_divergence(p, q), scipy.stats.entropy(p, q), rtol=1e-9, atol=1e-14)


@given(distributions, distributions)
def test_cross_entropy_is_entropy_plus_kl_divergence(p, q):
    assert_allclose(cross_entropy(q, p), entropy(p) + kl_divergence(p, q), rtol=1e-9)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        ([0, 1], [0.5, 0.5], np.log(2)),
        ([0.5, 0.5], [1, 0], np.inf),
        ([1, 0], [1, 0], 0),
        ([0, 1, 0], [0, 0, 1], np.inf),
    ],
)
def test_kl_divergence_with_zero_probabilities(p, q, expected):
    assert kl_divergence(p, q) == pytest.approx(expected)


@given(st.integers(2, 9), st.floats(0, 1), st.data())
def test_smoothing_moves_epsilon_from_the_label_to_all_classes(K, epsilon, data):
    label = data.draw(st.integers(0, K - 1))
    y = smooth_labels(label, K, epsilon)
    assert y.sum() == pytest.approx(1)
    assert y[label] == pytest.approx(1 - epsilon + epsilon / K)
    assert_allclose(np.delete(y, label), epsilon / K)
    assert_array_equal(smooth_labels([label, label], K, epsilon), [y, y])


@pytest.mark.parametrize("epsilon", [-0.1, 1.1, np.nan])
def test_smoothing_outside_zero_to_one_is_refused(epsilon):
    with pytest.raises(InvalidDataError, match="epsilon"):
        smooth_labels(0, 3, epsilon)


samples = arrays(np.float64, st.integers(1, 30), elements=st.floats(0.01, 1))


@given(samples)
def test_likelihood_is_the_cumulative_product(p):
    exact = [float(math.prod(map(Fraction, p[: i + 1]))) for i in range(len(p))]
    assert_allclose(running_likelihood(p), exact, rtol=1e-13)


@given(samples)
def test_the_sum_of_logarithms_equals_the_logarithm_of_the_product(p):
    assert_allclose(np.exp(-running_negative_log(p)), running_likelihood(p), rtol=1e-12)


def test_the_product_underflows_but_the_sum_of_logarithms_does_not():
    p = np.full(5000, 0.5)
    with np.errstate(all="raise"):
        product, total = running_likelihood(p), running_negative_log(p)
    assert product[1073] > 0
    assert product[1074] == 0  # 2⁻¹⁰⁷⁴ is the smallest positive float64
    assert_allclose(total[-1], 5000 * math.log(2))
