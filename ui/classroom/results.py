"""The results of a session, for its lecturer."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from ui.classroom.database import reading
from ui.classroom.questions import Question, State
from ui.classroom.schema import rounds, sessions, votes
from ui.classroom.sessions import hash_of

CSV_HEADER = ("question", "vote", "text", "option", "right", "votes", "share")


@dataclass(frozen=True)
class RoundResult:
    """The votes of one round. `counts` has one number per option of the question."""

    question: Question
    number: int
    attempt: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class ClassSession:
    """A session of a lecturer: its code, and when it was opened (seconds since 1970)."""

    code: str
    created: float


def sessions_of(engine: Engine, secret: str) -> list[ClassSession]:
    """Return the sessions of a lecturer that have not been deleted, also those that have ended; the latest first."""
    query = select(sessions.c.code, sessions.c.created).where(sessions.c.lecturer == hash_of(secret))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(sessions.c.created.desc())).all()
    return [ClassSession(row.code, row.created) for row in rows]


def results_of(engine: Engine, code: str, secret: str) -> list[RoundResult]:
    """Return the results of all rounds that no longer take votes, in the order in which they were asked."""
    is_result = (sessions.c.code == code, sessions.c.lecturer == hash_of(secret), rounds.c.state != State.OPEN)
    of_session = rounds.join(sessions, sessions.c.id == rounds.c.session_id)
    asked = select(rounds).select_from(of_session).where(*is_result).order_by(rounds.c.id)
    counted = (
        select(votes.c.round_id, votes.c.option, func.count().label("count"))
        .select_from(votes.join(of_session, rounds.c.id == votes.c.round_id))
        .where(*is_result)
        .group_by(votes.c.round_id, votes.c.option)
    )
    with reading(engine) as connection:
        rows = connection.execute(asked).all()
        counts = {(row.round_id, row.option): row.count for row in connection.execute(counted).mappings()}
    return [
        RoundResult(
            Question(tuple(row.options), row.right, row.step, row.text), row.question, row.attempt,
            tuple(counts.get((row.id, option), 0) for option in row.options),
        )
        for row in rows
    ]  # fmt: skip


def to_csv(results: list[RoundResult], texts: Callable[[Question], tuple[str, tuple[str, ...]]]) -> bytes:
    """Return results as CSV with one line per option. `texts` returns the texts of a question and of its options.

    The file begins with a byte order mark, so that Excel reads it as UTF-8. A text that a spreadsheet would compute is
    preceded by an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(CSV_HEADER)
    for result in results:
        question_text, option_texts = texts(result.question)
        total = sum(result.counts) or 1
        for option, text, count in zip(result.question.options, option_texts, result.counts, strict=True):
            is_right = int(option == result.question.right)
            share = f"{count / total:.3f}"
            texts_of_line = (not_computed(question_text), not_computed(text))
            writer.writerow([result.number, result.attempt, *texts_of_line, is_right, count, share])
    return file.getvalue().encode("utf-8-sig")


def not_computed(text: str) -> str:
    """Return text that a spreadsheet does not compute."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
