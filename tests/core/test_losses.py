import numpy as np
import pytest
import scipy.special
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import hinge_loss, log_loss, mean_absolute_error, mean_squared_error

from core import accuracy
from core.activations import softmax
from core.errors import InvalidDataError
from core.losses import (
    binary_cross_entropy,
    cross_entropy,
    hinge,
    margins,
    one_hot,
    sigmoid_binary_cross_entropy,
    softmax_cross_entropy,
    softmax_linear_loss,
    softmax_squared_error,
    zero_one,
)

LOSSES = [softmax_cross_entropy, sigmoid_binary_cross_entropy, softmax_squared_error, softmax_linear_loss]
TARGETS = ["labels", "one_hot", "soft", "unnormalised"]

each_loss = pytest.mark.parametrize("loss", LOSSES)


one_sample_or_more = st.none() | st.integers(1, 5)


@st.composite
def logits_and_targets(draw, targets, rows=one_sample_or_more):
    """Draw logits (K,) or (n, K) with 2 ≤ K ≤ 6, and matching targets of the given kind."""
    n, K = draw(rows), draw(st.integers(2, 6))
    samples = () if n is None else (n,)
    z = draw(arrays(np.float64, (*samples, K), elements=st.floats(-6, 6)))
    labels = np.array(draw(arrays(np.intp, samples, elements=st.integers(0, K - 1))))
    numbers = draw(arrays(np.float64, (*samples, K), elements=st.floats(0, 5)))
    kinds = {
        "labels": labels,
        "one_hot": np.eye(K)[labels],
        "soft": scipy.special.softmax(numbers, axis=-1),
        "unnormalised": numbers,
    }
    return z, kinds[targets]


def slope(function, z, h=1e-5):
    """Return central differences of a scalar function, in the shape of z."""
    steps = h * np.eye(z.size).reshape(z.size, *z.shape)
    return np.reshape([(function(z + step) - function(z - step)) / (2 * h) for step in steps], z.shape)


@each_loss
@pytest.mark.parametrize("targets", TARGETS)
@given(data=st.data())
def test_gradient_equals_finite_differences_of_the_value(loss, targets, data):
    z, y = data.draw(logits_and_targets(targets))
    _, gradient = loss(z, y)
    assert_allclose(gradient, slope(lambda z: loss(z, y)[0], z), rtol=1e-6, atol=1e-7)


@each_loss
@given(case=logits_and_targets("labels"))
def test_labels_and_one_hot_rows_give_the_same_loss(loss, case):
    z, labels = case
    value, gradient = loss(z, labels)
    expected_value, expected_gradient = loss(z, one_hot(labels, z.shape[-1]))
    assert value == expected_value
    assert_array_equal(gradient, expected_gradient)


@each_loss
@given(case=logits_and_targets("soft", rows=st.integers(2, 5)))
def test_loss_of_a_batch_is_the_mean_over_its_samples(loss, case):
    z, y = case
    value, gradient = loss(z, y)
    single = [loss(*sample) for sample in zip(z, y, strict=True)]
    assert_allclose(value, np.mean([v for v, _ in single]), rtol=1e-12)
    assert_allclose(gradient, np.array([g for _, g in single]) / len(z), atol=1e-14)


@given(logits_and_targets("labels", rows=st.integers(1, 5)))
def test_cross_entropy_equals_scikit_learns_log_loss(case):
    z, labels = case
    p = scipy.special.softmax(z, axis=1)
    expected = log_loss(labels, p, labels=range(z.shape[1]))
    assert_allclose(cross_entropy(p, labels), expected, rtol=1e-10, atol=1e-14)
    assert_allclose(softmax_cross_entropy(z, labels)[0], expected, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("targets", ["soft", "unnormalised"])
@given(data=st.data())
def test_cross_entropy_of_any_weights_equals_scipys_xlogy(targets, data):
    z, y = data.draw(logits_and_targets(targets, rows=st.integers(1, 5)))
    p = scipy.special.softmax(z, axis=1)
    expected = -scipy.special.xlogy(y, p).sum(axis=1).mean()
    assert_allclose(cross_entropy(p, y), expected, rtol=1e-10)
    assert_allclose(softmax_cross_entropy(z, y)[0], expected, rtol=1e-10, atol=1e-13)


@given(logits_and_targets("soft", rows=st.integers(1, 5)))
def test_binary_cross_entropy_equals_scipys_log_expit(case):
    z, y = case
    terms = y * scipy.special.log_expit(z) + (1 - y) * scipy.special.log_expit(-z)
    assert_allclose(sigmoid_binary_cross_entropy(z, y)[0], -terms.sum() / len(z), rtol=1e-12)


@given(logits_and_targets("soft"))
def test_binary_cross_entropy_is_the_same_from_probabilities_and_from_logits(case):
    z, y = case
    expected = sigmoid_binary_cross_entropy(z, y)[0]
    assert_allclose(binary_cross_entropy(scipy.special.expit(z), y), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("p", "y", "expected"),
    [
        ([0.0, 1.0], [0, 1], 0.0),
        ([1.0, 0.5], [0, 1], np.inf),
        ([0.0, 0.5], [1, 1], np.inf),
        ([[0.5, 0.75]], [[1, 0]], np.log(2) + np.log(4)),
    ],
)
def test_binary_cross_entropy_is_infinite_only_for_certain_and_wrong_outputs(p, y, expected):
    assert binary_cross_entropy(p, y) == pytest.approx(expected)


@given(logits_and_targets("soft", rows=st.integers(1, 5)))
def test_squared_error_equals_scikit_learns(case):
    z, y = case
    expected = mean_squared_error(y, scipy.special.softmax(z, axis=1)) * z.shape[1]
    assert_allclose(softmax_squared_error(z, y)[0], expected, rtol=1e-12, atol=1e-15)


@given(logits_and_targets("labels", rows=st.integers(1, 5)))
def test_linear_loss_is_half_of_scikit_learns_sum_of_absolute_errors(case):
    z, labels = case
    K = z.shape[1]
    expected = mean_absolute_error(np.eye(K)[labels], scipy.special.softmax(z, axis=1)) * K / 2
    assert_allclose(softmax_linear_loss(z, labels)[0], expected, rtol=1e-12, atol=1e-15)


@given(z=arrays(np.float64, 4, elements=st.floats(-6, 6)))
def test_linear_loss_is_one_minus_p_and_pushes_with_p_times_one_minus_p(z):
    p = scipy.special.softmax(z)[2]
    value, gradient = softmax_linear_loss(z, 2)
    assert_allclose([value, -gradient[2]], [1 - p, p * (1 - p)], rtol=1e-9, atol=1e-15)
    assert_allclose(gradient.sum(), 0, atol=1e-15)


@pytest.mark.parametrize(
    ("p", "expected"), [([0.1, 0.7, 0.1, 0.1], 0.357), ([0.4, 0.2, 0.2, 0.2], 1.609), ([0, 1, 0, 0], 0.0)]
)
def test_cross_entropy_of_the_examples_in_the_lecture(p, expected):
    assert cross_entropy(p, 1) == pytest.approx(expected, abs=5e-4)
    assert cross_entropy([p], [[0, 1, 0, 0]]) == pytest.approx(expected, abs=5e-4)


def test_a_zero_loss_has_no_minus_sign():
    assert str(cross_entropy([0, 1], 1)) == "0.0"


@given(st.floats(1e-6, 0.99), st.floats(1.001, 100))
def test_cross_entropy_grows_as_the_true_class_gets_less_probable(p, factor):
    assert cross_entropy([p / factor, 1 - p / factor], 0) > cross_entropy([p, 1 - p], 0)


@pytest.mark.parametrize(
    ("p", "expected"),
    [([1.0, 0.0, 0.0], np.inf), ([0.0, 0.25, 0.75], np.log(4)), ([0.0, 1.0, 0.0], 0.0)],
)
def test_cross_entropy_is_infinite_only_if_the_true_class_has_probability_zero(p, expected):
    assert cross_entropy([p], [1]) == pytest.approx(expected)


def test_loss_from_logits_stays_finite_where_the_probability_underflows():
    z = [0.0, 1000.0]
    assert cross_entropy(softmax(z), 0) == np.inf
    assert softmax_cross_entropy(z, 0)[0] == 1000
    assert sigmoid_binary_cross_entropy(z, [0, 0])[0] == pytest.approx(1000 + np.log(2))


@pytest.mark.parametrize(("loss", "largest"), [(softmax_squared_error, 2), (softmax_linear_loss, 1)])
def test_the_gradient_of_a_bounded_loss_vanishes_where_that_of_cross_entropy_is_largest(loss, largest):
    sure_and_wrong = [0.0, 1000.0]
    value, gradient = loss(sure_and_wrong, 0)
    assert value == largest
    assert_array_equal(gradient, [0, 0])
    assert_array_equal(softmax_cross_entropy(sure_and_wrong, 0)[1], [-1, 1])


@each_loss
def test_underflow_never_raises(loss):
    with np.errstate(all="raise"):
        value, gradient = loss([0.0, -600.0, -744.0, -1e5], [0.5, 1e-200, 1e-310, 0.5])
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


def test_one_hot_puts_a_one_at_each_label():
    assert_array_equal(one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])
    assert_array_equal(one_hot(1, 4), [0, 1, 0, 0])


@pytest.mark.parametrize(
    "labels",
    [
        [3],
        [-1],
        [0.5],
        [[0, 1], [2, 3]],
        ["1"],
        [np.nan],
        [np.inf],
        [1e300],
    ],
)
def test_labels_outside_the_classes_are_refused(labels):
    with pytest.raises(InvalidDataError) as caught:
        one_hot(labels, 3)
    assert caught.value.reason == "labels"
    assert caught.value.facts == {"n_classes": 3}


@pytest.mark.parametrize("loss", [*LOSSES, cross_entropy, binary_cross_entropy, hinge, zero_one])
@pytest.mark.parametrize("targets", [[0], [0, 1, 2], [[1, 0], [0, 1]], [[1, 0, 0]], 0])
def test_targets_with_another_shape_are_refused(loss, targets):
    with pytest.raises(InvalidDataError) as caught:
        loss(np.full((2, 3), 1 / 3), targets)
    assert caught.value.reason == "shape"
    assert caught.value.facts["expected"] == (2, 3)


@given(logits_and_targets("labels", rows=st.integers(2, 5)))
def test_hinge_equals_scikit_learns_multiclass_hinge_loss(case):
    z, labels = case
    assume(z.shape[1] > 2)  # with two classes scikit-learn's wants one score instead
    expected = hinge_loss(labels, z, labels=range(z.shape[1]))
    assert_allclose(hinge(z, labels)[0], expected, atol=1e-12)


@given(logits_and_targets("labels"))
def test_hinge_gradient_equals_finite_differences_away_from_the_kinks(case):
    z, labels = case
    others = np.where(one_hot(labels, z.shape[-1]) > 0, -np.inf, z)
    lead = -np.diff(np.sort(others, axis=-1))[..., -1:] if z.shape[-1] > 2 else np.ones(1)
    assume(np.abs(lead).min() > 1e-3 and np.abs(margins(z, labels) - 1).min() > 1e-3)
    assert_allclose(hinge(z, labels)[1], slope(lambda z: hinge(z, labels)[0], z), atol=1e-7)


@given(logits_and_targets("labels", rows=st.integers(1, 5)))
def test_zero_one_loss_is_the_error_rate_and_has_gradient_zero(case):
    z, labels = case
    assume(np.abs(margins(z, labels)).min() > 0)
    value, gradient = zero_one(z, labels)
    assert value == pytest.approx(1 - accuracy(z, labels))
    assert not gradient.any()


def test_a_tie_counts_as_an_error():
    assert zero_one([1.0, 1.0, 0.0], 0)[0] == 1
    assert zero_one([1.1, 1.0, 0.0], 0)[0] == 0


def test_margins_by_hand():
    assert_array_equal(margins([[3.0, 1.0, 2.0], [3.0, 1.0, 2.0]], [0, 1]), [1, -2])
    assert margins([3.0, 1.0, 2.0], 2) == -1
