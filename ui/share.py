"""Handing on what one sees: a link, a QR code for the back row, a frame for HTML slides."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import segno
import streamlit as st

from ui.i18n import LANGUAGE, language, t


def link(**extra: str) -> str:
    """The address of what is on screen, language included."""
    parameters = {**st.query_params.to_dict(), LANGUAGE: language(), **extra}
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(parameters)}"


def dialog() -> None:
    """Open the dialog."""
    st.dialog(t("share.title"))(_body)()


def _body() -> None:
    st.markdown(t("share.link"))
    st.code(link(), language=None, wrap_lines=True)
    code = segno.make(link(), error="l").svg_inline(scale=6, dark="#000", light="#fff")
    st.html(f'<div role="img" aria-label="{escape(t("share.qr"))}" style="text-align:center">{code}</div>')
    st.markdown(t("share.frame"))
    frame = f'<iframe src="{escape(link(embed="true"))}" width="1280" height="720" style="border:0"></iframe>'
    st.code(frame, language="html", wrap_lines=True)
