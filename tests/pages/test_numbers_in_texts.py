"""Computed numbers in the texts: each is computed here with core, and stands in the text of every language."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import (
    Dataset,
    FeatureMap,
    accuracy,
    central_difference,
    cross_entropy,
    entropy,
    iris,
    kl_divergence,
    running_likelihood,
    running_negative_log,
    sigmoid,
    smooth_labels,
    softmax,
    softmax_cross_entropy,
    softmax_jacobian,
    softmax_squared_error,
    train,
)
from core.activations import Floats, log_softmax
from core.datasets import SYNTHETIC, penguins
from core.digit_image import Preprocessing
from core.features import RBF_CENTRES
from core.table_import import MAX_COLUMNS, MAX_LINES, MAX_ROWS, MIN_ROWS
from tests.pages.conftest import LANGUAGES, markup, open_page
from ui.comparison.reliability import STEPS, draw_samples
from ui.digits.drawing import Drawing
from ui.digits.model import trained_model
from ui.digits.questions import FIVE, SCRIBBLE
from ui.i18n import catalogue
from ui.lecture.steps import load_steps
from ui.loss import likelihood_view
from ui.loss.surface_view import START
from ui.softmax.scenarios import SLIDE_PROBABILITIES, logits_for


def text_of(name: str, code: str) -> str:
    """Return a text of the catalogue by its key, or all texts of a lecture step by its name."""
    if "." in name:
        return catalogue(code)[name]
    step = load_steps(code)[name]
    return " ".join([step.instructions, step.question, *step.options.values(), step.answer])


def assert_in_text(name: str, *numbers: str) -> None:
    for code in LANGUAGES:
        text = text_of(name, code)
        for number in numbers:
            assert re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", text), (code, name, number)


def logits_of(name: str, answered: bool) -> Floats:
    """Return the logits of the bars in a step of the lecture."""
    parameters = load_steps("en")[name].url_parameters("x" if answered else "")
    key = next(key for key in parameters if key.startswith(("z_", "loss_z")))
    return np.array([float(value) for value in parameters[key].split(",")])


def shown_numbers(app: AppTest) -> list[float]:
    """Return the numbers in the tables of a page."""
    return [float(text) for text in re.findall(r">([\d.]+)<", markup(app))]


def assert_on_page_and_in_text(app: AppTest, name: str, *numbers: str) -> None:
    """Assert that the numbers are in the text, and after rounding in a table of the page."""
    assert_in_text(name, *numbers)
    for number in numbers:
        digits = len(number.partition(".")[2])
        assert any(f"{value:.{digits}f}" == number for value in shown_numbers(app)), number


def logits_after(data: Dataset, features: str, steps: int, head: str = "softmax") -> Floats:
    """Return the logits (n, K) of the samples after training on them with α = 1."""
    X = FeatureMap.fit(data.X, features)(data.X)
    run = train(X, data.labels, learning_rate=1.0, steps=steps, head=head)
    return run.parameters.logits(X)


def accuracy_on(name: str, features: str, n_classes: int = 3, head: str = "softmax") -> float:
    """Return the accuracy on a synthetic data set with the page's default number of samples, noise and seed."""
    data = SYNTHETIC[name](300, n_classes, 0.3, 0)
    return accuracy(logits_after(data, features, 500, head), data.labels)


def losses_on_the_surface(steps: int) -> list[float]:
    """Return the losses after 0 to `steps` gradient steps with α = 1 from the start of the loss surface."""
    z, losses = np.array([*START, 0.0]), []
    for _ in range(steps + 1):
        loss, gradient = softmax_cross_entropy(z, 0)
        losses.append(loss)
        z = z - gradient
    return losses


def test_probabilities_in_the_lecture() -> None:
    before, after = softmax(logits_of("which_one", False)), softmax(logits_of("which_one", True))
    assert_in_text("which_one", f"{before[1]:.3f}", f"{after[1]:.3f}")
    exponentials = np.exp(logits_of("one_function", True))
    assert exponentials.sum() == pytest.approx(1, abs=1e-5)
    assert_in_text("one_function", *(f"{value:.1f}" for value in exponentials))
    ten = softmax(logits_of("sharp", True))
    assert_in_text("sharp", f"{np.exp(10):,.0f}", f"{np.exp(10) + 2:,.0f}", f"{ten[1]:.7f}", f"{ten[0]:.7f}", "0.0004")
    assert round(0.0004 / ten[1]) == 9
    assert_in_text("playground.lecture_notice", f"{ten[1]:.7f}", "0.0004")
    before, after = softmax(logits_of("scale", False)), softmax(logits_of("scale", True))
    assert_in_text("scale", f"{before[1] / before[0]:.2f}", f"{after[1] / after[0]:.1f}", f"{after[1]:.3f}")
    before, after = logits_of("sigmoid", False), logits_of("sigmoid", True)
    assert_in_text("sigmoid", f"{softmax(before)[0]:.3f}", f"{sigmoid(after[0] - after[1]):.3f}")


def test_losses_in_the_lecture() -> None:
    for name, answered in (("one_hot", False), ("one_hot", True), ("minus_log", False), ("minus_log", True)):
        assert_in_text(name, f"{-np.log(softmax(logits_of(name, answered))[1]):.3f}")
    assert_in_text("minus_log", f"{np.log(2):.3f}")
    for name in ("small_loss", "large_loss"):
        assert_in_text(f"home.{name}", f"{cross_entropy(SLIDE_PROBABILITIES[name], 1):.3f}")
    label = smooth_labels(1, 4, 0.2)
    assert_in_text("distance", *(f"{value:.2f}" for value in label), f"{entropy(label):.3f}")
    assert kl_divergence(label, softmax(logits_of("distance", True))) == pytest.approx(0, abs=1e-9)
    assert_in_text("error", "[0.1, −0.5, 0.2, 0.2]")
    error = softmax_cross_entropy(logits_of("error", True), 1)[1]
    np.testing.assert_allclose(error, [0.1, -0.5, 0.2, 0.2], atol=1e-6)
    losses = losses_on_the_surface(8)
    assert_in_text("descent", f"{losses[0]:.2f}", f"{losses[1]:.2f}")
    assert_in_text("predict.loss_steps", f"{losses[0]:.2f}")


@pytest.mark.parametrize("name", ["pull", "predict.loss_sure_why"])
def test_the_pushes_on_a_sure_and_wrong_model(name: str) -> None:
    z = logits_of("pull", True)
    assert_in_text(name, f"{-softmax_cross_entropy(z, 1)[1][1]:.3f}", "0.004")
    assert f"{-softmax_squared_error(z, 1)[1][1]:.3f}" == "0.004"
    assert_in_text("predict.loss_sure", f"{softmax(z)[0]:.3f}", f"{softmax(z)[1]:.3f}")


@pytest.mark.parametrize(
    ("name", "answered", "numbers"),
    [
        ("side_by_side", False, ["1.00"]),
        ("side_by_side", True, ["0.952", "0.939", "1.89"]),
        ("threshold", False, ["0.014", "0.033", "0.059"]),
        ("threshold", True, ["0.033", "0.059", "0.920"]),
        ("several", True, ["0.55", "0.45", "0.998", "0.997"]),
    ],
)
def test_numbers_in_steps_on_the_comparison_page(name: str, answered: bool, numbers: list[str]) -> None:
    step = load_steps("en")[name]
    guess = {"lecture_guess": step.right} if answered else {}
    assert_on_page_and_in_text(open_page(step.page, lecture=name, **guess), name, *numbers)


def test_the_numbers_of_an_overfitted_model() -> None:
    samples = draw_samples(30)
    phi = FeatureMap.fit(samples.training.X, "rbf")
    run = train(phi(samples.training.X), samples.training.labels, learning_rate=1.0, steps=STEPS)
    P = softmax(run.parameters.logits(phi(samples.test.X)))
    assert_in_text("probability", f"{P.max(axis=1).mean():.2f}", f"{accuracy(P, samples.test.labels):.2f}", "3,000")
    for name in ("help.expansion", "help.belief", "expansion.rbf", "probability"):
        assert_in_text(name, str(len(RBF_CENTRES) ** 2))


def test_the_numbers_in_steps_on_training() -> None:
    first_species = penguins().labels == 0
    counts = str(first_species.sum()), str(len(first_species))
    assert_in_text("shapes", f"{np.log(3):.3f}", *counts, f"{first_species.mean():.3f}")
    flowers = iris()
    Phi = FeatureMap.fit(flowers.X)(flowers.X)
    for rate, steps, digits in ((0.01, 50, 3), (3, 50, 3), (100, 1, 2), (100, 2, 1), (100, 3, 1)):
        run = train(Phi, flowers.labels, learning_rate=rate, steps=steps)
        assert_in_text("rate", f"{run.losses[-1]:.{digits}f}")
    predicted = run.params_at(2).logits(Phi).argmax(axis=1)
    assert flowers.classes[2] == "virginica"
    assert 2 not in predicted  # "after the second step Virginica has no region"
    rings = SYNTHETIC["rings"](300, 3, 0.3, 0)
    X = FeatureMap.fit(rings.X)(rings.X)
    run = train(X, rings.labels, learning_rate=0.3, steps=300)
    assert_in_text("curves", f"{100 * accuracy(run.parameters.logits(X), rings.labels):.0f}")


def test_the_numbers_in_questions_on_softmax() -> None:
    assert_in_text("predict.softmax_shift_why", f"{np.exp(5):.0f}")
    assert_in_text("predict.softmax_others_why", f"{np.exp(2):.2f}")
    p, slopes = softmax([6, 0, 0])[0], [softmax_jacobian(softmax([z, 0, 0]))[0, 0] for z in (6, 9)]
    assert_in_text("predict.softmax_saturated", f"{p:.3f}")
    assert_in_text(
        "predict.softmax_saturated_why", f"{p:.5f}", f"{1 - p:.5f}", f"{slopes[0]:.3f}", f"{slopes[1] * 1e4:.2f}×10⁻⁴"
    )
    assert_in_text("predict.softmax_ten", f"{softmax([3, 0, 0])[0]:.3f}")
    ten = softmax([3, *[0] * 9])[0]
    assert_in_text("predict.softmax_ten_why", f"{np.exp(3):.1f}", f"{ten:.3f}")
    for name in ("overflow_third", "overflow_why"):
        assert_in_text(f"predict.softmax_{name}", *(f"{value:.3f}" for value in softmax([1000, 999, 998])))


def test_the_numbers_in_questions_on_the_loss() -> None:
    assert_in_text("predict.loss_halve_log_two", f"{np.log(2):.3f}")
    numbers = (np.log(2), -np.log(0.2), -np.log(0.1))
    assert_in_text("predict.loss_halve_why", *(f"{value:.3f}" for value in numbers))
    assert_in_text("predict.loss_others_why", f"{-np.log(0.7):.3f}")
    p = likelihood_view.true_class_probabilities()
    assert running_likelihood(p)[-1] == 0
    total = running_negative_log(p)[-1]
    assert f"{-total / np.log(10):.0f}" == "-1118"
    assert_in_text("predict.loss_product_why", "10⁻¹¹¹⁸", f"{total:,.0f}")
    assert f"{np.nextafter(0, 1):.0e}" == "5e-324"
    for name in ("predict.loss_product_why", "loss.many_notice"):
        assert_in_text(name, "5×10⁻³²⁴")
    assert total / len(p) == pytest.approx(0.5, abs=0.05)  # "about half a nat per sample"
    assert_in_text("loss.price_try", f"{1 / np.log(2):.2f}")


def test_the_numbers_on_finite_differences() -> None:
    epsilon = float(np.finfo(np.float64).eps)
    assert [f"{epsilon:.1e}", f"{epsilon ** (1 / 2):.1e}", f"{epsilon ** (1 / 3):.0e}"] == [
        "2.2e-16",
        "1.5e-08",
        "6e-06",
    ]
    assert_in_text("loss.check_why", "2.2×10⁻¹⁶", "1.5×10⁻⁸", "6×10⁻⁶")
    z = np.array(logits_for(SLIDE_PROBABILITIES["one_hot"]))
    gradient = softmax_cross_entropy(z, 1)[1]

    def losses(Z: Floats) -> Floats:
        return np.asarray(-log_softmax(Z)[:, 1])

    errors = [float(np.abs(central_difference(losses, z, h) - gradient).max()) for h in (1e-3, 1e-12)]
    assert f"{errors[0]:.1e}" == "1.6e-08"
    assert_in_text("predict.loss_check", "1.6×10⁻⁸")
    assert errors[1] > 1000 * errors[0]
    agreeing = -np.log10(2e-12 * np.abs(gradient).max() / losses(z[None])[0])
    assert round(agreeing) == 12
    assert 15 <= -np.log10(epsilon) <= 16
    assert_in_text("predict.loss_check_why", "12", "4")


def test_what_the_hints_say_about_data_sets() -> None:
    assert accuracy_on("rings", "linear") < 0.4
    assert accuracy_on("rings", "quadratic") == 1
    assert accuracy_on("corners", "linear", 2) < 0.6
    assert accuracy_on("corners", "quadratic", 2) > 0.95
    assert accuracy_on("corners", "quadratic") < 0.7
    assert accuracy_on("corners", "rbf") > 0.95
    assert 0.9 < accuracy_on("overlapping", "linear") < 0.96
    assert accuracy_on("separable", "linear") == 1
    assert accuracy_on("sheared", "linear") > 0.99 > accuracy_on("sheared", "linear", head="sigmoid")
    assert_in_text("hint.scikit", "0.995", "0.976")  # computed in test_comparison.py
    sheared = SYNTHETIC["sheared"](300, 3, 0.3, 0)
    says_yes = sigmoid(logits_after(sheared, "linear", 300, "sigmoid"))[:, 1] > 0.5
    assert f"{100 * says_yes[sheared.labels == 1].mean():.0f} %" in catalogue("en")["hint.sheared"]
    wrong = {}
    for part in ("petal", "sepal"):
        data = iris((f"{part}_length_cm", f"{part}_width_cm"))
        assert (logits_after(data, "linear", 5).argmax(axis=1) == data.labels)[data.labels == 0].mean() > 0.95
        wrong[part] = 1 - accuracy(logits_after(data, "linear", 1000), data.labels)
    assert wrong["petal"] < 0.05 < 0.15 < wrong["sepal"]


def test_linear_features_are_surest_at_the_edges_of_the_plane() -> None:
    for n in (30, 300):
        training = draw_samples(n).training
        phi = FeatureMap.fit(training.X)
        run = train(phi(training.X), training.labels, learning_rate=1.0, steps=STEPS)
        low, high = training.X.min(axis=0), training.X.max(axis=0)
        grid = np.stack(np.meshgrid(*np.linspace(low, high, 31).T, indexing="ij"), axis=-1)
        confidence = softmax(run.parameters.logits(phi(grid.reshape(-1, 2)))).max(axis=1).reshape(31, 31)
        edges = np.concatenate([confidence[0], confidence[-1], confidence[:, 0], confidence[:, -1]])
        assert edges.mean() > confidence[8:-8, 8:-8].mean()


def test_limits_in_messages_on_uploaded_tables() -> None:
    assert_in_text("table.too_long", f"{MAX_LINES:,}", f"{MAX_ROWS:,}")
    assert_in_text("table.too_many_rows", f"{MAX_ROWS:,}")
    assert_in_text("table.too_many_columns", str(MAX_COLUMNS))
    assert_in_text("table.too_few_rows", str(MIN_ROWS))


def digit_probabilities(strokes: str, shift: int = 0, **steps: bool) -> Floats:
    """Return the probabilities (10,) of the digits page for a drawing, shifted to the right by `shift` pixels."""
    image = Drawing(strokes, (), Preprocessing(**steps)).counts().reshape(8, 8)
    shifted = np.hstack([np.zeros((8, shift)), image[:, : 8 - shift]])
    return softmax(trained_model().parameters.logits(shifted.reshape(1, 64) / 16)[0])


def test_the_numbers_in_questions_on_digits() -> None:
    W, digits = trained_model().parameters.weights, trained_model().training
    left, bottom = [2 * 8 + 2, 3 * 8 + 2], 7 * 8 + 3  # rows 3 and 4, column 3; row 8, column 4
    assert set(np.abs(W[:, 3]).argsort()[-2:]) == set(left)
    assert (W[left, 3] < 0).all()
    ink = np.array([digits.X[digits.labels == digit].mean(axis=0) for digit in range(10)])
    assert ink[[0, 4, 5, 6, 9]][:, left].min() > 10 > 4 > ink[3, left].max()
    assert ink[3, bottom] > 14
    assert np.median(ink[:, bottom]) > 10
    assert abs(W[bottom, 3]) < abs(W[left, 3]).min() / 4
    assert_in_text("predict.digits_three_why", "3", "4", "8")
    ones = W[:, 1].reshape(8, 8)
    assert ones[2:7, 3:5].mean() > 0.5
    assert max(ones[:7, 1:3].mean(), ones[:7, 5:7].mean()) < -0.1
    still, shifted = digit_probabilities(FIVE), digit_probabilities(FIVE, 2)
    assert (still.argmax(), shifted.argmax()) == (5, 2)
    assert_in_text("predict.digits_shift", f"{still[5]:.2f}")
    assert_in_text("predict.digits_shift_why", "2", f"{shifted[5]:.4f}")
    scribble = digit_probabilities(SCRIBBLE)
    assert scribble.argmax() == 1
    assert_in_text("predict.digits_scribble_why", f"{scribble[1]:.2f}")


def test_the_numbers_in_the_step_on_digits() -> None:
    strokes = load_steps("en")["ocr"].state["strokes"]
    prepared = digit_probabilities(strokes)
    as_drawn = digit_probabilities(strokes, deslant=False, resize=False, even_ink=False)
    assert (prepared.argmax(), as_drawn.argmax()) == (5, 1)
    assert_in_text("ocr", f"{prepared[5]:.3f}", "1", f"{as_drawn[1]:.2f}")
