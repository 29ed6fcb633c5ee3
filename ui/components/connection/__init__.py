"""Says when the connection to the server is lost, and has the page drawn anew once it is back.

The server that answers then may have forgotten the session: it was started anew, another one has taken over, or the
reader was away for long. Streamlit alone asks for nothing until the reader does something, and a session that has not
drawn the page does not understand what. Drawn anew, the page stands as the link says.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.i18n import t

HERE = Path(__file__).parent
_component = st.components.v2.component(
    "connection",
    html='<div class="lost" role="alert" hidden><span></span><button type="button"></button></div>',
    css=(HERE / "connection.css").read_text("utf-8"),
    js=(HERE / "connection.js").read_text("utf-8"),
)


def connection() -> None:
    """Keep an eye on the connection, in the reader's language."""
    words = {"lost": t("connection.lost"), "reload": t("connection.reload")}
    with st.container(key="connection"):
        _component(key="connection_watch", data=words, on_returned_change=lambda: None, height="content")
