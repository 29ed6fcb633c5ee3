"""What students cannot do in a class, and what happens when it is full or its code is guessed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import markup, text_of
from tests.pages.test_classroom import (  # noqa: F401 - `store` is a fixture
    LECTURER,
    QUESTION,
    STEP,
    STUDENT,
    labels,
    open_as,
    open_class,
    option_keys,
    press,
    start_class,
    store,
    texts,
)
from ui.classroom import answers, sessions, student
from ui.classroom.answers import join, view_of
from ui.classroom.questions import Question
from ui.classroom.sessions import ask, create_session, session_of, show_votes
from ui.classroom.wrong_codes import FREE_GUESSES, OWN_DELAY, WrongCodes


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of all waits of the student's page, none of which takes time."""
    slept: list[float] = []
    monkeypatch.setattr(student, "sleep", slept.append)
    monkeypatch.setattr(student, "WRONG_CODES", WrongCodes())
    return slept


def warnings(page: object) -> list[str]:
    return [warning.value for warning in page.warning]  # type: ignore[attr-defined]


def test_wrong_codes_are_answered_late_after_some_and_a_right_code_never(store: Engine, waits: list[float]) -> None:  # noqa: F811
    code = create_session(store, LECTURER)
    page = open_as(STUDENT, "join", code="AAAAAA", lang="en")
    for number in range(2, FREE_GUESSES + 1):
        page.query_params["code"] = "AAAAA" + "ABCDEF"[number]
        page.run()
    assert waits == []
    page.query_params["code"] = "BBBBBB"
    page.run()
    assert sum(waits) == pytest.approx(OWN_DELAY)
    assert warnings(page) == [texts("en")["classroom.not_found"].format(code="BBBBBB")]
    waits.clear()
    page.run()  # the same code again is no guess
    page.query_params["code"] = code
    page.run()
    assert [info.value for info in page.info] == [texts("en")["classroom.waiting"]]
    sessions.end(store, code, LECTURER)
    page.run()  # nor is the code of a class that has ended
    assert warnings(page) == [texts("en")["classroom.not_found"].format(code=code)]
    assert waits == []


def test_the_201st_student_is_refused_in_clear_words(store: Engine, language: str) -> None:  # noqa: F811
    code = create_session(store, LECTURER)
    for number in range(200):
        join(store, code, str(number))
    page = open_as(STUDENT, "join", code=code, lang=language)
    assert warnings(page) == [texts(language)["classroom.full"].format(count=200)]
    assert session_of(store, code, LECTURER).joined == answers.MAX_STUDENTS == 200


def test_the_51st_class_is_refused_in_clear_words(store: Engine) -> None:  # noqa: F811
    for number in range(50):
        create_session(store, str(number))
    app = open_as(LECTURER, STEP.page, lecture=STEP.name, lang="en")
    start_class(app)
    assert warnings(app) == [texts("en")["classroom.too_many"]]
    assert sessions.MAX_SESSIONS == 50


def test_a_student_who_opens_the_lecture_has_no_buttons_of_the_class(store: Engine) -> None:  # noqa: F811
    lecturer_page, code = open_class(store)
    press(lecturer_page, "class_forward")
    open_as(STUDENT, "join", code=code)
    page = open_as(STUDENT, STEP.page, lecture=STEP.name, lang="en", code=code, class_code=code)
    assert [button.key for button in page.button if (button.key or "").startswith("class_")] == ["class_start"]
    assert code not in markup(page)


def test_a_student_answers_twice_in_two_tabs_and_counts_once(store: Engine) -> None:  # noqa: F811
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    for index in (0, 1):
        tab = open_as(STUDENT, "join", code=code, lang="en")
        press(tab, option_keys(tab)[index])
    assert session_of(store, code, LECTURER).answered == 1
    asked = view_of(store, code, STUDENT).question
    assert asked is not None
    assert asked.own == asked.options[1]


def test_two_lecturers_at_once_ask_their_own_classes(store: Engine) -> None:  # noqa: F811
    first, code = open_class(store)
    second = open_as("c" * 32, STEP.page, lecture=STEP.name, lang="en")
    start_class(second)
    press(second, "class_forward")
    assert session_of(store, code, LECTURER).round is None
    page = open_as(STUDENT, "join", code=code, lang="en")
    assert option_keys(page) == []
    press(first, "class_forward")
    page.run()
    press(page, option_keys(page)[0])
    assert session_of(store, code, LECTURER).answered == 1
    press(second, "class_forward")
    assert "1 (100 %)" not in markup(second)
    page.run()
    assert not page.button(key=option_keys(page)[0]).disabled


HOSTILE = "<img src=x onerror=alert(1)> **b** $x^2$ [a](http://e.example) :material/home: `c` [[softmax]] :red[r]"


def test_the_lecturers_texts_are_escaped_on_the_phones(store: Engine) -> None:  # noqa: F811
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, Question((HOSTILE[:99], "<b>B</b>"), right="<b>B</b>", text=HOSTILE))
    page = open_as(STUDENT, "join", code=code, lang="en")
    assert labels(page)[1] == r"\<b\>B\<\/b\>"
    for text in (text_of(page), labels(page)[0]):
        assert r"\<img src\=x onerror\=alert\(1\)\> \*\*b\*\* \$x\^2\$ \[a\]\(" in text
        assert "\\:material" in text
    show_votes(store, code, LECTURER)
    sessions.reveal(store, code, LECTURER)
    page.run()
    assert labels(page)[1] == r"✓ \<b\>B\<\/b\>"
