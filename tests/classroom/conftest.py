from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from ui.classroom.database import open_engine
from ui.classroom.questions import Question
from ui.classroom.sessions import create_session

SECRET = "lecturer"
QUESTION = Question(("stays", "falls", "grows"), right="falls", step="which_one")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/folder/classroom.sqlite"


@pytest.fixture
def engine(url: str) -> Engine:
    return open_engine(url)


@pytest.fixture
def code(engine: Engine) -> str:
    return create_session(engine, SECRET)
