"""A message that the connection to the server is lost, and a rerun of the page once the connection is back.

The session may be gone by then: the server was restarted or replaced, or the user was away for long. Streamlit does
not rerun the page by itself, and a new session cannot handle events of widgets that it has not drawn. The rerun
restores the page from the address.
"""

from __future__ import annotations

from typing import TypedDict

import streamlit as st

from ui.components.frontend import register
from ui.i18n import t

_component = register(
    "connection", '<div class="connection-lost" role="alert" hidden><span></span><button type="button"></button></div>'
)


class ConnectionData(TypedDict):
    """Message to the browser: the notice of a lost connection and the label of its button, in the user's language."""

    lost: str
    reload: str


def connection() -> None:
    """Draw the component that watches the connection, with messages in the user's language."""
    texts = ConnectionData(lost=t("connection.lost"), reload=t("connection.reload"))
    with st.container(key="connection"):
        _component(key="connection_watch", data=texts, on_returned_change=lambda: None, height="content")
