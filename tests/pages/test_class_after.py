"""Results, the change of the computer, and the way back of a student, without a browser."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import markup, text_of
from tests.pages.test_classroom import LECTURER, QUESTION, STEP, STUDENT, open_as, open_class, press, store, texts
from ui.classroom import banner, own_session
from ui.classroom.answers import join, view_of, vote
from ui.classroom.errors import DatabaseUnavailableError
from ui.classroom.questions import Question
from ui.classroom.sessions import (
    ask,
    ask_again,
    create_session,
    end,
    find_code,
    go_on,
    new_key,
    session_of,
    show_votes,
)
from ui.lecture.steps import load_steps

__all__ = ["store"]  # a fixture for all tests of this module

PICTURE = {"lecture": STEP.name, "lecture_guess": STEP.right, "lang": "en"}


def answer(store: Engine, code: str, token: str, option: str) -> None:
    join(store, code, token)
    asked = view_of(store, code, token).question
    assert asked is not None
    vote(store, asked.round_id, code, token, option)


def ended_class(store: Engine) -> str:
    """Return the code of an ended class with two votes on a step's question and one on a free question."""
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    answer(store, code, STUDENT, QUESTION.options[0])
    show_votes(store, code, LECTURER)
    ask_again(store, code, LECTURER)
    answer(store, code, STUDENT, QUESTION.right)
    ask(store, code, LECTURER, Question(("<i>A</i>", "B"), text="Free **one**?"))
    answer(store, code, STUDENT, "B")
    end(store, code, LECTURER)
    return code


def downloads(app: AppTest) -> list[str]:
    return [button.key for button in app.get("download_button")]


def test_all_questions_and_votes_are_there_after_the_end(store: Engine, language: str) -> None:
    ended_class(store)
    app = open_as(LECTURER, "class_results", lang=language)
    step = load_steps(language)[STEP.name]
    assert step.question in text_of(app)
    assert "✓ " + step.options[STEP.right] in markup(app)
    for number in (1, 2):
        assert texts(language)["classroom.vote"].format(number=number) in markup(app)
    assert "&lt;i&gt;A&lt;/i&gt;" in markup(app)
    assert "<i>A" not in markup(app) + text_of(app)
    assert downloads(app) == ["class_download", "class_picture_1", "class_picture_2"]


def test_nobody_else_sees_results_and_no_address_names_them(store: Engine) -> None:
    code = ended_class(store)
    app = open_as("c" * 32, "class_results", lang="en", code=code)
    assert [info.value for info in app.info] == [texts("en")["classroom.no_results"]]
    assert code not in markup(app)
    assert LECTURER not in str(open_as(LECTURER, "class_results", lang="en").query_params)


def test_an_earlier_class_of_the_day_can_be_chosen(store: Engine) -> None:
    first, second = ended_class(store), ended_class(store)
    app = open_as(LECTURER, "class_results", lang="en")
    assert app.selectbox[0].value == second
    app.selectbox[0].set_value(first).run()
    assert downloads(app)[0] == "class_download"
    assert not app.exception


def test_results_without_a_database_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable() -> Engine:
        raise DatabaseUnavailableError

    monkeypatch.setattr("ui.classroom.results_view.engine", unavailable)
    app = open_as(LECTURER, "class_results", lang="en")
    assert [warning.value for warning in app.warning] == [texts("en")["classroom.unavailable"]]


def test_the_end_of_a_class_leads_to_its_results(store: Engine) -> None:
    app, _ = open_class(store)
    press(app, "class_end")
    assert [warning.value for warning in app.warning] == [texts("en")["classroom.ended"]]
    assert [link.proto.label for link in app.get("page_link")].count(texts("en")["classroom.results"]) == 1


def test_a_class_is_taken_to_another_computer_with_its_key(store: Engine) -> None:
    app, code = open_class(store)
    other = open_as("d" * 32, "home", lang="en")
    other.session_state[own_session.REQUESTED] = own_session.normal_key(new_key(store, code, LECTURER).lower())
    other.run()
    assert f"<strong>{code}</strong>" in markup(other)
    app.run()
    assert f"<strong>{code}</strong>" not in markup(app)
    assert [warning.value for warning in app.warning] == [texts("en")["classroom.over"]]


def test_a_wrong_key_takes_nothing_over(store: Engine) -> None:
    _, code = open_class(store)
    new_key(store, code, LECTURER)
    other = open_as("d" * 32, "home", lang="en")
    other.session_state[own_session.REQUESTED] = "A" * 12
    other.run()
    assert [warning.value for warning in other.warning] == [texts("en")["classroom.wrong_key"]]
    assert find_code(store, LECTURER) == code


def open_picture(code: str, token: str = STUDENT) -> AppTest:
    return open_as(token, STEP.page, **PICTURE, **{"class": code})


@pytest.mark.parametrize(("change", "news"), [(go_on, "moved_on"), (end, "ended")])
def test_a_student_with_the_picture_reads_that_the_class_has_moved_on(store: Engine, change: object, news: str) -> None:
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    join(store, code, STUDENT)
    app = open_picture(code)
    link = next(one.proto for one in app.get("page_link") if one.proto.page.endswith("join"))
    assert f"code={code}" in link.query_string
    app.run()
    assert texts("en")[f"classroom.{news}"] not in text_of(app)
    change(store, code, LECTURER)  # type: ignore[operator]
    app.run()
    assert texts("en")[f"classroom.{news}"] in text_of(app)
    assert app.query_params["lecture"] in (STEP.name, [STEP.name])
    assert app.query_params["class"] in (code, [code])


def test_after_a_change_the_banner_asks_the_database_no_more(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    code = create_session(store, LECTURER)
    join(store, code, STUDENT)
    app = open_picture(code)
    ask(store, code, LECTURER, QUESTION)
    app.run()
    monkeypatch.setattr(banner, "engine", lambda: pytest.fail("the database is asked"))
    app.run()
    assert texts("en")["classroom.moved_on"] in text_of(app)


def test_the_banner_does_not_tell_others_whether_a_code_is_right(store: Engine) -> None:
    code = create_session(store, LECTURER)
    pages = [open_picture(guess, "e" * 32) for guess in (code, "AAAAAA")]
    ask(store, code, LECTURER, QUESTION)
    seen = [text_of(page.run()) for page in pages]
    assert seen[0] == seen[1]
    assert session_of(store, code, LECTURER).joined == 0


def test_a_link_without_a_valid_code_has_no_banner() -> None:
    app = open_picture("<b>")
    assert not [one for one in app.get("page_link") if one.proto.page.endswith("join")]
    assert "class" not in app.query_params
