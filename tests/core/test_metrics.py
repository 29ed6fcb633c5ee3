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


def drawn_probabilities(n, K, seed=0):
    """Probabilities (n, K) and labels drawn from them: what a perfectly calibrated model sees."""
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(K), n)
    return P, (rng.random((n, 1)) > P.cumsum(axis=1)[:, :-1]).sum(axis=1)


def drawn_tags(n, L, seed):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, (n, L)), rng.integers(0, 2, (n, L))


@sizes
def test_accuracy_equals_scikit_learns(n, K, seed):
    P, labels = drawn_probabilities(n, K, seed)
    assert accuracy(P, labels) == pytest.approx(sklearn.metrics.accuracy_score(labels, P.argmax(axis=1)))


@sizes
def test_confusion_matrix_equals_scikit_learns_also_for_classes_that_do_not_occur(n, K, seed):
    P, labels = drawn_probabilities(n, K, seed)
    predicted = P.argmax(axis=1)
    expected = sklearn.metrics.confusion_matrix(labels, predicted, labels=range(K + 1))
    assert_array_equal(confusion_matrix(predicted, labels, K + 1), expected)


@sizes
def test_hamming_loss_equals_scikit_learns(n, K, seed):
    predicted, targets = drawn_tags(n, K, seed)
    assert hamming_loss(predicted, targets) == pytest.approx(sklearn.metrics.hamming_loss(targets, predicted))


@sizes
def test_subset_accuracy_equals_scikit_learns_multilabel_accuracy(n, K, seed):
    predicted, targets = drawn_tags(n, K, seed)
    assert subset_accuracy(predicted, targets) == pytest.approx(sklearn.metrics.accuracy_score(targets, predicted))


def scores_of_scikit_learn(predicted, targets, average):
    return sklearn.metrics.precision_recall_fscore_support(targets, predicted, average=average, zero_division=0)[:3]


def check_label_scores(predicted, targets):
    mine = label_scores(predicted, targets)
    assert_allclose(mine[:3], scores_of_scikit_learn(predicted, targets, None), rtol=1e-15)
    assert mine.micro_f1 == pytest.approx(scores_of_scikit_learn(predicted, targets, "micro")[2], rel=1e-15)
    assert mine.macro_f1 == pytest.approx(scores_of_scikit_learn(predicted, targets, "macro")[2], rel=1e-15)


@sizes
def test_label_scores_equal_scikit_learns(n, K, seed):
    check_label_scores(*drawn_tags(n, K, seed))


def test_label_scores_equal_scikit_learns_for_labels_never_given_or_never_true():
    # The columns: never given, never true, neither ever, always both, and one of each mistake.
    predicted = np.array([[0, 1, 0, 1, 1], [0, 0, 0, 1, 0], [0, 1, 0, 1, 1]])
    targets = np.array([[1, 0, 0, 1, 1], [1, 0, 0, 1, 1], [0, 0, 0, 1, 0]])
    check_label_scores(predicted, targets)
    assert_array_equal(label_scores(predicted, targets).f1, [0, 0, 0, 1, 0.5])
    nothing = np.zeros((4, 2))
    check_label_scores(nothing, nothing)


def test_labels_given_may_be_booleans():
    predicted, targets = drawn_tags(40, 3, 0)
    for mine, same in zip(label_scores(predicted == 1, targets), label_scores(predicted, targets), strict=True):
        assert_array_equal(mine, same)


@pytest.mark.parametrize(("predicted", "targets"), [([1, 0], [1, 0]), ([[1, 0]], [[1], [0]]), ([[1]], [1])])
def test_labels_that_do_not_match_sample_by_sample_are_refused(predicted, targets):
    with pytest.raises(InvalidDataError) as caught:
        label_scores(predicted, targets)
    assert caught.value.reason == "shape"


@pytest.mark.parametrize("K", [2, 3, 10])
def test_calibrated_probabilities_have_a_small_calibration_error(K):
    assert reliability(*drawn_probabilities(20_000, K)).error < 0.02


@pytest.mark.parametrize("K", [2, 3, 10])
def test_overconfident_probabilities_have_a_large_one_and_are_right_less_often_than_sure(K):
    P, labels = drawn_probabilities(20_000, K)
    overconfident = reliability(softmax(np.log(P), temperature=0.2), labels)
    assert overconfident.error > 0.1
    assert overconfident.accuracy[-1] < overconfident.confidence[-1]


def test_reliability_of_five_predictions_by_hand():
    P = [[0.95, 0.05], [0.03, 0.97], [0.92, 0.08], [0.45, 0.55], [0.5, 0.5]]
    result = reliability(P, [0, 1, 1, 0, 0])
    # In (0.9, 1] three, two of them right; in (0.5, 0.6] one, wrong; in (0.4, 0.5] one, right; no other bin is filled.
    assert_array_equal(result.counts, [1, 1, 3])
    assert_allclose(result.confidence, [0.5, 0.55, (0.95 + 0.97 + 0.92) / 3])
    assert_allclose(result.accuracy, [1, 0, 2 / 3])
    assert result.error == pytest.approx((0.5 + 0.55 + (0.95 + 0.97 + 0.92 - 2)) / 5)


def test_certainty_falls_into_the_last_bin():
    result = reliability([[1.0, 0.0], [0.0, 1.0]], [0, 0], n_bins=4)
    assert_array_equal(result.counts, [2])
    assert result.error == 0.5


@pytest.mark.parametrize("bins", [1, 7, 50])
def test_every_prediction_is_counted_in_a_bin_that_holds_its_confidence(bins):
    P, labels = drawn_probabilities(500, 3)
    result = reliability(P, labels, bins)
    edges = np.linspace(0, 1, bins + 1)
    expected, _ = np.histogram(P.max(axis=1), edges)
    assert_array_equal(result.counts, expected[expected > 0])
    assert_allclose((result.counts * result.confidence).sum(), P.max(axis=1).sum())
    assert_allclose((result.counts * result.accuracy).sum(), (P.argmax(axis=1) == labels).sum())


class TestContradictions:
    """What K separate answers can get wrong together: slide 1.2."""

    def test_the_clearest_sample_of_each_fault_is_named(self):
        S = [[0.6, 0.7, 0.1], [0.9, 0.8, 0.0], [0.9, 0.4, 0.4], [0.6, 0.2, 0.2], [0.3, 0.2, 0.1], [0.1, 0.1, 0.0]]
        assert one_vs_rest_conflicts(S) == {"two": 1, "sum": 2, "none": 5}

    def test_a_distribution_has_none(self):
        assert one_vs_rest_conflicts([[0.1, 0.7, 0.2], [0.9, 0.05, 0.05]]) == {}

    def test_the_threshold_decides_what_counts_as_yes(self):
        assert one_vs_rest_conflicts([[0.3, 0.3, 0.4]], threshold=0.25) == {"two": 0}
        assert one_vs_rest_conflicts([[0.3, 0.3, 0.4]], threshold=0.5) == {"none": 0}
