"""The lecturer's questions without a browser: free ones, those of pages, and the way through the lecture."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import markup, text_of, unmarked
from tests.pages.test_classroom import (
    LECTURER,
    QUESTION,
    STEP,
    STUDENT,
    labels,
    open_as,
    open_class,
    option_keys,
    press,
    store,
    texts,
)
from ui.classroom import own_session, question_list
from ui.classroom.answers import join, view_of, vote
from ui.classroom.questions import Question, State
from ui.classroom.sessions import ask, create_session, session_of
from ui.components.browser_token import TOKEN
from ui.lecture.steps import load_steps
from ui.look.html import escape_markdown

__all__ = ["store"]  # a fixture for all tests of this module

QUIZZES = [
    ("softmax_playground", {}, "predict.softmax_shift", "stays"),
    ("loss_explorer", {}, "predict.loss_halve", "log_two"),
    ("live_training", {}, "predict.training_rate", "lower"),
    ("digits", {}, "predict.digits_three", "only"),
    ("softmax_vs_sigmoid", {"part": "exclusive"}, "predict.exclusive_grey", "grows"),
    ("softmax_vs_sigmoid", {"part": "labels"}, "predict.labels_threshold", "more"),
    ("softmax_vs_sigmoid", {"part": "belief"}, "predict.belief_temperature", "none"),
]


def open_form(code: str, language: str = "en") -> AppTest:
    """Open the content of the dialog for a new question in a lecturer's session."""

    def script() -> None:
        from ui.classroom.free_question import show_question_form

        show_question_form()

    form = AppTest.from_function(script, default_timeout=60)
    for key, value in {TOKEN: LECTURER, own_session.CODE: code, own_session.LOOKED_UP: True, "lang": language}.items():
        form.session_state[key] = value
    return form.run()


def asked(store: Engine, code: str) -> Question | None:
    found = session_of(store, code, LECTURER).round
    return found.question if found else None


def warnings(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning]


def test_letters_are_asked_in_one_press(store: Engine) -> None:
    code = create_session(store, LECTURER)
    press(open_form(code), "class_ask_typed")
    assert asked(store, code) == Question(("A", "B", "C", "D"))


def test_a_typed_question_with_typed_answers_and_a_right_one(store: Engine) -> None:
    code = create_session(store, LECTURER)
    form = open_form(code)
    form.text_input(key="class_text").set_value("Is it convex?").run()
    form.segmented_control(key="class_answers").set_value("typed").run()
    form.text_area(key="class_lines").set_value(" Yes \n\nNo\n").run()
    form.selectbox(key="class_right").set_value("No").run()
    press(form, "class_ask_typed")
    assert asked(store, code) == Question(("Yes", "No"), "No", text="Is it convex?")


@pytest.mark.parametrize(
    ("lines", "reason"), [("one", "few"), ("1\n2\n3\n4\n5\n6\n7", "many"), ("same\nsame", "equal")]
)
def test_answers_that_cannot_be_asked_are_explained(store: Engine, language: str, lines: str, reason: str) -> None:
    code = create_session(store, LECTURER)
    form = open_form(code, language)
    form.segmented_control(key="class_answers").set_value("typed").run()
    form.text_area(key="class_lines").set_value(lines).run()
    press(form, "class_ask_typed")
    assert warnings(form) == [texts(language)[f"classroom.invalid_{reason}"].format(least=2, most=6)]
    assert asked(store, code) is None


def test_a_list_is_prepared_saved_loaded_and_asked_one_after_the_other(store: Engine) -> None:
    code = create_session(store, LECTURER)
    form = open_form(code)
    for text in ("First?", "Second?", "Third?"):
        form.text_input(key="class_text").set_value(text).run()
        press(form, "class_add")
    press(form, "class_remove_1")
    assert [question.text for question in form.session_state[question_list.QUESTIONS]] == ["First?", "Third?"]
    data = b"Question,Right,A,B\nLoaded?,B,Yes,No\nLast?,,Yes,No\n"
    form.file_uploader[0].set_value(("list.csv", data, "text/csv")).run()
    assert escape_markdown("Loaded?") in text_of(form)
    assert "First" not in text_of(form)
    app = open_as(LECTURER, "home", lang="en")
    app.session_state[question_list.QUESTIONS] = form.session_state[question_list.QUESTIONS]
    app.run()
    for number, (text, presses) in enumerate([("Loaded?", 3), ("Last?", 2)], start=1):
        label = texts("en")["classroom.ask_next"].format(number=number, count=2)
        assert app.button(key="class_forward").label == label
        press(app, "class_forward")
        assert escape_markdown(text) in text_of(app)
        for _ in range(presses):
            press(app, "class_forward")
        assert asked(store, code) is None
    assert "class_forward" not in [button.key for button in app.button]


def test_a_refused_file_leaves_the_list_and_says_which_row_is_wrong(store: Engine, language: str) -> None:
    form = open_form(create_session(store, LECTURER), language)
    press(form, "class_add")
    data = b"Question,Right,A,B\nOne?,,Yes,No\nTwo?,C,Yes,No\n"
    form.file_uploader[0].set_value(("list.csv", data, "text/csv")).run()
    fault = texts(language)["classroom.invalid_right"]
    assert [error.value for error in form.error] == [texts(language)["classroom.file_row"].format(row=3, fault=fault)]
    assert len(form.session_state[question_list.QUESTIONS]) == 1


def test_a_question_without_a_right_answer_is_over_after_the_votes_on_any_page(store: Engine) -> None:
    code = create_session(store, LECTURER)
    app = open_as(LECTURER, "loss_explorer", lang="en", loss_view="surface")
    assert f"<strong>{code}</strong>" in markup(app)
    ask(store, code, LECTURER, Question(("A", "B"), text="Which **way**?"))
    join(store, code, STUDENT)
    app.run()
    student = open_as(STUDENT, "join", code=code, lang="en")
    press(student, option_keys(student)[1])
    press(app, "class_forward")
    assert "1 (100 %)" in markup(app)
    assert "✓" not in markup(app)
    assert app.button(key="class_forward").label == texts("en")["classroom.close"]
    student.run()
    link = student.get("page_link")[0].proto
    assert link.page.endswith("loss_explorer")
    assert "loss_view=surface" in link.query_string
    press(app, "class_forward")
    assert asked(store, code) is None


def test_markup_in_a_free_question_is_text_on_both_sides(store: Engine) -> None:
    code = create_session(store, LECTURER)
    hostile = "<b>x</b> [[softmax]] $y$ **z**"
    ask(store, code, LECTURER, Question((hostile, "B"), text=hostile))
    for app in (open_as(LECTURER, "home", lang="en"), open_as(STUDENT, "join", code=code, lang="en")):
        assert f"**{escape_markdown(hostile)}**" in text_of(app)
        assert "<b>x" not in text_of(app) + markup(app)
    assert labels(open_as(STUDENT, "join", code=code))[0] == escape_markdown(hostile)


def test_a_question_that_is_asked_aloud_says_so(store: Engine, language: str) -> None:
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, Question(("A", "B")))
    assert texts(language)["classroom.spoken"] in text_of(open_as(STUDENT, "join", code=code, lang=language))


@pytest.mark.parametrize(("page", "state", "key", "right"), QUIZZES, ids=lambda value: str(value))
def test_a_pages_question_is_asked_answered_on_the_page_and_explained_on_phones(
    store: Engine, page: str, state: dict[str, str], key: str, right: str
) -> None:
    code = create_session(store, LECTURER)
    app = open_as(LECTURER, page, lang="en", **state)
    press(app, "class_ask_page")
    question = asked(store, code)
    assert question is not None
    assert (question.step, question.right) == (key, right)
    student = open_as(STUDENT, "join", code=code, lang="ja")
    japanese = texts("ja")
    assert japanese[key].replace("**", "") in text_of(student)
    assert labels(student) == [escape_markdown(japanese[f"{key}_{option}"]) for option in question.options]
    quiz = key.removeprefix("predict.").partition("_")[0]
    press(app, "class_forward")
    assert f"{quiz}_guess" not in app.query_params
    student.run()
    assert not student.get("page_link")
    press(app, "class_forward")
    assert app.query_params[f"{quiz}_guess"] in (right, [right])
    student.run()
    assert unmarked(japanese[f"{key}_why"], "ja") in text_of(student)
    link = student.get("page_link")[0].proto
    assert link.page.endswith(page)
    assert "_guess" not in link.query_string
    assert f"class={code}" in link.query_string
    press(app, "class_forward")
    assert asked(store, code) is None
    assert app.query_params[f"{quiz}_prompt"] not in ([key.rpartition("_")[2]], key.rpartition("_")[2])


def test_a_pages_question_has_no_button_for_the_class_unless_one_is_open() -> None:
    app = open_as(LECTURER, "softmax_playground", lang="en")
    assert "class_ask_page" not in [button.key for button in app.button]


def test_another_question_of_the_page_takes_the_one_before_from_the_phones(store: Engine) -> None:
    code = create_session(store, LECTURER)
    app = open_as(LECTURER, "softmax_playground", lang="en")
    press(app, "class_ask_page")
    press(app, "softmax_turn_arrow_forward")
    assert asked(store, code) is None
    ask(store, code, LECTURER, Question(("A", "B")))
    press(app, "softmax_turn_arrow_forward")
    assert asked(store, code) == Question(("A", "B"))


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("name", ["which_one", "threshold"])
def test_another_step_takes_the_question_from_the_phones(store: Engine, name: str, free: bool) -> None:
    code = create_session(store, LECTURER)
    step, other = load_steps("en")["side_by_side"], load_steps("en")[name]
    app = open_as(LECTURER, step.page, lecture=step.name, lang="en")
    press(app, "class_forward")
    if free:
        ask(store, code, LECTURER, Question(("A", "B")))
    app.query_params["lecture"] = name
    app.switch_page(f"pages/{other.page}.py").run()
    assert asked(store, code) is None
    assert view_of(store, code, STUDENT).question is None
    assert app.button(key="class_forward").label == texts("en")["classroom.ask"]


def test_closing_the_lecture_takes_the_question_from_the_phones(store: Engine) -> None:
    app, code = open_class(store)
    press(app, "class_forward")
    press(app, "lecture_leave")
    assert asked(store, code) is None


def test_a_reload_or_another_page_keeps_the_question(store: Engine) -> None:
    app, code = open_class(store)
    press(app, "class_forward")
    app.switch_page("pages/glossary.py").run()
    assert STEP.question in text_of(app)
    open_as(LECTURER, "softmax_vs_sigmoid", lecture="side_by_side", lang="en")
    found = session_of(store, code, LECTURER).round
    assert found is not None
    assert (found.question.step, found.state) == (STEP.name, State.OPEN)


def test_votes_of_a_question_of_another_step_are_finished_in_the_bar(store: Engine) -> None:
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    join(store, code, STUDENT)
    view = view_of(store, code, STUDENT).question
    assert view is not None
    vote(store, view.round_id, code, STUDENT, STEP.right)
    app = open_as(LECTURER, "softmax_vs_sigmoid", lecture="side_by_side", lang="en")
    assert STEP.question in text_of(app)
    for label in ("show_votes", "reveal", "close"):
        assert app.button(key="class_forward").label == texts("en")[f"classroom.{label}"]
        press(app, "class_forward")
    assert app.query_params["lecture"] in ("side_by_side", ["side_by_side"])
    assert "lecture_guess" not in app.query_params
    assert app.button(key="class_forward").label == texts("en")["classroom.ask"]


def test_the_warning_names_the_command(language: str) -> None:
    assert "`make class`" in texts(language)["classroom.local"]
    assert "`streamlit run server.py`" in texts(language)["classroom.local"]
