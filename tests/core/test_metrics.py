import numpy as np
import pytest
import sklearn.metrics
from numpy.testing import assert_allclose, assert_array_equal

from core.activations import softmax
from core.errors import InvalidDataError
from core.metrics import (
    accuracy,
    confusion_matrix,
    hamming_loss,
    label_scores,
    one_vs_rest_conflicts,
    reliability,
    subset_accuracy,
)

sizes = pytest.mark.parametrize(("n", "K", "seed"), [(1, 2, 0), (30, 2, 1), (200, 3, 2), (50, 10, 3)])


def draw_calibrated(n, K, seed=0):
    """Draw probabilities (n, K) and labels with these probabilities, so that they are perfectly calibrated."""
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(K), n)
    return P, (rng.random((n, 1)) > P.cumsum(axis=1)[:, :-1]).sum(axis=1)


def draw_labels(n, L, seed):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, (n, L)), rng.integers(0, 2, (n, L))


@sizes
def test_accuracy_equals_scikit_learns(n, K, seed):
    P, labels = draw_calibrated(n, K, seed)
    assert accuracy(P, labels) == pytest.approx(sklearn.metrics.accuracy_score(labels, P.argmax(axis=1)))


@sizes
def test_confusion_matrix_equals_scikit_learns_even_with_absent_classes(n, K, seed):
    P, labels = draw_calibrated(n, K, seed)
    predicted = P.argmax(axis=1)
    expected = sklearn.metrics.confusion_matrix(labels, predicted, labels=range(K + 1))
    assert_array_equal(confusion_matrix(predicted, labels, K + 1), expected)


@sizes
def test_hamming_loss_equals_scikit_learns(n, K, seed):
    predicted, targets = draw_labels(n, K, seed)
    assert hamming_loss(predicted, targets) == pytest.approx(sklearn.metrics.hamming_loss(targets, predicted))


@sizes
def test_subset_accuracy_equals_scikit_learns_multilabel_accuracy(n, K, seed):
    predicted, targets = draw_labels(n, K, seed)
    assert subset_accuracy(predicted, targets) == pytest.approx(sklearn.metrics.accuracy_score(targets, predicted))


def scores_of_scikit_learn(predicted, targets, average):
    return sklearn.metrics.precision_recall_fscore_support(targets, predicted, average=average, zero_division=0)[:3]


def check_label_scores(predicted, targets):
    scores = label_scores(predicted, targets)
    assert_allclose(scores[:3], scores_of_scikit_learn(predicted, targets, None), rtol=1e-15)
    assert scores.micro_f1 == pytest.approx(scores_of_scikit_learn(predicted, targets, "micro")[2], rel=1e-15)
    assert scores.macro_f1 == pytest.approx(scores_of_scikit_learn(predicted, targets, "macro")[2], rel=1e-15)


@sizes
def test_label_scores_equal_scikit_learns(n, K, seed):
    check_label_scores(*draw_labels(n, K, seed))


def test_label_scores_equal_scikit_learns_for_labels_never_predicted_or_never_true():
    # Columns: never predicted, never true, neither, always both, and one mistake of each kind.
    predicted = np.array([[0, 1, 0, 1, 1], [0, 0, 0, 1, 0], [0, 1, 0, 1, 1]])
    targets = np.array([[1, 0, 0, 1, 1], [1, 0, 0, 1, 1], [0, 0, 0, 1, 0]])
    check_label_scores(predicted, targets)
    assert_array_equal(label_scores(predicted, targets).f1, [0, 0, 0, 1, 0.5])
    nothing = np.zeros((4, 2))
    check_label_scores(nothing, nothing)


def test_predicted_labels_may_be_booleans():
    predicted, targets = draw_labels(40, 3, 0)
    for found, expected in zip(label_scores(predicted == 1, targets), label_scores(predicted, targets), strict=True):
        assert_array_equal(found, expected)


@pytest.mark.parametrize(("predicted", "targets"), [([1, 0], [1, 0]), ([[1, 0]], [[1], [0]]), ([[1]], [1])])
def test_labels_with_different_shapes_are_refused(predicted, targets):
    with pytest.raises(InvalidDataError) as caught:
        label_scores(predicted, targets)
    assert caught.value.reason == "shape"


@pytest.mark.parametrize("K", [2, 3, 10])
def test_calibrated_probabilities_have_a_small_calibration_error(K):
    assert reliability(*draw_calibrated(20_000, K)).error < 0.02


@pytest.mark.parametrize("K", [2, 3, 10])
def test_overconfident_probabilities_have_a_large_calibration_error(K):
    P, labels = draw_calibrated(20_000, K)
    overconfident = reliability(softmax(np.log(P), temperature=0.2), labels)
    assert overconfident.error > 0.1
    assert overconfident.accuracy[-1] < overconfident.confidence[-1]


def test_reliability_of_five_predictions_by_hand():
    P = [[0.95, 0.05], [0.03, 0.97], [0.92, 0.08], [0.45, 0.55], [0.5, 0.5]]
    result = reliability(P, [0, 1, 1, 0, 0])
    # Three in (0.9, 1], two of them right; one in (0.5, 0.6], wrong; one in (0.4, 0.5], right; other bins are empty.
    assert_array_equal(result.counts, [1, 1, 3])
    assert_allclose(result.confidence, [0.5, 0.55, (0.95 + 0.97 + 0.92) / 3])
    assert_allclose(result.accuracy, [1, 0, 2 / 3])
    assert result.error == pytest.approx((0.5 + 0.55 + (0.95 + 0.97 + 0.92 - 2)) / 5)


def test_probability_one_is_in_the_last_bin():
    result = reliability([[1.0, 0.0], [0.0, 1.0]], [0, 0], n_bins=4)
    assert_array_equal(result.counts, [2])
    assert result.error == 0.5


@pytest.mark.parametrize("bins", [1, 7, 50])
def test_every_prediction_is_counted_in_the_bin_of_its_confidence(bins):
    P, labels = draw_calibrated(500, 3)
    result = reliability(P, labels, bins)
    edges = np.linspace(0, 1, bins + 1)
    expected, _ = np.histogram(P.max(axis=1), edges)
    assert_array_equal(result.counts, expected[expected > 0])
    assert_allclose((result.counts * result.confidence).sum(), P.max(axis=1).sum())
    assert_allclose((result.counts * result.accuracy).sum(), (P.argmax(axis=1) == labels).sum())


class TestOneVsRestConflicts:
    """Contradictions between K separate predictions (slide 1.2)."""

    def test_the_clearest_sample_of_each_kind_is_found(self):
        S = [[0.6, 0.7, 0.1], [0.9, 0.8, 0.0], [0.9, 0.4, 0.4], [0.6, 0.2, 0.2], [0.3, 0.2, 0.1], [0.1, 0.1, 0.0]]
        assert one_vs_rest_conflicts(S) == {"two": 1, "sum": 2, "none": 5}

    def test_a_distribution_has_no_conflicts(self):
        assert one_vs_rest_conflicts([[0.1, 0.7, 0.2], [0.9, 0.05, 0.05]]) == {}

    def test_conflicts_depend_on_the_threshold(self):
        assert one_vs_rest_conflicts([[0.3, 0.3, 0.4]], threshold=0.25) == {"two": 0}
        assert one_vs_rest_conflicts([[0.3, 0.3, 0.4]], threshold=0.5) == {"none": 0}
