"""The dialog that shares the current view: address, QR code, and HTML frame for slides."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import segno
import streamlit as st

from ui.components.copy_button import copy_button
from ui.i18n import LANGUAGE, language, t
from ui.lecture.quiz import CLASS
from ui.look import html
from ui.look.theme import PRESENT, presenting

MIN_DENSE_VERSION = 25
"""Lowest version of a QR code whose modules are too small to be scanned from the back of a lecture hall."""


def current_address(**extra: str) -> str:
    """Return the address of the current view with its language and extra query parameters.

    Projector mode and the class from which a student has opened the page are left out.
    """
    parameters = {**st.query_params.to_dict(), LANGUAGE: language(), **extra}
    for key in (PRESENT, CLASS):
        parameters.pop(key, None)
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(parameters, safe=',:')}"


def iframe(title: str) -> str:
    """Return the HTML of an <iframe> that shows the current view without heading and navigation.

    Width and height are three quarters of those of a slide of 1280 × 720 pixels.
    """
    address = escape(current_address(embed="true"))
    return f'<iframe src="{address}" title="{escape(title)}" width="960" height="540" style="border:0"></iframe>'


def share_dialog(title: str) -> None:
    """Open the dialog that shares the current view. `title` is the title of the page."""
    st.dialog(t("share.title"), width="large" if presenting() else "small")(_dialog_content)(title)


def _dialog_content(title: str) -> None:
    top = st.container() if presenting() else None  # the QR code comes first for an audience
    st.markdown(t("share.link"))
    st.code(current_address(), language=None, wrap_lines=True)
    copy_button("copy_link", t("share.copy_link"), current_address())
    with top or st.container():
        _qr_code()
    st.markdown(t("share.frame"))
    st.code(iframe(title), language="html", wrap_lines=True)
    copy_button("copy_frame", t("share.copy_frame"), iframe(title))


def _qr_code() -> None:
    """Draw the address as the smallest QR code, with the best error correction that fits this size.

    If the address is too long for a QR code, draw a message instead.
    """
    try:
        code = segno.make(current_address(), micro=False, error="l", boost_error=True)
    except segno.DataOverflowError:
        st.info(t("share.too_long"), icon=":material/qr_code:")
        return
    html.qr_code(code, t("share.qr"))
    if int(code.version) >= MIN_DENSE_VERSION:
        st.caption(t("share.fine"))
