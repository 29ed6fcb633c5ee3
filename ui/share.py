"""Handing on what one sees: a link, a QR code for the back row, a frame for HTML slides."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import segno
import streamlit as st

from ui.i18n import LANGUAGE, language, t
from ui.theme import PRESENT, presenting

FINE_GRAINED = 25
"""The version of a QR code from which on its modules are too small to be read across a room."""


def link(**extra: str) -> str:
    """The address of what is on screen, language included; projector mode is the room's own, and not handed on."""
    parameters = {**st.query_params.to_dict(), LANGUAGE: language(), **extra}
    parameters.pop(PRESENT, None)
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(parameters, safe=',:')}"


def frame(title: str) -> str:
    """The same as a frame for HTML slides: three quarters of a slide of 1280 × 720."""
    address = escape(link(embed="true"))
    return f'<iframe src="{address}" title="{escape(title)}" width="960" height="540" style="border:0"></iframe>'


def dialog(title: str) -> None:
    """Open the dialog about the page of this title."""
    st.dialog(t("share.title"), width="large" if presenting() else "small")(_body)(title)


def _body(title: str) -> None:
    code_first = st.container() if presenting() else None
    st.markdown(t("share.link"))
    st.code(link(), language=None, wrap_lines=True)
    with code_first or st.container():
        _code()
    st.markdown(t("share.frame"))
    st.code(frame(title), language="html", wrap_lines=True)


def _code() -> None:
    """The link as a QR code, its error correction as high as its size allows; or why there is none."""
    try:
        code = segno.make(link(), micro=False, error="l", boost_error=True)
    except segno.DataOverflowError:
        st.info(t("share.too_long"), icon=":material/qr_code:")
        return
    picture = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    st.html(f'<img class="qr" src="{picture}" alt="{escape(t("share.qr"))}">')
    if int(code.version) >= FINE_GRAINED:
        st.caption(t("share.fine"))
