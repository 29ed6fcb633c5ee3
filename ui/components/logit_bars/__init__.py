"""Logits one can drag, with the probabilities they make following the hand.

The browser computes softmax (with temperature) and sigmoid for the frames while a bar is dragged; on release Python is
told the logits, and everything else on the page follows from `core`. A test holds the two to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from ui.i18n import texts_under
from ui.theme import GLYPHS

HERE = Path(__file__).parent
LOW, HIGH = -12.0, 12.0
TEMPERATURES = (0.05, 20.0)

_component = st.components.v2.component(
    "logit_bars",
    html='<div class="bars" data-testid="logit-bars"></div>',
    css=(HERE / "logit_bars.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in ("../exponential.js", "activations.js", "logit_bars.js")),
)


def logit_bars(
    key: str,
    logits: Sequence[float],
    names: Sequence[str],
    *,
    temperature: float | None = None,
    outputs: Sequence[str] = ("softmax",),
    target: int | None = None,
    on_logits: Callable[[list[float]], None],
    on_temperature: Callable[[float], None] | None = None,
) -> None:
    """Draw the bars; `on_logits` and `on_temperature` are called with what the reader has set.

    `outputs` are "softmax", "sigmoid" or both. With `target`, the loss for that true class and ŷ − y stand beside.
    """
    data = {
        "logits": list(logits),
        "names": list(names),
        "glyphs": GLYPHS,
        "range": [LOW, HIGH],
        "temperature": temperature,
        "temperatures": TEMPERATURES,
        "outputs": list(outputs),
        "target": target,
        "texts": texts_under("bars"),
    }

    def take_logits() -> None:
        values = st.session_state[key].get("logits")
        if isinstance(values, list) and len(values) == len(logits) and all(_is_number(value) for value in values):
            on_logits([min(max(float(value), LOW), HIGH) for value in values])

    def take_temperature() -> None:
        value = st.session_state[key].get("temperature")
        if on_temperature is not None and _is_number(value):
            on_temperature(min(max(float(value), TEMPERATURES[0]), TEMPERATURES[1]))

    _component(
        key=key, data=data, on_logits_change=take_logits, on_temperature_change=take_temperature, height="content"
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
