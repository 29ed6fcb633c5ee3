"""The frame every page stands in: navigation, heading, language, projector mode, sharing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from ui import controls, lecture, link, share
from ui.components.document import document
from ui.i18n import LANGUAGE, catalogue, language, languages, settle_language, t
from ui.link import path_of
from ui.theme import PRESENT, embedded, stylesheet

PAGES = ("home", "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid")
ICON = Path(__file__).parent / "icon.svg"

_SHELL_RAN = "shell_ran"


def navigation() -> StreamlitPage:
    """Settle the language and put up the navigation; gives the page to run."""
    settle_language()
    st.session_state[_SHELL_RAN] = True
    return st.navigation(
        [st.Page(path_of(name), title=t(f"{name}.nav"), default=name == PAGES[0]) for name in PAGES], position="top"
    )


@contextmanager
def page(name: str) -> Iterator[None]:
    """The frame of one page: heading and tools above, what the page draws within."""
    _insist_on_shell(name)
    link.open_page(name)
    lecture.settle(name)
    st.set_page_config(page_title=t("app.tab", page=t(f"{name}.nav")))
    document()
    with st.container(key="frame", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            st.title(t(f"{name}.title"), anchor=False)
        if not embedded():
            _language_switch()
            controls.switch(PRESENT)
            if st.button(t("app.share"), icon=":material/share:", width="content"):
                share.dialog(t(f"{name}.title"))
    st.html(f"<style>{stylesheet()}</style>")
    lecture.bar(name)
    if not lecture.asking(name):
        st.html(f'<p class="try">{t(f"{name}.try")}</p>')
    yield


def page_link(name: str, label: str, parameters: dict[str, str]) -> None:
    """A link to a page that sets something there."""
    st.page_link(
        path_of(name), label=label, icon=":material/arrow_forward:", query_params={**parameters, LANGUAGE: language()}
    )


def workbench() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two columns: controls, and beside them, much wider, what they work on; that comes first on a phone."""
    with st.container(key="workbench"):
        beside, bench = st.columns([1, 3.2], gap="medium")
    return beside, bench


def fitted(name: str) -> DeltaGenerator:
    """A place for a figure that on a projector takes what height of the screen is left below its beginning.

    Its CSS there reads how far down the page that is from --top.
    """
    return st.container(key=f"fitted_{name}")


def _language_switch() -> None:
    """The languages by their own names. One widget for all of them, so that it keeps the keyboard's focus."""
    widget = f"{LANGUAGE}:switch"
    st.session_state[widget] = language()

    def take() -> None:
        st.session_state[LANGUAGE] = st.session_state.get(widget, language())

    st.segmented_control(
        t("app.language"), languages(), key=widget, on_change=take, required=True, width="content",
        format_func=lambda code: catalogue(code)["app.language_name"], label_visibility="collapsed",
    )  # fmt: skip


def _insist_on_shell(name: str) -> None:
    """Run the whole app if only this file was run.

    A server that has not yet run app.py takes files in pages/ for apps of their own, and gives a reader who opens
    a link just the page. Putting up the navigation ends that; the page is then opened anew, inside the app.
    """
    if not st.session_state.pop(_SHELL_RAN, False):
        parameters = st.query_params.to_dict()
        navigation()
        st.switch_page(path_of(name), query_params=parameters)
