"""Faults of the database: a sentence for the lecturer, students wait, and both go on afterwards by themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.pages.conftest import text_of
from tests.pages.test_classroom import (  # noqa: F401 - `store` is a fixture
    LECTURER,
    QUESTION,
    STEP,
    STUDENT,
    open_as,
    open_class,
    option_keys,
    press,
    start_class,
    store,
    texts,
)
from ui.classroom import database
from ui.classroom.schema import SCHEMA_VERSION
from ui.classroom.sessions import ask, create_session, session_of

UNAVAILABLE = "classroom.unavailable"


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(database, "RETRY_SECONDS", 0)


def test_while_the_database_is_locked_answers_are_refused_and_afterwards_stored(
    store: Engine,  # noqa: F811
    language: str,
) -> None:
    words = texts(language)
    app, code = open_class(store)
    press(app, "class_forward")
    page = open_as(STUDENT, "join", code=code, lang=language)
    with locked(store):
        press(page, option_keys(page)[0])
        assert [warning.value for warning in page.warning] == [words["classroom.not_stored"]]
        press(app, "class_forward")
        assert [warning.value for warning in app.warning] == [texts("en")[UNAVAILABLE]]
        assert STEP.question in text_of(app)
    press(page, option_keys(page)[0])
    assert not page.warning
    press(app, "class_forward")
    assert not app.warning
    assert session_of(store, code, LECTURER).answered == 1


def test_a_database_of_a_newer_version_is_reported_and_used_once_it_fits(store: Engine) -> None:  # noqa: F811
    code = create_session(store, LECTURER)
    ask(store, code, LECTURER, QUESTION)
    set_version(store, SCHEMA_VERSION + 1)
    app = open_as("c" * 32, STEP.page, lecture=STEP.name, lang="en")
    start_class(app)
    assert [warning.value for warning in app.warning] == [texts("en")[UNAVAILABLE]]
    page = open_as(STUDENT, "join", code=code, lang="en")
    assert [info.value for info in page.info] == [texts("en")["classroom.waiting"]]
    set_version(store, SCHEMA_VERSION)
    start_class(app)
    assert not app.warning
    page.run()
    assert len(option_keys(page)) == len(STEP.options)


def set_version(engine: Engine, version: int) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE classroom_schema SET version = {version}"))


def test_a_lecturer_opens_a_new_class_after_the_file_was_deleted(store: Engine) -> None:  # noqa: F811
    app, code = open_class(store)
    page = open_as(STUDENT, "join", code=code, lang="en")
    for path in Path(str(store.url.database)).parent.glob("classroom.sqlite*"):
        path.unlink()
    app.run()
    assert [warning.value for warning in app.warning] == [texts("en")[UNAVAILABLE]]
    page.run()
    assert [info.value for info in page.info] == [texts("en")["classroom.waiting"]]
    app = open_as(LECTURER, STEP.page, lecture=STEP.name, lang="en")
    start_class(app)
    assert not app.warning
    page.run()
    assert [warning.value for warning in page.warning] == [texts("en")["classroom.not_found"].format(code=code)]
