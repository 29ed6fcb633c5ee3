"""The lecturer's side on screen: the dialog that opens a session, and its bar with code, QR code, counts and buttons.

In a step of the guided lecture the bar is in the step's panel, on other pages above the page.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

from ui.classroom import own_session, question_list, results, sessions
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError, SessionNotFoundError
from ui.classroom.free_question import question_dialog
from ui.classroom.lecturer_actions import ON_SCREEN, OPENING_NEXT, BarActions
from ui.classroom.more_menu import show_more
from ui.classroom.questions import State
from ui.classroom.results_view import draw_votes, show_results_link
from ui.classroom.sessions import Round, Session
from ui.classroom.student import CODE as CODE_PARAMETER
from ui.classroom.texts import option_texts, question_text
from ui.components.browser_token import known_token
from ui.i18n import t
from ui.lecture import panel
from ui.lecture.panel import ClassActions
from ui.lecture.steps import Step
from ui.look import html
from ui.look.html import escape_markdown
from ui.look.terms import markdown_with_terms
from ui.look.theme import presenting

LAST_STEP = "class_last_step"
"""Session key: name of the lecture step that was open when the bar was last drawn, or ""."""

COUNT_SECONDS = 2
"""Seconds between two counts."""

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}


def show_start_button() -> None:
    """Draw the button that opens the dialog, unless a session is open."""
    if not own_session.open_code() and st.button(
        t("classroom.start"),
        key="class_start",
        icon=":material/groups:",
        width="content",
    ):
        st.dialog(t("classroom.start"), width="large" if presenting() else "small")(show_start_form)()


def show_start_form() -> None:
    """Draw what opens a session, takes over the one of another computer, and leads to results."""
    st.markdown(t("classroom.start_explained"))
    if _is_local():
        st.warning(t("classroom.local"))
    if st.button(t("classroom.open"), key="class_open", type="primary"):
        own_session.request_session()
        st.rerun()
    with st.expander(t("classroom.elsewhere")), st.form("class_key_form", border=False):
        st.markdown(t("classroom.elsewhere_explained"))
        key = own_session.normal_key(st.text_input(t("classroom.key"), key="class_key", autocomplete="off"))
        if st.form_submit_button(t("classroom.take_over")):
            if key:
                own_session.request_session(key)
                st.rerun()
            st.warning(t("classroom.wrong_key"))
    show_results_link()


def show_bar(page: str, step: Step | None = None, lecture: ClassActions | None = None) -> None:
    """Draw the open session: how to join, counts, the votes once they are shown, and the buttons.

    `step` is the lecture step on this page, `lecture` are its actions.
    """
    st.session_state.pop(ON_SCREEN, None)
    own_session.fulfil_request()
    _show_message()
    code, token = own_session.open_code(), known_token()
    if not code or token is None:
        return
    try:
        session = sessions.session_of(engine(), code, token)
        if _has_left_step() and session.round:
            sessions.go_on(engine(), code, token)
            session = sessions.session_of(engine(), code, token)
        shown = results.results_of(engine(), code, token)
    except SessionNotFoundError:
        st.session_state.update({own_session.CODE: None, own_session.MESSAGE: "classroom.over"})
        _show_message()
        return
    except ClassroomError:
        st.warning(t("classroom.unavailable"))
        st.button(t("classroom.retry"), key="class_retry")
        return
    with st.container(key="class"):
        _show_session(session, token, BarActions(page, step, lecture, session.round), shown)
        if _is_local():
            st.caption(f":material/warning: {t('classroom.local_short')}")
    if st.session_state.pop(OPENING_NEXT, False) and lecture:
        lecture.open_next()


def join_address(code: str, page: str) -> str:
    """Return the address at which students join. `page` is the page on screen."""
    parts = urlsplit(st.context.url or "")
    path = parts.path.removesuffix("/").removesuffix(f"/{page}")
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/join", f"{CODE_PARAMETER}={code}", ""))


def _show_message() -> None:
    """Draw the message about the last action, once. After the end of a session, draw a link to its results."""
    message = st.session_state.pop(own_session.MESSAGE, None)
    if message:
        st.warning(t(message))
    if message in ("classroom.over", "classroom.ended"):
        show_results_link()


def _is_local() -> bool:
    """Return whether only this computer can open the address on screen."""
    return urlsplit(st.context.url or "").hostname in LOCAL_HOSTS


def _has_left_step() -> bool:
    """Return whether another step of the lecture has been opened in this window since the bar was last drawn."""
    open_step = panel.current_step()
    name = open_step.name if open_step else ""
    before = st.session_state.get(LAST_STEP, name)
    st.session_state[LAST_STEP] = name
    return bool(before != name)


def _show_session(session: Session, token: str, actions: BarActions, shown: list[results.RoundResult]) -> None:
    """Draw code, counts and buttons on the left; draw votes, and a question that is not of the step, on the right."""
    current = session.round
    votes = [result for result in shown if current and result.number == current.number]
    has_right_side = current is not None and (current.state != State.OPEN or not actions.is_of_step)
    left, right = st.columns([1.25, 1], gap="medium") if has_right_side else (st.container(), None)
    with left, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        address = join_address(session.code, actions.page)
        _show_qr_code(address)
        with st.container(width="stretch", gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                html.join_code(session.code, address.partition("://")[2].partition("?")[0])
                _show_counts(session.code, token, has_question=current is not None)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _show_buttons(actions)
                show_more(actions, votes)
    if current and right:
        with right:
            _show_question(current, votes, with_text=not actions.is_of_step)


def _show_qr_code(address: str) -> None:
    picture = segno.make(address, micro=False, error="l", boost_error=True)
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


def _show_buttons(actions: BarActions) -> None:
    """Draw the button that moves on, which the keys of the lecture press, and those to ask again or freely."""
    forward, following = actions.forward(), question_list.following()
    if forward:
        label, on_click = forward
        number = following[0] if following else 0
        text = t(label, number=number, count=len(question_list.questions()))
        st.button(text, key="class_forward", type="primary", on_click=on_click)
    if actions.stage in (State.VOTES, State.REVEALED):
        st.button(t("classroom.again"), key="class_again", on_click=actions.ask_again)
    if not actions.round and st.button(
        t("classroom.new_question"), key="class_new", type="secondary" if forward else "primary"
    ):
        question_dialog()


def _show_question(current: Round, votes: list[results.RoundResult], *, with_text: bool) -> None:
    """Draw the text of the question, and its options or their votes."""
    question = current.question
    if with_text:
        with st.container(key="class_asked"):
            markdown_with_terms(f"**{question_text(question) or t('classroom.spoken')}**")
            if current.state == State.OPEN:
                st.markdown(" · ".join(map(escape_markdown, option_texts(question))))
    if votes and current.state != State.OPEN:
        draw_votes(votes, marks_right=current.state == State.REVEALED)
