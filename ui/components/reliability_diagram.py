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
from ui.i18n import t, texts_under
from ui.look.theme import GLYPHS, presenting

LOW, HIGH = 0.05, 20.0
"""Lowest and highest temperature T."""

MAX_BINS = 10

_component = register("reliability_diagram", '<div class="calibration" data-testid="calibration"></div>')


@dataclass(frozen=True, eq=False)
class Outputs:
    """The logits (n, K) of a model for n samples, and their labels (n,)."""

    logits: Floats
    labels: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane of a model with two features.

    grid: (G², K), logits on a square grid over the plane, row by row from the lower left.
    points, labels: (m, 2) and (m,), the training samples, with coordinates 0 … 1 across the grid.
    """

    grid: Floats
    points: Floats
    labels: NDArray[np.intp]


NO_PLANE = Plane(np.empty((0, 0)), np.empty((0, 2)), np.empty(0, dtype=np.intp))


class ReliabilityMessage(TypedDict):
    """Data for the browser, apart from arrays; see ui/frontend/src/reliability_diagram/messages.js."""

    classes: int
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
    outputs: Outputs,
    *,
    temperature: float,
    fitted: float,
    n_fitting: int,
    on_temperature: Callable[[float], None],
    plane: Plane = NO_PLANE,
) -> None:
    """Draw the reliability diagram with its slider, and the plane if there is one.

    outputs: of the model, for test samples.
    temperature: the current temperature T.
    fitted: the optimal temperature, which a button sets.
    n_fitting: the number of samples for which `fitted` is optimal.
    on_temperature: called with each T that the user has set, in order to store T.
    """
    counts = {"judged": len(outputs.labels), "note": n_fitting}
    header: ReliabilityMessage = {
        "classes": outputs.logits.shape[1],
        "glyphs": GLYPHS,
        "bins": MAX_BINS,
        "temperature": temperature,
        "version": stored_version(key),
        "fitted": fitted,
        "range": (LOW, HIGH),
        "texts": texts_under("calibration")
        | {name: t(f"calibration.{name}", count=f"{count:,}") for name, count in counts.items()},
        "enlarged": presenting(),
    }
    arrays: Arrays = {
        "logits": outputs.logits.astype(np.float64),
        "labels": outputs.labels.astype(np.int32),
        "grid": plane.grid.astype(np.float32),
        "points": plane.points.astype(np.float32),
        "pointLabels": plane.labels.astype(np.int32),
    }

    def on_change() -> None:
        match received_change(key).get("temperature"):
            case int() | float() as value if LOW <= value <= HIGH:
                on_temperature(float(value))

    _component(key=key, data=pack(header, arrays), on_changed_change=on_change, height="content")
