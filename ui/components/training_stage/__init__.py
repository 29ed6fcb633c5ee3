"""The training stage: a run as regions, points, boundary and loss curve, moving at the screen's rate.

Python decides the parameters of every step; the browser draws them. There are two components that meet in the browser:

- the *stage* is given a `Scene`, which is all that stays while a run goes on, and draws;
- the *feed* carries messages from the stage ("rows from step 120 to 360, please"; "step 137 is on screen") and the
  rows that answer them. It is mounted in a fragment, so that an answer costs no rerun of the page.

Rows hold W (D, K) and b (K,) in float32, since they end as pixels; losses and accuracies are printed: float64.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.activations import Floats
from ui.components.packing import JAVASCRIPT as PACKING
from ui.components.packing import pack
from ui.theme import DARK, LIGHT, SHAPES

HERE = Path(__file__).parent
MAX_STEPS = 20_000

PARTS = (
    "../exponential.js",
    "../axes.js",
    "field.js",
    "history.js",
    "simplex.js",
    "svg.js",
    "painter.js",
    "pictures.js",
    "pointer.js",
    "stage.js",
)
"""The stage's script, in the order in which its parts build on each other."""


def _script(*names: str) -> str:
    return "\n".join([PACKING, *((HERE / name).read_text("utf-8") for name in names)])


_stage = st.components.v2.component(
    "training_stage",
    html=(HERE / "stage.html").read_text("utf-8"),
    css=(HERE / "stage.css").read_text("utf-8"),
    js=_script(*PARTS),
)
_feed = st.components.v2.component("training_feed", js=_script("feed.js"), isolate_styles=False)


@dataclass(frozen=True)
class Rows:
    """The run at some steps (m,): parameters (m, D·K + K) with W before b, losses (m,), accuracies (m,).

    `held_out` (m,) are the cross-entropies of the samples held out, (0,) if there are none.
    """

    steps: NDArray[np.int32]
    parameters: NDArray[np.float32]
    losses: Floats
    accuracies: Floats
    held_out: Floats

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """As `pack` wants them."""
        return {
            "steps": self.steps,
            "parameters": self.parameters,
            "losses": self.losses,
            "accuracies": self.accuracies,
            "heldOut": self.held_out,
        }


@dataclass(frozen=True)
class Scene:
    """What a stage shows apart from the run: the plane, its features on a grid, the samples, and the texts.

    `basis` is Φ on a G × G grid over the plane, (G², D), row by row from the lower left. Of the points, the first
    `trained_on` are training samples, whose Φ is `point_features` (n, D); the others are held out. With `drawing`,
    points can be added, moved and deleted, and the stage sends what they are then.
    """

    identity: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_name: str
    y_name: str
    basis: NDArray[np.float32]
    points: Floats
    labels: NDArray[np.intp]
    trained_on: int
    point_features: NDArray[np.float32]
    class_names: Sequence[str]
    parameter_names: Sequence[str]
    texts: dict[str, str]
    enlarged: bool
    drawing: bool = False


def identity(*parts: object) -> str:
    """A short name for a problem, equal only for equal parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.tobytes() if isinstance(part, np.ndarray) else repr(part).encode())
    return digest.hexdigest()[:16]


def training_stage(key: str, scene: Scene, shown: int, rows: Rows) -> None:
    """Draw the stage, standing at step `shown` with the given rows already known."""
    header = {
        "stage": key,
        "scene": scene.identity,
        "shown": shown,
        "trainedOn": scene.trained_on,
        "maxSteps": MAX_STEPS,
        "xRange": scene.x_range,
        "yRange": scene.y_range,
        "xName": scene.x_name,
        "yName": scene.y_name,
        "classNames": list(scene.class_names),
        "parameterNames": list(scene.parameter_names),
        "texts": scene.texts,
        "enlarged": scene.enlarged,
        "drawing": scene.drawing,
        "shapes": SHAPES,
        "themes": {
            name: {"background": palette.background, "text": palette.text, "line": palette.line,
                   "muted": palette.muted, "accent": palette.accent, "classes": palette.classes}
            for name, palette in (("light", LIGHT), ("dark", DARK))
        },
    }  # fmt: skip
    arrays = {
        "basis": scene.basis,
        "points": scene.points.astype(np.float32),
        "labels": scene.labels.astype(np.int32),
        "pointFeatures": scene.point_features,
        **rows.arrays(),
    }
    _stage(key=key, data=pack(header, arrays), height="content")


def training_feed(
    key: str, *, stage: str, scene: str, settings: str, rows: Rows | None, end: tuple[int, str] | None,
    picked: int | None,
    on_message: Callable[[], None],
) -> None:  # fmt: skip
    """Mount the feed of a stage, with an answer if there is one.

    `settings` names the settings in force: when it changes, the stage drops what it has not shown and asks anew.
    `end` is the last step there is and the text that says why; `picked` the sample spoken of below, if any.
    """
    header = {"stage": stage, "scene": scene, "settings": settings, "end": end, "picked": picked}
    arrays = rows.arrays() if rows is not None else {}
    _feed(key=key, data=pack(header, arrays), on_message_change=on_message, height=1)
