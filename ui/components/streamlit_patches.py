"""Corrections of the HTML document that Streamlit creates: language, Streamlit's own texts, history entries.

Streamlit's own texts, such as the names of menus and help buttons, are always English. The section `streamlit` of the
catalogues has their translations; in English it has Streamlit's wording.
"""

from __future__ import annotations

from typing import TypedDict

import streamlit as st

from ui.components.frontend import register
from ui.i18n import FALLBACK, catalogue, language, texts_under

_component = register("streamlit_patches", "<span></span>", style=None)


class PatchesData(TypedDict):
    """Message to the browser: the language, and Streamlit's own texts, each with its translation."""

    language: str
    translations: list[list[str]]


def patch_streamlit() -> None:
    """Set <html lang>, translate Streamlit's own texts, and correct the Back button.

    Call it first on a page: it takes effect when it is drawn.
    """
    english = catalogue(FALLBACK)
    translations = [[english[f"streamlit.{name}"], text] for name, text in texts_under("streamlit").items()]
    with st.container(key="patches"):
        _component(key="streamlit_patches", data=PatchesData(language=language(), translations=translations))
