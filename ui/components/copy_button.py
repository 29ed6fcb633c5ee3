"""A button that copies a text to the clipboard."""

from __future__ import annotations

from typing import TypedDict

from ui.components.frontend import register
from ui.i18n import t

_component = register("copy_button", '<div class="copy-button"></div>', isolate_styles=False)
"""Not in a shadow root: in Streamlit's dialogs, the Tab key does not reach a button inside one."""


class CopyData(TypedDict):
    """Message to the browser: the text to copy, the button's label, and the messages after success and failure."""

    text: str
    label: str
    done: str
    failed: str


def copy_button(key: str, label: str, text: str) -> None:
    """Draw a button that copies `text`."""
    data = CopyData(text=text, label=label, done=t("share.copied"), failed=t("share.not_copied"))
    _component(key=key, data=data, height="content")
