"""The questions of a page ("Predict, then look"), which the lecturer of an open session can also ask the class."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.classroom import own_session, sessions
from ui.classroom.lecturer_actions import ON_SCREEN
from ui.classroom.questions import Question
from ui.i18n import t
from ui.lecture import quiz
from ui.lecture.quiz import ClassSide, QuestionOnScreen


def show_quiz(page: str, questions: Mapping[str, quiz.Question]) -> None:
    """Draw the questions of a page (see `ui.lecture.quiz.show_quiz`), with a button that asks the class."""
    quiz.show_quiz(page, questions, ClassSide(_show_ask_button, _leave))


def _show_ask_button(on_screen: QuestionOnScreen) -> None:
    st.session_state[ON_SCREEN] = on_screen

    def ask() -> None:
        on_screen.begin()
        question = on_screen.question
        own_session.change(sessions.ask, Question(question.options, question.right, on_screen.key))

    if own_session.open_code():
        st.button(
            t("classroom.ask_class"), key="class_ask_page", icon=":material/groups:", on_click=ask, width="content"
        )


def _leave(key: str) -> None:
    """Take the question with this key from the phones: the lecturer has opened another one."""
    if own_session.open_code():
        own_session.change(sessions.go_on, key)
