"""The lecturer's side, in the panel of the guided lecture: code, QR code, counts, and one button that moves on.

The button goes through ask, show the answers, mark the right one (and show the step's answer on the page), next step.
The secret of a session is the token of the lecturer's browser, so that a reload finds the session again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

from ui.classroom import results, sessions
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError, SessionNotFoundError, TooManySessionsError
from ui.classroom.questions import Question, State
from ui.classroom.sessions import Round
from ui.classroom.student import CODE as CODE_PARAMETER
from ui.classroom.texts import option_texts, question_text
from ui.components.browser_token import browser_token, known_token
from ui.i18n import t
from ui.lecture.panel import ClassActions
from ui.lecture.steps import Step
from ui.look import html

CODE, STARTING, LOOKED_UP = "class_code", "class_starting", "class_looked_up"
"""Session keys: code of the lecturer's session, whether it is being opened, whether the database was asked for one."""

FAILURE, OPENING_NEXT = "class_failure", "class_opening_next"
"""Session keys: the text key of a message about a failed action, whether to open the next step."""

COUNT_SECONDS = 2
"""Seconds between two counts."""

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}


def show_start_button() -> None:
    """Draw the button that opens a session, unless one is open."""
    if not _code():
        st.button(
            t("classroom.start"), key="class_start", icon=":material/groups:", width="content",
            on_click=lambda: st.session_state.update({STARTING: True}),
        )  # fmt: skip


def show_bar(step: Step, actions: ClassActions) -> None:
    """Draw the open session: how to join, counts, the votes once they are shown, and the buttons."""
    if st.session_state.get(STARTING):
        _start()
    failure = st.session_state.pop(FAILURE, None)
    if failure:
        st.warning(t(failure))
    code, token = _code(), known_token()
    if not code or token is None:
        return
    try:
        session = sessions.session_of(engine(), code, token)
        shown = results.results_of(engine(), code, token)
    except SessionNotFoundError:
        del st.session_state[CODE]
        st.warning(t("classroom.over"))
        return
    except ClassroomError:
        st.warning(t("classroom.unavailable"))
        st.button(t("classroom.retry"), key="class_retry")
        return
    current = session.round if session.round and session.round.question.step == step.name else None
    is_voted = current is not None and current.state != State.OPEN
    with st.container(key="class"):
        left, right = st.columns([1.25, 1], gap="medium") if is_voted else (st.container(), None)
        with left, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _show_qr_code(code)
            with st.container(width="stretch", gap="small"):
                with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                    html.join_code(code, join_address(code).partition("://")[2].partition("?")[0])
                    _show_counts(code, token, has_question=current is not None)
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    _show_buttons(current.state if current else State.CLOSED, Presses(step, code, token, actions))
                    _show_download(shown, code)
        if current and right:
            with right:
                _show_votes(current, [result for result in shown if result.number == current.number])
        if urlsplit(st.context.url or "").hostname in LOCAL_HOSTS:
            st.caption(f":material/warning: {t('classroom.local')}")
    if st.session_state.pop(OPENING_NEXT, False):
        actions.open_next()


def join_address(code: str) -> str:
    """Return the address at which students join."""
    parts = urlsplit(st.context.url or "")
    path = f"{parts.path.rpartition('/')[0]}/join"
    return urlunsplit((parts.scheme, parts.netloc, path, f"{CODE_PARAMETER}={code}", ""))


def _code() -> str | None:
    """Return the code of the lecturer's session. A new session of the page asks the database once."""
    if not st.session_state.get(LOOKED_UP):
        st.session_state[LOOKED_UP] = True
        token = known_token()
        if token:
            try:
                st.session_state[CODE] = sessions.find_code(engine(), token)
            except ClassroomError:
                st.session_state[LOOKED_UP] = False
    code: str | None = st.session_state.get(CODE)
    return code


def _start() -> None:
    """Open a session as soon as the browser's token is known, and rerun the page."""
    token = browser_token()
    if token is None:
        return
    st.session_state[STARTING] = False
    try:
        st.session_state[CODE] = sessions.create_session(engine(), token)
    except TooManySessionsError:
        st.session_state[FAILURE] = "classroom.too_many"
    except ClassroomError:
        st.session_state[FAILURE] = "classroom.unavailable"
    st.rerun()


def _show_qr_code(code: str) -> None:
    picture = segno.make(join_address(code), micro=False, error="l", boost_error=True)
    with st.container(key="class_qr", width="content"):
        html.qr_code(picture, t("classroom.qr"))


def _show_counts(code: str, token: str, *, has_question: bool) -> None:
    """Draw how many have joined and answered, again every COUNT_SECONDS."""

    @st.fragment(run_every=COUNT_SECONDS)
    def counts() -> None:
        try:
            now = sessions.session_of(engine(), code, token)
        except ClassroomError:
            st.markdown(t("classroom.no_counts"))
            return
        key = "classroom.counts" if has_question else "classroom.joined"
        st.markdown(t(key, joined=now.joined, answered=now.answered))

    with st.container(key="class_counts", width="content"):
        counts()


@dataclass(frozen=True)
class Presses:
    """What the buttons of the bar do in session `code` during a lecture step."""

    step: Step
    code: str
    token: str
    lecture: ClassActions

    def ask(self) -> None:
        """Ask the step's question."""
        self._act(sessions.ask, Question(tuple(self.step.options), self.step.right, self.step.name))

    def ask_again(self) -> None:
        """Open another vote on the question on screen."""
        self._act(sessions.ask_again)

    def show_votes(self) -> None:
        """Close the vote, and let the bar show its distribution."""
        self._act(sessions.show_votes)

    def reveal(self) -> None:
        """Mark the right option, and show the step's answer on the page."""
        if self._act(sessions.reveal):
            self.lecture.answer(self.step.right)

    def go_on(self) -> None:
        """Take the question from the phones; the next step opens later in this run."""
        st.session_state[OPENING_NEXT] = self._act(sessions.go_on)

    def end(self) -> None:
        """End the session."""
        if self._act(sessions.end):
            st.session_state[CODE] = None

    def _act(self, action: Callable[..., None], *arguments: object) -> bool:
        """Change the session. Return whether that was possible; if not, the bar shows a message."""
        try:
            action(engine(), self.code, self.token, *arguments)
        except ClassroomError:
            st.session_state[FAILURE] = "classroom.unavailable"
            return False
        return True


def _show_buttons(state: State, presses: Presses) -> None:
    """Draw the button that moves on, which the keys of the lecture press, and those to ask again and to end."""
    label, on_click = {
        State.CLOSED: ("classroom.ask", presses.ask),
        State.OPEN: ("classroom.show_votes", presses.show_votes),
        State.VOTES: ("classroom.reveal", presses.reveal),
        State.REVEALED: ("classroom.next", presses.go_on),
    }[state]
    st.button(t(label), key="class_forward", type="primary", on_click=on_click)
    if state in (State.VOTES, State.REVEALED):
        st.button(t("classroom.again"), key="class_again", on_click=presses.ask_again)
    st.button(t("classroom.end"), key="class_end", type="tertiary", on_click=presses.end)


def _show_download(shown: list[results.RoundResult], code: str) -> None:
    if shown:
        data = results.to_csv(shown, lambda question: (question_text(question), tuple(option_texts(question))))
        st.download_button(
            t("classroom.download"), data, f"{code}.csv", "text/csv", key="class_download", type="tertiary",
            on_click="ignore",
        )  # fmt: skip


def _show_votes(current: Round, votes: list[results.RoundResult]) -> None:
    """Draw the votes per option: those of the first vote and, beside them, those of the latest."""
    if not votes:
        return
    shown = votes if len(votes) == 1 else [votes[0], votes[-1]]
    labels = [t("classroom.vote", number=result.attempt) for result in shown]
    right = current.question.options.index(current.question.right) if current.state == State.REVEALED else None
    html.vote_bars(option_texts(current.question), [result.counts for result in shown], labels, right)
