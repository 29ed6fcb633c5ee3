"""Links that Python follows itself. Streamlit's page links cannot lead to another view of the same page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from ui.i18n import LANGUAGE, language
from ui.look.layout import page_file
from ui.state import url_state


def address_of(page: str, parameters: Mapping[str, str]) -> str:
    """Return the address of a page with these query parameters and the current language."""
    return f"{page}?{urlencode({**parameters, LANGUAGE: language()})}"


def open_link(page: str, parameters: Mapping[str, str]) -> None:
    """Open a page as in a new session with these query parameters."""
    url_state.expect_link()
    st.switch_page(page_file(page), query_params={**parameters, LANGUAGE: language()})
