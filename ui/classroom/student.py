"""What a student sees: the field for the code, the question with its options, and after the reveal the answer.

A fragment asks the database every few seconds for changes, and draws what the student sees. Running the fragment takes
much less time than running the page, which matters when 200 phones get a new question.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import replace
from random import uniform
from time import sleep
from urllib.parse import parse_qsl

import streamlit as st

from ui.classroom import answers
from ui.classroom.answers import AskedQuestion, StudentView
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError, DatabaseUnavailableError, SessionFullError, SessionNotFoundError
from ui.classroom.questions import State
from ui.classroom.texts import explanation, has_texts, option_texts, question_text
from ui.classroom.wrong_codes import WRONG_CODES
from ui.components.browser_token import browser_token
from ui.i18n import LANGUAGE, language, t
from ui.lecture.quiz import CLASS
from ui.lecture.steps import load_steps
from ui.look.html import escape_markdown
from ui.look.layout import page_file, page_link
from ui.look.terms import markdown_with_terms
from ui.state import url_state
from ui.state.script_queue import SCRIPT_QUEUE

CODE = "code"
"""Session key and query parameter of the session's code."""

JOINED, REFUSED = "class_joined", "class_refused"
"""Session keys: code of the joined session, and the vote in which this student's last answer was refused."""

GUESSED = "class_guessed"
"""Session key: the last wrong code, and the number of wrong codes."""

POLL_SECONDS = "class_poll_seconds"
"""Session key: seconds between two queries of the database; they differ, so that not all phones ask at once."""

SEEN = "class_seen"
"""Session key: code and version of the session that the student has seen last, for `ui.classroom.banner`."""

VIEW = "class_view"
"""Session key: code of the session, and what the student sees; None until the database has answered."""

PICTURE_PAGES = ("softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid", "digits")
"""Pages that a student can open from a question."""

ODD_RUN = "class_odd_run"
"""Session key: whether the page has been run an odd number of times."""

WAIT_STEP = 0.2
"""Seconds after which a wait looks whether the browser has sent anything."""


def normal_code(text: str) -> str | None:
    """Return the code that a text contains, also in full-width or small letters, or None."""
    letters = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return letters if len(letters) == 6 and letters.isascii() and letters.isalpha() else None


def code_form() -> None:
    """Draw a field for the code of a session, and open the session."""
    with st.form("join_form", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(t("classroom.code"), key="code_input", max_chars=20, width=220, autocomplete="off")
        is_sent = st.form_submit_button(t("classroom.join"), width="content")
    if not is_sent:
        return
    code = normal_code(text)
    if code is None:
        st.warning(t("classroom.no_code"))
        return
    url_state.force_sync(CODE, code)
    st.switch_page(page_file("join"), query_params={CODE: code, LANGUAGE: language()})


def show() -> None:
    """Draw the question of the session in the address, or the field for its code."""
    token = browser_token()
    url_state.sync_from_url(CODE, normal_code, "")
    code: str = st.session_state[CODE]
    url_state.write_to_url(CODE, code, "")
    if not code:
        code_form()
        return
    if token is None:
        return
    if st.session_state.get(VIEW, (None, None))[0] != code:
        st.session_state[VIEW] = code, None
    try:
        with suppress(DatabaseUnavailableError):  # the fragment tries again
            _join_and_read_view(code, token)
    except SessionNotFoundError:
        _delay_wrong_code(code)
        st.warning(t("classroom.not_found", code=code))
        code_form()
    except SessionFullError:
        st.warning(t("classroom.full", count=answers.MAX_STUDENTS))
        code_form()
    else:
        _follow_class(code, token)


def _join_and_read_view(code: str, token: str) -> None:
    """Read what the student sees into the session; join the class if that has not been done."""
    database = engine()
    view = answers.view_of(database, code, token)  # before joining: a wrong code begins no transaction
    if st.session_state.get(JOINED) != code:
        answers.join(database, code, token)
        st.session_state[JOINED] = code
    st.session_state[SEEN] = code, view.version
    st.session_state[VIEW] = code, view


def _delay_wrong_code(code: str) -> None:
    """Wait before a wrong code is answered. What the browser sends meanwhile, such as a right code, ends the wait.

    A code that was right before, or has been answered just now, is no guess.
    """
    last, count = st.session_state.get(GUESSED, ("", 0))
    if code in (last, st.session_state.get(JOINED)):
        return
    st.session_state[GUESSED] = code, count + 1
    interruptible = st.empty()
    with SCRIPT_QUEUE.released():
        for _ in range(round(WRONG_CODES.delay(count + 1) / WAIT_STEP)):
            sleep(WAIT_STEP)
            interruptible.empty()  # Streamlit begins the next run of the page here if one is due


def _follow_class(code: str, token: str) -> None:
    """Draw what the student sees, and draw it again every few seconds.

    It is drawn also if nothing has changed, as Streamlit removes what a run of a fragment does not draw.
    """
    seconds = st.session_state.setdefault(POLL_SECONDS, uniform(2.5, 4.0))

    @st.fragment(run_every=seconds)
    def follow() -> None:
        with SCRIPT_QUEUE.acquire():  # as the page does; queries release it
            try:
                with suppress(DatabaseUnavailableError):
                    if _is_outdated(code):
                        _join_and_read_view(code, token)
            except (SessionNotFoundError, SessionFullError):
                st.rerun()  # the page shows what has happened
            _show_view(code, token)

    # Streamlit drops the last messages of a run, and with them the next timer, if a request for one of its fragments
    # arrives just when the run has ended. It ignores requests for fragments that are gone: those of the timer before,
    # since the fragment has another place in each run of the page, and thereby another id.
    is_odd = st.session_state[ODD_RUN] = not st.session_state.get(ODD_RUN, False)
    with st.container(key="class_student", gap="small"):
        if is_odd:
            st.empty()
        follow()


def _is_outdated(code: str) -> bool:
    """Return whether the student has seen nothing yet, or the session has another version or has ended."""
    view: StudentView | None = st.session_state[VIEW][1]
    if view is None:
        return True
    version = answers.recent_version_of(engine(), code)  # can be older than the view
    return version is None or version > view.version


def _show_view(code: str, token: str) -> None:
    view: StudentView | None = st.session_state[VIEW][1]
    if view is None or view.question is None or not has_texts(view.question):
        st.info(t("classroom.waiting"), icon=":material/hourglass_empty:")
        return
    asked = view.question
    with st.container(key="class_question"):
        markdown_with_terms(f"**{question_text(asked) or t('classroom.spoken')}**")
    if asked.attempt > 1:
        st.caption(t("classroom.second_vote"))
    _show_options(code, token, view, asked)
    if asked.state == State.REVEALED:
        _show_answer(asked)
    if asked.state in (State.VOTES, State.REVEALED):
        _show_picture_link(asked, code)


def _show_options(code: str, token: str, view: StudentView, asked: AskedQuestion) -> None:
    """Draw one button per option. The student's own answer is marked, and after the reveal the right option."""

    def submit(option: str) -> None:
        try:
            answers.vote(engine(), asked.round_id, code, token, option)
        except ClassroomError:
            st.session_state[REFUSED] = asked.round_id
        else:
            st.session_state[REFUSED] = None
            st.session_state[VIEW] = code, replace(view, question=replace(asked, own=option))

    for i, (option, text) in enumerate(zip(asked.options, option_texts(asked), strict=True)):
        st.button(
            _mark(option, asked) + escape_markdown(text), key=f"class_option_{asked.round_id}_{i}",
            on_click=submit, args=(option,), disabled=asked.state != State.OPEN, width="stretch",
            type="primary" if option == (asked.right or asked.own) else "secondary",
        )  # fmt: skip
    if st.session_state.get(REFUSED) == asked.round_id:
        st.warning(t("classroom.not_stored"))
    elif asked.state == State.OPEN:
        st.caption(t("classroom.answered") if asked.own else t("classroom.choose"))
    elif asked.state != State.REVEALED:
        st.caption(t("classroom.closed"))


def _mark(option: str, asked: AskedQuestion) -> str:
    """Return the sign of the right option once it is revealed, or of the student's own answer, or ""."""
    if option == asked.right:
        return "✓ "
    if option == asked.own:
        return "✗ " if asked.right else "● "
    return ""


def _show_answer(asked: AskedQuestion) -> None:
    """Draw whether the student's answer was right, and why, unless the question is a free one."""
    verdict = ""
    if asked.own and asked.right:
        verdict = f"**✓ {t('predict.right')}** " if asked.own == asked.right else f"**✗ {t('predict.wrong')}** "
    markdown_with_terms(f"{verdict}{explanation(asked)}")


def _show_picture_link(asked: AskedQuestion, code: str) -> None:
    """Draw a link to the step's answer once it is revealed, or to the page that the lecturer showed with the answer.

    The page that it opens has a link back to the class.
    """
    step = load_steps(language()).get(asked.step)
    if step and asked.state != State.REVEALED:
        return
    page, _, query = asked.link.partition("?")
    parameters = dict(parse_qsl(query))
    if step:
        page, guess = step.page, asked.own or step.right
        parameters = {**step.url_parameters(step.right), "lecture": step.name, "lecture_guess": guess}
    if page in PICTURE_PAGES:
        page_link(page, t("classroom.picture"), {**parameters, CLASS: code})
