"""Layout: links between pages, columns, a view's text, figures that fill a projector's screen, following numbers."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import LANGUAGE, language
from ui.look.terms import markdown_with_terms


def page_file(page: str) -> str:
    """Return the path of a page's file, for Streamlit's page links."""
    return f"pages/{page}.py"


def page_link(name: str, label: str, parameters: dict[str, str]) -> None:
    """Draw a link to page `name` with query parameters. The current language is added to the parameters."""
    parameters = {**parameters, LANGUAGE: language()}
    st.page_link(page_file(name), label=label, icon=":material/arrow_forward:", query_params=parameters)


def controls_and_figure() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return a narrow column for controls and a wide one for the figure. On a phone the figure comes first."""
    with st.container(key="controls_and_figure"):
        controls, figure = st.columns([1, 3.2], gap="medium")
    return controls, figure


def view_text(text: str) -> None:
    """Draw a text on what to try in a view. In projector mode, a step of the lecture says it instead."""
    with st.container(key="view_text"):
        markdown_with_terms(text)


def following(name: str) -> DeltaGenerator:
    """Return a container for numbers that Python computes after the user has moved something in a figure.

    From the first movement until the new numbers arrive, the container is pale (ui/frontend/src/shared/changing.js).
    """
    return st.container(key=f"following_{name}")


def bars_and_view(*, view_first: bool = False) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return a column for logit bars and a column for a view of them, side by side so that both are in view.

    On screens narrower than 1100 px, they are one below the other: the bars first, or the view with `view_first`.
    """
    with st.container(key="bars_and_view_reversed" if view_first else "bars_and_view"):
        bars, view = st.columns([1, 1.06], gap="medium")
    return bars, view


def full_height(name: str) -> DeltaGenerator:
    """Return a container for a figure that fills the remaining height of a projector's screen.

    The CSS variable --top of the container is its distance from the top of the page.
    """
    return st.container(key=f"full_height_{name}")
