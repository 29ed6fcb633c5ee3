"""Keyboard shortcuts for the lecture, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping

from ui.components.frontend import register

_component = register("keyboard_shortcuts", '<div class="tools"></div><dialog></dialog>')


def keyboard_shortcuts(step: str, texts: Mapping[str, str]) -> None:
    """Listen to the shortcuts. If a step is open, draw a button for the list and one that folds the step."""
    _component(key="lecture_keys", data={"step": step, "texts": dict(texts)}, width="content", height="content")
