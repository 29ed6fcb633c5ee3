"""Cross-entropy of three classes as a landscape over z₁ − z₃ and z₂ − z₃, with a point one can drag and let roll.

The browser computes the loss, its gradient and the steps for the frames in which the point moves; when it rests Python
is told where it started and how many steps it took, and the numbers below follow from `core`. A test holds the two to
the same numbers. One window on the plane serves the contour map and the solid alike; camera and zoom are in the link.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.i18n import texts_under
from ui.theme import GLYPHS, SHAPES, presenting

HERE = Path(__file__).parent
HALF = 8.0
"""The plane reaches from −HALF to HALF along both differences."""

MOST_STEPS = 500
CAMERA = (0.6, 0.65, 1.0, 0.0, 0.0)
"""Turned by and tilted by, in radians; zoom; and where on the plane the window's middle is."""

CAMERA_BOUNDS = ((-math.pi, math.pi), (0.15, math.pi / 2), (1.0, 16.0), (-HALF, HALF), (-HALF, HALF))
PARTS = (
    "../exponential.js",
    "../decimal.js",
    "../elements.js",
    "../hand.js",
    "../logit_bars/activations.js",
    "../axes.js",
    "../canvas.js",
    "../contour.js",
)
OWN_PARTS = ("descent.js", "relief.js", "drawing.js", "surface.js")

_component = st.components.v2.component(
    "loss_surface",
    html=(HERE / "surface.html").read_text("utf-8"),
    css=(HERE / "surface.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in PARTS + OWN_PARTS),
)


@dataclass(frozen=True)
class Place:
    """Where a reader stands: `steps` gradient steps from the start (z₁ − z₃, z₂ − z₃), seen through a camera."""

    start: tuple[float, float]
    steps: int
    solid: bool
    camera: tuple[float, ...]


def loss_surface(
    key: str, place: Place, names: Sequence[str], target: int, rate: float, on_move: Callable[[Place], None]
) -> None:
    """Draw the surface for a true class and learning rate; `on_move` is called with where the reader goes."""
    said_key = f"{key}:said"
    data = {
        "start": place.start,
        "steps": place.steps,
        "solid": place.solid,
        "camera": place.camera,
        "firstCamera": CAMERA,
        "cameraBounds": CAMERA_BOUNDS,
        "half": HALF,
        "mostSteps": MOST_STEPS,
        "names": list(names),
        "glyphs": GLYPHS,
        "shapes": SHAPES[: len(names)],
        "target": target,
        "rate": rate,
        "said": st.session_state.get(said_key, 0),
        "enlarged": presenting(),
        "texts": texts_under("surface"),
    }

    def take() -> None:
        match st.session_state[key].get("moved"):
            case {"said": int() as said, **moved} if (went := _place(moved)) is not None:
                st.session_state[said_key] = said
                on_move(went)

    _component(key=key, data=data, on_moved_change=take, height="content")


def _place(moved: dict[object, object]) -> Place | None:
    """What the browser says, if it makes sense."""
    try:
        u, v = (min(max(float(x), -HALF), HALF) for x in moved["start"])  # type: ignore[attr-defined]
        steps = min(max(int(moved["steps"]), 0), MOST_STEPS)  # type: ignore[call-overload]
        camera = tuple(
            min(max(float(x), low), high)
            for x, (low, high) in zip(moved["camera"], CAMERA_BOUNDS, strict=True)  # type: ignore[call-overload]
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if not all(map(math.isfinite, (u, v, *camera))):
        return None
    return Place((u, v), steps, bool(moved.get("solid")), camera)
