"""The guided lecture: every step opens in every language with its settings, and the numbers of its answer are right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import Parameters, accuracy, softmax
from core.activations import Floats
from tests.pages.conftest import LANGUAGES, PAGES, open_page, text_of, unmarked
from ui.i18n import LOCALES, catalogue
from ui.lecture.steps import Step, load_steps, parse_step
from ui.softmax.model_view import trained_model
from ui.state import url_state

STEPS = list(load_steps("en").values())
NAMES = [step.name for step in STEPS]


def open_step(step: Step, language: str = "en", **parameters: str) -> AppTest:
    return open_page(step.page, lang=language, lecture=step.name, **parameters)


def value_in_link(app: AppTest, key: str) -> str | None:
    value = app.query_params.get(key)
    return value[0] if isinstance(value, list) else value


def assert_in_state(app: AppTest, step: Step, answered: bool) -> None:
    """Assert that the link has each parameter of the step and that the page has read them."""
    for key, text in step.url_parameters("answered" if answered else "").items():
        assert value_in_link(app, key) == text, key
    for key, text in (step.shown if answered else step.state).items():
        assert app.session_state[url_state.SNAPSHOT].written[key] == text, key


def test_there_are_about_twenty_steps_in_the_lectures_order() -> None:
    assert 18 <= len(STEPS) <= 25
    sections = [step.section for step in STEPS]
    assert sections == sorted(sections)
    assert set(sections) == {1, 2, 3, 4, 5, 6}
    assert len(set(NAMES)) == len(NAMES)


def test_step_files_differ_between_languages_only_in_their_texts() -> None:
    def without_texts(step: Step) -> Step:
        blank = dict.fromkeys(step.options, "")
        return replace(step, title="", instructions="", question="", answer="", options=blank)

    for code in LANGUAGES:
        files = [path.name for path in sorted((LOCALES / code / "lecture").iterdir())]
        assert files == [path.name for path in sorted((LOCALES / "en/lecture").iterdir())]
        assert [without_texts(step) for step in load_steps(code).values()] == [without_texts(step) for step in STEPS]


@pytest.mark.parametrize("step", [s for code in LANGUAGES for s in load_steps(code).values()], ids=lambda s: s.name)
def test_a_step_is_complete(step: Step) -> None:
    assert step.page in PAGES[1:]
    assert step.right in step.options
    assert 2 <= len(step.options) <= 4
    assert list(step.url_parameters("answered")) == [*step.state, *(key for key in step.shown if key not in step.state)]
    for text in (step.title, step.instructions, step.question, step.answer, *step.options.values()):
        assert text.strip() == text != ""
    assert not re.search(r"(である|だ|ない|する|なる)。", step.instructions + step.question + step.answer)
    if step.page == "live_training":
        assert "step" in step.state
    if step.state.get("part") in ("exclusive", "labels"):
        assert f"{ {'exclusive': 'versus', 'labels': 'labels'}[step.state['part']] }_step" in step.state


@pytest.mark.parametrize("name", NAMES)
def test_a_step_opens_with_its_settings(name: str, language: str) -> None:
    step = load_steps(language)[name]
    app = open_step(step, language)
    assert not app.exception
    assert unmarked(step.instructions, language) in text_of(app)
    assert unmarked(step.answer, language) not in text_of(app)
    assert_in_state(app, step, answered=False)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_opens_a_step_with_its_answer(name: str, language: str) -> None:
    step = load_steps(language)[name]
    for option in step.options:
        app = open_step(step, language, lecture_guess=option)
        assert not app.exception
        mark, verdict = ("✓", "right") if option == step.right else ("✗", "wrong")
        assert f"**{mark} {catalogue(language)[f'predict.{verdict}']}**" in text_of(app)
        assert unmarked(step.answer, language) in text_of(app)
        assert_in_state(app, step, answered=True)


@pytest.mark.parametrize("name", NAMES)
def test_answering_shows_the_answer_on_the_page(name: str) -> None:
    step = load_steps("en")[name]
    app = open_step(step)
    app.button(key=f"lecture_{name}_{step.right}").click().run()
    assert not app.exception
    assert f"**✓ {catalogue('en')['predict.right']}** {unmarked(step.answer)}" in text_of(app)
    assert_in_state(app, step, answered=True)
    assert value_in_link(app, "lecture_guess") == step.right
    assert [b.label.startswith("✓") for b in app.button if b.key == f"lecture_{name}_{step.right}"] == [True]


def test_a_link_with_a_step_keeps_changed_logits() -> None:
    app = open_step(STEPS[0], z_image="9,0,0")
    assert value_in_link(app, "z_image") == "9,0,0"
    assert app.session_state["z_image"] == [9, 0, 0]


def test_opening_a_step_resets_all_controls() -> None:
    app = open_step(load_steps("en")["shift"], temperature="7", softmax_view="precision", numbers="1,2")
    app.query_params.clear()
    app.query_params.update(lang="en", lecture="sharp")
    app.run()
    assert_in_state(app, load_steps("en")["sharp"], answered=False)
    assert app.session_state["temperature"] == [1.0]
    assert app.session_state["shift_image"] == [0.0]
    assert value_in_link(app, "numbers") is None


def test_answering_resets_controls_to_the_steps_settings() -> None:
    step = load_steps("en")["curves"]
    app = open_step(step, rate="3", train_seed="5")
    app.button(key="lecture_curves_features").click().run()
    assert_in_state(app, step, answered=True)
    assert app.session_state["train_seed"] == 0
    schedule = app.session_state["training_run"].tracked_runs[0].run.schedule
    assert [(start, settings.learning_rate) for start, settings in schedule] == [(0, 0.3)]


def test_answering_starts_a_new_run() -> None:
    app = open_step(load_steps("en")["shapes"])
    before = app.session_state["training_run"].identity
    app.button(key="lecture_shapes_dk").click().run()
    timeline = app.session_state["training_run"]
    assert timeline.step == 1
    assert timeline.identity != before


def test_leaving_removes_the_lecture_from_the_link_and_home_offers_to_continue() -> None:
    step = STEPS[3]
    app = open_step(step, lecture_guess=step.right)
    app.button(key="lecture_leave").click().run()
    for _ in range(2):
        assert value_in_link(app, "lecture") is None
        assert value_in_link(app, "lecture_guess") is None
        assert unmarked(step.instructions) not in text_of(app)
        assert unmarked(step.answer) not in text_of(app)
        app.run()
    app.switch_page("pages/home.py").run()
    assert any(step.title in button.label for button in app.button)


def test_another_page_has_a_button_back_to_the_step() -> None:
    app = open_step(STEPS[0])
    app.query_params.clear()
    app.switch_page("pages/loss_explorer.py").run()
    assert value_in_link(app, "lecture") == STEPS[0].name
    assert value_in_link(app, "z_image") is None
    assert unmarked(STEPS[0].instructions) not in text_of(app)
    assert any(button.label == catalogue("en")["lecture.return"] for button in app.button)


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_step_in_the_link_is_ignored(page: str) -> None:
    app = open_page(page, lecture="nonsense", lecture_guess="x")
    assert not app.exception
    assert value_in_link(app, "lecture") is None
    assert value_in_link(app, "lecture_guess") is None


def test_an_unknown_answer_in_the_link_is_ignored() -> None:
    app = open_step(STEPS[0], lecture_guess="forty-two")
    assert unmarked(STEPS[0].instructions) in text_of(app)
    assert value_in_link(app, "lecture_guess") is None


def test_the_pages_own_questions_are_hidden_during_the_lecture() -> None:
    for step in (load_steps("en")["shift"], load_steps("en")["one_hot"], load_steps("en")["descent"]):
        title = catalogue("en")["predict.title"]
        assert title not in text_of(open_step(step))
        assert title in text_of(open_page(step.page, **step.state))


def test_the_numbers_in_the_answers_are_right() -> None:
    def logits(name: str, answered: bool = True) -> list[float]:
        parameters = load_steps("en")[name].url_parameters("x" if answered else "")
        key = next(key for key in parameters if key.startswith(("z_", "loss_z")))
        return [float(value) for value in parameters[key].split(",")]

    assert softmax(logits("which_one", False))[1] == pytest.approx(0.810, abs=5e-4)
    assert softmax(logits("which_one"))[1] == pytest.approx(0.492, abs=5e-4)
    assert softmax(logits("one_function")) == pytest.approx([0.1, 0.7, 0.2], abs=1e-6)
    assert softmax(logits("shift")) == pytest.approx(softmax(logits("shift", False)))
    assert softmax(logits("sharp")) == pytest.approx([0.9999092, 0.0000454, 0.0000454], abs=5e-8)
    p = softmax(logits("scale", False))
    assert p[1] / p[0] == pytest.approx(4.95, abs=5e-3)
    p = softmax(logits("scale"))
    assert (p[1] / p[0], p[1]) == (pytest.approx(24.5, abs=0.05), pytest.approx(0.960, abs=5e-4))
    assert softmax(logits("sigmoid"))[0] == pytest.approx(0.881, abs=5e-4)
    assert -np.log(softmax(logits("one_hot"))[1]) == pytest.approx(0.357, abs=5e-4)
    assert -np.log(softmax(logits("minus_log", False))[1]) == pytest.approx(1.609, abs=5e-4)
    assert -np.log(softmax(logits("minus_log"))[1]) == pytest.approx(2.303, abs=5e-4)
    assert softmax(logits("distance"))[1] == pytest.approx(0.85, abs=1e-5)


def test_the_numbers_in_the_answer_about_the_model_are_right() -> None:
    step, (_, phi, trained) = load_steps("en")["model"], trained_model()
    x = phi([[float(step.state["model_x1"]), float(step.state["model_x2"])]])

    def logits(parameters: Mapping[str, str]) -> Floats:
        weights = np.array(parameters["model_w"].split(","), dtype=float).reshape(3, 3)
        return Parameters.from_stacked(weights).logits(x)[0]

    np.testing.assert_array_equal(np.array(step.state["model_w"].split(","), dtype=float), np.ravel(trained))
    before, after = logits(step.state), logits(step.shown)
    np.testing.assert_allclose(after - before, [2, 0, 0], atol=1e-12)
    assert after[1:] == pytest.approx([0.868, -0.335], abs=5e-4)
    assert softmax(before)[1:] == pytest.approx([0.648, 0.194], abs=5e-4)
    assert softmax(after)[1:] == pytest.approx([0.322, 0.097], abs=5e-4)
    assert softmax(after)[1:] / softmax(before)[1:] == pytest.approx([0.498, 0.498], abs=5e-4)


def test_the_numbers_in_the_answers_about_training_are_right() -> None:
    def losses(name: str) -> list[float]:
        step = load_steps("en")[name]
        timeline = open_step(step, lecture_guess=step.right).session_state["training_run"]
        return [float(tracked.run.losses[timeline.step]) for tracked in timeline.tracked_runs]

    assert losses("rate") == pytest.approx([0.869, 0.115], abs=5e-4)
    assert losses("boundary")[0] < 0.001
    step = load_steps("en")["curves"]
    for guess, right in (("", 0.37), (step.right, 1.0)):
        timeline = open_step(step, lecture_guess=guess).session_state["training_run"]
        problem = timeline.tracked_runs[0].model.problem
        Z = timeline.tracked_runs[0].params_at(timeline.step).logits(problem.X)
        assert accuracy(Z, problem.Y.argmax(axis=1)) == pytest.approx(right, abs=5e-3)


def test_the_shapes_of_the_gradients_are_on_screen_only_after_the_question_about_them() -> None:
    step = load_steps("en")["shapes"]
    shapes = catalogue("en")["training.shapes_how"].format(n=342, d=2, K=3)
    app = open_step(step)
    assert shapes not in "".join(element.value for element in app.caption)
    app.button(key=f"lecture_{step.name}_{step.right}").click().run()
    assert shapes in "".join(element.value for element in app.caption)


def test_a_step_is_parsed_from_its_file() -> None:
    text = (LOCALES / "en/lecture/01_which_one.md").read_text("utf-8")
    step = parse_step("99_another", text.replace("2.8,2.8,-0.6", "0,0,0"))
    assert step.name == "another"
    assert step.url_parameters("falls")["z_image"] == "0,0,0"
    with pytest.raises(TypeError):
        parse_step("99_another", text.replace("right =", "wrong ="))


def test_no_line_of_a_step_ends_inside_a_formula() -> None:
    text = (LOCALES / "en/lecture/01_which_one.md").read_text("utf-8")
    head = text[: text.rindex("+++\n") + 4]
    step = parse_step("01_which_one", f"{head}At first W := W − α∇W.\n\n---\n\nThen L = log 3 ≈ 1.1, and $a = b$.")
    assert step.instructions.replace("\N{NO-BREAK SPACE}", "_") == "At first W_:=_W_−_α∇W."
    assert step.answer.replace("\N{NO-BREAK SPACE}", "_") == "Then L_=_log_3_≈_1.1, and $a = b$."
