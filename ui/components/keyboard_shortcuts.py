"""Keyboard shortcuts for the lecture, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from ui.components.frontend import register

_component = register("keyboard_shortcuts", '<div class="tools"></div><dialog></dialog>')


class ShortcutsData(TypedDict):
    """Message to the browser: the open step, or "", and texts in the user's language."""

    step: str
    texts: dict[str, str]


def keyboard_shortcuts(step: str, texts: Mapping[str, str]) -> None:
    """Listen to the shortcuts. If a step is open, draw a button for the list and one that hides the step's text."""
    data = ShortcutsData(step=step, texts=dict(texts))
    _component(key="lecture_keys", data=data, width="content", height="content")
