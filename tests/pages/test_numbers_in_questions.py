"""Computed numbers in the questions of the training and comparison pages, and in the texts on photos and digits."""

from __future__ import annotations

import numpy as np

from core import (
    Dataset,
    FeatureMap,
    accuracy,
    binary_cross_entropy,
    iris,
    label_scores,
    penguins,
    sigmoid,
    softmax,
    subset_accuracy,
    tagged_photos,
    train,
)
from core.activations import ACTIVATIONS, Floats
from core.datasets import SYNTHETIC
from core.digit_image import Preprocessing, digit_image
from tests.drawn_digits import drawn_digits
from tests.pages.conftest import open_page
from tests.pages.test_numbers_in_texts import assert_in_text, assert_on_page_and_in_text, logits_after
from ui.comparison.reliability import STEPS, draw_samples
from ui.components.reliability_diagram import MAX_BINS
from ui.digits.model import MAX_COUNT, trained_model
from ui.training.hyperparameters import THRESHOLD


def trained(
    data: Dataset, rate: float, steps: int, *, l2: float = 0, batch_size: int | None = None
) -> tuple[Floats, Floats]:
    """Return the losses after 0 to `steps` steps on standardised features, and the probabilities (n, K) at the end."""
    X = FeatureMap.fit(data.X)(data.X)
    run = train(X, data.labels, learning_rate=rate, steps=steps, l2=l2, batch_size=batch_size)
    return run.losses, softmax(run.parameters.logits(X))


def overfitted(n_train: int, temperature: float = 1) -> tuple[float, float]:
    """Return mean confidence and accuracy, on the test samples, of the RBF model with `n_train` samples."""
    samples = draw_samples(n_train)
    phi = FeatureMap.fit(samples.training.X, "rbf")
    run = train(phi(samples.training.X), samples.training.labels, learning_rate=1.0, steps=STEPS)
    P = softmax(run.parameters.logits(phi(samples.test.X)) / temperature)
    return float(P.max(axis=1).mean()), accuracy(P, samples.test.labels)


def test_the_learning_rate() -> None:
    for rate in (0.3, 3):
        assert_in_text("predict.training_rate_why", f"{trained(penguins(), rate, 20)[0][-1]:.3f}")
    flowers = iris()
    assert_in_text("predict.training_large_rate", f"{trained(flowers, 3, 3)[0][-1]:.3f}")
    losses, P = trained(flowers, 100, 3)
    share, fewest = accuracy(P, flowers.labels), np.bincount(P.argmax(axis=1), minlength=3).min()
    numbers = (f"{losses[0]:.2f}", f"{losses[3]:.1f}", f"{100 * share:.0f}", str(fewest), str(len(P)))
    assert_in_text("predict.training_large_rate_why", *numbers)


def test_start_features_batch_and_penalty() -> None:
    assert_in_text("predict.training_start_log_three", f"{np.log(3):.3f}")
    rings = SYNTHETIC["rings"](300, 3, 0.3, 0)
    assert_in_text("predict.training_rings_why", f"{100 * accuracy(trained(rings, 1, 2000)[1], rings.labels):.0f}")
    rises = np.diff(trained(penguins(), 1, 150, batch_size=1)[0]) > 0
    assert 0.45 < rises.mean() < 0.55  # "in about half of the steps"
    blobs = SYNTHETIC["separable"](300, 3, 0.3, 0)
    for l2, digits in ((0, 3), (0.1, 2)):
        _, P = trained(blobs, 1, 300, l2=l2)
        assert accuracy(P, blobs.labels) == 1
        assert_in_text("predict.training_penalty_why", f"{P.max(axis=1).mean():.{digits}f}")


def test_the_sums_of_three_regressions() -> None:
    for x, y, name, total in ((25, 68, "sum_why", "1.89"), (53, 53, "sum_why", "0.31"), (80, 40, "sum", "1.00")):
        app = open_page("softmax_vs_sigmoid", part="exclusive", probe_x=str(x), probe_y=str(y))
        assert_on_page_and_in_text(app, f"predict.exclusive_{name}", total)


def test_confidence_and_accuracy() -> None:
    few, few_hot, many = overfitted(30), overfitted(30, 3), overfitted(600)
    assert few[1] == few_hot[1]
    assert_in_text("predict.belief_temperature_why", *(f"{value:.3f}" for value in (few[0], few_hot[0], few[1])))
    assert_in_text("predict.belief_samples", f"{few[0] - few[1]:.2f}")
    numbers = (few[0], many[0], few[1], many[1])
    assert_in_text("predict.belief_samples_why", *(f"{value:.3f}" for value in numbers))
    assert_in_text("predict.belief_samples_why", f"{many[0] - many[1]:.2f}")
    assert_in_text("calibration.note", str(MAX_BINS))


def test_photos_with_several_tags() -> None:
    photos = tagged_photos(300, 0.5, 0.2, 0)
    assert photos.targets[78 - 1].all()
    assert_in_text("predict.labels_three_why", "78")
    X, tags, outputs = FeatureMap.fit(photos.X)(photos.X), photos.targets == 1, {}
    for head, targets in (("softmax", tags / tags.sum(axis=1, keepdims=True)), ("sigmoid", photos.targets)):
        run = train(X, targets, learning_rate=1.0, steps=300, head=head)
        outputs[head] = ACTIVATIONS[head](run.parameters.logits(X))
        assert_in_text("versus.photo_notice", f"{binary_cross_entropy(outputs[head], photos.targets):.2f}")
    assert_in_text("versus.photo_notice", f"{subset_accuracy(outputs['softmax'] > 0.1, tags):.3f}")
    shares = {threshold: subset_accuracy(outputs["sigmoid"] > threshold, tags) for threshold in THRESHOLD.options}
    best = max(shares, key=lambda threshold: shares[threshold])
    assert_in_text("versus.photo_notice", f"{best:g}", f"{shares[best]:.3f}")
    high, low = (label_scores(outputs["sigmoid"] > threshold, tags) for threshold in (0.5, 0.1))
    assert (low.recall > high.recall).all()
    assert (low.precision < high.precision).all()


def test_two_regressions_agree_at_one_half_only() -> None:
    S = sigmoid(logits_after(SYNTHETIC["overlapping"](300, 2, 0.3, 0), "linear", 300, "sigmoid"))
    np.testing.assert_allclose(S.sum(axis=1), 1)
    assert ((S > 0.5).sum(axis=1) == 1).all()
    assert ((S > 0.1).sum(axis=1) == 2).any()


def test_logistic_regression_takes_steps_of_half_the_size() -> None:
    data = SYNTHETIC["overlapping"](300, 2, 0.3, 0)
    X = FeatureMap.fit(data.X)(data.X)
    P = softmax(train(X, data.labels, learning_rate=0.3, steps=10).parameters.logits(X))
    run = train(X, data.labels[:, None].astype(float), learning_rate=0.6, steps=10, head="sigmoid")
    np.testing.assert_allclose(P[:, 1], sigmoid(run.parameters.logits(X))[:, 0])
    assert_in_text("versus.whole_notice", "0.3", "0.6")


def test_irises_by_measurements_and_steps() -> None:
    for part, steps in (("petal", 50), ("sepal", 3000)):
        data = iris((f"{part}_length_cm", f"{part}_width_cm"))
        right = trained(data, 0.3, steps)[1].argmax(axis=1) == data.labels
        assert_in_text("hint.iris", str(right[data.labels > 0].sum()), f"{steps:,}")


def test_features_of_rings_and_checkerboard() -> None:
    for name, features in (("rings", "linear"), ("corners", "linear"), ("corners", "quadratic")):
        data = SYNTHETIC[name](300, 3, 0.3, 0)
        assert_in_text(f"hint.{name}", f"{accuracy(logits_after(data, features, 500), data.labels):.2f}")


def test_digits() -> None:
    parameters = trained_model().parameters
    assert_in_text("digits.model", str(parameters.weights.shape[0]))
    assert_in_text("digit.pixel", str(MAX_COUNT))
    assert_in_text("digit.image_note", "4 × 4")
    wrong = []
    for drawn in drawn_digits():
        image = digit_image(drawn.strokes, Preprocessing()).reshape(8, 8)
        shifted = np.hstack([np.zeros((8, 2)), image[:, :-2]]).reshape(1, -1) / MAX_COUNT
        wrong.append(parameters.logits(shifted).argmax() != drawn.digit)
    assert np.mean(wrong) > 0.5  # "often reads another digit"
