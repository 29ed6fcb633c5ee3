"""Keyboard shortcuts for the lecture, and a dialog that lists the shortcuts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from ui.components.frontend import register

_component = register("keyboard_shortcuts", '<div class="buttons"></div><dialog></dialog>')


class ShortcutsData(TypedDict):
    """Message to the browser: the open step, or "", and texts in the user's language."""

    step: str
    texts: dict[str, str]


def keyboard_shortcuts(step: str, texts: Mapping[str, str]) -> None:
    """Listen to the keyboard shortcuts.

    If a step is open, draw a button that lists the shortcuts and a button that hides the text of the step. `step` is
    the name of the open step, or "". `texts` are the texts of list and buttons, by name.
    """
    data = ShortcutsData(step=step, texts=dict(texts))
    _component(key="lecture_keys", data=data, width="content", height="content")
