"""Registration of components with their bundles from `ui/frontend/dist`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

DIST = Path(__file__).parents[1] / "frontend" / "dist"


def bundle(name: str) -> str:
    """Return the text of a bundle, for example of "curves.js"."""
    return (DIST / name).read_text("utf-8")


def register(name: str, html: str = "", *, style: str | None = "", isolate_styles: bool = True) -> ComponentRenderer:
    """Register the component with the script `<name>.js`, and return the function that draws the component.

    The style sheet is `<style>.css`, by default `<name>.css`. With `style=None`, the component has no style sheet.
    """
    css = None if style is None else bundle(f"{style or name}.css")
    return st.components.v2.component(name, html=html, css=css, js=bundle(f"{name}.js"), isolate_styles=isolate_styles)
