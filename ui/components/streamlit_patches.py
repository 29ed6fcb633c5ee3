"""Corrections of the HTML document that Streamlit creates: language, Streamlit's own texts, history entries.

Streamlit's own texts, such as the names of menus and help buttons, are always English. The section `streamlit` of the
catalogues has their translations; in English it has Streamlit's wording.
"""

from __future__ import annotations

import json

import streamlit as st

from ui.components.frontend import bundle
from ui.i18n import FALLBACK, catalogue, language, texts_under

_SCRIPT = bundle("streamlit_patches.js")


def patch_streamlit() -> None:
    """Set <html lang>, translate Streamlit's own texts, and correct the Back button.

    Call it first on a page: the script takes effect when it is inserted.
    """
    english = catalogue(FALLBACK)
    translations = [[english[f"streamlit.{name}"], text] for name, text in texts_under("streamlit").items()]
    arguments = ", ".join(json.dumps(argument).replace("<", "\\u003c") for argument in (language(), translations))
    with st.container(key="streamlit_patches"):
        st.html(f"<i></i><script>{_SCRIPT}streamlitPatches.default({arguments})</script>", unsafe_allow_javascript=True)
