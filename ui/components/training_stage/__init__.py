"""The training stage: one run or two as regions, points, boundaries and loss curves, moving at the screen's rate.

Python decides the parameters of every step; the browser draws them. There are two components that meet in the browser:

- the *stage* is given a `Scene`, which is all that stays while a run goes on, and draws;
- the *feed* carries messages from the stage ("rows from step 120 to 360, please"; "step 137 is on screen") and the
  rows that answer them. It is mounted in a fragment, so that an answer costs no rerun of the page.

Rows hold W (D, K) and b (K,) in float32, since they end as pixels; losses and accuracies are printed: float64.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

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
    "../canvas.js",
    "../contour.js",
    "../elements.js",
    "field.js",
    "history.js",
    "answers.js",
    "lane.js",
    "../triangle.js",
    "simplex.js",
    "svg.js",
    "painter.js",
    "views.js",
    "pictures.js",
    "pointer.js",
    "probe.js",
    "dials.js",
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
class Lane:
    """What a stage shows of one of the models that run on it, side by side.

    `head` says what stands on the logits: "softmax" or "sigmoid". With `answering`, the plane shows for which classes
    the output exceeds the threshold, rather than which is the largest. The `title` of its plane may hold dials' keys in
    braces, for what they are set to.
    """

    name: str
    title: str
    head: str
    answering: bool
    parameter_names: Sequence[str]


class Features(NamedTuple):
    """Φ on a G × G grid over a plane, (G², D), row by row from the lower left, and of the training samples, (n, D)."""

    basis: NDArray[np.float32]
    points: NDArray[np.float32]


@dataclass(frozen=True)
class Scene:
    """What a stage shows apart from the runs: the plane, the samples, the models, and the texts.

    `points`, (n, 2) each, and `labels`, (n,), are those of the training samples and those of the samples held out. With
    `drawing`, points can be added, moved and deleted, and the stage sends what they are then. With `probing`, a
    crosshair can be dragged over the planes, and the outputs there stand beside. Samples with several labels have
    `tags` (n, K) of 0 and 1.
    """

    identity: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_name: str
    y_name: str
    lanes: Sequence[Lane]
    points: tuple[Floats, Floats]
    labels: tuple[NDArray[np.intp], NDArray[np.intp]]
    class_names: Sequence[str]
    texts: dict[str, str]
    enlarged: bool
    drawing: bool = False
    probing: bool = False
    tags: Floats | None = None


class End(NamedTuple):
    """The last step of a run and why; if it diverged, also the step where its loss was least."""

    step: int
    why: str
    best: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where the runs stand: the dials and how often they were turned, the step on screen, how each run ends.

    `dials` are what the reader may change in mid-run, each with its key, label, help, options and their texts;
    `playing` whether the step on screen moves, as far as is known; `changes` the steps from which on each run went
    under other settings. The address says the step under `step_key`, unless it is the one the runs open at.
    """

    dials: Sequence[dict[str, object]]
    values: Mapping[str, float]
    turn: int
    step_key: str
    opens_at: int
    shown: int
    playing: bool
    ends: Sequence[End | None]
    changes: Sequence[Sequence[int]]


def identity(*parts: object) -> str:
    """A short name for a problem, equal only for equal parts."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype} {part.shape}".encode() + part.tobytes())
        else:
            digest.update(repr(part).encode())
    return digest.hexdigest()[:16]


def training_stage(
    key: str, scene: Scene, features: Sequence[Features], standing: Standing, rows: Sequence[Rows]
) -> None:
    """Draw the stage, with the features of each lane, and the given rows of each run already known."""
    header = {
        "stage": key,
        "scene": scene.identity,
        "trainedOn": len(scene.points[0]),
        "maxSteps": MAX_STEPS,
        "xRange": scene.x_range,
        "yRange": scene.y_range,
        "xName": scene.x_name,
        "yName": scene.y_name,
        "lanes": [
            {"name": lane.name, "title": lane.title, "head": lane.head, "answering": lane.answering,
             "parameterNames": list(lane.parameter_names)}
            for lane in scene.lanes
        ],
        "classNames": list(scene.class_names),
        "texts": scene.texts,
        "enlarged": scene.enlarged,
        "drawing": scene.drawing,
        "probing": scene.probing,
        "dials": list(standing.dials),
        "stepKey": standing.step_key,
        "opensAt": standing.opens_at,
        "shown": standing.shown,
        "shapes": SHAPES,
        "themes": {
            name: {"background": palette.background, "text": palette.text, "line": palette.line,
                   "muted": palette.muted, "accent": palette.accent, "classes": palette.classes}
            for name, palette in (("light", LIGHT), ("dark", DARK))
        },
        **_state(standing),
    }  # fmt: skip
    labels: NDArray[np.generic] = np.concatenate(scene.labels).astype(np.int32)
    arrays = {"points": np.concatenate(scene.points), "labels": labels, **_arrays(rows)}
    if scene.tags is not None:
        arrays["tags"] = scene.tags.astype(np.int32)
    for i, (basis, points) in enumerate(features):
        arrays |= {f"{i}.basis": basis, f"{i}.pointFeatures": points}
    _stage(key=key, data=pack(header, arrays), height="content")


def training_feed(
    key: str, *, stage: str, scene: str, standing: Standing, rows: Sequence[Rows] | None, picked: int | None,
    on_message: Callable[[], None],
) -> None:  # fmt: skip
    """Mount the feed of a stage, with an answer if there is one; `picked` is the sample spoken of below, if any."""
    header = {"stage": stage, "scene": scene, "picked": picked, **_state(standing)}
    _feed(key=key, data=pack(header, _arrays(rows or [])), on_message_change=on_message, height=1)


def _state(standing: Standing) -> dict[str, object]:
    return {
        "values": dict(standing.values),
        "playing": standing.playing,
        "turn": standing.turn,
        "ends": list(standing.ends),
        "changes": list(standing.changes),
    }


def _arrays(rows: Sequence[Rows]) -> dict[str, NDArray[np.generic]]:
    """The rows of every run, each array under its run's number."""
    return {f"{i}.{name}": array for i, run in enumerate(rows) for name, array in run.arrays().items()}
