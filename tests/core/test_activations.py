import numpy as np
import pytest
import scipy.special
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal

from core.activations import log_softmax, sigmoid, softmax, softmax_jacobian, softmax_steps
from core.errors import InvalidDataError

TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}
LARGEST = np.finfo(np.float64).max

logits = arrays(np.float64, array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e4, 1e4))
temperatures = st.floats(1e-3, 1e3)
finite = st.floats(allow_nan=False, allow_infinity=False)
any_finite_logits = arrays(np.float64, array_shapes(max_dims=2, max_side=5), elements=finite)
integer_logits = arrays(np.float64, st.integers(2, 8), elements=st.integers(-1000, 1000), unique=True)


def draw_axis(z, data):
    return data.draw(st.integers(-z.ndim, z.ndim - 1), label="axis")


@given(logits, temperatures, st.data())
def test_softmax_equals_scipy_along_every_axis(z, temperature, data):
    axis = draw_axis(z, data)
    assert_allclose(softmax(z, temperature, axis), scipy.special.softmax(z / temperature, axis), **TOLERANCE)


@given(logits, st.data())
def test_log_softmax_equals_scipy_along_every_axis(z, data):
    axis = draw_axis(z, data)
    assert_allclose(log_softmax(z, axis), scipy.special.log_softmax(z, axis), **TOLERANCE)


@pytest.mark.parametrize("K", [1, 2, 10, 1000])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_softmax_equals_scipy_for_few_and_many_classes(K, scale):
    z = np.random.default_rng(K).uniform(-scale, scale, (20, K))
    assert_allclose(softmax(z), scipy.special.softmax(z, axis=-1), **TOLERANCE)
    assert_allclose(log_softmax(z), scipy.special.log_softmax(z, axis=-1), **TOLERANCE)


@given(logits)
def test_sigmoid_equals_scipy(z):
    assert_allclose(sigmoid(z), scipy.special.expit(z), **TOLERANCE)


@given(logits)
def test_jacobian_equals_diag_p_minus_its_outer_product(z):
    p = scipy.special.softmax(z, axis=-1)
    expected = [np.diag(row) - np.outer(row, row) for row in p.reshape(-1, p.shape[-1])]
    assert_allclose(softmax_jacobian(p), np.reshape(expected, (*p.shape, p.shape[-1])), **TOLERANCE)


@given(arrays(np.float64, st.integers(1, 6), elements=st.floats(-5, 5)))
def test_jacobian_equals_finite_differences_of_softmax(z):
    h = 1e-6
    slopes = [(softmax(z + step) - softmax(z - step)) / (2 * h) for step in h * np.eye(len(z))]
    assert_allclose(softmax_jacobian(softmax(z)), np.transpose(slopes), atol=1e-9)


@given(any_finite_logits, st.floats(min_value=0, exclude_min=True, allow_infinity=False))
@example(np.array([LARGEST, -LARGEST, 0]), 1.0)
@example(np.array([LARGEST, LARGEST]), 1e-3)
@example(np.array([1.0, 2.0]), 5e-324)
def test_softmax_of_any_finite_logits_is_a_distribution(z, temperature):
    p = softmax(z, temperature)
    assert ((p >= 0) & (p <= 1)).all()
    assert_allclose(p.sum(axis=-1), 1, **TOLERANCE)


def test_a_logit_that_overflows_when_divided_does_not_change_the_others():
    assert_allclose(softmax([-LARGEST, 0.0, 1e-3], 1e-3), [0.0, *scipy.special.softmax([0.0, 1.0])], **TOLERANCE)


@given(any_finite_logits)
@example(np.array([LARGEST, -LARGEST]))
def test_log_softmax_of_any_finite_logits_is_at_most_zero(z):
    assert (log_softmax(z) <= 0).all()


@given(any_finite_logits)
@example(np.array([LARGEST, -LARGEST]))
def test_sigmoid_of_any_finite_number_is_a_probability(z):
    s = sigmoid(z)
    assert ((s >= 0) & (s <= 1)).all()


@given(any_finite_logits)
@example(np.array([LARGEST, -LARGEST]))
def test_jacobian_of_any_finite_logits_is_finite(z):
    assert np.isfinite(softmax_jacobian(softmax(z))).all()


@pytest.mark.parametrize("function", [softmax, log_softmax, sigmoid, lambda z: softmax_jacobian(softmax(z))])
def test_underflow_never_raises(function):
    z = np.array([0.0, -600.0, -744.0, -1e5])
    with np.errstate(all="raise"):
        assert np.isfinite(function(z)).all()


@given(integer_logits, st.integers(-(10**6), 10**6))
def test_softmax_is_invariant_to_shifts(z, shift):
    assert_array_equal(softmax(z + shift), softmax(z))


@given(integer_logits)
def test_softmax_at_a_low_temperature_is_one_hot(z):
    assert_array_equal(softmax(z, 1e-4), z == z.max())


@given(integer_logits)
def test_softmax_at_a_high_temperature_is_uniform(z):
    assert_allclose(softmax(z, 1e12), 1 / len(z), rtol=1e-8)


@given(integer_logits, temperatures, st.floats(1, 10))
def test_a_higher_temperature_lowers_the_largest_probability(z, temperature, factor):
    assert softmax(z, temperature * factor).max() <= softmax(z, temperature).max() + 1e-12


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_softmax_of_two_classes_is_the_sigmoid_of_their_difference(z1, z2):
    assert_allclose(softmax([z1, z2]), [sigmoid(z1 - z2), sigmoid(z2 - z1)], **TOLERANCE)


@pytest.mark.parametrize(
    ("z", "expected"),
    [([10, 0, 0], [0.99990921, 4.539581e-5, 4.539581e-5]), ([1, 1, 1], [1 / 3] * 3)],
)
def test_softmax_of_the_examples_in_the_lecture(z, expected):
    assert_allclose(softmax(z), expected, rtol=1e-6)


@pytest.mark.parametrize("temperature", [0.0, -1.0, np.inf, np.nan])
def test_a_temperature_that_is_not_positive_and_finite_is_refused(temperature):
    with pytest.raises(InvalidDataError) as caught:
        softmax([1.0, 2.0], temperature)
    assert caught.value.reason == "temperature"


@given(arrays(np.float64, st.integers(1, 8), elements=st.floats(-1e4, 1e4)))
def test_the_last_step_is_softmax(z):
    steps = softmax_steps(z)
    assert_allclose(steps.exponents, z - z.max(), rtol=1e-12)
    assert_allclose(steps.probabilities, scipy.special.softmax(z), **TOLERANCE)
    assert steps.exponentials.max() == 1
    assert_allclose(steps.total, steps.exponentials.sum())


@pytest.mark.parametrize(("dtype", "largest"), [(np.float16, 11), (np.float32, 88), (np.float64, 709)])
class TestTextbookSteps:
    def test_equal_softmax_up_to_the_largest_exponent_of_the_type(self, dtype, largest):
        z = [largest, 0.0]
        steps = softmax_steps(z, dtype, subtract_maximum=False)
        assert steps.probabilities.dtype == dtype
        assert_allclose(steps.probabilities, softmax(z), atol=np.finfo(dtype).eps)

    def test_overflow_beyond_it_unless_the_maximum_is_subtracted(self, dtype, largest):
        z = [largest + 1.0, 0.0]
        steps = softmax_steps(z, dtype, subtract_maximum=False)
        assert np.isinf(steps.total)
        assert np.isnan(steps.probabilities[0])
        assert steps.probabilities[1] == 0
        assert_allclose(softmax_steps(z, dtype).probabilities, [1.0, 0.0], atol=1e-5)

    def test_are_nan_where_all_exponentials_underflow_unless_the_maximum_is_subtracted(self, dtype, largest):
        z = [-20.0 * largest, -20.0 * largest - 1]
        assert np.isnan(softmax_steps(z, dtype, subtract_maximum=False).probabilities).all()
        assert_allclose(softmax_steps(z, dtype).probabilities, softmax([1.0, 0.0]), atol=1e-3)


def test_every_step_has_the_requested_type():
    steps = softmax_steps([0.1, 0.2, 0.3], np.float16)
    for values in (steps.exponents, steps.exponentials, steps.probabilities):
        assert values.dtype == np.float16
