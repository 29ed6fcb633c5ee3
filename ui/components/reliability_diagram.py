"""A reliability diagram of a model with a slider for the temperature T.

While T is dragged, the browser divides the test samples' logits by T and computes the metrics of each frame; a test
compares them with those of `core`. On release, Python gets T with a version number, which increases by one each time.
Python sends the latest version number back, so that the browser ignores data for earlier releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats
from ui.components.frontend import register
from ui.components.packing import Arrays, pack
from ui.components.version import received_change, stored_version
from ui.i18n import texts_under
from ui.look.theme import GLYPHS, presenting

LOW, HIGH = 0.05, 20.0
"""Lowest and highest temperature T."""

MAX_BINS = 10

_component = register("reliability_diagram", '<div class="calibration" data-testid="calibration"></div>')


@dataclass(frozen=True, eq=False)
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


class ReliabilityMessage(TypedDict):
    """Data for the browser, apart from arrays; see ui/frontend/src/reliability_diagram/messages.js."""

    names: list[str]
    glyphs: Sequence[str]
    bins: int
    temperature: float
    version: int
    fitted: float
    range: tuple[float, float]
    texts: Mapping[str, str]
    enlarged: bool


def reliability_diagram(
    key: str,
    data: CalibrationData,
    names: Sequence[str],
    *,
    temperature: float,
    fitted: float,
    on_temperature: Callable[[float], None],
) -> None:
    """Draw the reliability diagram with its slider.

    names: the names of the K classes.
    temperature: the current temperature T.
    fitted: the optimal temperature, which a button sets.
    on_temperature: called with each T that the user has set, in order to store T.
    """
    header: ReliabilityMessage = {
        "names": list(names),
        "glyphs": GLYPHS,
        "bins": MAX_BINS,
        "temperature": temperature,
        "version": stored_version(key),
        "fitted": fitted,
        "range": (LOW, HIGH),
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
        match received_change(key).get("temperature"):
            case int() | float() as value if LOW <= value <= HIGH:
                on_temperature(float(value))

    _component(key=key, data=pack(header, arrays), on_changed_change=on_change, height="content")
