"""The results of a lecturer's sessions on screen: votes of one question, and a page with all questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from ui.classroom import own_session, results
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError
from ui.classroom.results import ClassSession, RoundResult
from ui.classroom.texts import option_texts, plain_texts, question_text
from ui.classroom.votes_picture import votes_svg
from ui.components.browser_token import browser_token
from ui.i18n import t
from ui.look import html
from ui.look.layout import page_link
from ui.look.terms import markdown_with_terms

SHOWN = "class_results_shown"
"""Session key: the code of the session whose results are on the page."""


def show_results_link() -> None:
    """Draw a link to the page with all results."""
    page_link("class_results", t("classroom.results"), {})


def show_results_link_after_class() -> None:
    """Draw the link if the user has asked a class."""
    if own_session.open_code() or st.session_state.get(own_session.HAD_SESSION):
        show_results_link()


def draw_votes(votes: list[RoundResult], *, marks_right: bool) -> None:
    """Draw the votes on one question per option: those of the first vote and, beside them, those of the latest."""
    shown, labels, right = _shown(votes, marks_right)
    html.vote_bars(option_texts(votes[0].question), [result.counts for result in shown], labels, right)


def picture_button(votes: list[RoundResult], *, marks_right: bool) -> None:
    """Draw a button that downloads the votes on one question as a picture."""
    number = votes[0].number
    shown, labels, right = _shown(votes, marks_right)
    text, options = plain_texts(votes[0].question)
    picture = votes_svg(text, options, [result.counts for result in shown], labels, right)
    st.download_button(
        t("classroom.save_picture"), picture, f"question-{number}.svg", "image/svg+xml", key=f"class_picture_{number}",
        type="tertiary", icon=":material/image:", on_click="ignore",
    )  # fmt: skip


def show() -> None:
    """Draw all questions of a session of this browser, by default of the latest one, and a button for a CSV file."""
    token = browser_token()
    if token is None:
        return
    try:
        database = engine()
        found = results.sessions_of(database, token)
        code = _choose(found) if found else ""
        shown = results.results_of(database, code, token)
    except ClassroomError:
        st.warning(t("classroom.unavailable"))
        st.button(t("classroom.retry"), key="class_retry")
        return
    if not shown:
        st.info(t("classroom.no_results"))
        return
    st.download_button(
        t("classroom.download"), results.to_csv(shown, plain_texts), f"{code}.csv", "text/csv", key="class_download",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip
    for votes in _by_question(shown):
        _show_question(votes)


def _by_question(shown: Iterable[RoundResult]) -> list[list[RoundResult]]:
    return [list(votes) for _, votes in groupby(shown, lambda result: result.number)]


def _show_question(votes: list[RoundResult]) -> None:
    with st.container(key=f"class_result_{votes[0].number}", border=True, gap="small"):
        text = question_text(votes[0].question) or t("classroom.spoken")
        markdown_with_terms(f"**{votes[0].number}\\. {text}**")
        draw_votes(votes, marks_right=True)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            totals = t("punctuation.comma").join(
                t("classroom.total", number=result.attempt, count=sum(result.counts)) for result in votes
            )
            st.caption(totals, width="stretch")
            picture_button(votes, marks_right=True)


def _choose(found: list[ClassSession]) -> str:
    """Return the code of the only session, or of the one that the user chooses."""
    if len(found) == 1:
        return found[0].code
    zone = _time_zone()
    times = {one.code: f"{datetime.fromtimestamp(one.created, zone):%H:%M}" for one in found}
    code: str = st.selectbox(
        t("classroom.choose_class"), list(times), key=SHOWN, width=320,
        format_func=lambda one: t("classroom.class_at", code=one, time=times[one]),
    )  # fmt: skip
    return code


def _time_zone() -> tzinfo:
    """Return the time zone of the user's browser."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _shown(votes: list[RoundResult], marks_right: bool) -> tuple[list[RoundResult], list[str], int | None]:
    """Return the first and the latest vote, their names, and the index of the right option if it is to be marked."""
    shown = votes if len(votes) == 1 else [votes[0], votes[-1]]
    labels = [t("classroom.vote", number=result.attempt) for result in shown]
    question = votes[0].question
    right = question.options.index(question.right) if marks_right and question.right else None
    return shown, labels, right
