"""What a lecturer does with a session. Each function runs one transaction.

The lecturer's secret is stored only as a hash. An action with a wrong secret, or on a session that has ended, raises
SessionNotFoundError. All functions raise DatabaseUnavailableError.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, insert, select, update

from ui.classroom.database import reading, writing
from ui.classroom.errors import SessionNotFoundError, TooManySessionsError, VotingClosedError
from ui.classroom.questions import Question, State
from ui.classroom.schema import create_tables, participants, rounds, sessions, votes

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"
"""Letters of codes, without I, O, S and Z, which look like digits."""

CODE_LENGTH = 6
MAX_SESSIONS = 50
LIFETIME_SECONDS = 12 * 3600
KEY_LENGTH, KEY_SECONDS = 12, 600
MAX_LINK = 4000


@dataclass(frozen=True)
class Round:
    """The vote on screen. `number` counts the questions of a session from 1, `attempt` the votes on this question."""

    id: int
    question: Question
    number: int
    attempt: int
    state: State


@dataclass(frozen=True)
class Session:
    """A session as its lecturer sees it, without the options voted for. `round` is None between questions."""

    code: str
    joined: int
    answered: int
    round: Round | None


def create_session(engine: Engine, secret: str) -> str:
    """Create a session and return its code. Other sessions of this lecturer end; expired ones are deleted.

    Raises TooManySessionsError.
    """
    lecturer = hash_of(secret)
    with writing(engine) as connection:
        create_tables(connection)  # the file may have been deleted meanwhile
        connection.execute(delete(sessions).where(sessions.c.created <= _oldest()))
        _end(connection, sessions.c.lecturer == lecturer)
        if (connection.scalar(select(func.count()).where(~sessions.c.ended)) or 0) >= MAX_SESSIONS:
            raise TooManySessionsError
        code = new_code()
        while connection.scalar(select(sessions.c.id).where(sessions.c.code == code)):
            code = new_code()
        row = {"code": code, "lecturer": lecturer, "version": 1, "ended": False, "created": time()}
        connection.execute(insert(sessions).values(row))
    return code


def find_code(engine: Engine, secret: str) -> str | None:
    """Return the code of the lecturer's open session, or None."""
    with reading(engine) as connection:
        found = select(sessions.c.code).where(sessions.c.lecturer == hash_of(secret), is_open())
        code: str | None = connection.scalar(found)
        return code


def session_of(engine: Engine, code: str, secret: str) -> Session:
    """Return the session with its numbers of joined and answered students."""
    with reading(engine) as connection:
        found = _session_row(connection, code, secret)
        joined = select(func.count()).where(participants.c.session_id == found.id)
        answered = select(func.count()).where(votes.c.round_id == found.round_id)
        row = connection.execute(select(rounds).where(rounds.c.id == found.round_id)).one_or_none()
        return Session(
            code, connection.scalar(joined) or 0, connection.scalar(answered) or 0, None if row is None else _round(row)
        )


def ask(engine: Engine, code: str, secret: str, question: Question) -> None:
    """Open a first vote on a question. The vote before it is closed."""
    with writing(engine) as connection:
        found = _session_row(connection, code, secret, lock=True)
        last = select(func.max(rounds.c.question)).where(rounds.c.session_id == found.id)
        _open_round(connection, found, question, (connection.scalar(last) or 0) + 1, 1)


def ask_again(engine: Engine, code: str, secret: str) -> None:
    """Open another vote on the question on screen. Raises VotingClosedError if there is none."""
    with writing(engine) as connection:
        found = _session_row(connection, code, secret, lock=True)
        row = connection.execute(select(rounds).where(rounds.c.id == found.round_id)).one_or_none()
        if row is None:
            raise VotingClosedError
        before = _round(row)
        _open_round(connection, found, before.question, before.number, before.attempt + 1)


def show_votes(engine: Engine, code: str, secret: str, link: str = "") -> None:
    """Close the vote on screen; its distribution may be shown from now on, and students may open `link`."""
    _change_state(engine, code, secret, State.OPEN, State.VOTES, link)


def reveal(engine: Engine, code: str, secret: str, link: str = "") -> None:
    """Let students see the right option and open `link`."""
    _change_state(engine, code, secret, State.VOTES, State.REVEALED, link)


def go_on(engine: Engine, code: str, secret: str, step: str | None = None) -> None:
    """Take the question from the phones: they wait for the next one. With `step`, only if it is the step's question."""
    with writing(engine) as connection:
        found = _session_row(connection, code, secret, lock=True)
        is_left = select(rounds.c.id).where(rounds.c.id == found.round_id)
        if step is not None:
            is_left = is_left.where(rounds.c.step == step)
        if connection.scalar(is_left) is not None:
            _set_round(connection, found, None)


def new_key(engine: Engine, code: str, secret: str) -> str:
    """Return a key with which another browser becomes the lecturer's, once and within KEY_SECONDS.

    An earlier key is no longer valid.
    """
    key = _random_letters(KEY_LENGTH)
    with writing(engine) as connection:
        is_session = sessions.c.id == _session_row(connection, code, secret, lock=True).id
        connection.execute(update(sessions).where(is_session).values(key=hash_of(key), key_time=time()))
    return key


def take_over(engine: Engine, key: str, secret: str) -> str:
    """Make `secret` the secret of the session with this key, in place of the one before. Return the session's code.

    Other sessions of this lecturer end. Raises SessionNotFoundError if the key is wrong, used or expired.
    """
    is_valid = and_(sessions.c.key == hash_of(key), sessions.c.key_time > time() - KEY_SECONDS, is_open())
    with writing(engine) as connection:
        found = connection.execute(
            select(sessions.c.id, sessions.c.code).where(is_valid).with_for_update()
        ).one_or_none()
        if found is None:
            raise SessionNotFoundError
        _end(connection, and_(sessions.c.lecturer == hash_of(secret), sessions.c.id != found.id))
        is_session = sessions.c.id == found.id
        connection.execute(update(sessions).where(is_session).values(lecturer=hash_of(secret), key=None))
        code: str = found.code
        return code


def end(engine: Engine, code: str, secret: str) -> None:
    """End the session. Its results remain for the lecturer until the session is deleted."""
    with writing(engine) as connection:
        found = _session_row(connection, code, secret, lock=True)
        _end(connection, sessions.c.id == found.id)


def hash_of(secret: str) -> str:
    """Return the hash of a random secret of 128 bits, or of a short-lived key of 53 bits: a fast hash is safe."""
    return sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Return a random code."""
    return _random_letters(CODE_LENGTH)


def is_open() -> ColumnElement[bool]:
    """Return the condition that a session has neither ended nor expired."""
    return and_(~sessions.c.ended, sessions.c.created > _oldest())


def _random_letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def _oldest() -> float:
    return time() - LIFETIME_SECONDS


def _session_row(connection: Connection, code: str, secret: str, *, lock: bool = False) -> Row[*tuple[Any, ...]]:
    """Return id and round of the session. With `lock`, no other transaction changes the session meanwhile."""
    condition = and_(sessions.c.code == code, sessions.c.lecturer == hash_of(secret), is_open())
    found = select(sessions.c.id, sessions.c.round_id).where(condition)
    row = connection.execute(found.with_for_update() if lock else found).one_or_none()
    if row is None:
        raise SessionNotFoundError
    return row


def _open_round(
    connection: Connection, found: Row[*tuple[Any, ...]], question: Question, number: int, attempt: int
) -> None:
    values = {
        "session_id": found.id, "question": number, "attempt": attempt, "step": question.step, "text": question.text,
        "options": list(question.options), "right": question.right, "state": State.OPEN,
        "link": "",
    }  # fmt: skip
    inserted = connection.execute(insert(rounds).values(values)).inserted_primary_key
    assert inserted is not None
    _set_round(connection, found, inserted[0])


def _set_round(connection: Connection, found: Row[*tuple[Any, ...]], round_id: int | None) -> None:
    """Put a round, or none, on the phones. Close the vote before it unless it has been closed already."""
    is_before = and_(rounds.c.id == found.round_id, rounds.c.state == State.OPEN)
    connection.execute(update(rounds).where(is_before).values(state=State.CLOSED))
    values = {"round_id": round_id, "version": sessions.c.version + 1}
    connection.execute(update(sessions).where(sessions.c.id == found.id).values(values))


def _change_state(engine: Engine, code: str, secret: str, before: State, after: State, link: str) -> None:
    """Change the state of the round on screen. A second press of the same button changes nothing."""
    values = {"state": after, "link": link if len(link) <= MAX_LINK else ""}
    with writing(engine) as connection:
        found = _session_row(connection, code, secret, lock=True)
        condition = and_(rounds.c.id == found.round_id, rounds.c.state == before)
        if connection.execute(update(rounds).where(condition).values(values)).rowcount:
            is_session = sessions.c.id == found.id
            connection.execute(update(sessions).where(is_session).values(version=sessions.c.version + 1))


def _end(connection: Connection, condition: ColumnElement[bool]) -> None:
    open_rounds = select(sessions.c.round_id).where(condition)
    connection.execute(
        update(rounds).where(rounds.c.id.in_(open_rounds), rounds.c.state == State.OPEN).values(state=State.CLOSED)
    )
    values = {"ended": True, "version": sessions.c.version + 1}
    connection.execute(update(sessions).where(condition, ~sessions.c.ended).values(values))


def _round(row: Row[*tuple[Any, ...]]) -> Round:
    question = Question(tuple(row.options), row.right, row.step, row.text)
    return Round(row.id, question, row.question, row.attempt, State(row.state))
