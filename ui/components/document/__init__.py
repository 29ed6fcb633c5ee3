"""Tells the browser what Streamlit does not: the page's language, and that one page is one entry of its history.

Streamlit's own words (the name of a help button, of a menu) are English whatever the page's language. They stand in
the catalogues' section `streamlit`: in English as Streamlit has them, in other languages as they should read.
"""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from ui.i18n import FALLBACK, catalogue, language, texts_under

SCRIPT = (Path(__file__).parent / "document.js").read_text("utf-8").strip()


def document() -> None:
    """Set <html lang>, which Streamlit leaves at "en", translate what it says, and mend the Back button.

    To be drawn first on a page: it takes effect as it is put there.
    """
    words = [
        [catalogue(FALLBACK)[f"streamlit.{name}"], text]
        for name, text in texts_under("streamlit").items()
    ]  # fmt: skip
    arguments = ", ".join(json.dumps(argument).replace("<", "\\u003c") for argument in (language(), words))
    with st.container(key="document"):
        st.html(f"<i></i><script>({SCRIPT})({arguments})</script>", unsafe_allow_javascript=True)
