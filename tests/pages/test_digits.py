"""The digits page: its link restores the drawing, and the browser gets the model of core."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import escape
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import fit_temperature, reliability, softmax, train
from core.datasets import digits, split
from core.digit_image import Preprocessing, digit_image
from tests.drawn_digits import drawn_digits
from tests.fuzz.messages import COMPONENTS, send
from tests.fuzz.page_content import component_data
from tests.pages.conftest import markup, open_page
from ui.digits import drawing, errors
from ui.digits.learning import KEPT_STEPS, shared_run
from ui.digits.model import READ_OF_100, STEPS, trained_model
from ui.digits.questions import QUESTIONS
from ui.i18n import catalogue
from ui.state.script_queue import SCRIPT_QUEUE

LINK = {"strokes": drawing.FIVE, "switched": "3,60", "deslant": "false"}


def message(app):
    data = [component_data(node.proto) for node in app.get("bidi_component")]
    return next(one for one in data if "weights" in one)


def test_the_model_is_trained_by_core_on_pixels_from_0_to_1() -> None:
    training, held_out = split(digits(), 0.25, 0)
    run = train(training.X / 16, training.labels, learning_rate=1.0, steps=STEPS, l2=1e-3)
    model = trained_model()
    np.testing.assert_array_equal(model.parameters.weights, run.weights)
    read = (held_out.X / 16 @ run.weights + run.bias).argmax(axis=1) == held_out.labels
    assert model.n_read == read.sum()
    assert read.mean() > 0.95
    sent = message(open_page("digits"))
    np.testing.assert_array_equal(sent["weights"], run.weights.ravel())
    np.testing.assert_array_equal(sent["bias"], run.bias)


def test_the_page_says_how_many_held_out_digits_are_read(language: str) -> None:
    model = trained_model()
    values = {"steps": STEPS, "training": 1348, "held_out": 449, "read": model.n_read}
    app = open_page("digits", lang=language)
    assert catalogue(language)["digits.model"].format(**values) in [one.value for one in app.markdown]


@pytest.mark.parametrize("steps", list(product([False, True], repeat=3)), ids=str)
def test_the_rates_on_the_page_are_those_of_the_test_drawings(steps: tuple[bool, ...]) -> None:
    drawn = drawn_digits()
    X = np.array([digit_image(one.strokes, Preprocessing(*steps)) for one in drawn]) / 16
    right = trained_model().parameters.logits(X).argmax(axis=1) == [one.digit for one in drawn]
    assert READ_OF_100["".join(str(int(step)) for step in steps)] == round(100 * right.mean())


def test_a_link_restores_the_drawing_and_a_changed_drawing_is_in_the_link() -> None:
    app = open_page("digits", **LINK)
    sent = message(app)
    assert sent["strokes"] == drawing.FIVE
    assert sent["switched"] == [3, 60]
    assert sent["steps"] == asdict(Preprocessing(deslant=False))
    steps = {"deslant": True, "resize": False, "even_ink": True}
    changed = {"strokes": "AAD_AAE", "switched": [], "steps": steps, "version": 1}
    send(COMPONENTS["digit"], app, json.dumps(changed))
    assert {name: app.query_params[name] for name in ("strokes", "switched", "deslant", "resize")} == {
        "strokes": "AAD_AAE", "switched": "", "deslant": "true", "resize": "false",
    }  # fmt: skip
    assert message(app)["version"] == 1


@pytest.mark.parametrize(
    "part",
    [
        {"strokes": "_w"},
        {"strokes": "A" * 5000},
        {"switched": [64]},
        {"switched": [1, 1]},
        {"switched": [True]},
        {"steps": {"deslant": True}},
        {"steps": {"deslant": 1, "resize": True, "even_ink": True}},
    ],
    ids=str,
)
def test_an_invalid_drawing_changes_nothing(part: dict[str, object]) -> None:
    app = open_page("digits", **LINK)
    valid = {"strokes": "AAD_AAE", "switched": [], "steps": asdict(Preprocessing()), "version": 1}
    send(COMPONENTS["digit"], app, json.dumps(valid | part))
    assert not app.exception
    assert message(app)["strokes"] == drawing.FIVE


points = st.lists(st.tuples(st.integers(0, drawing.GRID), st.integers(0, drawing.GRID)), min_size=1, max_size=20)


@given(st.lists(points, max_size=5))
def test_strokes_are_kept_by_their_text(strokes: list[list[tuple[int, int]]]) -> None:
    text = drawing.encode([np.array(stroke) / drawing.GRID for stroke in strokes])
    restored = drawing.decode(text)
    assert restored is not None
    assert [np.rint(stroke * drawing.GRID).tolist() for stroke in restored] == [list(map(list, s)) for s in strokes]
    assert drawing.canonical(text) == text


@pytest.mark.parametrize("text", ["?", "A", "AA", "_w", "AAD_", "é", "AAAA=AAA", "A" * 4001, "AAAA AAA"])
def test_a_text_without_strokes_is_refused(text: str) -> None:
    assert drawing.canonical(text) is None


def test_a_switched_pixel_changes_each_logit_by_its_weight() -> None:
    strokes, W = drawing.FIVE, trained_model().parameters.weights
    before, after = (drawing.Drawing(strokes, pixels, Preprocessing()).counts() / 16 for pixels in ((), (3, 60)))
    assert set(np.flatnonzero(before != after)) == {3, 60}
    assert set(after[[3, 60]]) <= {0.0, 1.0}
    logits = trained_model().parameters.logits(np.array([before, after]))
    np.testing.assert_allclose(logits[1] - logits[0], (after - before)[[3, 60]] @ W[[3, 60]])
    assert softmax(logits)[0].argmax() == 5


def captions(app):
    return re.findall("<figcaption[^>]*>(.*?)</figcaption>", markup(app))


def test_a_cell_of_the_confusion_matrix_opens_its_digits(language: str) -> None:
    model = trained_model()
    P = softmax(model.parameters.logits(model.held_out.X / 16))
    read, true = P.argmax(axis=1), model.held_out.labels
    app = open_page("digits", lang=language, errors="true", true_digit="1", read_digit="9")
    selected = np.flatnonzero((true == 1) & (read == 9))
    shown = captions(app)
    assert len(shown) == len(selected) + errors.N_SUREST
    assert len(selected) > 0
    assert all(re.match("1 → 9", caption) for caption in shown[: len(selected)])
    title = catalogue(language)["digits.cell"].format(true=1, read=9, count=len(selected))
    assert title in [one.value for one in app.markdown]
    wrong = P.max(axis=1)[read != true]
    surest = [float(caption.split()[-1]) for caption in shown[len(selected) :]]
    np.testing.assert_allclose(surest, np.sort(wrong)[::-1][: errors.N_SUREST], atol=1e-3)
    errors_of_model = errors.held_out_reading(model).counts()
    assert np.trace(errors_of_model) == model.n_read
    assert errors_of_model.sum() == len(true)


def test_the_opened_cell_is_at_first_the_one_with_the_most_errors_and_can_be_chosen() -> None:
    app = open_page("digits", lang="en", errors="true")
    counts = errors.held_out_reading(trained_model()).counts()
    np.fill_diagonal(counts, 0)
    assert counts[app.session_state["true_digit"], app.session_state["read_digit"]] == counts.max()
    app.selectbox[0].select("4").run()
    app.selectbox[1].select("8").run()
    assert (app.query_params["true_digit"], app.query_params["read_digit"]) == ("4", "8")
    assert captions(app)[0].startswith("4 → 8")


def test_no_picture_is_drawn_while_the_errors_are_closed() -> None:
    assert not captions(open_page("digits", lang="en"))


def calibration_message(app):
    proto = next(node.proto for node in app.get("bidi_component") if node.proto.id.endswith("-digit_calibration"))
    return component_data(proto)


def test_the_reliability_diagram_shows_held_out_digits_and_t_is_fitted_on_others(language: str) -> None:
    model, texts = trained_model(), catalogue(language)
    app = open_page("digits", lang=language, errors="true", digit_t="0.7")
    sent = calibration_message(app)
    test, validation = split(model.held_out, 1 / 3, 0)
    logits, fitting = (model.parameters.logits(part.X / 16) for part in (test, validation))
    np.testing.assert_allclose(np.reshape(sent["logits"], logits.shape), logits, atol=1e-12)
    np.testing.assert_array_equal(sent["labels"], test.labels)
    assert sent["fitted"] == pytest.approx(fit_temperature(fitting, validation.labels))
    assert (len(test.labels), len(validation.labels)) == (299, 150)
    assert sent["texts"]["judged"] == texts["calibration.judged"].format(count=299)
    assert sent["texts"]["note"] == texts["calibration.note"].format(count=150)
    assert (sent["temperature"], len(sent["grid"])) == (0.7, 0)
    P = softmax(logits, 0.7)
    numbers = (P.max(axis=1).mean(), (P.argmax(axis=1) == test.labels).mean(), reliability(P, test.labels).error)
    confidence, right, error = (f"{number:.{digits}f}" for number, digits in zip(numbers, (2, 2, 3), strict=True))
    verdict = texts["versus.belief_honest"].format(confidence=confidence, right=right, error=error)
    assert f"{verdict} {texts['versus.belief_moved']}" in markup(app)


def test_a_temperature_from_the_browser_is_in_the_link_and_an_invalid_one_changes_nothing() -> None:
    app = open_page("digits", lang="en", errors="true")
    send(COMPONENTS["digit_calibration"], app, json.dumps({"temperature": 0.55, "version": 1}))
    assert app.query_params["digit_t"] == "0.55"
    send(COMPONENTS["digit_calibration"], app, json.dumps({"temperature": 21, "version": 2}))
    assert not app.exception
    assert calibration_message(app)["temperature"] == 0.55


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_one_right_answer_with_an_explanation(name: str, language: str) -> None:
    texts, question = catalogue(language), QUESTIONS[name]
    app = open_page("digits", lang=language, digits_prompt=name)
    app.button(key=f"digits_{name}_{question.right}").click().run()
    assert not app.exception
    assert escape(texts[f"predict.digits_{name}_why"]) in markup(app)
    assert f"✓ {texts[f'predict.digits_{name}_{question.right}']}" in [button.label for button in app.button]
    assert app.query_params["digits_guess"] == question.right


@pytest.mark.parametrize(("rate", "batch", "l2"), [(1.0, 0, 0.001), (0.3, 16, 0.1)])
def test_the_player_gets_the_run_of_core(rate: float, batch: int, l2: float) -> None:
    link = {"digit_rate": f"{rate:g}", "digit_batch": str(batch), "digit_l2": f"{l2:g}", "learning": "true"}
    app = open_page("digits", lang="en", digit_step="100", **link)
    sent = component_data(app.get("bidi_component")[-1].proto)
    model = trained_model()
    X, labels = model.training.X / 16, model.training.labels
    run = train(X, labels, learning_rate=rate, steps=STEPS, batch_size=batch or None, l2=l2)
    assert (sent["steps"], sent["step"]) == (list(KEPT_STEPS), 100)
    kept = [run.states[step] for step in KEPT_STEPS]
    weights, bias = (np.array([getattr(one, name).ravel() for one in kept]) for name in ("weights", "bias"))
    np.testing.assert_allclose(np.reshape(sent["weights"], weights.shape), weights, atol=1e-6)
    np.testing.assert_allclose(np.reshape(sent["bias"], bias.shape), bias, atol=1e-6)
    for part, losses, accuracies in (
        (model.training, "losses", "accuracies"),
        (model.held_out, "heldOutLosses", "heldOutAccuracies"),
    ):
        for step in (0, 7, 333, STEPS):
            P = softmax(run.states[step].logits(part.X / 16))
            assert sent[losses][step] == pytest.approx(-np.log(P[np.arange(len(P)), part.labels]).mean(), abs=1e-6)
            assert sent[accuracies][step] == pytest.approx((P.argmax(axis=1) == part.labels).mean(), abs=1e-6)


def test_sessions_that_need_the_same_run_compute_each_step_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shared_run.cache_clear()
    other: list[np.ndarray] = []

    def run_other_script() -> None:
        if len(shared_run(0.1, 64, 0.0).measures) == 100:
            other.append(shared_run(0.1, 64, 0.0).curves().losses)

    monkeypatch.setattr(SCRIPT_QUEUE, "maybe_yield", run_other_script)
    curves = shared_run(0.1, 64, 0.0).curves()
    assert len(shared_run(0.1, 64, 0.0).measures) == STEPS + 1
    np.testing.assert_array_equal(curves.losses, other[0])
    model = trained_model()
    run = train(model.training.X / 16, model.training.labels, learning_rate=0.1, steps=STEPS, batch_size=64)
    np.testing.assert_allclose(curves.losses, run.losses, atol=1e-12)


@pytest.mark.parametrize("step", [13, -1, True, "8", 8.5, None])
def test_an_invalid_step_changes_nothing(step: object) -> None:
    app = open_page("digits", lang="en", learning="true", digit_step="8")
    send(COMPONENTS["digit_training"], app, json.dumps({"step": step, "version": 1}))
    assert not app.exception
    assert app.session_state["digit_step"] == 8
