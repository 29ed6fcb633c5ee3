"""What the buttons of the lecturer's bar do: one question goes through ask, votes, right answer, next question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from ui.classroom import own_session, question_list, sessions
from ui.classroom.questions import Question, State
from ui.classroom.sessions import Round
from ui.classroom.student import PICTURE_PAGES
from ui.classroom.texts import is_page_question
from ui.i18n import LANGUAGE
from ui.lecture import panel
from ui.lecture.panel import ClassActions
from ui.lecture.quiz import CLASS, QuestionOnScreen
from ui.lecture.steps import Step
from ui.look.theme import PRESENT

ON_SCREEN = "class_question_on_screen"
"""Session key: the QuestionOnScreen that the page showed in its last run, if any."""

OPENING_NEXT = "class_opening_next"
"""Session key: whether to open the next step of the lecture."""


@dataclass(frozen=True)
class BarActions:
    """What the buttons of the bar do.

    page: the page on screen.
    step: the lecture step on this page, or None; `lecture` are its actions.
    round: the vote on the phones, or None.
    """

    page: str
    step: Step | None
    lecture: ClassActions | None
    round: Round | None

    @property
    def is_of_step(self) -> bool:
        """Whether the question on the phones is that of the step."""
        return self.round is not None and self.step is not None and self.round.question.step == self.step.name

    @property
    def stage(self) -> State:
        """State of the question; a question without a right option is over as soon as the votes are shown."""
        if self.round is None:
            return State.CLOSED
        is_over = self.round.state == State.VOTES and not self.round.question.right
        return State.REVEALED if is_over else self.round.state

    def ask(self) -> None:
        """Ask the step's question, or the next one of the list."""
        if self.step:
            question = Question(tuple(self.step.options), self.step.right, self.step.name)
            own_session.change(sessions.ask, question)
        else:
            question_list.ask_next()

    def ask_again(self) -> None:
        """Open another vote on the question on screen."""
        own_session.change(sessions.ask_again)

    def show_votes(self) -> None:
        """Close the vote, and let the bar show its distribution."""
        has_right = self.round is not None and self.round.question.right
        own_session.change(sessions.show_votes, "" if has_right else link_to(self.page))

    def reveal(self) -> None:
        """Mark the right option, and show the answer on the page if the page has the question."""
        if not own_session.change(sessions.reveal, link_to(self.page)) or self.round is None:
            return
        question, on_screen = self.round.question, question_on_screen()
        if self.is_of_step and self.lecture:
            self.lecture.show_answer()
        elif on_screen and on_screen.key == question.step:
            on_screen.answer(question.right)

    def go_on(self) -> None:
        """Take the question from the phones. The next step opens later in this run, the page's next question now."""
        if not own_session.change(sessions.go_on) or self.round is None:
            return
        on_screen = question_on_screen()
        if self.is_of_step:
            st.session_state[OPENING_NEXT] = True
        elif on_screen and on_screen.key == self.round.question.step:
            on_screen.open_next()

    def end(self) -> None:
        """End the session."""
        if own_session.change(sessions.end):
            st.session_state.update({own_session.CODE: None, own_session.MESSAGE: "classroom.ended"})

    def forward(self) -> tuple[str, Callable[[], None]] | None:
        """Return the text key and the action of the button that moves on, or None if there is nothing to ask."""
        if self.stage == State.OPEN:
            return "classroom.show_votes", self.show_votes
        if self.stage == State.VOTES:
            return "classroom.reveal", self.reveal
        if self.stage == State.REVEALED and self.is_of_step:
            return "classroom.next", self.go_on
        if self.stage == State.REVEALED and self.round:
            is_of_page = is_page_question(self.round.question)
            return "classroom.next_question" if is_of_page else "classroom.close", self.go_on
        if self.step:
            return "classroom.ask", self.ask
        return ("classroom.ask_next", self.ask) if question_list.following() else None


def question_on_screen() -> QuestionOnScreen | None:
    """Return the question that the page showed when the user pressed a button, or None."""
    question: QuestionOnScreen | None = st.session_state.get(ON_SCREEN)
    return question


def link_to(page: str) -> str:
    """Return the page on screen with its query parameters, but without language, lecture, guesses and projector mode.

    Return "" for pages that have no picture.
    """
    left_out = (LANGUAGE, PRESENT, CLASS, panel.KEY, panel.GUESS)
    parameters = {
        key: text
        for key, text in st.query_params.to_dict().items()
        if key not in left_out and not key.startswith("embed") and not key.endswith("_guess")
    }
    return f"{page}?{urlencode(parameters)}" if page in PICTURE_PAGES else ""
