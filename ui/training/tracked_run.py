"""A run that the reader watches: when it stops, how it ended, and its rows for the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats
from core.model import Parameters
from core.run import CHECKPOINT_EVERY, Run, Settings
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training.model import Model

MAX_STEPS = 20_000
MAX_ROWS = 400
"""How many rows of one run are sent at once; of a longer part of it, every so many steps."""

STEPS_AT_ONCE = 100
"""After how many steps other scripts may run."""

_LARGEST_FREE_STRIDE = 8
"""Rows further apart than this are those of checkpoints, which need no replay."""


class Stop(NamedTuple):
    """When training stops: after so many steps, or once a step changes the loss by less than `tolerance` (0: never)."""

    steps: int = MAX_STEPS
    tolerance: float = 0.0


NEVER = Stop()
"""Training stops at the last step there can be."""


class End(NamedTuple):
    """The last step of a run and why there is no other: "converged", "limit" or "diverged".

    `best_step`, only of a run that diverged, has the least loss.
    """

    step: int
    reason: str
    best_step: int | None = None


@dataclass(frozen=True, eq=False)
class Rows:
    """A run at some steps (m,): parameters (m, D·K + K) with W before b, losses (m,), accuracies (m,).

    `held_out` (m,) are the losses over the samples held out, without the penalty; (0,) if there are none. Parameters
    are float32, since they end as pixels.
    """

    steps: NDArray[np.int32]
    parameters: NDArray[np.float32]
    losses: Floats
    accuracies: Floats
    held_out: Floats


@dataclass(eq=False)
class TrackedRun:
    """The run of a model as far as it was needed, and when it is to stop.

    Wherever it calls `maybe_yield`, another script of the same session may run and change it.
    """

    model: Model
    run: Run
    stop: Stop = NEVER
    converged_at: int | None = None
    """The first step that changed the loss by less than the tolerance, if it is known."""
    _compared_to: int = 0
    """Up to which step losses were compared with the tolerance."""
    _best_step: int | None = None

    def adopt(self, model: Model, stop: Stop) -> None:
        """Take the page's new model, which learns the same, and its stop; keep the samples, so that they exist once."""
        self.model = replace(model, problem=self.model.problem, held_out=self.model.held_out)
        if stop.tolerance != self.stop.tolerance:
            self.converged_at, self._compared_to = None, 0
        self.stop = stop

    def advance_to(self, step: int, on_step: Callable[[int, Parameters], None] | None = None) -> int:
        """Train up to a step if it is not reached yet; return the last step there is up to it."""
        step = min(step, self.stop.steps)
        self._find_convergence()
        while self.run.steps < step and not self.run.diverged and self.converged_at is None:
            run = self.run = self.run.continued(min(step - self.run.steps, STEPS_AT_ONCE), on_step=on_step)
            self._find_convergence()
            SCRIPT_QUEUE.maybe_yield()
            if self.run.schedule != run.schedule or self.run.steps < run.steps:
                break  # what was asked for is out of date
        return min(step, self.run.steps, self.converged_at or step)

    def run_to(self, step: int) -> Run:
        """Return the run up to a step, or to its end before it."""
        step = self.advance_to(step)
        return self.run.truncated(step)

    def params_at(self, step: int) -> Parameters:
        """Return W and b at a step, or where the run ended before it."""
        return self.run_to(step).parameters

    def change_settings(self, step: int, settings: Settings) -> None:
        """Train under other settings from a step on, or from the end of the run before it; drop what came after."""
        self._replace(self.run_to(step).with_settings(settings))

    def restart(self) -> None:
        """Return to the start, under the settings in force."""
        self._replace(Run.begin(self.model.problem, self.run.settings, self.model.start))

    def end(self) -> End | None:
        """Return the last step there is and why, once it is known."""
        self._find_convergence()
        if self.converged_at is not None and self.converged_at <= self.stop.steps:
            return End(self.converged_at, "converged")
        if self.run.steps >= self.stop.steps:
            return End(self.stop.steps, "limit")
        if self.run.diverged:
            if self._best_step is None:
                self._best_step = int(self.run.losses.argmin())
            return End(self.run.steps, "diverged", self._best_step)
        return None

    def rows(self, first: int, last: int, stride: int) -> Rows:
        """Return every `stride`-th step from `first`, and `last`, or where the run ends before; train as far."""
        last = min(last, self.stop.steps)
        wanted, schedule = _thinned(first, last, stride), self.run.schedule
        found = {self.run.steps: self.run.parameters}

        def keep(step: int, parameters: Parameters) -> None:
            if step in wanted:
                found[step] = parameters

        last = self.advance_to(last, keep)
        run, model = self.run, self.model
        if run.schedule != schedule:
            found.clear()
        found[run.steps] = run.parameters
        even = _thinned(min(first, last), last, stride)
        steps = [*even] if even[-1] == last else [*even, last]
        points: Iterable[Parameters] = map(found.__getitem__, steps)
        if not found.keys() >= {*steps}:
            points = chain(run.trajectory(even[0], even[-1], even.step), map(run.params_at, steps[len(even) :]))
        parameters, losses, accuracies, held_out = [], [], [], []
        for step, point in zip(steps, points, strict=True):
            parameters.append(np.append(point.weights, point.bias))
            losses.append(run.loss_at(step, point))
            accuracies.append(model.accuracy(point))
            if model.held_out is not None:
                held_out.append(model.held_out.objective(point, 0.0)[0])
            SCRIPT_QUEUE.maybe_yield()
        return Rows(
            np.array(steps, dtype=np.int32),
            np.array(parameters, dtype=np.float32),
            np.array(losses),
            np.array(accuracies),
            np.array(held_out),
        )

    def _find_convergence(self) -> None:
        """Compare the losses with the tolerance that were not compared yet."""
        while self.stop.tolerance and self.converged_at is None and self._compared_to < self.run.steps:
            first, last = self._compared_to, min(self._compared_to + STEPS_AT_ONCE, self.run.steps)
            points = enumerate(self.run.trajectory(first, last), first)
            changes = np.abs(np.diff([self.run.loss_at(step, point) for step, point in points]))
            small = np.flatnonzero(changes < self.stop.tolerance)
            self._compared_to = last
            if len(small):
                self.converged_at = first + int(small[0]) + 1
            SCRIPT_QUEUE.maybe_yield()

    def _replace(self, run: Run) -> None:
        """Go on with another run, and forget what was found out about its later steps."""
        self.run = run
        if self.converged_at is not None and self.converged_at > run.steps:
            self.converged_at = None
        self._compared_to = min(self._compared_to, run.steps)
        self._best_step = None


def _thinned(first: int, last: int, stride: int) -> range:
    """Return steps that far apart, or further if there were too many rows; then those of checkpoints, if possible."""
    least = -(-(last - first) // MAX_ROWS)
    if least > max(stride, _LARGEST_FREE_STRIDE) or stride > CHECKPOINT_EVERY:
        stride = -(-max(stride, least) // CHECKPOINT_EVERY) * CHECKPOINT_EVERY
    return range(first, max(first, last) + 1, max(stride, least, 1))
