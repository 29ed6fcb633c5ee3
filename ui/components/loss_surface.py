"""Cross-entropy of three classes as a surface over z₁ − z₃ and z₂ − z₃, with a point for gradient descent.

While the point moves, the browser computes the loss, its gradient and the steps; a test compares them with `core`.
When the point stops, Python gets its start and the number of steps with a version number, and sends the latest version
number back, so that the browser ignores data for earlier positions. Contour map and 3-D surface show the same section
of the plane (z₁ − z₃, z₂ − z₃).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from ui.components.frontend import bundle, register
from ui.components.version import received_change, stored_version
from ui.i18n import texts_under
from ui.look.theme import GLYPHS, SHAPES, presenting
from ui.state.url_state import openings

MAX_DIFFERENCE = 8.0
"""Both z₁ − z₃ and z₂ − z₃ reach from −HALF to HALF."""

MAX_STEPS = 500
CAMERA = (0.6, 0.65, 1.0, 0.0, 0.0)
"""Initial camera: rotation and tilt in radians, zoom, and the centre (z₁ − z₃, z₂ − z₃) of the visible section."""

CAMERA_BOUNDS = ((-math.pi, math.pi), (0.15, math.pi / 2), (1.0, 16.0), *[(-MAX_DIFFERENCE, MAX_DIFFERENCE)] * 2)

_component = register("loss_surface", bundle("loss_surface.html"))


@dataclass(frozen=True)
class SurfaceState:
    """The values that the user can set.

    start: position (z₁ − z₃, z₂ − z₃) at which gradient descent starts.
    steps: number of gradient steps from `start` to the point drawn on the surface.
    solid: whether the 3-D surface is shown instead of the contour map.
    camera: the same five quantities as in CAMERA.
    """

    start: tuple[float, float]
    steps: int
    solid: bool
    camera: tuple[float, ...]


class SurfaceMessage(TypedDict):
    """Data for the browser: `SurfaceMessage` in ui/frontend/src/loss_surface/messages.js."""

    start: tuple[float, float]
    steps: int
    solid: bool
    camera: tuple[float, ...]
    initialCamera: tuple[float, ...]
    cameraBounds: tuple[tuple[float, float], ...]
    half: float
    maxSteps: int
    names: list[str]
    glyphs: Sequence[str]
    shapes: Sequence[str]
    target: int
    rate: float
    version: int
    openings: int
    enlarged: bool
    texts: Mapping[str, str]


def loss_surface(
    key: str,
    state: SurfaceState,
    names: Sequence[str],
    target: int,
    rate: float,
    on_move: Callable[[SurfaceState], None],
) -> None:
    """Draw the loss surface.

    names: the names of the three classes.
    target: the index of the true class.
    rate: the learning rate α.
    on_move: called when the point stops or the user has changed the view, in order to store the new state.
    """
    data: SurfaceMessage = {
        "start": state.start,
        "steps": state.steps,
        "solid": state.solid,
        "camera": state.camera,
        "initialCamera": CAMERA,
        "cameraBounds": CAMERA_BOUNDS,
        "half": MAX_DIFFERENCE,
        "maxSteps": MAX_STEPS,
        "names": list(names),
        "glyphs": GLYPHS,
        "shapes": SHAPES[: len(names)],
        "target": target,
        "rate": rate,
        "version": stored_version(key),
        "openings": openings(),
        "enlarged": presenting(),
        "texts": texts_under("surface"),
    }

    def on_change() -> None:
        if (new_state := _parse_state(received_change(key))) is not None:
            on_move(new_state)

    _component(key=key, data=data, on_changed_change=on_change, height="content")


def _parse_state(values: Mapping[str, Any]) -> SurfaceState | None:
    """Return the state in a message from the browser, clipped to the valid ranges, or None if it is invalid."""
    try:
        u, v = (min(max(float(x), -MAX_DIFFERENCE), MAX_DIFFERENCE) for x in values["start"])
        steps = min(max(int(values["steps"]), 0), MAX_STEPS)
        pairs = zip(values["camera"], CAMERA_BOUNDS, strict=True)
        camera = tuple(min(max(float(x), low), high) for x, (low, high) in pairs)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if not all(map(math.isfinite, (u, v, *camera))):
        return None
    return SurfaceState((u, v), steps, bool(values.get("solid")), camera)
