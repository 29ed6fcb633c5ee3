"""What a student does in a session: join, see the question, vote.

No query of this module returns the votes of others, and none returns the right option before it is revealed. A browser
is known by the hash of its token and the session's code, so that two sessions cannot be compared.
All functions raise DatabaseUnavailableError.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from time import monotonic, time
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row, and_, case, exists, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from ui.classroom.database import reading, writing
from ui.classroom.errors import SessionFullError, SessionNotFoundError, VotingClosedError
from ui.classroom.questions import State
from ui.classroom.schema import participants, rounds, sessions, votes
from ui.classroom.sessions import is_open

MAX_STUDENTS = 200

VERSION_SECONDS = 0.5
"""How long `recent_version_of` returns the same answer without asking the database."""

MAX_RECENT_VERSIONS = 200
_RECENT_VERSIONS: dict[tuple[Engine, str], RecentVersion] = {}


@dataclass(frozen=True)
class AskedQuestion:
    """The question on screen, as one student may see it.

    round_id: the vote.
    step, text, options: as in Question.
    attempt: 1 in the first vote on this question, 2 in the second.
    own: the student's answer, or "".
    right: the right option once it is revealed, before that "".
    link: the page that the lecturer showed with the answer, with query parameters; before that "".
    """

    round_id: int
    step: str
    text: str
    options: tuple[str, ...]
    attempt: int
    state: State
    own: str
    right: str
    link: str


@dataclass(frozen=True)
class StudentView:
    """What a student sees. `question` is None between questions. `version` changes when anything here may change."""

    version: int
    question: AskedQuestion | None


class RecentVersion(NamedTuple):
    """The version of a session, and the time of the clock until which it is returned."""

    version: int | None
    expires: float


def join(engine: Engine, code: str, token: str) -> None:
    """Count this browser in; a browser counts once. Raises SessionFullError, SessionNotFoundError."""
    browser = browser_hash(code, token)
    with writing(engine) as connection:
        condition = and_(sessions.c.code == code, is_open())
        session_id = connection.scalar(select(sessions.c.id).where(condition).with_for_update())
        if session_id is None:
            raise SessionNotFoundError
        of_session = participants.c.session_id == session_id
        if connection.scalar(select(exists().where(of_session, participants.c.browser == browser))):
            return
        if (connection.scalar(select(func.count()).where(of_session)) or 0) >= MAX_STUDENTS:
            raise SessionFullError
        connection.execute(participants.insert().values(session_id=session_id, browser=browser))


def version_of(engine: Engine, code: str) -> int | None:
    """Return the version of an open session, or None."""
    with reading(engine) as connection:
        version: int | None = connection.scalar(select(sessions.c.version).where(sessions.c.code == code, is_open()))
        return version


def joined_version_of(engine: Engine, code: str, token: str) -> int | None:
    """Return the version of an open session that this browser has joined, or None."""
    has_joined = exists().where(
        participants.c.session_id == sessions.c.id, participants.c.browser == browser_hash(code, token)
    )
    with reading(engine) as connection:
        found = select(sessions.c.version).where(sessions.c.code == code, is_open(), has_joined)
        version: int | None = connection.scalar(found)
        return version


def recent_version_of(engine: Engine, code: str) -> int | None:
    """Return the version of an open session, or None, as it was a moment ago.

    All students of a process together ask the database once per VERSION_SECONDS and session. While one thread asks,
    the others get the answer before.
    """
    now, key = monotonic(), (engine, code)
    known = _RECENT_VERSIONS.get(key)
    if known and now < known.expires:
        return known.version
    if known:
        _RECENT_VERSIONS[key] = RecentVersion(known.version, now + VERSION_SECONDS)
    elif len(_RECENT_VERSIONS) >= MAX_RECENT_VERSIONS:
        _RECENT_VERSIONS.clear()
    version = version_of(engine, code)
    _RECENT_VERSIONS[key] = RecentVersion(version, now + VERSION_SECONDS)
    return version


def view_of(engine: Engine, code: str, token: str) -> StudentView:
    """Return what this student sees now. Raises SessionNotFoundError."""
    right = case((rounds.c.state == State.REVEALED, rounds.c.right), else_="").label("right")
    own = and_(votes.c.round_id == rounds.c.id, votes.c.browser == browser_hash(code, token))
    query = (
        select(
            sessions.c.version, rounds.c.id, rounds.c.step, rounds.c.text, rounds.c.options, rounds.c.attempt,
            rounds.c.state, rounds.c.link, right, func.coalesce(votes.c.option, "").label("own"),
        )
        .select_from(sessions.outerjoin(rounds, rounds.c.id == sessions.c.round_id).outerjoin(votes, own))
        .where(sessions.c.code == code, is_open())
    )  # fmt: skip
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise SessionNotFoundError
    return StudentView(row.version, None if row.id is None else _asked(row))


def vote(engine: Engine, round_id: int, code: str, token: str, option: str) -> None:
    """Store the answer of this browser in place of its answer before. Raises VotingClosedError unless the vote is open.

    One statement checks the state and stores the answer, so that no answer is stored after the votes are shown.
    """
    browser = browser_hash(code, token)
    has_joined = exists().where(participants.c.session_id == rounds.c.session_id, participants.c.browser == browser)
    allowed = (
        select(rounds.c.id, literal(browser), literal(option), literal(time()))
        .select_from(rounds.join(sessions, sessions.c.id == rounds.c.session_id))
        .where(rounds.c.id == round_id, rounds.c.state == State.OPEN, sessions.c.code == code, is_open(), has_joined)
        .with_for_update(read=True, of=rounds)
    )
    dialect = sqlite if engine.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(votes).from_select(["round_id", "browser", "option", "time"], allowed)
    changed = {"option": insert.excluded.option, "time": insert.excluded.time}
    store = insert.on_conflict_do_update(index_elements=["round_id", "browser"], set_=changed)
    with writing(engine) as connection:
        options = connection.scalar(select(rounds.c.options).where(rounds.c.id == round_id))
        if option not in (options or ()):
            raise VotingClosedError
        if connection.execute(store.returning(votes.c.round_id)).first() is None:  # PostgreSQL has no row count here
            raise VotingClosedError


def browser_hash(code: str, token: str) -> str:
    """Return the name of a browser within a session."""
    return sha256(f"{code} {token}".encode()).hexdigest()


def _asked(row: Row[*tuple[Any, ...]]) -> AskedQuestion:
    return AskedQuestion(
        row.id, row.step, row.text, tuple(row.options), row.attempt, State(row.state), row.own, row.right, row.link
    )
