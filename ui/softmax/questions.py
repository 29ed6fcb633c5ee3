"""The questions of the softmax page. Their functions `begin` and `show` set the bars, the view, or both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from ui.components.logit_bars import MAX_LOGIT, SHIFT_RANGE
from ui.lecture.quiz import Question
from ui.softmax import scenarios
from ui.softmax.state import NUMBERS, VIEW
from ui.state import url_state

IMAGE = scenarios.SCENARIOS["image"].logits


def set_bars(*logits: float, temperature: float = 1.0, shift: float = 0.0, view: str = "") -> None:
    """Set session values: the first scenario with these logits, temperature and shift, and `view` unless it is "".

    `shift` is added to each logit and stored as the common shift. One class per logit is shown.
    """
    url_state.set_state(
        {
            "scenario": "image",
            "classes_image": len(logits),
            "z_image": [z + shift for z in logits],
            "shift_image": [shift],
            "temperature": [temperature],
            "moved": [1.0],
        }
    )
    if view:
        url_state.set_state({VIEW: view})


def _bars(*logits: float, **settings: Any) -> Callable[[], None]:
    """Return a function that calls `set_bars` with these arguments."""
    return partial(set_bars, *logits, **settings)


def _show_shift() -> None:
    """Add 5 to all logits in the session.

    If a logit or the shift would exceed its range, set the first scenario instead, with 5 added to its logits.
    """
    scenario: str = st.session_state["scenario"]
    z_key, shift_key = f"z_{scenario}", f"shift_{scenario}"
    shifted, shift = [value + 5.0 for value in st.session_state[z_key]], st.session_state[shift_key][0] + 5.0
    if max(shifted) > MAX_LOGIT or shift > SHIFT_RANGE[1]:
        set_bars(*IMAGE, shift=5.0)
    else:
        url_state.set_state({z_key: shifted, shift_key: [shift]})


def _show_overflow() -> None:
    url_state.set_state({NUMBERS: "1000, 999, 998", VIEW: "precision"})


QUESTIONS = {
    "shift": Question(("grows", "stays", "falls"), "stays", begin=_bars(*IMAGE), show=_show_shift),
    "hot": Question(
        ("one_hot", "uniform", "unchanged"), "uniform", begin=_bars(*IMAGE), show=_bars(*IMAGE, temperature=20.0),
    ),
    "order": Question(
        ("can", "cannot"), "cannot",
        begin=_bars(2.0, 1.5, -1.0), show=_bars(2.0, 1.5, -1.0, temperature=5.0, view="geometry"),
    ),
    "negative": Question(
        ("negative", "small", "usual"), "usual", begin=_bars(5.0, 3.0, 0.0), show=_bars(-3.0, -5.0, -8.0),
    ),
    "double": Question(
        ("same", "sharper", "flatter"), "sharper",
        begin=_bars(*IMAGE), show=_bars(*(2 * z for z in IMAGE), view="sharpness"),
    ),
    "others": Question(
        ("grows", "falls", "same"), "same", begin=_bars(1.0, 2.0, 0.0), show=_bars(4.0, 2.0, 0.0, view="steps"),
    ),
    "saturated": Question(
        ("much", "hardly", "falls"), "hardly",
        begin=_bars(6.0, 0.0, 0.0, view="jacobian"), show=_bars(9.0, 0.0, 0.0, view="jacobian"),
    ),
    "ten": Question(
        ("nearly", "two_thirds", "third"), "two_thirds", begin=_bars(3.0, 0.0, 0.0), show=_bars(3.0, *[0.0] * 9),
    ),
    "overflow": Question(("third", "lost", "sharp"), "lost", begin=_bars(*IMAGE), show=_show_overflow),
}  # fmt: skip
