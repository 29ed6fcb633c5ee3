"""A random token by which the server knows a browser again, after a reload or a lost connection too.

The browser keeps it in a cookie, which the server reads as soon as the page is opened, and in localStorage; where both
are blocked, in memory. It is the only proof of who a lecturer is: it must never be shown or logged.
"""

from __future__ import annotations

import re
from typing import TypedDict

import streamlit as st

from ui.components.frontend import register

COOKIE = "softmax_lab_browser"  # also in ui/frontend/src/browser_token/token.js
TOKEN = "browser_token"
"""Session key of the token."""

_component = register("browser_token", "<span></span>", style=None)


class TokenData(TypedDict):
    """Message to the browser: the token that the server knows, or ""."""

    token: str


def known_token() -> str | None:
    """Return the token of this browser, if the server knows it already."""
    return _valid(st.session_state.get(TOKEN)) or _valid(st.context.cookies.get(COOKIE))


def browser_token() -> str | None:
    """Draw the component that sends the token. Return the token, or None before the browser has sent it."""
    token = known_token()

    def store_token() -> None:
        sent = _valid(st.session_state["browser_token_component"].get("token"))
        if sent:
            st.session_state[TOKEN] = sent

    with st.container(key="browser_token_box"):
        _component(
            key="browser_token_component", data=TokenData(token=token or ""), on_token_change=store_token,
            height="content",
        )  # fmt: skip
    return token


def _valid(token: object) -> str | None:
    return token if isinstance(token, str) and re.fullmatch("[0-9a-f]{32}", token) else None
