"""A square to draw a digit in, the image that the model sees, and what the model says.

While the user draws, the browser computes image, logits, probabilities and contributions in the same frame; tests
compare them with `core`. At the end of a stroke, Python gets the drawing, in order to store it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TypedDict, TypeGuard

from core import Parameters
from core.digit_image import Preprocessing
from ui.components.frontend import register
from ui.components.packing import Arrays, pack
from ui.components.version import received_change, stored_version
from ui.i18n import texts_under
from ui.look.theme import presenting

_component = register("digit_drawing", '<div class="digit" data-testid="digit"></div>')


class DigitMessage(TypedDict):
    """Data for the browser, apart from the arrays; see ui/frontend/src/digit_drawing/messages.js."""

    strokes: str
    switched: list[int]
    steps: Mapping[str, bool]
    rates: Mapping[str, int]
    texts: Mapping[str, str]
    enlarged: bool
    version: int


def digit_drawing(
    key: str,
    strokes: str,
    switched: Sequence[int],
    steps: Preprocessing,
    parameters: Parameters,
    *,
    rates: Mapping[str, int],
    on_change: Callable[[str, Sequence[int], Mapping[str, bool]], None],
) -> None:
    """Draw the square, the image, the model's output and the reasons for it.

    strokes: the strokes as text.
    switched: the indices of the pixels that the user has switched.
    steps: the preprocessing steps.
    parameters: W (64, 10) and b (10,) of the model.
    rates: how many of 100 test drawings are read, for each choice of steps, such as "110"; empty if unknown.
    on_change: called with strokes, switched pixels and steps, in order to store them.
    """
    header: DigitMessage = {
        "strokes": strokes,
        "switched": list(switched),
        "steps": asdict(steps),
        "rates": rates,
        "texts": texts_under("digit") | texts_under("punctuation"),
        "enlarged": presenting(),
        "version": stored_version(key),
    }

    def on_changed() -> None:
        values = received_change(key)
        new_strokes, new_switched, new_steps = (values.get(name) for name in ("strokes", "switched", "steps"))
        if isinstance(new_strokes, str) and _are_indices(new_switched) and _are_flags(new_steps):
            on_change(new_strokes, new_switched, new_steps)

    arrays: Arrays = {"weights": parameters.weights, "bias": parameters.bias}
    _component(key=key, data=pack(header, arrays), on_changed_change=on_changed, height="content")


def _are_indices(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in value)


def _are_flags(value: object) -> TypeGuard[dict[str, bool]]:
    return isinstance(value, dict) and all(isinstance(one, bool) for one in value.values())
