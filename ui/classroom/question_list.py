"""The free questions that a lecturer has prepared in this session, in the order in which they are asked."""

from __future__ import annotations

import streamlit as st

from ui.classroom import own_session, sessions
from ui.classroom.errors import QuestionFileError
from ui.classroom.question_file import MAX_QUESTIONS, from_file
from ui.classroom.questions import Question

QUESTIONS, POSITION, FAULT = "class_questions", "class_question_position", "class_question_fault"
"""Session keys: the questions, how many of them come before the next one, the QuestionFileError of the last file."""


def questions() -> tuple[Question, ...]:
    """Return all questions."""
    found: tuple[Question, ...] = st.session_state.get(QUESTIONS, ())
    return found


def following() -> tuple[int, Question] | None:
    """Return the number of the next question, from 1, and the question; or None after the last one."""
    position = st.session_state.get(POSITION, 0)
    return (position + 1, questions()[position]) if position < len(questions()) else None


def ask_next() -> None:
    """Ask the next question, if there is one."""
    found = following()
    if found:
        ask(found[0] - 1)


def ask(index: int) -> None:
    """Ask the question with this index. The one after it comes next."""
    if own_session.change(sessions.ask, questions()[index]):
        st.session_state[POSITION] = index + 1


def add(question: Question) -> bool:
    """Append a question. Return whether there was space for it."""
    if len(questions()) == MAX_QUESTIONS:
        return False
    st.session_state[QUESTIONS] = (*questions(), question)
    return True


def remove(index: int) -> None:
    """Remove the question with this index. The next one stays the next one."""
    st.session_state[QUESTIONS] = questions()[:index] + questions()[index + 1 :]
    if index < st.session_state.get(POSITION, 0):
        st.session_state[POSITION] -= 1


def load(data: bytes) -> None:
    """Replace the questions by those of a file, or store why the file is refused."""
    try:
        st.session_state.update({QUESTIONS: tuple(from_file(data)), POSITION: 0, FAULT: None})
    except QuestionFileError as error:
        st.session_state[FAULT] = error


def fault() -> QuestionFileError | None:
    """Return why the last file was refused, or None."""
    found: QuestionFileError | None = st.session_state.get(FAULT)
    return found
