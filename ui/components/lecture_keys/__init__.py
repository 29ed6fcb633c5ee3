"""Keyboard shortcuts for the lecture, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
_component = st.components.v2.component(
    "lecture_keys",
    html='<div class="tools"></div><dialog></dialog>',
    css=(HERE / "lecture_keys.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in ("../elements.js", "lecture_keys.js")),
)


def lecture_keys(step: str, texts: Mapping[str, str]) -> None:
    """Listen to the shortcuts. If a step is open, draw a button for the list and one that folds the step."""
    _component(key="lecture_keys", data={"step": step, "texts": dict(texts)}, width="content", height="content")
