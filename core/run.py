"""A training run that can be continued with the same or other settings, and replayed from any step, bit for bit.

Each step is computed by `core.gradient_descent`. Since mini-batches depend on the seed and the step alone, a run is a
function of its problem, its start and its schedule of settings. `Run` keeps the parameters after every
`CHECKPOINT_EVERY`-th step and replays the steps between. Losses are computed from the parameters when needed.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import ArrayLike

from core.activations import Floats
from core.gradient_descent import MAX_LOSS, RowIndex, descend, minibatches, objective
from core.parameters import Parameters
from core.validation import check_settings, check_whole_numbers, checked_data

CHECKPOINT_EVERY = 50


@dataclass(frozen=True)
class Settings:
    """The settings that may change during a run: learning rate α > 0, batch size (None: all samples), penalty λ ≥ 0."""

    learning_rate: float
    batch_size: int | None = None
    l2: float = 0.0

    def __post_init__(self) -> None:
        """Raise InvalidDataError with the name of a setting that is out of range."""
        check_settings(self.learning_rate, self.batch_size, self.l2)


OnStep = Callable[[int, Parameters, float | None], None]
Schedule = tuple[tuple[int, Settings], ...]
"""Pairs of a step and the settings that apply from this step on."""


@dataclass(frozen=True, eq=False)
class Problem:
    """The constants of a run: features X (n, d), targets Y (n, K), head, and the seed of the mini-batches.

    The constructor does not check its arguments; `from_data` does.
    """

    X: Floats
    Y: Floats
    head: str = "softmax"
    seed: int = 0

    @classmethod
    def from_data(cls, X: ArrayLike, labels: ArrayLike, head: str = "softmax", seed: int = 0) -> Problem:
        """Check and copy features X (n, d) and labels (n,) or targets (n, K); return them as a problem.

        Raises InvalidDataError if training on these data is impossible.
        """
        check_whole_numbers(seed=seed)
        return cls(*checked_data(X, labels, head), head, seed)

    def objective(self, parameters: Parameters, l2: float, rows: RowIndex = slice(None)) -> tuple[float, Parameters]:
        """Return the loss over `rows`, by default all, and its gradients ∇_W and ∇_b."""
        loss, grad_W, grad_b = objective(self.X[rows], self.Y[rows], parameters.weights, parameters.bias, l2, self.head)
        return loss, Parameters(grad_W, grad_b)

    def minibatch(self, step: int, size: int | None) -> RowIndex:
        """Return the rows of X for the step after `step`; `size` is the batch size, None for all samples."""
        return next(minibatches(len(self.X), size, self.seed, step))


@dataclass(frozen=True, eq=False)
class Run:
    """A problem, a schedule of settings, and the parameters after `steps` steps.

    A run that diverged ends at the last step whose loss is at most MAX_LOSS. With mini-batches, the loss over the next
    mini-batch is compared. `checkpoints` (m, d + 1, K) are W above b after 0, CHECKPOINT_EVERY, … steps.
    """

    problem: Problem
    schedule: Schedule
    steps: int
    parameters: Parameters
    checkpoints: Floats
    diverged: bool = False

    @classmethod
    def begin(cls, problem: Problem, settings: Settings, start: Parameters | None = None) -> Run:
        """Return a run of 0 steps. It starts from W = 0 and b = 0, unless `start` is given."""
        start = start or Parameters.zeros(problem.X.shape[1], problem.Y.shape[1])
        return cls(problem, ((0, settings),), 0, start, start.stacked[None])

    @property
    def settings(self) -> Settings:
        """The settings at the end of the run."""
        return self.schedule[-1][1]

    @property
    def weights(self) -> Floats:
        """Weights W (d, K) at the end of the run."""
        return self.parameters.weights

    @property
    def bias(self) -> Floats:
        """Bias b (K,) at the end of the run."""
        return self.parameters.bias

    @property
    def losses(self) -> Floats:
        """The loss over all samples after 0, 1, … steps, (steps + 1,); replays the run."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.array([self.loss_at(step, p) for step, p in enumerate(self.trajectory(0, self.steps))])

    def loss_at(self, step: int, parameters: Parameters | None = None) -> float:
        """Return the loss over all samples after `step` steps, with the penalty of the settings that led to this step.

        Pass the `parameters` at this step if they are known, to avoid a replay.
        """
        parameters = parameters or self.params_at(step)
        return self.problem.objective(parameters, self.settings_at(max(step - 1, 0)).l2)[0]

    def settings_at(self, step: int) -> Settings:
        """Return the settings with which the run goes from `step` to `step` + 1."""
        return self.schedule[bisect(self.schedule, step, key=itemgetter(0)) - 1][1]

    def schedule_to(self, step: int) -> Schedule:
        """Return the entries of the schedule that were used to reach `step`."""
        return tuple(item for item in self.schedule if item[0] < max(step, 1))

    def params_at(self, step: int) -> Parameters:
        """Return W and b after `step` steps. Raises IndexError unless 0 ≤ `step` ≤ `self.steps`."""
        return next(self.trajectory(step, step))

    def trajectory(self, first: int, last: int, stride: int = 1) -> Iterator[Parameters]:
        """Yield W and b after `first`, `first + stride`, … up to `last` steps.

        Raises IndexError unless 0 ≤ `first` ≤ `last` ≤ `self.steps`.
        """
        if not 0 <= first <= last <= self.steps:
            raise IndexError(f"steps {first} to {last} of a run of {self.steps}")
        begin, segment = 0, list[Parameters]()
        for step in range(first, last + 1, stride):
            if step == self.steps:
                yield self.parameters
                continue
            if not begin <= step < begin + len(segment):
                begin = step - step % CHECKPOINT_EVERY
                end = min(begin + CHECKPOINT_EVERY - 1, last if stride < CHECKPOINT_EVERY else step)
                start = Parameters.from_stacked(self.checkpoints[begin // CHECKPOINT_EVERY])
                segment = [start, *(parameters for _, parameters in self._descend(start, begin, end))]
            yield segment[step - begin]

    def continued(self, steps: int, settings: Settings | None = None, on_step: OnStep | None = None) -> Run:
        """Return this run continued by `steps` steps, or fewer if it diverges.

        `settings`, if given, apply to the new steps. `on_step` is called after each new step with the step, its
        parameters and the loss over all samples, or None instead of the loss if the step used a mini-batch.
        """
        run = self if settings is None else self.with_settings(settings)
        if run.diverged:
            return run
        step, end, diverged = run.steps, run.steps + steps, False
        parameters, checkpoints = run.parameters, [run.checkpoints]
        is_full_batch = (run.settings.batch_size or len(run.problem.X)) >= len(run.problem.X)
        while step < end and not diverged:
            for loss, next_parameters in run._descend(parameters, step, min(step + CHECKPOINT_EVERY, end)):
                if not loss <= MAX_LOSS:
                    diverged = True
                    break
                step, parameters = step + 1, next_parameters
                if step % CHECKPOINT_EVERY == 0:
                    checkpoints.append(parameters.stacked[None])
                if on_step is not None:
                    on_step(step, parameters, loss if is_full_batch else None)
        return Run(run.problem, run.schedule, step, parameters, np.concatenate(checkpoints), diverged)

    def with_settings(self, settings: Settings) -> Run:
        """Return this run with `settings` for all steps after its end.

        With other settings than before, a run that diverged can be continued.
        """
        if settings == self.settings:
            return self
        past = tuple(item for item in self.schedule if item[0] < self.steps)
        return replace(self, schedule=(*past, (self.steps, settings)), diverged=False)

    def truncated(self, step: int) -> Run:
        """Return the first `step` steps of this run. Raises IndexError unless 0 ≤ `step` ≤ `self.steps`."""
        checkpoints = self.checkpoints[: step // CHECKPOINT_EVERY + 1]
        diverged = self.diverged and step == self.steps
        return Run(self.problem, self.schedule_to(step), step, self.params_at(step), checkpoints, diverged)

    def _descend(self, start: Parameters, first: int, last: int) -> list[tuple[float, Parameters]]:
        """Return the parameters after steps `first` + 1 to `last`, each with the loss over the next mini-batch.

        `start` holds the parameters after `first` steps.
        """
        X, Y, head, seed = self.problem.X, self.problem.Y, self.problem.head, self.problem.seed
        changes = [step for step, _ in self.schedule if first < step < last]
        if first == last:
            return []
        path = [(0.0, start)]
        with np.errstate(over="ignore", invalid="ignore"):
            for begin, end in pairwise([first, *changes, last]):
                settings = self.settings_at(begin)
                batches = islice(minibatches(len(X), settings.batch_size, seed, begin), end - begin + 1)
                steps = descend(X, Y, path[-1][1], batches, settings.learning_rate, settings.l2, head)
                path += [(loss, Parameters(W, b)) for loss, W, b in islice(steps, 1, None)]
        return path[1:]
