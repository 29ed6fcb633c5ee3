"""The database under load by threads and processes, its versions and its place."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from tests.classroom.conftest import QUESTION, SECRET, only_sqlite
from tests.classroom.test_sessions import answer, counts
from ui.classroom import database
from ui.classroom.answers import join, version_of, view_of, vote
from ui.classroom.database import default_url, open_engine, reading
from ui.classroom.errors import DatabaseUnavailableError, VotingClosedError
from ui.classroom.schema import SCHEMA_VERSION
from ui.classroom.sessions import ask, create_session, session_of, show_votes
from ui.state.script_queue import SCRIPT_QUEUE


def answer_many(url: str, code: str, first: int) -> int:
    """Let 40 browsers answer twice, as a process of its own does. Return the number of stored answers."""
    engine = open_engine(url)
    for token in range(first, first + 40):
        for option in ("stays", "falls"):
            answer(engine, code, str(token), option)
    engine.dispose()
    return 40


def test_two_processes_store_every_answer_once(url: str, engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        stored = list(pool.map(answer_many, [url] * 2, [code] * 2, [0, 40]))
    assert sum(stored) == session_of(engine, code, SECRET).answered == 80
    show_votes(engine, code, SECRET)
    assert counts(engine, code) == [(0, 80, 0)]


def test_threads_lose_no_answer_and_none_counts_after_the_votes_are_shown(engine: Engine, code: str) -> None:
    ask(engine, code, SECRET, QUESTION)
    join_all(engine, code, 60)
    asked = view_of(engine, code, "0").question
    assert asked is not None
    round_id = asked.round_id

    def one(token: int) -> bool:
        if token == 30:
            show_votes(engine, code, SECRET)
            return False
        try:
            vote(engine, round_id, code, str(token), "grows")
        except VotingClosedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        stored = sum(pool.map(one, range(60)))
    assert counts(engine, code) == [(0, 0, stored)]


def join_all(engine: Engine, code: str, count: int) -> None:
    for token in range(count):
        join(engine, code, str(token))


def test_several_processes_create_the_tables_at_once(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(open_engine, [url] * 6))
    code = create_session(engines[0], SECRET)
    assert version_of(engines[5], code) == 1
    for engine in engines:
        engine.dispose()


@only_sqlite
def test_older_tables_are_replaced_and_newer_ones_are_not_touched(url: str, engine: Engine, code: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE classroom_schema SET version = {SCHEMA_VERSION + 1}"))
    with pytest.raises(DatabaseUnavailableError):
        open_engine(url)
    assert version_of(engine, code) == 1
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE classroom_schema SET version = {SCHEMA_VERSION - 1}"))
    assert version_of(open_engine(url), code) is None


def test_the_default_file_is_beside_the_app_or_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "ROOT", tmp_path)
    default_url.cache_clear()
    assert default_url() == f"sqlite:///{tmp_path}/.classroom/classroom.sqlite"
    monkeypatch.setattr(database, "ROOT", Path("/proc"))
    assert default_url() == f"sqlite:///{tmp_path}/.classroom/classroom.sqlite"  # the same for the whole process
    default_url.cache_clear()
    assert "/proc" not in default_url()
    assert default_url().endswith("/softmax-lab/classroom.sqlite")
    default_url.cache_clear()


def test_other_scripts_run_while_one_waits_for_the_database(engine: Engine) -> None:
    connected, other_ran = Event(), Event()

    def other_script() -> None:
        connected.wait(5)
        with SCRIPT_QUEUE.acquire():
            other_ran.set()

    other = Thread(target=other_script)
    other.start()
    with SCRIPT_QUEUE.acquire(), reading(engine):
        connected.set()
        assert other_ran.wait(5)
    other.join()
