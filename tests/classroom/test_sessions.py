"""Sessions, votes and results, on a SQLite file and on PostgreSQL."""

from __future__ import annotations

import csv
import io
from dataclasses import fields

import pytest
from sqlalchemy import Engine, event, func, select, text, update

from tests.classroom.conftest import QUESTION, SECRET, only_sqlite
from ui.classroom import answers, sessions
from ui.classroom.answers import join, recent_version_of, version_of, view_of, vote
from ui.classroom.errors import (
    InvalidQuestionError,
    SessionFullError,
    SessionNotFoundError,
    TooManySessionsError,
    VotingClosedError,
)
from ui.classroom.questions import Question, State
from ui.classroom.results import RoundResult, results_of, to_csv
from ui.classroom.schema import METADATA
from ui.classroom.schema import sessions as session_table
from ui.classroom.sessions import (
    ask,
    ask_again,
    create_session,
    end,
    find_code,
    go_on,
    reveal,
    session_of,
    show_votes,
)


def answer(engine: Engine, code: str, token: str, option: str) -> None:
    """Join and answer the question on screen."""
    join(engine, code, token)
    asked = view_of(engine, code, token).question
    assert asked is not None
    vote(engine, asked.round_id, code, token, option)


def counts(engine: Engine, code: str) -> list[tuple[int, ...]]:
    return [result.counts for result in results_of(engine, code, SECRET)]


def test_a_code_has_six_letters_none_of_which_looks_like_a_digit(code: str) -> None:
    assert len(code) == 6
    assert set(code) <= set("ABCDEFGHJKLMNPQRTUVWXY")


def test_a_class_goes_through_a_question_with_two_votes(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    for token, option in (("a", "stays"), ("b", "falls"), ("c", "stays")):
        answer(engine, code, token, option)
    session = session_of(engine, code, SECRET)
    assert (session.joined, session.answered) == (3, 3)
    show_votes(engine, code, SECRET)
    assert counts(engine, code) == [(2, 1, 0)]
    ask_again(engine, code, SECRET)
    assert session_of(engine, code, SECRET).answered == 0
    answer(engine, code, "a", "falls")
    show_votes(engine, code, SECRET)
    reveal(engine, code, SECRET)
    assert counts(engine, code) == [(2, 1, 0), (0, 1, 0)]
    assert [(result.number, result.attempt) for result in results_of(engine, code, SECRET)] == [(1, 1), (1, 2)]
    go_on(engine, code, SECRET)
    assert view_of(engine, code, "a").question is None
    ask(engine, code, SECRET, QUESTION)
    asked = session_of(engine, code, SECRET).round
    assert asked is not None
    assert (asked.number, asked.attempt, asked.state) == (2, 1, State.OPEN)


def test_each_browser_has_one_vote_that_it_can_change(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    for option in ("stays", "grows", "falls"):
        answer(engine, code, "a", option)
    asked = view_of(engine, code, "a").question
    assert asked is not None
    assert asked.own == "falls"
    show_votes(engine, code, SECRET)
    assert counts(engine, code) == [(0, 1, 0)]


@pytest.mark.parametrize("close", [show_votes, go_on, ask_again, end])
def test_no_vote_counts_after_the_vote_is_closed(engine: Engine, code: str, close: object) -> None:
    ask(engine, code, SECRET, QUESTION)
    answer(engine, code, "a", "stays")
    asked = view_of(engine, code, "a").question
    assert asked is not None
    join(engine, code, "b")
    close(engine, code, SECRET)  # type: ignore[operator]
    for token in ("a", "b"):
        with pytest.raises(VotingClosedError):
            vote(engine, asked.round_id, code, token, "falls")
    assert counts(engine, code)[0] == (1, 0, 0)


def test_only_browsers_that_joined_this_session_vote_and_only_for_its_options(engine: Engine, code: str) -> None:
    other = create_session(engine, "another lecturer")
    ask(engine, code, SECRET, QUESTION)
    asked = view_of(engine, code, "a").question
    assert asked is not None
    join(engine, other, "a")
    for session, option in ((code, "falls"), (other, "falls")):
        with pytest.raises(VotingClosedError):
            vote(engine, asked.round_id, session, "a", option)
    join(engine, code, "a")
    with pytest.raises(VotingClosedError):
        vote(engine, asked.round_id, code, "a", "another")
    assert session_of(engine, code, SECRET).answered == 0


@pytest.mark.parametrize("action", [show_votes, reveal, ask_again, go_on, end, session_of])
def test_nothing_works_with_a_wrong_secret(engine: Engine, code: str, action: object) -> None:
    ask(engine, code, SECRET, QUESTION)
    before = version_of(engine, code)
    with pytest.raises(SessionNotFoundError):
        action(engine, code, "wrong")  # type: ignore[operator]
    assert results_of(engine, code, "wrong") == []
    assert find_code(engine, "wrong") is None
    assert version_of(engine, code) == before


def test_the_secret_and_the_tokens_are_not_stored(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    answer(engine, code, "browser token", "falls")
    with engine.connect() as connection:
        stored = [str(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert len(stored) == 4
    assert not any(SECRET in row or "browser token" in row for row in stored)


def test_a_student_sees_no_right_option_and_no_distribution_before_the_reveal(engine: Engine, code: str) -> None:
    def on_execute(*arguments: object) -> None:
        assert "count" not in str(arguments[2]).lower()

    ask(engine, code, SECRET, QUESTION)
    answer(engine, code, "b", "falls")
    join(engine, code, "a")
    for change in (session_of, show_votes):
        change(engine, code, SECRET)
        event.listen(engine, "after_cursor_execute", on_execute)
        view = view_of(engine, code, "a")
        event.remove(engine, "after_cursor_execute", on_execute)
        assert view.question is not None
        assert view.question.right == ""
        assert view.question.own == ""
        assert {field.name for field in fields(view.question)} == {
            "round_id", "step", "text", "options", "attempt", "state", "own", "right", "link",
        }  # fmt: skip
    reveal(engine, code, SECRET)
    view = view_of(engine, code, "a")
    assert view.question is not None
    assert view.question.right == "falls"


def test_the_version_changes_with_each_action_and_not_with_votes(engine: Engine, code: str) -> None:
    versions = [version_of(engine, code)]
    ask(engine, code, SECRET, QUESTION)
    versions.append(version_of(engine, code))
    answer(engine, code, "a", "stays")
    assert version_of(engine, code) == versions[-1]
    for action in (show_votes, reveal, ask_again, go_on):
        action(engine, code, SECRET)
        versions.append(version_of(engine, code))
    assert versions == sorted(set(versions), key=versions.index)
    reveal(engine, code, SECRET)  # there is no question on screen
    assert version_of(engine, code) == versions[-1]
    end(engine, code, SECRET)
    assert version_of(engine, code) is None


def test_nobody_joins_an_unknown_or_an_ended_session(engine: Engine, code: str) -> None:
    end(engine, code, SECRET)
    for wrong in (code, "AAAAAA", ""):
        with pytest.raises(SessionNotFoundError):
            join(engine, wrong, "a")
        with pytest.raises(SessionNotFoundError):
            view_of(engine, wrong, "a")


def test_a_session_takes_a_limited_number_of_students(
    engine: Engine, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MAX_STUDENTS", 2)
    for token in ("a", "b", "a"):
        join(engine, code, token)
    with pytest.raises(SessionFullError):
        join(engine, code, "c")
    assert session_of(engine, code, SECRET).joined == 2


def test_two_lecturers_at_once_do_not_change_each_others_class(engine: Engine, code: str) -> None:
    other = create_session(engine, "another lecturer")
    for session, secret in ((code, SECRET), (other, "another lecturer")):
        ask(engine, session, secret, QUESTION)
    answer(engine, code, "a", "falls")
    answer(engine, other, "a", "stays")
    before = version_of(engine, other), view_of(engine, other, "a")
    for action in (show_votes, reveal, ask_again, go_on, end):
        with pytest.raises(SessionNotFoundError):
            action(engine, code, "another lecturer")
        action(engine, code, SECRET)
        assert (version_of(engine, other), view_of(engine, other, "a")) == before
    assert session_of(engine, other, "another lecturer").answered == 1
    show_votes(engine, other, "another lecturer")
    assert [result.counts for result in results_of(engine, other, "another lecturer")] == [(1, 0, 0)]


def test_all_students_of_a_process_together_ask_the_database_once_in_a_while(
    engine: Engine, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, asked = [0.0], []
    monkeypatch.setattr(answers, "monotonic", lambda: now[0])

    def look_up(*_: object) -> int | None:
        asked.append(now[0])
        assert recent_version_of(engine, code) == versions[0]  # another thread, at this moment
        return version_of(engine, code)

    versions = [recent_version_of(engine, code)]
    monkeypatch.setattr(answers, "version_of", look_up)
    ask(engine, code, SECRET, QUESTION)
    for now[0] in (0.0, 0.25, 0.49):
        assert recent_version_of(engine, code) == versions[0]
    assert asked == []
    for now[0] in (0.5, 0.75, 0.99):
        assert recent_version_of(engine, code) == version_of(engine, code)
    assert asked == [answers.VERSION_SECONDS]


def test_recent_versions_are_bounded(engine: Engine) -> None:
    for number in range(2 * answers.MAX_RECENT_VERSIONS):
        recent_version_of(engine, str(number))
    assert len(answers._RECENT_VERSIONS) <= answers.MAX_RECENT_VERSIONS


def test_a_lecturer_has_one_session_and_there_is_a_limited_number(
    engine: Engine, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = create_session(engine, SECRET)
    assert version_of(engine, code) is None
    assert find_code(engine, SECRET) == second
    monkeypatch.setattr(sessions, "MAX_SESSIONS", 2)
    create_session(engine, "another")
    with pytest.raises(TooManySessionsError):
        create_session(engine, "a third")
    create_session(engine, SECRET)


def test_a_session_ends_after_twelve_hours_and_is_deleted_with_all_it_holds(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    answer(engine, code, "a", "falls")
    with engine.begin() as connection:
        connection.execute(update(session_table).values(created=session_table.c.created - 12 * 3600))
    assert version_of(engine, code) is None
    assert find_code(engine, SECRET) is None
    create_session(engine, "another")
    with engine.connect() as connection:
        sizes = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
    assert sorted(sizes.values()) == [0, 0, 0, 1]
    assert sizes["classroom_sessions"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ("A",)},
        {"options": tuple("ABCDEFG")},
        {"options": ("A", "A")},
        {"options": ("A", " ")},
        {"options": ("A", "B" * 101)},
        {"options": ("A", "B"), "right": "C"},
        {"options": ("A", "B"), "text": "x" * 301},
    ],
)
def test_an_invalid_question_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidQuestionError):
        Question(**wrong)  # type: ignore[arg-type]


def test_texts_are_stored_as_they_are(engine: Engine, code: str) -> None:
    question = Question(("'; DROP TABLE x; --", "<b>犬</b>"), text="猫 % :x {y} 🎲")
    ask(engine, code, SECRET, question)
    answer(engine, code, "a", "<b>犬</b>")
    asked = view_of(engine, code, "a").question
    assert asked is not None
    assert (asked.text, asked.options, asked.own) == (question.text, question.options, "<b>犬</b>")


def test_results_as_csv_are_read_by_spreadsheets_and_compute_nothing() -> None:
    question = Question(("A", "B"), right="B", text="=1+1")
    data = to_csv([RoundResult(question, 1, 2, (1, 3))], lambda asked: (asked.text, asked.options))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["text"] for row in rows] == ["'=1+1"] * 2
    assert [(row["option"], row["right"], row["votes"], row["share"]) for row in rows] == [
        ("A", "0", "1", "0.250"),
        ("B", "1", "3", "0.750"),
    ]


@only_sqlite
def test_the_file_is_in_wal_mode(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
