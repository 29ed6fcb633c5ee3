"""Ask the class, without a browser: the lecturer's bar in the panel, and the student's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT, markup, text_of, unmarked
from ui.classroom import answers, database, lecturer, own_session
from ui.classroom.answers import join, view_of
from ui.classroom.errors import DatabaseUnavailableError
from ui.classroom.questions import Question
from ui.classroom.sessions import ask, create_session, end, go_on, reveal, session_of, show_votes
from ui.classroom.student import normal_code
from ui.components.browser_token import TOKEN
from ui.i18n import catalogue
from ui.lecture import panel
from ui.lecture.steps import load_steps

STEP = load_steps("en")["which_one"]
QUESTION = Question(tuple(STEP.options), STEP.right, STEP.name)
LECTURER, STUDENT = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = f"sqlite:///{tmp_path}/classroom.sqlite"
    monkeypatch.setattr(database, "default_url", lambda: url)
    monkeypatch.setattr(answers, "VERSION_SECONDS", 0)
    return database.open_engine(url)


def open_as(token: str, page: str, **parameters: str) -> AppTest:
    """Open a page in a browser with this token."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[TOKEN] = token
    app.query_params.update(parameters)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def open_class(store: Engine) -> tuple[AppTest, str]:
    """Open a lecture step and a session; return the lecturer's page and the session's code."""
    app = open_as(LECTURER, STEP.page, lecture=STEP.name, lang="en")
    start_class(app)
    code = app.session_state[own_session.CODE]
    assert session_of(store, code, LECTURER).joined == 0
    return app, code


def start_class(app: AppTest) -> None:
    """Do what the button of the dialog does: AppTest cannot press it."""
    app.session_state[own_session.REQUESTED] = ""
    app.run()


def option_keys(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("class_option")]


def in_link(app: AppTest, key: str) -> str:
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


def labels(app: AppTest) -> list[str]:
    return [app.button(key=key).label for key in option_keys(app)]


def texts(code: str) -> dict[str, str]:
    return catalogue(code)


def test_one_button_goes_through_ask_votes_right_answer_and_next_step(store: Engine) -> None:
    app, code = open_class(store)
    assert f"<strong>{code}</strong>" in markup(app)
    assert "data:image/svg+xml" in markup(app)
    for label in ("ask", "show_votes", "reveal"):
        assert app.button(key="class_forward").label == texts("en")[f"classroom.{label}"]
        assert unmarked(STEP.answer) not in text_of(app)
        press(app, "class_forward")
    assert in_link(app, "lecture_guess") == STEP.right
    assert unmarked(STEP.answer) in text_of(app)
    assert view_of(store, code, STUDENT).question is not None
    press(app, "class_forward")
    assert in_link(app, "lecture") == "side_by_side"
    assert app.button(key="class_forward").label == texts("en")["classroom.ask"]
    assert view_of(store, code, STUDENT).question is None


def test_an_answer_shown_to_the_class_is_no_guess_of_the_lecturer(store: Engine) -> None:
    def outcome() -> None:
        from ui.lecture.panel import show_outcome

        show_outcome()

    app, _ = open_class(store)
    for _ in range(4):
        press(app, "class_forward")
    guessed = load_steps("en")[in_link(app, "lecture")]
    press(app, f"lecture_{guessed.name}_{guessed.right}")
    end = AppTest.from_function(outcome)
    for key in ("lang", panel.GUESSES, panel.SHOWN_TO_CLASS):
        end.session_state[key] = app.session_state[key]
    end.run()
    right, skipped = texts("en")["lecture.end_right"], texts("en")["lecture.end_skipped"]
    assert text_of(end) == "\n".join((right.format(right=1, count=1), skipped.format(count=len(load_steps("en")) - 2)))


def test_the_votes_are_drawn_only_after_the_vote_and_two_votes_side_by_side(store: Engine) -> None:
    app, code = open_class(store)
    press(app, "class_forward")
    student = open_as(STUDENT, "join", code=code)
    press(student, option_keys(student)[0])
    app.run()
    assert "bars votes" not in markup(app)
    press(app, "class_forward")
    assert "1 (100 %)" in markup(app)
    press(app, "class_again")
    assert "bars votes" not in markup(app)
    press(app, "class_forward")
    for number in (1, 2):
        assert texts("en")["classroom.vote"].format(number=number) in markup(app)


def test_a_reload_finds_the_session_again_and_another_browser_does_not(store: Engine) -> None:
    app, code = open_class(store)
    for secret in (LECTURER, STUDENT):
        again = open_as(secret, STEP.page, lecture=STEP.name, lang="en")
        assert (f"<strong>{code}</strong>" in markup(again)) == (secret == LECTURER)
    press(app, "class_end")
    assert f"<strong>{code}</strong>" not in markup(app)
    assert [button.key for button in app.button if button.key == "class_start"]


def test_no_address_contains_the_secret(store: Engine) -> None:
    app, _ = open_class(store)
    press(app, "class_forward")
    assert LECTURER not in str(app.query_params)
    assert LECTURER not in markup(app) + text_of(app)


def test_without_a_class_no_page_asks_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (own_session, lecturer):
        monkeypatch.setattr(module, "engine", lambda: pytest.fail("the database is asked"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(lecture=STEP.name)
    app.switch_page(f"pages/{STEP.page}.py").run()
    assert not app.exception


def test_a_student_reads_in_their_own_language_and_learns_the_answer_after_the_reveal(
    store: Engine, language: str
) -> None:
    code = create_session(store, LECTURER)
    step = load_steps(language)[STEP.name]
    student = open_as(STUDENT, "join", code=code.lower(), lang=language)
    assert [info.value for info in student.info] == [texts(language)["classroom.waiting"]]
    ask(store, code, LECTURER, QUESTION)
    student.run()
    assert step.question in text_of(student)
    assert labels(student) == list(step.options.values())
    wrong, right = 0, list(step.options).index(step.right)
    for choice in (right, wrong):
        press(student, option_keys(student)[choice])
    assert labels(student)[wrong].startswith("● ")
    for change in (show_votes, None):
        assert step.answer[:20] not in text_of(student)
        assert not any("✓" in label for label in labels(student))
        if change:
            change(store, code, LECTURER)
            student.run()
            assert all(student.button(key=key).disabled for key in option_keys(student))
    reveal(store, code, LECTURER)
    student.run()
    assert labels(student)[wrong].startswith("✗ ")
    assert labels(student)[right].startswith("✓ ")
    assert f"**✗ {texts(language)['predict.wrong']}** {unmarked(step.answer, language)}" in text_of(student)
    go_on(store, code, LECTURER)
    student.run()
    assert labels(student) == []


def test_a_reload_keeps_the_answer_and_counts_the_student_once(store: Engine) -> None:
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    student = open_as(STUDENT, "join", code=code)
    press(student, option_keys(student)[1])
    assert labels(open_as(STUDENT, "join", code=code)) == labels(student)
    session = session_of(store, code, LECTURER)
    assert (session.joined, session.answered) == (1, 1)


def test_an_answer_after_the_vote_is_refused(store: Engine) -> None:
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    student = open_as(STUDENT, "join", code=code)
    show_votes(store, code, LECTURER)
    press(student, option_keys(student)[1])
    for _ in range(2):
        assert [warning.value for warning in student.warning] == [texts("en")["classroom.not_stored"]]
        student.run()
    assert session_of(store, code, LECTURER).answered == 0
    ask(store, code, LECTURER, QUESTION)
    student.run()
    assert not student.warning


def test_an_unknown_code_and_a_full_class_are_explained(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    student = open_as(STUDENT, "join", code="ABCDEF", lang="en")
    assert [warning.value for warning in student.warning] == [texts("en")["classroom.not_found"].format(code="ABCDEF")]
    code = create_session(store, LECTURER)
    monkeypatch.setattr("ui.classroom.answers.MAX_STUDENTS", 1)
    join(store, code, "another")
    student = open_as(STUDENT, "join", code=code, lang="en")
    assert [warning.value for warning in student.warning] == [texts("en")["classroom.full"].format(count=1)]
    end(store, code, LECTURER)
    student.run()
    assert "ended" not in [warning.value for warning in student.warning]
    assert [warning.value for warning in student.warning] == [texts("en")["classroom.not_found"].format(code=code)]


@pytest.mark.parametrize("text", ["abcdef", " ABC def ", "ＡＢＣｄｅｆ"])
def test_a_code_is_read_as_people_type_it(text: str) -> None:
    assert normal_code(text) == "ABCDEF"


@pytest.mark.parametrize("text", ["", "abcde", "abcdefg", "abc123", "ÄBCDEF", "<b>abc"])
def test_other_texts_are_no_codes(text: str) -> None:
    assert normal_code(text) is None


def test_home_and_the_students_page_have_a_field_for_the_code() -> None:
    for page in ("home", "join"):
        assert [field.key for field in open_as(STUDENT, page).text_input] == ["code_input"]


def test_without_a_database_the_lecture_goes_on_and_students_wait(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, code = open_class(store)

    def unavailable() -> Engine:
        raise DatabaseUnavailableError

    monkeypatch.setattr(lecturer, "engine", unavailable)
    monkeypatch.setattr("ui.classroom.student.engine", unavailable)
    app.run()
    assert [warning.value for warning in app.warning] == [texts("en")["classroom.unavailable"]]
    assert STEP.question in text_of(app)
    student = open_as(STUDENT, "join", code=code, lang="en")
    assert [info.value for info in student.info] == [texts("en")["classroom.waiting"]]
    monkeypatch.undo()
