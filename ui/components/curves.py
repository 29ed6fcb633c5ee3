"""Curves with a point that can be dragged along them.

Python computes the curves at all values of x that the point can take; the browser only looks them up. If the curves
show a prediction of logit bars, point and bars move together in the same frame. On release, Python gets the new value
with a version number, and sends the latest version number back, so that the browser ignores data for earlier releases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict

import numpy as np

from core.activations import Floats
from ui.components.frontend import register
from ui.components.packing import Arrays, pack
from ui.components.version import received_change, stored_version
from ui.look.theme import presenting

Dash = Literal["solid", "dash", "dot", "dashdot", "longdash"]
Format = Literal["decimal", "probability", "integer", "exponential", "float"]
"""Number format; "float" is "exponential", but with 0 as 0.0, as Python prints it."""

_component = register("curves", '<div class="curves" data-testid="curves"></div>')


@dataclass(frozen=True)
class Axis:
    """An axis of a plot: name, lowest and highest value, whether the scale is logarithmic, and number format."""

    name: str
    range: tuple[float, float]
    log: bool = False
    format: Format = "decimal"


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve: its name, its value `y` (m,) at each x, its CSS colour and its dashes.

    With the derivative `slope` (m,), a tangent is drawn at the point, and `slope_name` names its slope.
    """

    name: str
    y: Floats
    colour: str
    dash: Dash = "solid"
    slope: Floats | None = None
    slope_name: str = ""


@dataclass(frozen=True)
class Panel:
    """A plot: vertical axis, curves, description for screen readers (`alt`), and marked positions (x, y, text)."""

    axis: Axis
    curves: Sequence[Curve]
    alt: str
    marks: Sequence[tuple[float, float, str]] = field(default=())


@dataclass(frozen=True, eq=False)
class Bars:
    """The logit bars that move with the point.

    key: the `key` with which `logit_bars` was called.
    logits: the logits (K,) of the bars.
    k: the class whose logit the point changes.
    logits_of_k: (m,), the logit of class k at each x.
    measure: the quantity x, which is the probability or the margin of class k.
    """

    key: str
    logits: Floats
    k: int
    logits_of_k: Floats
    measure: Literal["probability", "margin"]


class _AxisMessage(TypedDict):
    name: str
    range: tuple[float, float]
    log: bool
    format: Format


class _CurveMessage(TypedDict):
    name: str
    colour: str
    dash: Dash
    slopeName: str


class _PanelMessage(TypedDict):
    axis: _AxisMessage
    alt: str
    marks: Sequence[tuple[float, float, str]]
    curves: list[_CurveMessage]


class _BarsMessage(TypedDict):
    key: str
    logits: list[float]
    k: int
    measure: Literal["probability", "margin"]


class CurvesMessage(TypedDict):
    """Data for the browser, apart from the arrays: `CurvesMessage` in ui/frontend/src/curves/messages.js."""

    axis: _AxisMessage
    panels: list[_PanelMessage]
    at: int
    reach: tuple[int, int]
    version: int
    bars: _BarsMessage | None
    shape: str
    colour: str
    enlarged: bool


def grid_with(low: float, high: float, step: float, value: float) -> Floats:
    """Return numbers from low to high at equal distances `step`, in increasing order, with `value` among them.

    A grid point that almost equals `value` is left out.
    """
    grid = np.linspace(low, high, round((high - low) / step) + 1)
    return np.sort(np.append(grid[np.abs(grid - value) > step / 100], value))


def curves(  # noqa: PLR0913 - one argument per part and callback, most by keyword
    key: str,
    axis: Axis,
    x: Floats,
    current: float,
    panels: Sequence[Panel],
    *,
    shape: str,
    colour: str,
    bars: Bars | None = None,
    on_move: Callable[[float], None] | None = None,
    drag_range: tuple[float, float] = (-np.inf, np.inf),
) -> None:
    """Draw panels of curves over the same quantity x, with a point that can be dragged along the curves.

    x: (m,), increasing values at which the curves are computed. One of them is `current`, the position of the point.
    shape, colour: the marker of the point: an entry of `ui.look.theme.SHAPES`, and a CSS colour.
    bars: logit bars that move with the point. On release, `on_logits` of the bars is called.
    on_move: without `bars`, called with the new x on release, in order to store x.
    drag_range: lowest and highest x to which the point can be dragged.
    """
    allowed = np.flatnonzero((x >= drag_range[0]) & (x <= drag_range[1]))
    at = int(np.abs(x - current).argmin())
    header: CurvesMessage = {
        "axis": _axis_message(axis),
        "panels": [_panel_message(panel) for panel in panels],
        "at": at,
        "reach": (min(int(allowed[0]), at), max(int(allowed[-1]), at)),
        "version": stored_version(key),
        "bars": None
        if bars is None
        else {"key": bars.key, "logits": bars.logits.tolist(), "k": bars.k, "measure": bars.measure},
        "shape": shape,
        "colour": colour,
        "enlarged": presenting(),
    }
    arrays: Arrays = {"x": x}
    if bars is not None:
        arrays["logit"] = bars.logits_of_k
    for i, panel in enumerate(panels):
        for j, curve in enumerate(panel.curves):
            arrays[f"y{i}_{j}"] = curve.y
            if curve.slope is not None:
                arrays[f"slope{i}_{j}"] = curve.slope

    def on_change() -> None:
        match received_change(key).get("x"):
            case int() | float() as value if on_move is not None and float(x[0]) <= value <= float(x[-1]):
                on_move(float(value))

    _component(key=key, data=pack(header, arrays), on_changed_change=on_change, height="content")


def _panel_message(panel: Panel) -> _PanelMessage:
    """Return a panel without its arrays."""
    curves: list[_CurveMessage] = [
        {"name": c.name, "colour": c.colour, "dash": c.dash, "slopeName": c.slope_name} for c in panel.curves
    ]
    return {"axis": _axis_message(panel.axis), "alt": panel.alt, "marks": panel.marks, "curves": curves}


def _axis_message(axis: Axis) -> _AxisMessage:
    return {"name": axis.name, "range": axis.range, "log": axis.log, "format": axis.format}
