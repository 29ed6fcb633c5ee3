"""The database of class sessions: one URL in secrets.toml, by default a SQLite file that all processes share.

[classroom]
database = "postgresql+psycopg://user:password@host/name"
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from math import ceil
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import streamlit as st
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from ui.classroom.errors import DatabaseUnavailableError
from ui.classroom.schema import are_current, create_tables
from ui.state.script_queue import SCRIPT_QUEUE

ROOT = Path(__file__).parents[2]
FOLDER, FILE = ".classroom", "classroom.sqlite"
TIMEOUT_SECONDS = 3
"""How long one call waits for a locked database or for a connection."""

RETRY_SECONDS = 2
"""After a database could not be opened, the time in which nobody tries again, so that nobody waits in a queue."""

READ_ONLY = "read_only"
"""Execution option of connections that only read: they do not lock a SQLite file."""


_LOGGER = logging.getLogger(__name__)
_ENGINES: dict[str, Engine] = {}
_RETRY_TIMES: dict[str, float] = {}
_OPENING = Lock()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Provide a connection that only reads. Other scripts run meanwhile. Raises DatabaseUnavailableError."""
    with SCRIPT_QUEUE.released(), typed_errors(), engine.connect() as connection:
        yield connection.execution_options(**{READ_ONLY: True})


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Provide a connection within a transaction. Other scripts run meanwhile. Raises DatabaseUnavailableError."""
    with SCRIPT_QUEUE.released(), typed_errors(), engine.begin() as connection:
        yield connection


@contextmanager
def typed_errors() -> Iterator[None]:
    """Raise DatabaseUnavailableError instead of errors of SQLAlchemy, of its drivers and of the file system."""
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError) as error:
        _LOGGER.warning("Database of classes: %s", getattr(error, "orig", None) or error)
        raise DatabaseUnavailableError(str(error)) from error


def engine() -> Engine:
    """Return the engine of the database in secrets.toml or of the default one, with all tables.

    Raises DatabaseUnavailableError.
    """
    with typed_errors():
        url = _url_in_secrets() or default_url()
    return _ENGINES.get(url) or _open_once(url)


def _open_once(url: str) -> Engine:
    """Open the database in one thread. Threads that wait for it meanwhile get the same engine, or fail at once."""
    with SCRIPT_QUEUE.released(), _OPENING:
        if url not in _ENGINES:
            if monotonic() < _RETRY_TIMES.get(url, 0):
                raise DatabaseUnavailableError("the database could not be opened a moment ago")
            try:
                _ENGINES[url] = open_engine(url)
            except DatabaseUnavailableError:
                _RETRY_TIMES[url] = monotonic() + RETRY_SECONDS
                raise
        return _ENGINES[url]


@cache
def _url_in_secrets() -> str:
    """Return the URL in secrets.toml, or "". Without such a file, Streamlit would look for it at each call."""
    settings = st.secrets.get("classroom", {}) if st.secrets.load_if_toml_exists() else {}
    return str(settings.get("database") or "")


@cache
def default_url() -> str:
    """Return the URL of a SQLite file beside the app, or in the system's temporary folder if that is read-only.

    The answer stays the same for the life of the process: a full disk must not move a class to another file.
    """
    folder = ROOT / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        folder = Path(tempfile.gettempdir()) / "softmax-lab"
    return str(URL.create("sqlite", database=str(folder / FILE)))


def open_engine(url: str) -> Engine:
    """Return an engine for this URL. Create folder and tables if necessary. Raises DatabaseUnavailableError.

    Tables that exist are only read, so that a locked or read-only database can be opened.
    """
    with typed_errors():
        address = make_url(url)
        found = _sqlite_engine(address) if address.get_backend_name() == "sqlite" else _server_engine(address)
    with reading(found) as connection:
        has_tables = are_current(connection)
    if not has_tables:
        with writing(found) as connection:
            create_tables(connection)
    return found


def _server_engine(address: URL) -> Engine:
    """Return an engine for PostgreSQL. No call waits longer for a lock, or for a server that does not answer."""
    milliseconds = int(1000 * TIMEOUT_SECONDS)
    limits = {
        "connect_timeout": ceil(TIMEOUT_SECONDS),
        "tcp_user_timeout": milliseconds,
        "options": f"-c statement_timeout={milliseconds}",
    }
    return create_engine(address, pool_pre_ping=True, pool_timeout=TIMEOUT_SECONDS, connect_args=limits)


def _sqlite_engine(address: URL) -> Engine:
    """Return an engine whose writing transactions lock the file from their beginning: a later lock could fail at once.

    Each transaction opens the file anew (0.2 ms), so that a replaced file is noticed.
    """
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    found = create_engine(address, poolclass=NullPool, connect_args={"timeout": TIMEOUT_SECONDS})

    def on_connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below, none of Python's sqlite3

    event.listen(found, "connect", on_connect)

    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY):
            connection.exec_driver_sql("BEGIN")
            return
        for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.exec_driver_sql(f"PRAGMA {setting}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(found, "begin", on_begin)
    return found
