"""A run that is trained on demand, with its stopping rule and its rows for the stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS, Floats
from core.parameters import Parameters
from core.run import CHECKPOINT_EVERY, OnStep, Run, Settings
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training.model import Model

MAX_STEPS = 20_000
MAX_ROWS = 400
"""Maximum number of rows per request, not counting the row of the last step. For more, the stride is increased."""

STEPS_AT_ONCE = 100
"""Steps between two calls of `SCRIPT_QUEUE.maybe_yield`."""

_MAX_REPLAYED_STRIDE = 8
"""Largest stride to which `_thinned` increases a smaller one. If more is needed, it takes a multiple of
CHECKPOINT_EVERY: the states of these steps are stored and need not be computed again."""


class StoppingRule(NamedTuple):
    """When to stop: after `steps` steps, or once a step changes the loss by less than `tolerance` (0: never)."""

    steps: int = MAX_STEPS
    tolerance: float = 0.0


DEFAULT_STOPPING_RULE = StoppingRule()


class RunEnd(NamedTuple):
    """The last step of a run and the reason: "converged", "limit" or "diverged".

    `best_step` is the step with the lowest loss, only for a run that diverged.
    """

    step: int
    reason: str
    best_step: int | None = None


@dataclass(frozen=True, eq=False)
class Rows:
    """A run at some steps (m,): parameters (m, D·K + K) with W before b, losses (m,), accuracies (m,).

    `held_out` (m,) are the losses on the held-out samples, without the penalty; (0,) if there are none. Parameters are
    float32, which suffices for drawing.
    """

    steps: NDArray[np.int32]
    parameters: NDArray[np.float32]
    losses: Floats
    accuracies: Floats
    held_out: Floats


@dataclass(eq=False)
class TrackedRun:
    """A model's run, trained as far as needed so far, and its stopping rule.

    During `SCRIPT_QUEUE.maybe_yield`, another script of the same session may run and change this object.
    """

    model: Model
    run: Run
    stop: StoppingRule = DEFAULT_STOPPING_RULE
    converged_at: int | None = None
    """First step that changed the loss by less than the tolerance, or None if no such step is known."""
    _compared_to: int = 0
    """The step up to which losses were compared with the tolerance."""
    _best_step: int | None = None
    _cached_rows: tuple[tuple[int, int, int], Run, Rows] | None = None
    """The last call of `rows`: its arguments, the run after it, and its result."""

    def replace_model(self, model: Model, stop: StoppingRule) -> None:
        """Replace the model and the stopping rule; keep the run.

        The new model must have the same training samples, held-out samples and start as the present one.
        """
        # The samples are kept: the new model has copies, which would double the memory of the session.
        self.model = replace(model, problem=self.model.problem, held_out=self.model.held_out)
        self._cached_rows = None
        if stop.tolerance != self.stop.tolerance:
            self.converged_at, self._compared_to = None, 0
        self.stop = stop

    def advance_to(self, step: int, on_step: OnStep | None = None) -> int:
        """Train up to `step`; return `step`, or the last step if the run ends before.

        If another script changes the run in the meantime, training stops and the step returned may be earlier.
        `on_step` is called after each newly trained step, as by `Run.continued`.
        """
        step = min(step, self.stop.steps)
        self._find_convergence()
        while self.run.steps < step and not self.run.diverged and self.converged_at is None:
            run = self.run = self.run.continued(min(step - self.run.steps, STEPS_AT_ONCE), on_step=on_step)
            self._find_convergence()
            SCRIPT_QUEUE.maybe_yield()
            if self.run.schedule != run.schedule or self.run.steps < run.steps:
                break  # another script changed the run during maybe_yield
        return min(step, self.run.steps, self.converged_at or step)

    def run_to(self, step: int) -> Run:
        """Return the run up to `step`, or the whole run if it ends before; train as far as needed."""
        step = self.advance_to(step)
        return self.run.truncated(step)

    def params_at(self, step: int) -> Parameters:
        """Return W and b at `step`, or at the last step if the run ends before; train as far as needed."""
        return self.run_to(step).parameters

    def outputs_at(self, step: int, features: Floats) -> Floats:
        """Return the outputs Ŷ (m, K) for features Φ (m, D) at a step, or at the last step if the run ends before."""
        return ACTIVATIONS[self.model.problem.head](self.params_at(step).logits(features))

    def change_settings(self, step: int, settings: Settings) -> None:
        """Use `settings` from `step` on, or from the last step if the run ends before; discard later steps.

        Trains up to `step` first.
        """
        self._replace(self.run_to(step).with_settings(settings))

    def restart(self) -> None:
        """Begin the run again at step 0 with its current settings; discard all later steps."""
        self._replace(Run.begin(self.model.problem, self.run.settings, self.model.start))

    def end(self) -> RunEnd | None:
        """Return the step at which the run ended and why it ended, or None if it can be continued."""
        self._find_convergence()
        if self.converged_at is not None and self.converged_at <= self.stop.steps:
            return RunEnd(self.converged_at, "converged")
        if self.run.steps >= self.stop.steps:
            return RunEnd(self.stop.steps, "limit")
        if self.run.diverged:
            if self._best_step is None:
                self._best_step = int(self.run.losses.argmin())
            return RunEnd(self.run.steps, "diverged", self._best_step)
        return None

    def rows(self, first: int, last: int, stride: int) -> Rows:
        """Return the rows of every `stride`-th step from `first` to `last`, and of `last` itself; train up to `last`.

        If the run ends before, `last` is the last step of the run. The stride is increased if there would be more than
        MAX_ROWS rows. The last result is kept: the stage repeats a request that has waited too long.
        """
        if self._cached_rows is not None and self._cached_rows[:2] == ((first, last, stride), self.run):
            return self._cached_rows[2]
        request = first, last, stride
        last = min(last, self.stop.steps)
        wanted_steps, schedule = _thinned(first, last, stride), self.run.schedule
        trained: dict[int, tuple[Parameters, float | None]] = {self.run.steps: (self.run.parameters, None)}

        def keep_state(step: int, parameters: Parameters, loss: float | None) -> None:
            if step in wanted_steps or step == last:
                trained[step] = parameters, loss

        last = self.advance_to(last, keep_state)
        if self.run.schedule != schedule:
            trained.clear()  # another script has changed the settings and thereby discarded these states
        run, model = self.run, self.model
        steps, parameters, losses, accuracies, held_out = [], [], [], [], []
        for step, state, loss in _states(run, _thinned(min(first, last), last, stride), last, trained):
            steps.append(step)
            parameters.append(np.concatenate([state.weights.ravel(), state.bias]))
            losses.append(run.loss_at(step, state) if loss is None else loss)
            accuracies.append(model.accuracy(state))
            if model.held_out is not None:
                held_out.append(model.held_out.objective(state, 0.0)[0])
            SCRIPT_QUEUE.maybe_yield()
        measures = map(np.array, (losses, accuracies, held_out))
        rows = Rows(np.array(steps, dtype=np.int32), np.array(parameters, dtype=np.float32), *measures)
        self._cached_rows = request, run, rows
        return rows

    def _find_convergence(self) -> None:
        """Set `converged_at` if one of the steps not yet compared changed the loss by less than the tolerance."""
        while self.stop.tolerance and self.converged_at is None and self._compared_to < self.run.steps:
            first, last = self._compared_to, min(self._compared_to + STEPS_AT_ONCE, self.run.steps)
            states = enumerate(self.run.trajectory(first, last), first)
            changes = np.abs(np.diff([self.run.loss_at(step, state) for step, state in states]))
            small = np.flatnonzero(changes < self.stop.tolerance)
            self._compared_to = last
            if len(small):
                self.converged_at = first + int(small[0]) + 1
            SCRIPT_QUEUE.maybe_yield()

    def _replace(self, run: Run) -> None:
        """Replace the run; discard the best step, and convergence results for steps that the new run does not have."""
        self.run = run
        if self.converged_at is not None and self.converged_at > run.steps:
            self.converged_at = None
        self._compared_to = min(self._compared_to, run.steps)
        self._best_step = None


def _states(
    run: Run, steps: range, last: int, trained: Mapping[int, tuple[Parameters, float | None]]
) -> Iterator[tuple[int, Parameters, float | None]]:
    """Yield each step of `steps`, and `last`, with its parameters and its loss, or None if the loss is not known.

    `trained` holds the states that were trained just now, and the state from which they were trained. They are used if
    they cover all the steps. Otherwise some steps were trained earlier, and all states are replayed.
    """
    if trained.keys() >= {*steps, last}:
        yield from ((step, *trained[step]) for step in sorted({*steps, last}))
        return
    yield from zip(steps, run.trajectory(steps[0], steps[-1], steps.step), repeat(None))
    if steps[-1] != last:
        yield last, run.params_at(last), None


def _thinned(first: int, last: int, stride: int) -> range:
    """Return every `stride`-th step of first … last, with a larger stride if there would be more than MAX_ROWS steps.

    If `stride` exceeds CHECKPOINT_EVERY, or must be increased beyond _MAX_REPLAYED_STRIDE, it is rounded up to a
    multiple of CHECKPOINT_EVERY.
    """
    min_stride = -(-(last - first) // MAX_ROWS)
    if min_stride > max(stride, _MAX_REPLAYED_STRIDE) or stride > CHECKPOINT_EVERY:
        stride = -(-max(stride, min_stride) // CHECKPOINT_EVERY) * CHECKPOINT_EVERY
    return range(first, max(first, last) + 1, max(stride, min_stride, 1))
