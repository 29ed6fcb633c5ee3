"""What a student who has opened a picture from a class sees above it: a link back, and whether the class has moved on.

The class is in the address (`class`), so that a reload finds it again. A fragment asks the database for changes; it
draws nothing until there is one, and asks no more after that. Browsers that have not joined the class learn nothing.
"""

from __future__ import annotations

import streamlit as st

from ui.classroom import answers
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError
from ui.classroom.student import CODE, POLL_SECONDS, SEEN, normal_code
from ui.components.browser_token import known_token
from ui.i18n import t
from ui.lecture.quiz import CLASS
from ui.look.layout import page_link
from ui.state import url_state

NEWS = "class_news"
"""Session key: (code, version) that the student has seen, and the text key of what has happened since."""

DEFAULT_POLL_SECONDS = 3.0


def show_banner() -> None:
    """Draw the link back to the class in the address, if there is one."""
    if not (CLASS in st.query_params or st.session_state.get(CLASS)):
        return
    url_state.sync_from_url(CLASS, normal_code, "")
    code: str = st.session_state[CLASS]
    if not code:
        url_state.remove_from_url(CLASS)
        return
    url_state.write_to_url(CLASS, code, "")

    @st.fragment(run_every=st.session_state.get(POLL_SECONDS, DEFAULT_POLL_SECONDS))
    def notice() -> None:
        news = _news(code)
        if news:
            st.markdown(f"**{t(news)}**")

    with st.container(key="class_banner", horizontal=True, vertical_alignment="center", gap="small"):
        page_link("join", t("classroom.back_to_class"), {CODE: code})
        with st.container(width="content"):
            notice()


def _news(code: str) -> str:
    """Return the text key of what has happened in the class since the student has left it, or ""."""
    seen = st.session_state.get(SEEN)
    if seen and seen[0] != code:
        seen = None
    before, news = st.session_state.get(NEWS, (None, ""))
    if seen and before == seen:
        return str(news)
    try:
        news = _changes(code, seen[1] if seen else None)
    except ClassroomError:
        return ""
    if news:
        st.session_state[NEWS] = seen, news
    return news


def _changes(code: str, seen: int | None) -> str:
    """Return the text key of what has happened since a version; without one, remember the present version."""
    if seen is None:
        token = known_token()
        version = answers.joined_version_of(engine(), code, token) if token else None
        if version is not None:
            st.session_state[SEEN] = code, version
        return ""
    version = answers.recent_version_of(engine(), code)
    if version is None:
        return "classroom.ended"
    return "classroom.moved_on" if version > seen else ""
