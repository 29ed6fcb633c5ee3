"""The run a reader watches: kept in the session, described whole by the link.

Its link holds the step on screen (`step`), the start where that is not zero (`start`) and, where settings were changed
on the way, the stretches before the last change (`past`, as `until:α:batch:λ;…`). From these and the controls the same
run is taken again, bit for bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeGuard

import numpy as np
import streamlit as st

from core.activations import Floats
from core.errors import InvalidDataError
from core.metrics import accuracy
from core.model import Parameters
from core.training import CHECKPOINT_EVERY, DivergenceError, Problem, Run, Settings
from ui import link
from ui.components.training_stage import MAX_STEPS, Rows
from ui.i18n import t

STATE = "training_run"
STEP, PAST, START = "step", "past", "start"

LARGEST_WEIGHT = 100.0
"""How far from 0 a weight or bias set by hand may be."""

_MOST_ROWS = 400


class Stop(NamedTuple):
    """When to stop: after so many steps, or once one changes the loss by less than `tolerance` (0: never)."""

    steps: int = MAX_STEPS
    tolerance: float = 0.0


@dataclass
class Watched:
    """A run, the step of it on screen, whether it diverged after its last step, and when it is to stop."""

    identity: str
    run: Run
    held_out: Problem | None = None
    start: Parameters | None = None
    shown: int = 0
    diverged: bool = False
    stop: Stop = field(default_factory=Stop)

    def reach(self, step: int) -> int:
        """Go on to a step if it is not taken yet; gives the last step there is up to it."""
        step = min(step, self.stop.steps)
        missing = step - self.run.steps
        if missing > 0 and not self.diverged:
            try:
                self.run = self.run.continued(missing)
            except DivergenceError as error:
                self.run, self.diverged = error.run, True
        return min(step, self.run.steps, self.settled() or step)

    def settled(self) -> int | None:
        """The first step that changed the loss by less than the tolerance, if there is one yet."""
        calm = np.flatnonzero(np.abs(np.diff(self.run.losses)) < self.stop.tolerance)
        return int(calm[0]) + 1 if len(calm) else None

    def branch(self, step: int, settings: Settings) -> None:
        """Go on under other settings from a step; what came after it is dropped."""
        self.diverged = False
        reached = self.reach(step)
        self.run = self.run.up_to(reached).continued(0, settings)

    def rows(self, first: int, last: int, stride: int) -> Rows:
        """The run at every `stride`-th step from `first`, and at `last`."""
        last = self.reach(last)
        first = min(first, last)
        stride = max(stride, -(-(last - first) // _MOST_ROWS), 1)
        if stride > CHECKPOINT_EVERY // 4:
            stride = -(-stride // CHECKPOINT_EVERY) * CHECKPOINT_EVERY  # which the run has at hand
        steps = list(range(first, last + 1, stride))
        points = list(self.run.trajectory(first, last, stride))
        if steps[-1] != last:
            steps.append(last)
            points.append(self.run.params_at(last))
        problem = self.run.problem
        labels = problem.Y.argmax(axis=1)
        return Rows(
            np.array(steps, dtype=np.int32),
            np.array([np.concatenate([p.weights.ravel(), p.bias]) for p in points], dtype=np.float32),
            self.run.losses[steps],
            np.array([accuracy(p.logits(problem.X), labels) for p in points]),
            np.array([self.held_out.evaluate(p, 0.0).loss for p in points] if self.held_out else []),
        )


def start_of(n_features: int, n_classes: int) -> Parameters | None:
    """Where the reader has set W and b to begin, if they fit a problem of this size."""

    def parse(text: str) -> list[float] | None:
        numbers = [link.number(part, -LARGEST_WEIGHT, LARGEST_WEIGHT) for part in text.split(",")]
        return [value for value in numbers if value is not None] if None not in numbers else None

    zeros: list[float] = []
    link.adopt(START, parse, zeros)
    numbers: list[float] = st.session_state[START]
    if len(numbers) != (n_features + 1) * n_classes:
        numbers = []
    link.write(START, link.as_text(numbers), "")
    if not numbers:
        return None
    values = np.array(numbers).reshape(n_features + 1, n_classes)
    return Parameters(values[:-1], values[-1])


def start_from(values: Floats | None) -> None:
    """Begin a new run from W above b, (D + 1, K), or from zeros again."""
    st.session_state[START] = [] if values is None else [float(f"{value:.6g}") for value in values.ravel()]


def watch(
    identity: str,
    problem: Problem,
    held_out: Problem | None,
    settings: Settings,
    stop: Stop,
    start: Parameters | None,
) -> Watched:
    """The run in the session if it is of this problem, else the link's, else a new one."""
    watched = st.session_state.get(STATE)
    step = link.news(STEP)
    if step is not None or not (isinstance(watched, Watched) and watched.identity == identity):
        watched = Watched(identity, Run.begin(problem, settings, start), held_out, start, stop=stop)
        if step is not None:
            _retrace(watched, step, settings)
        st.session_state[STATE] = watched
    watched.stop = stop
    write_to_link(watched)
    return watched


def answer(watched: Watched, message: object, settings: Settings) -> Rows | None:
    """Do what the stage asks: note the step on screen, start anew, branch, give rows. Nonsense gets no answer."""
    if not isinstance(message, Mapping) or message.get("scene") != watched.identity:
        return None
    if message.get("settings") != name_of(settings):
        return None  # sent before the stage knew of a change; it asks again when it does
    shown, rows = message.get("at"), message.get("rows")
    if message.get("restart") is True:
        watched.run, watched.diverged = Run.begin(watched.run.problem, settings, watched.start), False
    elif message.get("branch") is True and _is_step(shown) and watched.run.settings != settings:
        watched.branch(shown, settings)
    if _is_step(shown):
        watched.shown = watched.reach(shown)
        write_to_link(watched)
    pick = message.get("pick")
    if _is_step(pick) and pick < len(watched.run.problem.X):
        st.session_state.update(sample=pick + 1, panel="sample")
    if isinstance(rows, Mapping):
        first, last, stride = (rows.get(name) for name in ("from", "to", "stride"))
        if _is_step(first) and _is_step(last) and _is_step(stride) and first <= last:
            return watched.rows(first, last, stride)
    return None


def write_to_link(watched: Watched) -> None:
    """Put the step on screen, and the settings that led there where the controls say others now, into the link."""
    stretches = watched.run.up_to(watched.shown).schedule
    ends = [start for start, _ in stretches[1:]]
    if stretches[-1][1] != watched.run.settings:
        ends.append(watched.shown)
    past = ";".join(f"{end}:{name_of(settings)}" for end, (_, settings) in zip(ends, stretches, strict=False))
    link.write(STEP, str(watched.shown), "0")
    link.write(PAST, past, "")


def end_of(watched: Watched) -> tuple[int, str] | None:
    """The last step there is and why, once it is known."""
    steps = watched.run.steps
    if (calm := watched.settled()) is not None:
        return calm, t("training.calm", step=calm, tolerance=f"{watched.stop.tolerance:g}")
    if watched.diverged:
        return steps, t("training.diverged", step=steps + 1)
    if steps >= watched.stop.steps:
        return watched.stop.steps, t("training.limit", steps=watched.stop.steps)
    return None


def name_of(settings: Settings) -> str:
    """Settings as text: α:batch:λ, the batch 0 when it is all samples."""
    return f"{settings.learning_rate:g}:{settings.batch_size or 0}:{settings.l2:g}"


def _retrace(watched: Watched, step: str, settings: Settings) -> None:
    """Take the run the link describes, as far as it makes sense."""
    target = link.number(step, 0, MAX_STEPS)
    if target is None:
        return
    shown = int(target)
    try:
        past = [_stretch(text) for text in st.query_params.get(PAST, "").split(";") if text]
        if any(later <= earlier for (earlier, _), (later, _) in pairwise(past)):
            raise InvalidDataError("past")
        for index, (until, _) in enumerate(past):
            if index == 0:
                watched.branch(0, past[0][1])
            following = past[index + 1][1] if index + 1 < len(past) else settings
            watched.branch(min(until, shown), following)
    except ValueError:
        watched.branch(0, settings)
    watched.shown = watched.reach(shown)


def _stretch(text: str) -> tuple[int, Settings]:
    until, learning_rate, batch_size, l2 = text.split(":")
    if not 0 < int(until) <= MAX_STEPS:
        raise InvalidDataError("past")
    return int(until), Settings(float(learning_rate), int(batch_size) or None, float(l2))


def _is_step(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2 * MAX_STEPS
