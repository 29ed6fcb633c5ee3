"""Numbers that only the Japanese texts state about the app's data and models are those that `core` computes."""

from __future__ import annotations

import numpy as np
import pytest

from core import FeatureMap, binary_cross_entropy, iris, softmax, subset_accuracy, train
from core.activations import ACTIVATIONS, log_softmax
from core.datasets import Dataset, corners, rings, tagged_photos
from core.finite_differences import central_difference
from core.losses import softmax_cross_entropy
from ui.comparison.multi_label import OPENS_AT, PHOTOS
from ui.i18n import catalogue
from ui.softmax.scenarios import SCENARIOS, SLIDE_PROBABILITIES, logits_for

TEXTS = {key: text.replace("\N{NO-BREAK SPACE}", " ") for key, text in catalogue("ja").items()}


def predictions(data: Dataset, steps: int, expansion: str = "linear") -> np.ndarray:
    """Return the predicted classes (n,) of the training samples after `steps` steps with α = 0.3."""
    X = FeatureMap.fit(data.X, expansion)(data.X)
    return train(X, data.labels, learning_rate=0.3, steps=steps).parameters.logits(X).argmax(axis=1)


def accuracy_of(data: Dataset, expansion: str) -> float:
    return float((predictions(data, 300, expansion) == data.labels).mean())


@pytest.mark.parametrize(("part", "steps", "right"), [("sepal", 3000, "75"), ("petal", 50, "95")])
def test_how_many_of_two_overlapping_iris_species_are_right(part: str, steps: int, right: str) -> None:
    data = iris((f"{part}_length_cm", f"{part}_width_cm"))
    setosa = data.labels == 0
    after = predictions(data, steps)
    assert (after == data.labels)[~setosa].sum() == int(right)
    assert f"{steps:,} ステップ" in TEXTS["hint.iris"]
    assert f" {right} 個" in TEXTS["hint.iris"]
    assert (predictions(data, 1) == 0)[setosa].mean() >= 0.98


def test_accuracies_on_rings_and_checkerboard() -> None:
    assert accuracy_of(rings(300, 3, 0.3, 0), "linear") == pytest.approx(0.37, abs=5e-3)
    assert "0.37" in TEXTS["hint.rings"]
    three = corners(300, 3, 0.3, 0)
    assert accuracy_of(three, "linear") == pytest.approx(0.37, abs=5e-3)
    assert accuracy_of(three, "quadratic") == pytest.approx(0.64, abs=5e-3)
    assert accuracy_of(three, "rbf") > 0.9
    assert accuracy_of(corners(300, 2, 0.3, 0), "quadratic") > 0.95
    assert all(number in TEXTS["hint.corners"] for number in ("0.37", "0.64", "0.9 "))


def test_numbers_of_photos_with_several_tags() -> None:
    data = tagged_photos(PHOTOS, 0.5, 0.2, 0)
    X, Y = FeatureMap.fit(data.X)(data.X), data.targets
    best, bce = {}, {}
    for head, targets in (("softmax", Y / Y.sum(axis=1, keepdims=True)), ("sigmoid", Y)):
        model = train(X, targets, learning_rate=1.0, steps=OPENS_AT, head=head)
        outputs = ACTIVATIONS[head](model.parameters.logits(X))
        scores = {t: subset_accuracy(t < outputs, Y == 1) for t in np.arange(1, 20) / 20}
        best[head], bce[head] = max(scores.items(), key=lambda item: item[1]), binary_cross_entropy(outputs, Y)
    assert best["softmax"] == (0.1, pytest.approx(0.993, abs=5e-4))
    assert best["sigmoid"][1] == pytest.approx(0.963, abs=5e-4)
    assert (bce["softmax"], bce["sigmoid"]) == (pytest.approx(1.03, abs=5e-3), pytest.approx(0.18, abs=5e-3))
    assert all(number in TEXTS["versus.photo_notice"] for number in ("0.1 ", "0.993", "0.963", "1.03", "0.18"))


def test_numbers_in_answers_to_questions() -> None:
    for value in softmax(SCENARIOS["image"].logits, 20.0):
        assert f"{value:.3f}" in TEXTS["predict.softmax_hot_why"]
    z = np.array(logits_for(SLIDE_PROBABILITIES["one_hot"]))
    estimate = central_difference(lambda rows: -log_softmax(rows)[..., 1], z, 1e-12)
    error = np.abs(estimate - softmax_cross_entropy(z, 1)[1]).max()
    assert 5e-5 < error < 1e-4
    assert "約 10⁻⁴" in TEXTS["predict.loss_check_why"]


def test_softmax_regression_equals_logistic_regression_with_twice_the_learning_rate() -> None:
    data = corners(100, 2, 0.5, 1)
    X = FeatureMap.fit(data.X)(data.X)
    two = train(X, data.labels, learning_rate=0.3, steps=20).parameters
    one = train(X, (data.labels == 1)[:, None].astype(float), learning_rate=0.6, steps=20, head="sigmoid").parameters
    assert two.weights[:, 1] - two.weights[:, 0] == pytest.approx(one.weights[:, 0], abs=1e-12)
    assert two.bias[1] - two.bias[0] == pytest.approx(one.bias[0], abs=1e-12)
    assert "α = 0.3 がロジスティック回帰の α = 0.6" in TEXTS["versus.whole_notice"]
