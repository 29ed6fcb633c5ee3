"""Messages between the stage in the browser and Python.

A message to the stage is a JSON header and arrays. A message from the stage has the step on screen, changes made there,
and the rows that the stage needs next. A row is a run at one step (see `Rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeGuard

import numpy as np

from ui.components.packing import Arrays
from ui.state.script_queue import Priority
from ui.training.hyperparameters import ALL_SAMPLES, BATCH, RATE
from ui.training.run_url import step_key
from ui.training.scene import Features, Scene
from ui.training.timeline import Timeline
from ui.training.tracked_run import MAX_STEPS, Rows, TrackedRun

_FRAMES_PER_SECOND = 60
_SECONDS_AHEAD = 1.0
"""A request has Priority.PREFETCH if playback, at one row per frame, needs its rows only after this time."""

MAX_REVISIONS_AHEAD = 1_000
"""A message is ignored if its revision is larger than Python's by more than this."""


class RowRequest(NamedTuple):
    """A request for every `stride`-th step from `first`, and for `last`."""

    first: int
    last: int
    stride: int


class StageMessage(NamedTuple):
    """A message from the stage; None stands for values that are missing or invalid.

    `timeline_id` is the identity of the timeline that the stage shows. `revision` counts the changes of `values`, the
    controls' values: if it is higher than the timeline's, they are newer. `clicked_sample` is the index of a sample.
    """

    timeline_id: object
    revision: int | None
    step: int | None
    playing: bool
    values: object
    restart: bool
    clicked_sample: int | None
    rows: RowRequest | None

    @classmethod
    def parse(cls, message: object) -> StageMessage | None:
        """Return the message parsed from JSON, or None if the JSON is not an object."""
        if not isinstance(message, Mapping):
            return None
        revision, step, sample = (message.get(name) for name in ("revision", "step", "clickedSample"))
        return cls(
            message.get("timelineId"),
            revision if _is_count(revision) else None,
            step if _is_step(step) else None,
            message.get("playing") is True,
            message.get("values"),
            message.get("restart") is True,
            sample if _is_count(sample) else None,
            _row_request(message.get("rows")),
        )

    @property
    def priority(self) -> Priority:
        """Priority of the answer: PREFETCH if playback needs the requested rows in more than _SECONDS_AHEAD seconds."""
        if self.step is None or self.rows is None:
            return Priority.INTERACTIVE
        seconds = (self.rows.first - self.step) / max(self.rows.stride, 1) / _FRAMES_PER_SECOND
        return Priority.PREFETCH if seconds > _SECONDS_AHEAD else Priority.INTERACTIVE


def stage_message(
    key: str, scene: Scene, timeline: Timeline, controls: Sequence[dict[str, object]], features: Sequence[Features]
) -> tuple[dict[str, object], Arrays]:
    """Return the header and the arrays with which the stage is drawn, including the timeline's initial rows.

    `key` identifies the stage, `controls` are the descriptions from `hyperparameters.to_json`, and `features` holds one
    entry per model. Trains the runs as far as the initial rows need.
    """
    header = {
        "stage": key,
        "timelineId": timeline.identity,
        "nTrain": len(scene.points[0]),
        "maxSteps": MAX_STEPS,
        "tolerance": timeline.tracked_runs[0].stop.tolerance,
        "xRange": scene.x_range,
        "yRange": scene.y_range,
        "xName": scene.feature_names[0],
        "yName": scene.feature_names[1],
        "planeNote": scene.plane_note,
        "models": [
            {"name": view.name, "title": view.title, "head": view.head, "showThresholds": view.show_thresholds,
             "parameterNames": list(view.parameter_names)}
            for view in scene.model_views
        ],
        "classNames": list(scene.class_names),
        "texts": scene.texts,
        "enlarged": scene.enlarged,
        "dataName": scene.data_name,
        "canDraw": scene.can_draw,
        "hasProbe": scene.has_probe,
        "hasSampleOutputs": scene.has_sample_outputs,
        "controls": list(controls),
        "stepKey": step_key(timeline.prefix),
        "opensAt": timeline.opens_at,
        "isFromAddress": timeline.is_from_address,
        "shown": timeline.step,
    }  # fmt: skip
    arrays: Arrays = {"points": np.concatenate(scene.points), "labels": np.concatenate(scene.labels).astype(np.int32)}
    if scene.multi_labels is not None:
        arrays["multiLabels"] = scene.multi_labels.astype(np.int32)
    for i, (basis, points) in enumerate(features):
        arrays |= {f"{i}.basis": basis, f"{i}.pointFeatures": points}
    arrays |= _row_arrays(timeline.initial_rows())
    return header | _state(timeline), arrays


def rows_message(timeline: Timeline, rows: Sequence[Rows]) -> tuple[dict[str, object], Arrays]:
    """Return the header and the arrays of an answer with rows only: without what a feed adds to it."""
    return {"timelineId": timeline.identity} | _state(timeline), _row_arrays(rows)


def feed_message(
    key: str, feed_key: str, timeline: Timeline, rows: Sequence[Rows], selected_sample: int | None
) -> tuple[dict[str, object], Arrays]:
    """Return the header and the arrays of an answer to the stage `key` through the feed `feed_key`.

    `selected_sample` is the index of the sample to highlight.
    """
    header, arrays = rows_message(timeline, rows)
    feed = {"stage": key, "feed": feed_key, "step": timeline.step, "selectedSample": selected_sample}
    return header | feed, arrays


def _state(timeline: Timeline) -> dict[str, object]:
    """Return the timeline's control values, playback and revision, and each run's end and changes of settings."""
    return {
        "values": dict(timeline.values),
        "playing": timeline.playing,
        "revision": timeline.revision,
        "ends": [tracked.end() for tracked in timeline.tracked_runs],
        "changes": [_changes(tracked) for tracked in timeline.tracked_runs],
    }


def _changes(tracked: TrackedRun) -> list[dict[str, float]]:
    """Return, per change of a run's settings, its step, and the learning rate and batch size before the change."""
    return [
        {"step": step, RATE.key: before.learning_rate, BATCH.key: before.batch_size or ALL_SAMPLES}
        for (_, before), (step, _) in pairwise(tracked.run.schedule)
    ]


def _row_arrays(rows: Sequence[Rows]) -> Arrays:
    """Return the rows' arrays; the keys begin with the run's number."""
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


def _row_request(rows: object) -> RowRequest | None:
    if not isinstance(rows, Mapping):
        return None
    first, last, stride = (rows.get(name) for name in ("from", "to", "stride"))
    if not (_is_step(first) and _is_step(last) and _is_step(stride) and first <= last):
        return None
    return RowRequest(first, last, stride)


def _is_step(value: object) -> TypeGuard[int]:
    return _is_count(value) and value <= 2 * MAX_STEPS


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
