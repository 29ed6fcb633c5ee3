"""Links from the comparison page that may lead to the same page.

`begin_page` cannot tell an `st.page_link` to the page on screen from another rerun, so the values would not be reset.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.i18n import LANGUAGE, language
from ui.look.layout import page_file
from ui.state import url_state

THIS_PAGE = "softmax_vs_sigmoid"


def open_link(page: str, parameters: Mapping[str, str]) -> None:
    """Open a page as in a new session with these query parameters."""
    url_state.expect_link()
    st.switch_page(page_file(page), query_params={**parameters, LANGUAGE: language()})
