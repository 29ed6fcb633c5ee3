"""The lecturer's class session in this browser: how it is opened, found again, taken over and changed.

The secret of a session is the token of the lecturer's browser, so that a reload finds the session again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import streamlit as st

from ui.classroom import sessions
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError, SessionNotFoundError, TooManySessionsError
from ui.components.browser_token import browser_token, known_token

CODE, LOOKED_UP = "class_code", "class_looked_up"
"""Session keys: code of the lecturer's open session, whether the database was asked for one."""

HAD_SESSION = "class_had_session"
"""Session key: whether this session of the page has had a class, open or ended."""

REQUESTED = "class_requested"
"""Session key: the key with which a session is being taken over, or "" if one is being opened."""

MESSAGE = "class_message"
"""Session key: the text key of a message about the last action."""


def open_code() -> str | None:
    """Return the code of the lecturer's open session. A new session of the page asks the database once."""
    if not st.session_state.get(LOOKED_UP):
        st.session_state[LOOKED_UP] = True
        token = known_token()
        if token:
            try:
                st.session_state[CODE] = sessions.find_code(engine(), token)
            except ClassroomError:
                st.session_state[LOOKED_UP] = False
    code: str | None = st.session_state.get(CODE)
    if code:
        st.session_state[HAD_SESSION] = True
    return code


def normal_key(text: str) -> str:
    """Return the letters of a key that was typed, for example in groups or in small letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalpha())


def request_session(key: str = "") -> None:
    """Open a session, or take over the one with this key, as soon as `fulfil_request` knows the browser's token."""
    st.session_state[REQUESTED] = key


def fulfil_request() -> None:
    """Do what `request_session` asked for, and rerun the page."""
    if REQUESTED not in st.session_state:
        return
    token = browser_token()
    if token is None:
        return
    key = st.session_state.pop(REQUESTED)
    try:
        code = sessions.take_over(engine(), key, token) if key else sessions.create_session(engine(), token)
        st.session_state[CODE] = code
    except TooManySessionsError:
        st.session_state[MESSAGE] = "classroom.too_many"
    except SessionNotFoundError:
        st.session_state[MESSAGE] = "classroom.wrong_key"
    except ClassroomError:
        st.session_state[MESSAGE] = "classroom.unavailable"
    st.rerun()


def change(action: Callable[..., object], *arguments: object) -> bool:
    """Call a function of `sessions` for this session. Return whether that was possible; if not, the bar says why."""
    try:
        action(engine(), st.session_state.get(CODE) or "", known_token() or "", *arguments)
    except SessionNotFoundError:
        st.session_state.update({CODE: None, MESSAGE: "classroom.over"})
        return False
    except ClassroomError:
        st.session_state[MESSAGE] = "classroom.unavailable"
        return False
    return True
