"""A lecturer changes the computer: the session goes to the browser in which its key is typed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from tests.classroom.conftest import QUESTION, SECRET
from ui.classroom import sessions
from ui.classroom.answers import version_of
from ui.classroom.errors import SessionNotFoundError
from ui.classroom.results import results_of, sessions_of
from ui.classroom.schema import METADATA
from ui.classroom.sessions import ask, create_session, end, find_code, go_on, new_key, session_of, show_votes, take_over

OTHER = "the other computer"


def test_the_session_goes_on_where_the_key_is_typed_and_only_there(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    assert take_over(engine, new_key(engine, code, SECRET), OTHER) == code
    assert find_code(engine, OTHER) == code
    show_votes(engine, code, OTHER)
    assert len(results_of(engine, code, OTHER)) == 1
    assert find_code(engine, SECRET) is None
    assert results_of(engine, code, SECRET) == []
    with pytest.raises(SessionNotFoundError):
        session_of(engine, code, SECRET)


def test_a_key_works_once_for_a_while_and_only_the_latest_one(
    engine: Engine, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, key = new_key(engine, code, SECRET), new_key(engine, code, SECRET)
    for wrong in (earlier, code, "", "A" * 12, SECRET):
        with pytest.raises(SessionNotFoundError):
            take_over(engine, wrong, OTHER)
    take_over(engine, key, OTHER)
    with pytest.raises(SessionNotFoundError):
        take_over(engine, key, SECRET)
    expired = new_key(engine, code, OTHER)
    now = sessions.time()
    monkeypatch.setattr(sessions, "time", lambda: now + sessions.KEY_SECONDS + 1)
    with pytest.raises(SessionNotFoundError):
        take_over(engine, expired, SECRET)


def test_nobody_gets_a_key_without_the_secret_or_to_an_ended_session(engine: Engine, code: str) -> None:
    with pytest.raises(SessionNotFoundError):
        new_key(engine, code, "wrong")
    key = new_key(engine, code, SECRET)
    end(engine, code, SECRET)
    with pytest.raises(SessionNotFoundError):
        take_over(engine, key, OTHER)


def test_the_key_is_stored_only_as_a_hash(engine: Engine, code: str) -> None:
    key = new_key(engine, code, SECRET)
    with engine.connect() as connection:
        stored = [str(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert not any(key in row for row in stored)


def test_a_session_that_the_other_computer_had_ends(engine: Engine, code: str) -> None:
    own = create_session(engine, OTHER)
    take_over(engine, new_key(engine, code, SECRET), OTHER)
    assert version_of(engine, own) is None
    assert find_code(engine, OTHER) == code
    assert {one.code for one in sessions_of(engine, OTHER)} == {own, code}


def test_ended_sessions_keep_their_results_the_latest_first(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    show_votes(engine, code, SECRET)
    latest = create_session(engine, SECRET)
    assert [one.code for one in sessions_of(engine, SECRET)] == [latest, code]
    assert len(results_of(engine, code, SECRET)) == 1
    assert sessions_of(engine, "wrong") == []


def test_going_on_from_a_step_closes_only_its_question(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    before = version_of(engine, code)
    go_on(engine, code, SECRET, "another_step")
    assert session_of(engine, code, SECRET).round is not None
    assert version_of(engine, code) == before
    go_on(engine, code, SECRET, QUESTION.step)
    assert session_of(engine, code, SECRET).round is None
    assert version_of(engine, code) != before
