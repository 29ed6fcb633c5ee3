"""Curves with a point that one can drag along them, followed in the same frame.

Python sends the curves at so many places that the hand can be at any of them: each number shown while one drags is
`core`'s own, and the browser computes none. Where the curves are about the prediction that some bars make, the bars
follow the point, and the point the bars, in the same frame. On release Python is told, and everything else follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st

from core.activations import Floats
from ui.components.packing import JAVASCRIPT as PACKING
from ui.components.packing import pack
from ui.theme import presenting

HERE = Path(__file__).parent
PARTS = (
    "../exponential.js", "../decimal.js", "../elements.js", "../hand.js", "../logit_bars/activations.js", "../axes.js",
    "../canvas.js", "curves.js",
)  # fmt: skip
Dash = Literal["solid", "dash", "dot", "dashdot"]
Format = Literal["decimal", "probability", "integer", "exponential", "float"]
"""How a number is written beside the curves; "float" is exponential, with 0 as float64 prints it, 0.0."""

_component = st.components.v2.component(
    "curves",
    html='<div class="curves" data-testid="curves"></div>',
    css=(HERE / "curves.css").read_text("utf-8"),
    js="\n".join([PACKING, *((HERE / name).read_text("utf-8") for name in PARTS)]),
)


@dataclass(frozen=True)
class Axis:
    """An axis: its name, its range, whether logarithmic, and how numbers along it are written."""

    name: str
    range: tuple[float, float]
    log: bool = False
    format: Format = "decimal"


@dataclass(frozen=True)
class Curve:
    """Values `y` at every place (m,), in a CSS colour; with `slope` (m,) it has a tangent."""

    name: str
    y: Floats
    colour: str
    dash: Dash = "solid"
    slope: Floats | None = None
    slope_name: str = ""


@dataclass(frozen=True)
class Panel:
    """Curves over one pair of axes, and places worth a mark, as (x, y, text)."""

    axis: Axis
    curves: Sequence[Curve]
    alt: str
    marks: Sequence[tuple[float, float, str]] = field(default=())


@dataclass(frozen=True)
class Bars:
    """The logit bars whose class `k` the point moves: their key and logits, and that class's logit at each place (m,).

    `measure` is what the places are of the bars' logits: the probability of class k, or its margin.
    """

    key: str
    logits: Floats
    k: int
    at: Floats
    measure: Literal["probability", "margin"]


def places(low: float, high: float, step: float, here: float) -> Floats:
    """The even places from low to high, and where one stands, which stands in for one it all but coincides with."""
    even = np.linspace(low, high, round((high - low) / step) + 1)
    return np.sort(np.append(even[np.abs(even - here) > step / 100], here))


def curves(
    key: str,
    axis: Axis,
    x: Floats,
    here: float,
    panels: Sequence[Panel],
    *,
    shape: str,
    colour: str,
    bars: Bars | None = None,
    on_move: Callable[[float], None] | None = None,
    reach: tuple[float, float] = (-np.inf, np.inf),
) -> None:
    """Draw panels over the places `x` (m,), which increase; one stands at `here`, which is one of them.

    Dragging the point, to a place in `reach`, moves `bars`, which tell Python; without any, `on_move` is called with
    the place. The point has a shape and a colour.
    """
    said_key = f"{key}:said"
    within = np.flatnonzero((x >= reach[0]) & (x <= reach[1]))
    at = int(np.abs(x - here).argmin())
    header = {
        "axis": vars(axis),
        "panels": [
            {
                "axis": vars(panel.axis),
                "alt": panel.alt,
                "marks": panel.marks,
                "curves": [
                    {"name": c.name, "colour": c.colour, "dash": c.dash, "slopeName": c.slope_name}
                    for c in panel.curves
                ],
            }
            for panel in panels
        ],
        "at": at,
        "reach": [min(int(within[0]), at), max(int(within[-1]), at)],
        "said": st.session_state.get(said_key, 0),
        "bars": bars and {"key": bars.key, "logits": bars.logits.tolist(), "k": bars.k, "measure": bars.measure},
        "shape": shape,
        "colour": colour,
        "enlarged": presenting(),
    }
    arrays = {"x": x}
    if bars is not None:
        arrays["logit"] = bars.at
    for i, panel in enumerate(panels):
        for j, curve in enumerate(panel.curves):
            arrays[f"y{i}_{j}"] = curve.y
            if curve.slope is not None:
                arrays[f"slope{i}_{j}"] = curve.slope

    def take() -> None:
        match st.session_state[key].get("moved"):
            case {"at": int() as place, "said": int() as said} if on_move is not None and 0 <= place < len(x):
                st.session_state[said_key] = said
                on_move(float(x[int(place)]))

    _component(key=key, data=pack(header, arrays), on_moved_change=take, height="content")
