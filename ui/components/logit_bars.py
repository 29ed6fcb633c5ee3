"""Bars for logits, which can be dragged, and for their probabilities.

While a bar is dragged, the browser computes softmax (with temperature) and sigmoid; a test compares them with `core`.
On release, Python gets the logits and reruns the page. Views of the same logits (`ui.components.softmax_views`) are
updated in the same frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict, TypeGuard

from ui.components.frontend import register
from ui.components.version import received_change, stored_version
from ui.i18n import t, texts_under
from ui.look.theme import GLYPHS
from ui.state.url_state import openings

MIN_LOGIT, MAX_LOGIT = -12.0, 12.0
TEMPERATURE_RANGE = (0.05, 20.0)
SHIFT_RANGE = (MIN_LOGIT - MAX_LOGIT, MAX_LOGIT - MIN_LOGIT)


class BarsData(TypedDict):
    """The message to the browser; ui/frontend/src/logit_bars/messages.js describes it."""

    bars: str
    logits: list[float]
    names: list[str]
    glyphs: Sequence[str]
    range: tuple[float, float]
    temperature: float | None
    temperatures: tuple[float, float]
    shift: float | None
    outputs: list[str]
    target: int | None
    version: int
    openings: int
    texts: Mapping[str, str]
    messages: Mapping[str, str]


_component = register("logit_bars", '<div class="bars" data-testid="logit-bars"></div>')


def logit_bars(  # noqa: PLR0913 - one argument per part and callback, most by keyword
    key: str,
    logits: Sequence[float],
    names: Sequence[str],
    *,
    temperature: float | None = None,
    shift: float | None = None,
    outputs: Sequence[str] = ("softmax",),
    target: int | None = None,
    on_logits: Callable[[list[float]], None],
    on_temperature: Callable[[float], None] | None = None,
    on_shift: Callable[[float], None] | None = None,
) -> None:
    """Draw a bar per logit that can be dragged, and bars of the probabilities.

    logits, names: one per class.
    temperature: the temperature T of softmax; None: T = 1, without a control.
    shift: the constant that the user has added to all logits; None: there is no control.
    outputs: "softmax", "sigmoid" or both.
    target: the index of the true class; with it, the loss and ŷ − y are shown.
    on_logits, on_temperature, on_shift: called on release with the new values, clipped to their ranges, in order to
    store the values.
    """
    data: BarsData = {
        "bars": key,
        "logits": list(logits),
        "names": list(names),
        "glyphs": GLYPHS,
        "range": (MIN_LOGIT, MAX_LOGIT),
        "temperature": temperature,
        "temperatures": TEMPERATURE_RANGE,
        "shift": shift,
        "outputs": list(outputs),
        "target": target,
        "version": stored_version(key),
        "openings": openings(),
        "texts": texts_under("bars") | texts_under("punctuation"),
        "messages": {name: t(f"number.{name}") for name in ("refused", "empty")},
    }

    def on_change() -> None:
        values = received_change(key)
        z, T, c = values.get("logits"), values.get("temperature"), values.get("shift")
        if isinstance(z, list) and len(z) == len(logits) and all(_is_number(value) for value in z):
            on_logits([min(max(float(value), MIN_LOGIT), MAX_LOGIT) for value in z])
        if on_temperature is not None and _is_number(T):
            on_temperature(min(max(float(T), TEMPERATURE_RANGE[0]), TEMPERATURE_RANGE[1]))
        if on_shift is not None and _is_number(c):
            on_shift(min(max(float(c), SHIFT_RANGE[0]), SHIFT_RANGE[1]))

    _component(key=key, data=data, on_changed_change=on_change, height="content")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
