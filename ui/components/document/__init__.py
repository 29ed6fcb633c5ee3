"""Tells the browser what Streamlit does not: the page's language, and that one page is one entry of its history."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.i18n import language

_component = st.components.v2.component(
    "document", js=(Path(__file__).parent / "document.js").read_text("utf-8"), isolate_styles=False
)


def document() -> None:
    """Set <html lang>, which Streamlit leaves at "en", and mend the Back button."""
    _component(key="document", data={"language": language()}, height=1)
