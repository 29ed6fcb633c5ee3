from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.classroom.postgresql import PostgreSQL, running_server
from ui.classroom.database import open_engine
from ui.classroom.questions import Question
from ui.classroom.sessions import create_session

SECRET = "lecturer"
QUESTION = Question(("stays", "falls", "grows"), right="falls", step="which_one")

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database: a SQLite file, or in slow tests a database of a PostgreSQL server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/folder/classroom.sqlite"
    return str(request.getfixturevalue("postgresql").new_database())


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def code(engine: Engine) -> str:
    return create_session(engine, SECRET)
