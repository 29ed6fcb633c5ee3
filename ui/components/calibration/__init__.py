"""A reliability diagram of a model with a slider for the temperature T.

While T is dragged, the browser divides the test samples' logits by T and computes the metrics of each frame; a test
compares them with those of `core`. On release, Python gets T with a version number, which increases by one each time.
Python sends the latest version number back, so that the browser ignores data for earlier releases.
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
from ui.components.packing import Arrays, pack
from ui.i18n import texts_under
from ui.look.theme import GLYPHS, presenting

HERE = Path(__file__).parent
LOW, HIGH = 0.05, 20.0
"""Range of the temperature."""

MAX_BINS = 10
PARTS = ("../elements.js", "../hand.js", "../canvas.js", "measures.js", "calibration.js")

_component = st.components.v2.component(
    "calibration",
    html='<div class="calibration" data-testid="calibration"></div>',
    css=(HERE / "calibration.css").read_text("utf-8"),
    js="\n".join([PACKING, *((HERE / name).read_text("utf-8") for name in PARTS)]),
)


@dataclass(frozen=True)
class CalibrationData:
    """Outputs and samples of a trained model.

    logits, labels: (n, K) and (n,), of test samples.
    grid: (G², K), logits on a square grid over the plane, row by row from the lower left.
    points, point_labels: (m, 2) and (m,), the training samples, with coordinates 0 … 1 across the grid.
    """

    logits: Floats
    labels: NDArray[np.intp]
    grid: Floats
    points: Floats
    point_labels: NDArray[np.intp]


def calibration(
    key: str,
    data: CalibrationData,
    names: Sequence[str],
    *,
    temperature: float,
    fitted: float,
    on_temperature: Callable[[float], None],
) -> None:
    """Draw the diagram. `fitted` is the optimal temperature; `on_temperature` is called when the user sets another."""
    version_key = f"{key}:heard"
    header = {
        "names": list(names),
        "glyphs": GLYPHS,
        "bins": MAX_BINS,
        "temperature": temperature,
        "heard": st.session_state.get(version_key, 0),
        "fitted": fitted,
        "range": [LOW, HIGH],
        "texts": texts_under("calibration"),
        "enlarged": presenting(),
    }
    arrays: Arrays = {
        "logits": data.logits.astype(np.float64),
        "labels": data.labels.astype(np.int32),
        "grid": data.grid.astype(np.float32),
        "points": data.points.astype(np.float32),
        "pointLabels": data.point_labels.astype(np.int32),
    }

    def on_change() -> None:
        match st.session_state[key].get("told"):
            case {"temperature": int() | float() as value, "number": int() as version} if LOW <= value <= HIGH:
                st.session_state[version_key] = version
                on_temperature(float(value))

    _component(key=key, data=pack(header, arrays), on_told_change=on_change, height="content")
