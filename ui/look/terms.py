"""Terms of the glossary in texts. A marked term is underlined; its explanation opens on hover, focus and tap.

Texts mark a term as [[name]], or as [[name|shown text]]. Names and explanations are in `locales/<code>/glossary.toml`.
"""

from __future__ import annotations

import re
from html import escape, unescape

import streamlit as st

from ui.i18n import t

_MARK = re.compile(r"\[\[([a-z0-9_]+)(?:\|([^\]|]+))?\]\]")


def markdown_with_terms(text: str, help_text: str | None = None) -> None:
    """Draw Markdown with marked terms, and a help button that shows `help_text`.

    Both must be texts of the app's own, since HTML in them is not escaped.
    """
    st.markdown(with_terms(text), unsafe_allow_html=True, help=None if help_text is None else without_marks(help_text))


def with_terms(text: str) -> str:
    """Return text in which the marked terms are HTML elements with their explanations.

    Raises KeyError if the glossary has no term of this name.
    """
    return _MARK.sub(_explained, text)


def without_marks(text: str) -> str:
    """Return text with the shown texts of the marked terms in place of their marks."""
    return _MARK.sub(lambda mark: mark[2] or t(f"term.{mark[1]}"), text)


def without_markdown(text: str) -> str:
    """Return one of the app's own texts without its marks of terms, emphasis and mathematics."""
    return without_marks(text).replace("**", "").replace("$", "")


def _explained(mark: re.Match[str]) -> str:
    name, shown = mark.groups()
    shown = unescape(shown) if shown else t(f"term.{name}")  # the text around the mark may be escaped already
    definition = f'<span class="definition">{escape(t(f"definition.{name}"))}</span>'
    return f'<span class="term" tabindex="0">{escape(shown)}{definition}</span>'
