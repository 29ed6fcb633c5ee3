"""Faults of the database: each is a typed error within a short time, and other scripts of the process go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from tests.browser.app import wait_until
from tests.classroom.conftest import QUESTION, SECRET, only_postgresql, only_sqlite
from tests.classroom.postgresql import PostgreSQL
from ui.classroom import database
from ui.classroom.answers import join, version_of, view_of, vote
from ui.classroom.database import open_engine
from ui.classroom.errors import DatabaseUnavailableError
from ui.classroom.schema import METADATA
from ui.classroom.sessions import ask, create_session, end, find_code, session_of, show_votes
from ui.state.script_queue import SCRIPT_QUEUE


@contextmanager
def lock(engine: Engine) -> Iterator[None]:
    """Lock the database from another connection: a SQLite file for writing, tables of PostgreSQL for all access."""
    with ExitStack() as running:
        if engine.dialect.name == "sqlite":
            other = sqlite3.connect(str(engine.url.database), isolation_level=None)
            running.callback(other.close)
            other.execute("BEGIN EXCLUSIVE")
        else:
            connection = running.enter_context(engine.connect())
            names = ", ".join(table.name for table in METADATA.sorted_tables)
            connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        yield


@pytest.fixture
def impatient(url: str, code: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Provide an engine that waits for a short time, for a database with a session."""
    assert code
    monkeypatch.setattr(database, "TIMEOUT_SECONDS", 0.5)
    engine = open_engine(url)
    yield engine
    engine.dispose()


ACTIONS: dict[str, Callable[[Engine, str], object]] = {
    "create": lambda engine, _: create_session(engine, "another"),
    "ask": lambda engine, code: ask(engine, code, SECRET, QUESTION),
    "show": lambda engine, code: show_votes(engine, code, SECRET),
    "end": lambda engine, code: end(engine, code, SECRET),
    "join": lambda engine, code: join(engine, code, "a"),
    "vote": lambda engine, code: vote(engine, 1, code, "a", "falls"),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_other_scripts_run_while_one_waits_for_a_locked_database(
    impatient: Engine, code: str, action: Callable[[Engine, str], object]
) -> None:
    holds_queue, is_done, failures = Event(), Event(), []

    def script() -> None:
        with SCRIPT_QUEUE.acquire():
            holds_queue.set()
            try:
                action(impatient, code)
            except DatabaseUnavailableError as error:
                failures.append(error)
            is_done.set()

    with lock(impatient):
        thread = Thread(target=script)
        thread.start()
        assert holds_queue.wait(5)
        with SCRIPT_QUEUE.acquire():
            assert not is_done.is_set()
        thread.join()
    assert len(failures) == 1


@only_sqlite
def test_a_locked_file_is_opened_and_read(url: str, impatient: Engine, code: str) -> None:
    with lock(impatient):
        assert version_of(open_engine(url), code) == 1
        assert view_of(impatient, code, "a").question is None


@only_postgresql
def test_locked_tables_are_a_typed_error_for_readers_too(impatient: Engine, code: str) -> None:
    with lock(impatient), pytest.raises(DatabaseUnavailableError):
        version_of(impatient, code)
    assert version_of(impatient, code) == 1


@only_postgresql
def test_a_stopped_server_is_a_typed_error_until_it_runs_again(
    postgresql: PostgreSQL, impatient: Engine, engine: Engine, code: str
) -> None:
    assert version_of(impatient, code) == 1
    postgresql.stop()
    try:
        with pytest.raises(DatabaseUnavailableError):
            version_of(impatient, code)
        with pytest.raises(DatabaseUnavailableError):
            join(impatient, code, "a")
    finally:
        postgresql.start()
    wait_until(lambda: find_code(engine, SECRET) == code, "the session")
    join(impatient, code, "a")
    assert session_of(impatient, code, SECRET).joined == 1


@only_sqlite
def test_a_full_disk_is_a_typed_error_and_stops_no_reader(engine: Engine, code: str) -> None:
    def limit(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # none more than there are

    event.listen(engine, "connect", limit)
    with pytest.raises(DatabaseUnavailableError, match="full"):
        join_many(engine, code, 150)
    joined = session_of(engine, code, SECRET).joined
    assert 0 < joined < 150
    event.remove(engine, "connect", limit)
    join(engine, code, "one more")
    assert session_of(engine, code, SECRET).joined == joined + 1


def join_many(engine: Engine, code: str, count: int) -> None:
    for number in range(count):
        join(engine, code, str(number))


@only_sqlite
def test_a_read_only_file_is_a_typed_error_for_writers_and_read(url: str, code: str) -> None:
    path = url.removeprefix("sqlite:///")
    read_only = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert version_of(read_only, code) == 1
    with pytest.raises(DatabaseUnavailableError):
        ask(read_only, code, SECRET, QUESTION)


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:////proc/none/classroom.sqlite",
        "sqlite:////dev/null/classroom.sqlite",
        "nonsense",
        "nonsense://x",
        "postgresql+nonsense://x",
        "postgresql+psycopg://x@127.0.0.1:1/x",
    ],
)
def test_a_database_that_cannot_be_opened_is_a_typed_error(address: str) -> None:
    with pytest.raises(DatabaseUnavailableError):
        open_engine(address)


def test_a_file_that_is_no_database_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("no database" * 100)
    with pytest.raises(DatabaseUnavailableError):
        open_engine(f"sqlite:///{tmp_path}/x.sqlite")


@only_sqlite
def test_a_deleted_file_is_a_typed_error_until_the_next_session(url: str, engine: Engine, code: str) -> None:
    for path in Path(url.removeprefix("sqlite:///")).parent.iterdir():
        path.unlink()
    with pytest.raises(DatabaseUnavailableError):
        version_of(engine, code)
    assert version_of(engine, create_session(engine, SECRET)) == 1


def test_threads_that_wait_for_a_database_that_cannot_be_opened_fail_with_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, attempts, is_open, may_fail = [100.0], [], Event(), Event()

    def fail(url: str) -> Engine:
        attempts.append(url)
        is_open.set()
        may_fail.wait(5)
        raise DatabaseUnavailableError

    def use() -> None:
        with suppress(DatabaseUnavailableError):
            database.engine()

    monkeypatch.setattr(database, "default_url", lambda: "sqlite:///never")
    monkeypatch.setattr(database, "open_engine", fail)
    monkeypatch.setattr(database, "monotonic", lambda: now[0])
    threads = [Thread(target=use) for _ in range(20)]
    for thread in threads:
        thread.start()
    assert is_open.wait(5)
    may_fail.set()
    for thread in threads:
        thread.join()
    assert len(attempts) == 1
    now[0] += database.RETRY_SECONDS
    use()
    assert len(attempts) == 2


def test_the_log_has_the_reason_and_neither_statements_nor_values(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/classroom.sqlite")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE classroom_votes"))
    with pytest.raises(DatabaseUnavailableError):
        view_of(engine, "ABCDEF", "a token")
    assert [record.getMessage() for record in caplog.records] == ["Database of classes: no such table: classroom_votes"]
