"""Tells the browser what the page is: its language, and its theme to the parts that draw for themselves."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.i18n import language

_component = st.components.v2.component(
    "document", js=(Path(__file__).parent / "document.js").read_text("utf-8"), isolate_styles=False
)


def document() -> None:
    """Set <html lang>, which Streamlit leaves at "en"."""
    _component(key="document", data={"language": language()}, height=1)
