"""The frame of every page: navigation, heading, language, projector mode, sharing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.classroom import banner, lecturer, results_view
from ui.components.connection import connection
from ui.components.streamlit_patches import patch_streamlit
from ui.i18n import LANGUAGE, catalogue, init_language, language, languages, t
from ui.lecture import panel
from ui.look.layout import page_file
from ui.look.terms import with_terms
from ui.look.theme import PRESENT, embedded, stylesheet
from ui.shell import share
from ui.state import widgets
from ui.state.url_state import begin_page

PAGES = ("home", "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid", "digits", "glossary")
HIDDEN_PAGES = ("join", "class_results")
"""Pages that are not in the navigation."""

CLASS_SIDE = panel.ClassSide(
    lambda step, lecture: lecturer.show_bar(step.page, step, lecture), results_view.show_results_link_after_class
)

_ICON_FILE = Path(__file__).parents[1] / "look/icon.svg"
ICON = f"data:image/svg+xml;base64,{b64encode(_ICON_FILE.read_bytes()).decode()}"
"""The icon of the browser's tab. As a URL, it is read once and not in each run."""

_APP_RAN, _PAGES = "app_ran", "pages"


def navigation() -> StreamlitPage:
    """Set the language, draw the navigation and return the page to run."""
    init_language()
    st.session_state[_APP_RAN] = True
    return st.navigation(_pages(), position="top")


def _pages() -> list[StreamlitPage]:
    """Return the pages, with titles in the reader's language.

    A session keeps them, since creating them looks for each page's file.
    """
    kept: tuple[str, list[StreamlitPage]] = st.session_state.get(_PAGES, ("", []))
    if kept[0] == language():
        return kept[1]
    pages = [st.Page(page_file(name), title=t(f"{name}.nav"), default=name == PAGES[0]) for name in PAGES]
    pages += [st.Page(page_file(name), title=t(f"{name}.nav"), visibility="hidden") for name in HIDDEN_PAGES]
    st.session_state[_PAGES] = language(), pages
    return pages


@contextmanager
def page(name: str) -> Iterator[None]:
    """Draw the frame of page `name`; the page draws its content within the context.

    Opens the lecture step in the address if it is not open yet. Writes the open step into the address.
    """
    _ensure_app_ran(name)
    begin_page(name, panel.KEPT_KEYS)
    panel.open_from_url(name)
    st.set_page_config(page_title=t("app.tab", page=t(f"{name}.nav")))
    patch_streamlit()
    connection()
    with st.container(key="page_header", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            st.title(t(f"{name}.title"), anchor=False)
        if not embedded():
            _language_switch()
            widgets.toggle(PRESENT)
        st.html(f"<style>{stylesheet()}</style>")  # as soon as projector mode is known: figures are drawn with it
        if not embedded():
            if name not in HIDDEN_PAGES:
                lecturer.show_start_button()
            if st.button(t("app.share"), icon=":material/share:", width="content"):
                share.share_dialog(t(f"{name}.title"))
    if name not in HIDDEN_PAGES and not embedded():
        banner.show_banner()
    panel.show_panel(name, CLASS_SIDE)
    if not panel.is_open_on(name):
        if name not in HIDDEN_PAGES and not embedded():
            lecturer.show_bar(name)
        st.html(f'<p class="intro">{with_terms(t(f"{name}.try"))}</p>')
    yield


def _language_switch() -> None:
    """Draw a control that sets the language. The options are the names of the languages, each in its own language.

    The key of the widget is the same in all languages, so that the control keeps the focus.
    """
    widget_key = f"{LANGUAGE}:switch"
    st.session_state[widget_key] = language()

    def set_language() -> None:
        st.session_state[LANGUAGE] = st.session_state[widget_key]

    st.segmented_control(
        t("app.language"), languages(), key=widget_key, on_change=set_language, required=True, width="content",
        format_func=lambda code: catalogue(code)["app.language_name"], label_visibility="collapsed",
    )  # fmt: skip


def _ensure_app_ran(name: str) -> None:
    """Open the page inside the app if Streamlit ran only the page's file.

    As long as a server has not run app.py, Streamlit runs the files in pages/ by themselves, without navigation. This
    function draws the navigation, so that Streamlit knows the app's pages, and switches to page `name`.
    """
    if not st.session_state.pop(_APP_RAN, False):
        parameters = st.query_params.to_dict()
        navigation()
        st.switch_page(page_file(name), query_params=parameters)
