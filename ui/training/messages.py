"""Messages between the stage in the browser and Python.

To the stage: a header of JSON and arrays, made of a scene and a timeline. From the stage: where it stands ("step 137 is
on screen"), what was changed there, and which rows it needs next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from ui.i18n import t
from ui.state.script_queue import Priority
from ui.training.run_url import step_key
from ui.training.scene import Features, Scene
from ui.training.timeline import Timeline
from ui.training.tracked_run import MAX_STEPS, End, Rows, TrackedRun

Arrays = dict[str, NDArray[np.generic]]

_FRAMES_PER_SECOND = 60
_SECONDS_AHEAD = 1.0
"""Rows that the play head reaches later than this, at full speed, are fetched in advance."""

MAX_REVISIONS_AHEAD = 1_000
"""By how many changes of its values the stage may be ahead of Python."""


class RowsWanted(NamedTuple):
    """Every `stride`-th step from `first`, and `last`."""

    first: int
    last: int
    stride: int


class StageMessage(NamedTuple):
    """What the stage says; None where it says nothing that makes sense.

    The stage's values may be newer than the timeline's: `revision` says. `picked` is a sample that was clicked.
    """

    scene: object
    revision: int | None
    step: int | None
    playing: bool
    values: object
    restart: bool
    picked: int | None
    rows: RowsWanted | None

    @classmethod
    def parse(cls, message: object) -> StageMessage | None:
        """Return what can be read of a message, or None if nothing can."""
        if not isinstance(message, Mapping):
            return None
        revision, step, picked = (message.get(name) for name in ("turn", "at", "pick"))
        return cls(
            message.get("scene"),
            revision if _is_count(revision) else None,
            step if _is_step(step) else None,
            message.get("playing") is True,
            message.get("dials"),
            message.get("restart") is True,
            picked if _is_count(picked) else None,
            _rows_wanted(message.get("rows")),
        )

    @property
    def priority(self) -> Priority:
        """How soon it has to be answered."""
        if self.step is None or self.rows is None:
            return Priority.INTERACTIVE
        seconds = (self.rows.first - self.step) / max(self.rows.stride, 1) / _FRAMES_PER_SECOND
        return Priority.PREFETCH if seconds > _SECONDS_AHEAD else Priority.INTERACTIVE


def stage_message(
    key: str, scene: Scene, timeline: Timeline, dials: Sequence[dict[str, object]], features: Sequence[Features]
) -> tuple[dict[str, object], Arrays]:
    """Return what the stage is given when it is drawn, the first rows included."""
    header = {
        "stage": key,
        "scene": timeline.identity,
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
        "dials": list(dials),
        "stepKey": step_key(timeline.prefix),
        "opensAt": timeline.opens_at,
        "shown": timeline.step,
    }  # fmt: skip
    arrays: Arrays = {
        "points": np.concatenate(scene.points),
        "labels": np.concatenate(scene.labels).astype(np.int32),
    }
    if scene.tags is not None:
        arrays["tags"] = scene.tags.astype(np.int32)
    for i, (basis, points) in enumerate(features):
        arrays |= {f"{i}.basis": basis, f"{i}.pointFeatures": points}
    arrays |= _row_arrays(timeline.initial_rows())
    return header | _state(timeline), arrays


def feed_message(
    key: str, timeline: Timeline, rows: Sequence[Rows], picked: int | None
) -> tuple[dict[str, object], Arrays]:
    """Return what the stage is told during a run; `picked` is the sample that is spoken of below, if any."""
    header = {"stage": key, "scene": timeline.identity, "picked": picked}
    return header | _state(timeline), _row_arrays(rows)


def _state(timeline: Timeline) -> dict[str, object]:
    """How each run ends, the steps at which it was changed, and the values that the stage holds."""
    return {
        "values": dict(timeline.values),
        "playing": timeline.playing,
        "turn": timeline.revision,
        "ends": [_end(tracked) for tracked in timeline.runs],
        "changes": [[start for start, _ in tracked.run.schedule[1:]] for tracked in timeline.runs],
    }


def _end(tracked: TrackedRun) -> tuple[int, str, int | None] | None:
    """Return a run's last step, why it is the last, and the step of least loss if it diverged."""
    match tracked.end():
        case End(step, "converged"):
            return step, t("training.calm", step=step, tolerance=f"{tracked.stop.tolerance:g}"), None
        case End(step, "limit"):
            return step, t("training.limit", steps=step), None
        case End(step, _, best_step):
            return step, t("training.diverged", step=step + 1), best_step
    return None


def _row_arrays(rows: Sequence[Rows]) -> Arrays:
    """Return the rows of each run, each array under its run's number."""
    arrays: Arrays = {}
    for i, run in enumerate(rows):
        arrays |= {
            f"{i}.steps": run.steps,
            f"{i}.parameters": run.parameters,
            f"{i}.losses": run.losses,
            f"{i}.accuracies": run.accuracies,
            f"{i}.heldOut": run.held_out,
        }
    return arrays


def _rows_wanted(rows: object) -> RowsWanted | None:
    if not isinstance(rows, Mapping):
        return None
    first, last, stride = (rows.get(name) for name in ("from", "to", "stride"))
    if not (_is_step(first) and _is_step(last) and _is_step(stride) and first <= last):
        return None
    return RowsWanted(first, last, stride)


def _is_step(value: object) -> TypeGuard[int]:
    return _is_count(value) and value <= 2 * MAX_STEPS


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
