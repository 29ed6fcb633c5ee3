"""Gradient descent on the mean loss with an L2 penalty (slides 4.1 to 4.4).

    minimised     L(W, b) = loss(XW + b, Y) + (λ/2)‖W‖²             the bias goes unpenalised
    gradients     ∇_W = Xᵀ G + λW        ∇_b = Σᵢ Gᵢ                 G = ∂loss/∂Z, (n, K); here (Ŷ − Y)/n
    update        W := W − α∇_W          b := b − α∇_b

X is (n, d), Y (n, K), W (d, K), b (K,). Mini-batches are shuffled by a counter-based generator keyed by (seed,
epoch), so that step s does not depend on how it was reached: a `Run` is a pure function of its data and settings. It
keeps parameters only at every `CHECKPOINT_EVERY`-th step and replays the steps between, bit for bit.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import Floats, sigmoid, softmax
from core.errors import InvalidDataError
from core.losses import (
    SMALL_LOGIT,
    LossSum,
    one_hot,
    sigmoid_binary_cross_entropy,
    sigmoid_binary_cross_entropy_sum,
    softmax_cross_entropy,
    softmax_cross_entropy_sum,
)
from core.model import Parameters

CHECKPOINT_EVERY = 50

DIVERGED_LOSS = 1e12
"""Where a run counts as lost: with features of ordinary size, the steps after it only lead to the end of float64."""

_NUMBERS_AT_ONCE = 2**15
"""How many logits to work on in one go: of float64, what a processor keeps close by."""


class Head(NamedTuple):
    """What stands on the logits: how they become probabilities, the loss that trains them, and its sum over samples."""

    activation: Callable[[ArrayLike], Floats]
    loss: Callable[[ArrayLike, ArrayLike], tuple[float, Floats]]
    loss_sum: LossSum


HEADS = {
    "softmax": Head(softmax, softmax_cross_entropy, softmax_cross_entropy_sum),
    # One-vs-rest, or several labels at once:
    "sigmoid": Head(sigmoid, sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_sum),
}


@dataclass(frozen=True)
class Settings:
    """What may change in mid-run: learning rate α > 0, batch size (None: all samples), penalty λ ≥ 0."""

    learning_rate: float
    batch_size: int | None = None
    l2: float = 0.0

    def __post_init__(self) -> None:
        """Raise InvalidDataError naming the setting that is out of range."""
        if not 0 < self.learning_rate < np.inf:
            raise InvalidDataError("learning_rate", learning_rate=self.learning_rate)
        if self.batch_size is not None and not (self.batch_size >= 1 and self.batch_size % 1 == 0):
            raise InvalidDataError("batch_size", batch_size=self.batch_size)
        if not 0 <= self.l2 < np.inf:
            raise InvalidDataError("l2", l2=self.l2)


class _Columns(NamedTuple):
    """Samples as a step reads them, one a column: features over a row of 1, targets, and the targets' sums."""

    X: Floats
    Y: Floats
    mass: Floats

    def take(self, samples: NDArray[np.intp]) -> _Columns:
        """Copies of these samples, in this order."""
        return _Columns(self.X.take(samples, axis=1), self.Y.take(samples, axis=1), self.mass.take(samples))

    def cut(self, size: int) -> Iterator[_Columns]:
        """All of them in groups of a size that divides their number."""
        X, Y = (part.reshape(len(part), -1, size).transpose(1, 0, 2) for part in (self.X, self.Y))
        return map(_Columns, X, Y, self.mass.reshape(-1, size))


@dataclass(frozen=True)
class Problem:
    """Features X (n, d), targets Y (n, K), the head that is trained, and the seed of the mini-batches.

    It keeps copies of its own, laid out column by column.
    """

    X: Floats
    Y: Floats
    head: str = "softmax"
    seed: int = 0
    _columns: _Columns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the copies."""
        columns = np.ones((self.X.shape[1] + 1, len(self.X)))
        columns[:-1] = self.X.T
        targets = np.array(self.Y.T, dtype=np.float64, order="C")
        object.__setattr__(self, "_columns", _Columns(columns, targets, np.add.reduce(targets, axis=0)))
        object.__setattr__(self, "X", columns[:-1].T)
        object.__setattr__(self, "Y", targets.T)

    def gradient(self, parameters: Parameters, l2: float, rows: NDArray[np.intp] | None = None) -> Parameters:
        """∇_W (d, K) and ∇_b (K,) of the objective over the given rows, or all (slides 4.2 to 4.4)."""
        columns = self._columns if rows is None else self._columns.take(rows)
        return Parameters(self._gradient(parameters.stacked, l2, columns))

    def _gradient(self, stacked: Floats, l2: float, columns: _Columns) -> Floats:
        X, Y, mass = columns
        G: Floats = np.dot(stacked.T, X)
        weights = stacked.ravel()
        small = np.dot(weights, weights) <= self._most_for_small_logits
        HEADS[self.head].loss_sum(G, Y, mass, value=False, small=small)  # makes logits their gradient
        gradient: Floats = np.dot(X, G.T)
        gradient /= len(mass)
        if l2:
            gradient[:-1] += l2 * stacked[:-1]
        return gradient

    def losses(self, points: Sequence[Parameters], l2: float) -> Floats:
        """The objective over all rows at each of the points, to the last bit however many they are (slide 4.1)."""
        X, Y, mass = self._columns
        losses = [np.empty(0)]
        for stacked in self._some_at_a_time(points):
            sums = HEADS[self.head].loss_sum(stacked.transpose(0, 2, 1) @ X, Y, mass, slope=False) / len(mass)
            losses.append(sums + 0.5 * l2 * (stacked[:, :-1] ** 2).sum(axis=(1, 2)) if l2 else sums)
        return np.concatenate(losses)

    def losses_at_most(self, points: Sequence[Parameters], l2: float) -> float:
        """What none of these losses exceeds, found without the samples: |zₖ| ≤ max|xⱼ| Σⱼ|wⱼₖ|. NaN if one may be."""
        n_classes: int = self.Y.shape[1]
        largest, most = self._bounds
        weights = float(np.abs([point.stacked for point in points]).sum(axis=1).max())
        penalty = 0.5 * l2 * n_classes * weights * weights
        return (most + n_classes) * (2 * largest * weights + n_classes) + penalty

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        """The largest |xⱼ|, of the row of 1 too, and the largest Σ|yₖ| of a sample."""
        return float(np.abs(self._columns.X).max()), float(np.abs(self._columns.Y).sum(axis=0).max())

    @cached_property
    def _most_for_small_logits(self) -> float:
        """Up to which Σw², over all weights and biases, no logit is beyond ±SMALL_LOGIT: |zₖ| ≤ ‖x‖ ‖wₖ‖."""
        with np.errstate(over="ignore"):
            return float(SMALL_LOGIT**2 / np.square(self._columns.X).sum(axis=0).max())

    def logits(self, points: Sequence[Parameters]) -> Iterator[Floats]:
        """Z at each of the points, some at a time: (points, n, K), to the last bit what `Parameters.logits` gives."""
        for stacked in self._some_at_a_time(points):
            z = stacked[:, :-1].transpose(0, 2, 1) @ self.X.T
            z += stacked[:, -1, :, None]
            yield z.transpose(0, 2, 1)

    def _some_at_a_time(self, points: Sequence[Parameters]) -> Iterator[Floats]:
        """The points stacked, so many at a time that their logits stay close by."""
        at_once = max(1, _NUMBERS_AT_ONCE // self.Y.size)
        for first in range(0, len(points), at_once):
            yield np.array([point.stacked for point in points[first : first + at_once]])

    def batch(self, step: int, size: int | None) -> NDArray[np.intp] | None:
        """Rows of the mini-batch of this step, None if it holds all: an epoch shuffles all and takes full batches."""
        n = len(self.X)
        if size is None or size >= n:
            return None
        epoch, turn = divmod(step, n // size)
        return self._shuffler()(epoch)[turn * size : (turn + 1) * size]

    def _batches(self, first: int, last: int, size: int | None) -> Iterator[_Columns]:
        """The samples that each step from one to another reads."""
        n = len(self.X)
        if size is None or size >= n:
            yield from repeat(self._columns, last - first)
            return
        shuffled, steps = self._shuffler(), n // size
        for epoch in range(first // steps, -(-last // steps)):
            begin, end = max(first - epoch * steps, 0), min(last - epoch * steps, steps)
            yield from self._columns.take(shuffled(epoch)[begin * size : end * size]).cut(size)

    def _shuffler(self) -> Callable[[int], NDArray[np.intp]]:
        """What gives the samples in the order of an epoch."""
        bits = np.random.Philox(key=np.array([self.seed, 0], dtype=np.uint64))
        generator, state = np.random.Generator(bits), bits.state

        def shuffled(epoch: int) -> NDArray[np.intp]:
            state["state"]["key"][1] = epoch
            bits.state = state  # faster than another generator
            return generator.permutation(len(self.X))

        return shuffled


class DivergenceError(ArithmeticError):
    """The loss rose beyond all bounds at `step`; `run` holds all steps before it."""

    def __init__(self, step: int, run: Run) -> None:
        self.step = step
        self.run = run
        super().__init__(f"training diverged at step {step}: the loss is beyond {DIVERGED_LOSS:g}, or not a number")


@dataclass(frozen=True)
class Run:
    """A training run: a problem, a start, the settings in force from each step on, and where they led.

    `parameters` is where it has arrived, in so many `steps`. Losses it keeps as far as they were found on the way, or
    somebody has asked for them.
    """

    problem: Problem
    schedule: tuple[tuple[int, Settings], ...]
    steps: int
    parameters: Parameters
    _losses: Floats = field(repr=False)
    _checkpoints: Floats = field(repr=False)

    @classmethod
    def begin(cls, problem: Problem, settings: Settings, start: Parameters | None = None) -> Run:
        """A run of no steps, from W = 0, b = 0 unless told where to start.

        Raises DivergenceError if the start is already beyond DIVERGED_LOSS.
        """
        start = start or Parameters.zeros(problem.X.shape[1], problem.Y.shape[1])
        with np.errstate(over="ignore", invalid="ignore"):
            losses = problem.losses([start], settings.l2)
        run = cls(problem, ((0, settings),), 0, start, losses, start.stacked[None])
        if not losses[0] <= DIVERGED_LOSS:
            raise DivergenceError(0, run)
        return run

    @property
    def losses(self) -> Floats:
        """(steps+1,), the objective over all samples at each step, under the settings that led there."""
        return self.losses_to(self.steps)

    def losses_to(self, step: int) -> Floats:
        """(step+1,), `losses` up to a step: for those not known yet, the steps are taken again."""
        losses = [self._losses]
        for first in range(self.valued_to + 1, step + 1, CHECKPOINT_EVERY):
            steps = range(first, min(first + CHECKPOINT_EVERY, step + 1))
            losses.append(self.losses_at(steps, [*self.trajectory(steps[0], steps[-1])]))
        if len(losses) > 1:
            object.__setattr__(self, "_losses", np.concatenate(losses))
        return self._losses[: step + 1]

    @property
    def valued_to(self) -> int:
        """Up to which step losses are known."""
        return len(self._losses) - 1

    def losses_at(self, steps: Sequence[int], points: Sequence[Parameters]) -> Floats:
        """`losses` at these steps, which led to these points: no step is taken again, and the losses are not kept."""
        penalties = (self.settings_at(max(step - 1, 0)).l2 for step in steps)
        losses = [np.empty(0)]
        with np.errstate(over="ignore", invalid="ignore"):
            for l2, led in groupby(zip(penalties, points, strict=True), itemgetter(0)):
                losses.append(self.problem.losses([point for _, point in led], l2))
        return np.concatenate(losses)

    @property
    def settings(self) -> Settings:
        """The settings in force at its end."""
        return self.schedule[-1][1]

    @property
    def weights(self) -> Floats:
        """W (d, K) at its end."""
        return self.parameters.weights

    @property
    def bias(self) -> Floats:
        """b (K,) at its end."""
        return self.parameters.bias

    def settings_at(self, step: int) -> Settings:
        """The settings under which the step after `step` is taken."""
        return self.schedule[bisect(self.schedule, step, key=itemgetter(0)) - 1][1]

    def params_at(self, step: int) -> Parameters:
        """W and b after `step` steps. Raises IndexError beyond 0 … steps."""
        return next(self.trajectory(step, step))

    def trajectory(self, first: int, last: int, stride: int = 1) -> Iterator[Parameters]:
        """W and b after `first`, `first + stride`, … up to `last` steps. Raises IndexError beyond 0 … steps."""
        if not 0 <= first <= last <= self.steps:
            raise IndexError(f"steps {first} to {last} of a run of {self.steps}")
        if first == last == self.steps:
            yield self.parameters
            return
        if stride > CHECKPOINT_EVERY or (stride == CHECKPOINT_EVERY and first % stride == 0):
            for step in range(first, last + 1, stride):
                yield self.params_at(step)
            return
        for nearest in range(first // CHECKPOINT_EVERY, last // CHECKPOINT_EVERY + 1):
            checkpoint, start = Parameters(self._checkpoints[nearest]), nearest * CHECKPOINT_EVERY
            leg = self._leg(checkpoint, start, min(start + CHECKPOINT_EVERY - 1, last))
            for step, parameters in enumerate([checkpoint, *leg], start):
                if step >= first and (step - first) % stride == 0:
                    yield parameters

    def continued(
        self,
        steps: int,
        settings: Settings | None = None,
        passed: Callable[[int, Parameters], None] | None = None,
        valued: bool = True,
    ) -> Run:
        """This run and `steps` more, under other settings from here on if given; `passed` is told where each step led.

        With `valued`, and if losses are known so far, the others are found on the way; else not before they are asked
        for. Raises DivergenceError where the loss passes DIVERGED_LOSS.
        """
        if settings is not None and settings != self.settings:
            if self.steps == 0:
                return Run.begin(self.problem, settings, self.parameters).continued(steps, None, passed, valued)
            kept = tuple(item for item in self.schedule if item[0] < self.steps)
            return replace(self, schedule=(*kept, (self.steps, settings))).continued(steps, None, passed, valued)
        losses, checkpoints = [self._losses], [self._checkpoints]
        step, last, end, diverged_at = self.steps, self.parameters, self.steps + steps, None
        valued = valued and self.valued_to == self.steps
        for first in range(self.steps, end, CHECKPOINT_EVERY):
            leg = self._leg(last, first, min(first + CHECKPOINT_EVERY, end))
            with np.errstate(over="ignore", invalid="ignore"):
                is_safe = self.problem.losses_at_most(leg, self.settings.l2) <= DIVERGED_LOSS
            if valued or not is_safe:
                leg_losses = self.losses_at(range(first + 1, first + len(leg) + 1), leg)
                if not (good := leg_losses <= DIVERGED_LOSS).all():
                    leg = leg[: good.argmin()]
                    diverged_at = first + len(leg) + 1
                if valued:
                    losses.append(leg_losses[: len(leg)])
            for step, last in enumerate(leg, first + 1):
                if step % CHECKPOINT_EVERY == 0:
                    checkpoints.append(last.stacked[None])
                if passed is not None:
                    passed(step, last)
            if diverged_at is not None:
                break
        run = replace(
            self, steps=step, parameters=last, _losses=np.concatenate(losses), _checkpoints=np.concatenate(checkpoints)
        )
        if diverged_at is not None:
            raise DivergenceError(diverged_at, run)
        return run

    def schedule_to(self, step: int) -> tuple[tuple[int, Settings], ...]:
        """The settings in force from each step on, as far as they led to this step."""
        return tuple(item for item in self.schedule if item[0] < max(step, 1))

    def up_to(self, step: int) -> Run:
        """The first `step` steps of it."""
        return replace(
            self,
            schedule=self.schedule_to(step),
            steps=step,
            parameters=self.params_at(step),
            _losses=self._losses[: step + 1],
            _checkpoints=self._checkpoints[: step // CHECKPOINT_EVERY + 1],
        )

    def _leg(self, start: Parameters, first: int, last: int) -> list[Parameters]:
        """Where each step from `start` at `first` leads, to `last`."""
        problem, stacked, leg = self.problem, start.stacked, list[Parameters]()
        with np.errstate(over="ignore", invalid="ignore"):
            for begin, end, settings in self._stretches(first, last):
                rate, l2 = settings.learning_rate, settings.l2
                for batch in problem._batches(begin, end, settings.batch_size):
                    stacked = stacked - rate * problem._gradient(stacked, l2, batch)
                    leg.append(Parameters(stacked))
        return leg

    def _stretches(self, first: int, last: int) -> Iterator[tuple[int, int, Settings]]:
        """From which step to which what settings are in force."""
        changes = [step for step, _ in self.schedule if first < step < last]
        for begin, end in pairwise([first, *changes, last]):
            yield begin, end, self.settings_at(begin)


def train(
    X: ArrayLike,
    labels: ArrayLike,
    *,
    learning_rate: float,
    steps: int,
    batch_size: int | None = None,
    l2: float = 0.0,
    seed: int = 0,
    head: str = "softmax",
    start: Parameters | None = None,
) -> Run:
    """Train on features X (n, d) and labels (n,), or targets (n, K), by gradient descent (slide 4.4).

    Classes number max(labels) + 1. Raises InvalidDataError for input that cannot be trained on, DivergenceError where
    the loss passes DIVERGED_LOSS.
    """
    X, Y = checked_data(X, labels)
    if head not in HEADS:
        raise InvalidDataError("head", head=head)
    if not (0 <= seed < 2**64 and seed % 1 == 0):
        raise InvalidDataError("seed", seed=seed)
    if steps < 0:
        raise InvalidDataError("steps", steps=steps)
    if start is not None:
        if start.weights.shape != (X.shape[1], Y.shape[1]) or start.bias.shape != (Y.shape[1],):
            raise InvalidDataError("shape", start=start.weights.shape, expected=(X.shape[1], Y.shape[1]))
        if not (np.isfinite(start.weights).all() and np.isfinite(start.bias).all()):
            raise InvalidDataError("not_finite")
    settings = Settings(learning_rate, batch_size, l2)
    return Run.begin(Problem(X, Y, head, seed), settings, start).continued(steps)


def checked_data(X: ArrayLike, labels: ArrayLike) -> tuple[Floats, Floats]:
    """Features (n, d) and targets (n, K) as arrays of finite float64.

    Raises InvalidDataError("shape"), ("not_finite") or ("labels").
    """
    X = np.asarray(X, dtype=np.float64)
    targets = np.asarray(labels)
    if X.ndim != 2 or len(X) == 0 or targets.ndim not in (1, 2) or len(targets) != len(X):
        raise InvalidDataError("shape", X=X.shape, labels=targets.shape)
    if targets.dtype.kind not in "biuf" or targets.shape[1:] == (0,):
        raise InvalidDataError("labels", dtype=targets.dtype.name, shape=targets.shape)
    if not (np.isfinite(X).all() and np.isfinite(targets).all()):
        raise InvalidDataError("not_finite")
    Y = one_hot(targets, int(targets.max()) + 1) if targets.ndim == 1 else targets.astype(np.float64)
    return X, Y
