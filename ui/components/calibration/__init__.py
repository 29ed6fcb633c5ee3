"""A model's confidence against how often it is right, with the temperature to put it right, following the hand.

The browser divides the judged samples' logits by T and measures them anew for each frame; a test holds its measures to
`core`'s. Python is told T on release, each time with a number one higher, and answers with the number it has heard: an
answer to an earlier release does not take back a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.activations import Floats
from ui.components.packing import JAVASCRIPT as PACKING
from ui.components.packing import pack
from ui.i18n import texts_under
from ui.theme import GLYPHS, presenting

HERE = Path(__file__).parent
LOW, HIGH = 0.05, 20.0
"""Between which temperatures one can choose."""

MOST_BINS = 10
PARTS = ("../elements.js", "../hand.js", "../canvas.js", "measures.js", "calibration.js")

_component = st.components.v2.component(
    "calibration",
    html='<div class="calibration" data-testid="calibration"></div>',
    css=(HERE / "calibration.css").read_text("utf-8"),
    js="\n".join([PACKING, *((HERE / name).read_text("utf-8") for name in PARTS)]),
)


@dataclass(frozen=True)
class Judgement:
    """A trained model as it is judged: logits (n, K) and labels (n,) of samples it has not learnt from.

    And what it has learnt: its logits on a square grid over the plane (G², K), row by row from the lower left, and its
    training samples (m, 2), 0 … 1 across that grid, with labels (m,).
    """

    logits: Floats
    labels: NDArray[np.intp]
    grid: Floats
    points: Floats
    point_labels: NDArray[np.intp]


def calibration(
    key: str,
    judged: Judgement,
    names: Sequence[str],
    *,
    temperature: float,
    fitted: float,
    on_temperature: Callable[[float], None],
) -> None:
    """Draw it at a temperature; `on_temperature` is called with the one the reader sets, or has fitted."""
    heard = f"{key}:heard"
    header = {
        "names": list(names),
        "glyphs": GLYPHS,
        "bins": MOST_BINS,
        "temperature": temperature,
        "heard": st.session_state.get(heard, 0),
        "fitted": fitted,
        "range": [LOW, HIGH],
        "texts": texts_under("calibration"),
        "enlarged": presenting(),
    }
    arrays: dict[str, NDArray[np.generic]] = {
        "logits": judged.logits.astype(np.float64),
        "labels": judged.labels.astype(np.int32),
        "grid": judged.grid.astype(np.float32),
        "points": judged.points.astype(np.float32),
        "pointLabels": judged.point_labels.astype(np.int32),
    }

    def take() -> None:
        message = st.session_state[key].get("told")
        match message:
            case {"temperature": int() | float() as value, "number": int() as number} if LOW <= value <= HIGH:
                st.session_state[heard] = number
                on_temperature(float(value))

    _component(key=key, data=pack(header, arrays), on_told_change=take, height="content")
