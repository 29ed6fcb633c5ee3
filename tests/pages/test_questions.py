"""Questions on the training page and on the parts of the comparison page, and the end of the lecture."""

from __future__ import annotations

from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from core import softmax
from tests.pages.conftest import open_page, text_of
from ui.comparison.questions import QUESTIONS as COMPARISON
from ui.i18n import catalogue
from ui.lecture.quiz import Question
from ui.lecture.steps import load_steps
from ui.training.questions import QUESTIONS as TRAINING
from ui.training.questions import QUIZ

CASES = [("live_training", {}, QUIZ, name, question) for name, question in TRAINING.items()] + [
    ("softmax_vs_sigmoid", {"part": part}, part, name, question)
    for part, questions in COMPARISON.items()
    for name, question in questions.items()
]


def verdict(app: AppTest) -> str:
    return next((e.proto.body for e in app.get("html") if 'role="status"' in e.proto.body), "")


def named(case: object) -> str:
    return case if isinstance(case, str) else ""


@pytest.mark.parametrize(("page", "state", "quiz", "name", "question"), CASES, ids=named)
def test_a_question_is_answered_and_keeps_its_guess(
    page: str, state: dict[str, str], quiz: str, name: str, question: Question
) -> None:
    app = open_page(page, **state, **{f"{quiz}_prompt": name}, lang="en")
    assert not verdict(app)
    app.button(key=f"{quiz}_{name}_{question.right}").click().run()
    assert not app.exception
    assert "✓" in verdict(app)
    assert app.query_params[f"{quiz}_prompt"] in (name, [name])
    assert app.query_params[f"{quiz}_guess"] in (question.right, [question.right])
    app.button(key=f"{quiz}_again").click().run()
    assert not app.exception
    assert not verdict(app)


@pytest.mark.parametrize(("page", "state", "quiz", "name", "question"), CASES, ids=named)
def test_a_link_with_a_guess_explains_the_answer(
    page: str, state: dict[str, str], quiz: str, name: str, question: Question, language: str
) -> None:
    texts = catalogue(language)
    wrong = next(option for option in question.options if option != question.right)
    for guess, mark in ((question.right, "✓"), (wrong, "✗")):
        app = open_page(page, **state, **{f"{quiz}_prompt": name, f"{quiz}_guess": guess}, lang=language)
        assert texts[f"predict.{quiz}_{name}"] in text_of(app)
        assert mark in verdict(app)
        assert escape(texts[f"predict.{quiz}_{name}_why"]) in verdict(app)


def test_a_question_begins_in_its_own_state_whatever_was_set_before() -> None:
    app = open_page("live_training", lang="en", rate="30", l2="1", training_prompt="batch", step="77")
    app.button(key="training_turn_arrow_forward").click().run()
    assert app.query_params["training_prompt"] in ("penalty", ["penalty"])
    timeline = app.session_state["training_run"]
    settings = timeline.tracked_runs[0].run.settings
    assert (timeline.step, settings.learning_rate, settings.l2) == (300, 1.0, 0.0)


def test_the_penalty_makes_the_predictions_less_confident() -> None:
    def confidence() -> float:
        tracked = app.session_state["training_run"].tracked_runs[0]
        problem = tracked.model.problem
        return float(softmax(tracked.run.params_at(300).logits(problem.X)).max(axis=1).mean())

    app = open_page("live_training", lang="en", training_prompt="batch")
    app.button(key="training_turn_arrow_forward").click().run()
    assert confidence() == pytest.approx(0.997, abs=5e-4)
    app.button(key="training_penalty_paler").click().run()
    assert confidence() == pytest.approx(0.83, abs=5e-3)


def test_no_question_is_asked_during_a_step_of_the_lecture() -> None:
    assert not [b for b in open_page("live_training", lecture="rate").button if (b.key or "").startswith("training_")]


def test_the_first_guess_of_a_step_counts() -> None:
    step = next(iter(load_steps("en").values()))
    app = open_page(step.page, lang="en", lecture=step.name)
    wrong = next(option for option in step.options if option != step.right)
    for option in (wrong, step.right):
        app.button(key=f"lecture_{step.name}_{option}").click().run()
    assert app.session_state["lecture_guesses"] == {step.name: wrong}
