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
    code = segno.make(link(), error="l").svg_data_uri(scale=6, dark="#000", light="#fff")
    st.html(
        f'<img src="{code}" alt="{escape(t("share.qr"))}" style="display:block; margin:auto; width:min(100%, 26rem)">'
    )
    st.markdown(t("share.frame"))
    frame = f'<iframe src="{escape(link(embed="true"))}" width="1280" height="720" style="border:0"></iframe>'
    st.code(frame, language="html", wrap_lines=True)
