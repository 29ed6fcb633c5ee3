"""The runs a reader watches, one or two on one timeline: kept in the session, described whole by the link.

The link holds the step on screen (`step`), the start where that is not zero (`start`) and, where settings were changed
on the way, each run's stretches before the last change (`past`, `past_b`, as `until:α:batch:λ;…`). From these and the
controls the same runs are taken again, bit for bit. A page that is not the first to have a timeline gives its keys a
prefix.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from time import thread_time
from typing import NamedTuple, TypeGuard

import numpy as np
import streamlit as st

from core.activations import Floats
from core.errors import InvalidDataError
from core.features import FeatureMap
from core.model import Parameters
from core.training import CHECKPOINT_EVERY, HEADS, DivergenceError, Problem, Run, Settings
from ui import dials, link
from ui.components.training_stage import MAX_STEPS, End, Rows, Standing, identity
from ui.i18n import t
from ui.turns import LATER, SOON, TURNS

STATE = "training_run"
START = "start"

LARGEST_WEIGHT = 100.0
"""How far from 0 a weight or bias set by hand may be."""

FIXED = Settings(1.0)
"""What a model is trained with where there are no dials."""

_STEPS_AT_ONCE = 100
"""How many steps are taken before others may go first."""

_MOST_ROWS = 400
_LEAST_THINNED = 8
"""Rows that would be further apart than this are those of checkpoints, for which no step is taken again."""

_FIRST_AHEAD = 30
_FRAMES_PER_SECOND = 60
_MOST_AHEAD = 5.0
_WAITS = 10.0
"""For how many seconds rows let others go first, for each second that they take."""
_MOST_TURNS = 1_000
"""How many turns of dials one message may be ahead."""

_LONGEST_PAST = 30_000
"""How much of a link's past is read, in characters: some 2,000 changes of settings."""


class Stop(NamedTuple):
    """When to stop: after so many steps, or once one changes the loss by less than `tolerance` (0: never)."""

    steps: int = MAX_STEPS
    tolerance: float = 0.0


@dataclass(frozen=True)
class Model:
    """A model to be trained: its features, the problem they make, what it is judged on, and where it begins.

    `settings` hold for what there is no dial for. With `several`, any number of labels may be true of a sample.
    """

    name: str
    phi: FeatureMap
    problem: Problem
    held_out: Problem | None = None
    start: Parameters | None = None
    settings: Settings = FIXED
    several: bool = False

    @cached_property
    def identity(self) -> str:
        """Equal only for models that learn the same, and are judged on the same."""
        problems = [self.problem, self.held_out] if self.held_out else [self.problem]
        start = [self.start.stacked] if self.start else []
        return identity(*(part for p in problems for part in (p.X, p.Y, p.head, p.seed)), self.several, *start)

    def right(self, points: Sequence[Parameters]) -> list[float]:
        """Share of samples it is right about: the likeliest class; or, where several labels may be true, all by ½."""
        Y, activation = self.problem.Y > 0, HEADS[self.problem.head].activation
        shares: list[float] = []
        for z in self.problem.logits(points):
            if self.several:
                right = ((activation(z) > 0.5) == Y).all(axis=2)
            elif (largest := z == z.max(axis=2, keepdims=True)).sum() == z.shape[0] * z.shape[1]:
                right = (largest & Y).any(axis=2)  # in a third of argmax's time
            else:  # the first of several that are alike
                right = z.argmax(axis=2) == Y.argmax(axis=1)
            shares += right.mean(axis=1).tolist()
        return shares


@dataclass
class Watched:
    """The run of a model, whether it diverged after its last step, and when it is to stop."""

    model: Model
    run: Run
    diverged: bool = False
    stop: Stop = field(default_factory=Stop)

    def take_up(self, model: Model) -> None:
        """Take an equal model for this one, but keep one copy of the samples: the run's, which others may share."""
        if model.problem is not self.run.problem:
            model = replace(model, problem=self.run.problem, held_out=self.model.held_out)
        self.model = model

    def reach(self, step: int) -> int:
        """Go on to a step if it is not taken yet; gives the last step there is up to it."""
        step = min(step, self.stop.steps)
        if step > self.run.steps and not self.diverged and self.settled() is None:
            self.rows(step, step, 1)
        return min(step, self.run.steps, self.settled() or step)

    def settled(self) -> int | None:
        """The first step that changed the loss by less than the tolerance, if there is one yet."""
        if not self.stop.tolerance:
            return None
        for losses in self._losses():
            calm = np.flatnonzero(np.abs(np.diff(losses)) < self.stop.tolerance)
            if len(calm):
                return int(calm[0]) + 1
        return None

    def _losses(self) -> Iterator[Floats]:
        """The losses known so far, then more and more of them, until there are all; others may go first in between."""
        run = self.run
        yield run.losses_to(run.valued_to)
        while run.valued_to < run.steps:
            TURNS.rest()
            yield run.losses_to(min(run.valued_to + _STEPS_AT_ONCE, run.steps))

    def branch(self, step: int, settings: Settings) -> None:
        """Go on under other settings from a step, or from this run's end before it; what came after is dropped."""
        reached = self.reach(step)
        self.run, self.diverged = self.run.up_to(reached).continued(0, settings), False

    def restart(self) -> None:
        """Back to the start, under the settings in force."""
        self.run, self.diverged = Run.begin(self.model.problem, self.run.settings, self.model.start), False

    def here(self, step: int) -> Parameters:
        """W and b at a step of the timeline, or where this run ended before it."""
        return self.run.params_at(self.reach(step))

    def end(self) -> End | None:
        """The last step there is and why, once it is known; a run may have been taken further under another stop."""
        steps, calm = self.run.steps, self.settled()
        if calm is not None and calm <= self.stop.steps:
            return End(calm, t("training.calm", step=calm, tolerance=f"{self.stop.tolerance:g}"))
        if steps >= self.stop.steps:
            return End(self.stop.steps, t("training.limit", steps=self.stop.steps))
        if self.diverged:
            losses = deque(self._losses(), maxlen=1).pop()
            return End(steps, t("training.diverged", step=steps + 1), int(losses.argmin()))
        return None

    def rows(self, first: int, last: int, stride: int) -> Rows:
        """The run at every `stride`-th step from `first`, and at `last`, or where it ends before; goes on as far."""
        now = replace(self)  # goes on; while others go first, another script of this reader's may turn dials
        if len(now.run.schedule) > 1:  # what is changed on the way is changed by one reader at one step
            run, diverged, rows = now._taken(first, last, stride)
        else:
            asked = f"{now.model.identity} {now.run.schedule} {now.stop} {first} {last} {stride}"
            run, diverged, rows = _SHARED.get(asked, lambda: now._taken(first, last, stride))
        if run.schedule == self.run.schedule:
            if run.steps > self.run.steps:
                self.run = run
                self.take_up(self.model)
            self.diverged = self.diverged or diverged
        return rows

    def _taken(self, first: int, last: int, stride: int) -> tuple[Run, bool, Rows]:
        """Go on to a step; gives the run, whether it diverged there, and its rows."""
        last = min(last, self.stop.steps)
        wanted = _spread(first, last, stride)
        on_the_way = {self.run.steps: self.run.parameters}

        def passed(step: int, parameters: Parameters) -> None:
            if step in wanted:
                on_the_way[step] = parameters

        while self.run.steps < last and not self.diverged and self.settled() is None:
            try:
                more = min(last - self.run.steps, _STEPS_AT_ONCE)
                self.run = self.run.continued(more, passed=passed, valued=bool(self.stop.tolerance))
            except DivergenceError as error:
                self.run, self.diverged = error.run, True
            TURNS.rest()
        run = self.run
        on_the_way[run.steps] = run.parameters
        last = min(last, run.steps, self.settled() or last)
        even = _spread(min(first, last), last, stride)
        steps = [*even] if even[-1] == last else [*even, last]
        if on_the_way.keys() >= {*steps}:
            points = [on_the_way[step] for step in steps]
        else:  # some were taken before
            points = [*run.trajectory(even[0], even[-1], even.step)]
            points += [run.params_at(step) for step in steps[len(even) :]]
        held_out = self.model.held_out
        rows = Rows(
            np.array(steps, dtype=np.int32),
            np.array([p.stacked.ravel() for p in points], dtype=np.float32),
            run.losses_at(steps, points),
            np.array(self.model.right(points)),
            held_out.losses(points, 0.0) if held_out else np.array([]),
        )
        return run, self.diverged, rows


class _Shared:
    """The last rows taken of runs that any reader may watch: a class that plays the same run takes its steps once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[str, tuple[Run, bool, Rows]] = OrderedDict()
        self._under_way: set[str] = set()

    def get(self, asked: str, take: Callable[[], tuple[Run, bool, Rows]]) -> tuple[Run, bool, Rows]:
        """What was taken for whoever asked for it first, or is being taken for them now; else what `take` gives."""
        while asked in self._under_way:
            TURNS.pass_on()
        if asked in self._kept:
            self._kept.move_to_end(asked)
            return self._kept[asked]
        self._under_way.add(asked)
        try:
            self._kept[asked] = taken = take()
        finally:
            self._under_way.remove(asked)
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return taken


_SHARED = _Shared(32)


def _spread(first: int, last: int, stride: int) -> range:
    """Steps that far apart; further if there were too many, and then at checkpoints if `first` is at one."""
    least = -(-(last - first) // _MOST_ROWS)
    if least > max(stride, _LEAST_THINNED) or stride > CHECKPOINT_EVERY:
        stride = -(-max(stride, least) // CHECKPOINT_EVERY) * CHECKPOINT_EVERY
    return range(first, max(first, last) + 1, max(stride, least, 1))


@dataclass
class Timeline:
    """One run or two, the step on screen, and what the stage holds (see `ui.dials`).

    `turn` counts the changes of what is held, on either side, so that of two that cross on their way the later one
    wins. It opens at the step `opens_at`. It is the session's `number`-th of a `scene`; a stage takes another one, even
    of the same scene, for a new beginning. `playing` is whether the step on screen moves; `a_step` how many seconds a
    step of the rows last given took.
    """

    scene: str
    runs: list[Watched]
    values: dict[str, float]
    prefix: str = ""
    opens_at: int = 0
    turn: int = 0
    shown: int = 0
    number: int = 0
    playing: bool = False
    a_step: float = 0.0
    _given: tuple[tuple[int, int, int], list[Run], list[Rows]] | None = None

    @property
    def identity(self) -> str:
        """What messages call it."""
        return f"{self.scene}.{self.number}"

    @property
    def step_key(self) -> str:
        """Where the link holds the step on screen."""
        return f"{self.prefix}step"

    @property
    def past_keys(self) -> tuple[str, ...]:
        """Where the link holds each run's past."""
        return f"{self.prefix}past", f"{self.prefix}past_b"

    def reach(self, step: int) -> int:
        """Go on to a step; gives the last one that any of the runs has up to it."""
        return max(watched.reach(step) for watched in self.runs)

    def change(self, values: dict[str, float], step: int) -> None:
        """Hold other values, and go on from a step as they say."""
        self.values = values
        for second, watched in enumerate(self.runs):
            settings = dials.settings_of(values, watched.model.settings, bool(second))
            if settings != watched.run.settings:
                watched.branch(step, settings)

    def follow(self, values: dict[str, float]) -> None:
        """Take up what the page has changed of the values since the stage last heard of them."""
        if values != self.values:
            self.turn += 1
            self.change(values, self.shown)

    def rows(self, first: int, last: int, stride: int) -> list[Rows]:
        """The rows of each run; the last ones given are kept, since a stage asks again for what is long in coming."""
        asked = first, last, stride
        if self._given is not None:
            before, runs, rows = self._given
            if before == asked and all(run is watched.run for run, watched in zip(runs, self.runs, strict=True)):
                return rows
        began = thread_time()
        rows = [watched.rows(first, last, stride) for watched in self.runs]
        self.a_step = (thread_time() - began) / max(last - first, 1)
        self._given = asked, [watched.run for watched in self.runs], rows
        return rows

    def received(self) -> None:
        """Keep no rows for a stage that asks for none."""
        self._given = None

    def opening(self) -> list[Rows]:
        """The rows up to the step on screen, and if there are not too many of them some to begin to play with."""
        ahead = _FIRST_AHEAD if self.shown + _FIRST_AHEAD <= _MOST_ROWS else 0
        rows = self.rows(0, self.shown + ahead, 1)
        self.received()  # they go with the page
        return rows

    def standing(self, described: Sequence[dict[str, object]]) -> Standing:
        """Where the runs stand, for the stage; the dials as `dials.described` gives them."""
        ends = [watched.end() for watched in self.runs]
        changes = [[start for start, _ in watched.run.schedule[1:]] for watched in self.runs]
        where = self.step_key, self.opens_at, self.shown, self.playing
        return Standing(described, self.values, self.turn, *where, ends, changes)


def begun_by_hand(models: Sequence[Model]) -> list[Model]:
    """The models, beginning where the reader has set W and b if those fit the first; the second too if they fit it."""
    sizes = [(model.problem.X.shape[1], model.problem.Y.shape[1]) for model in models]
    start = _start_of(*sizes[0])
    return [
        replace(model, start=start if size == sizes[0] else None) for model, size in zip(models, sizes, strict=True)
    ]


def _start_of(n_features: int, n_classes: int) -> Parameters | None:
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
    return Parameters(np.array(numbers).reshape(n_features + 1, n_classes))


def start_from(values: Floats | None) -> None:
    """Begin a new run from W above b, (D + 1, K), or from zeros again."""
    st.session_state[START] = [] if values is None else [float(f"{value:.6g}") for value in values.ravel()]


def take_up_again() -> None:
    """Take the run from the link anew, its data being there at last."""
    link.forget("step")


def watch(
    scene: str,
    models: Sequence[Model],
    values: dict[str, float],
    stop: Stop | None = None,
    *,
    prefix: str = "",
    opens_at: int = 0,
) -> Timeline:
    """The runs in the session if they are of these models, else the link's, else new ones."""
    kept = st.session_state.get(prefix + STATE)
    step = link.news(f"{prefix}step")
    if isinstance(kept, Timeline) and kept.scene == scene and step is None:
        timeline = kept
    else:
        turn, number = (kept.turn + 1, kept.number + 1) if isinstance(kept, Timeline) else (0, 0)
        runs = [
            Watched(m, Run.begin(m.problem, dials.settings_of(values, m.settings, bool(second)), m.start))
            for second, m in enumerate(models)
        ]
        timeline = Timeline(scene, runs, values, prefix, opens_at, turn, number=number)
    for model, watched in zip(models, timeline.runs, strict=True):
        watched.take_up(model)
        watched.stop = stop or Stop()
    if timeline is kept:
        timeline.shown = timeline.reach(timeline.shown)  # or where it stops now
    else:
        _retrace(timeline, step)
        st.session_state[prefix + STATE] = timeline
    timeline.follow(values)
    write_to_link(timeline)
    return timeline


def due_in(message: object, a_step: float = 0.0) -> float:
    """Seconds until the play head, at most at full speed, is where the rows that the stage asks for begin.

    If they take long, at so many seconds a step, they count as due later: where there is too much to do, a few costly
    runs wait rather than all the others. But what is due within `LATER` stays before what nobody looks at yet.
    """
    if not isinstance(message, Mapping) or not isinstance(rows := message.get("rows"), Mapping):
        return SOON
    shown, first, last, stride = message.get("at"), rows.get("from"), rows.get("to"), rows.get("stride")
    if not (_is_step(shown) and _is_step(first) and _is_step(last) and _is_step(stride)):
        return SOON
    ahead = min(max(first - shown, 0) / max(stride, 1) / _FRAMES_PER_SECOND, _MOST_AHEAD)
    counted = ahead + _WAITS * a_step * max(last - first, 0)
    return counted if ahead > LATER else min(counted, LATER)


def answer(timeline: Timeline, message: object, held: Sequence[dials.Held]) -> list[Rows] | None:
    """Do what the stage asks: note where the play head is, turn dials, start anew, give rows; of nonsense, nothing."""
    if not isinstance(message, Mapping) or message.get("scene") != timeline.identity:
        return None
    timeline.playing = message.get("playing") is True
    turn, shown, rows = message.get("turn"), message.get("at"), message.get("rows")
    if not _is_whole(turn) or not timeline.turn <= turn <= timeline.turn + _MOST_TURNS:
        return None  # sent before the stage knew of a change, and it asks again when it does; or no hand's doing
    if turn > timeline.turn:
        values = dials.take(held, message.get("dials"))  # may end the script, if another one begins
        timeline.turn = turn
        timeline.change(values, shown if _is_step(shown) else timeline.shown)
    if message.get("restart") is True:
        for watched in timeline.runs:
            watched.restart()
    if _is_step(shown):
        timeline.shown = timeline.reach(shown)
        write_to_link(timeline)
    pick = message.get("pick")
    if _is_whole(pick) and pick < len(timeline.runs[0].model.problem.X):
        st.session_state[f"{timeline.prefix}sample"] = pick + 1
        st.session_state[f"{timeline.prefix}panel"] = "sample"
    if isinstance(rows, Mapping):
        first, last, stride = (rows.get(name) for name in ("from", "to", "stride"))
        if _is_step(first) and _is_step(last) and _is_step(stride) and first <= last:
            return timeline.rows(first, last, stride)
    timeline.received()
    return None


def write_to_link(timeline: Timeline) -> None:
    """Put the step on screen, and the settings that led there where the dials say others now, into the link."""
    link.write(timeline.step_key, str(timeline.shown), str(timeline.opens_at))
    for key, watched in zip(timeline.past_keys, timeline.runs, strict=False):
        shown = watched.reach(timeline.shown)
        stretches = watched.run.schedule_to(shown)
        ends = [start for start, _ in stretches[1:]]
        if stretches[-1][1] != watched.run.settings:
            ends.append(shown)
        past = ";".join(f"{end}:{_name_of(settings)}" for end, (_, settings) in zip(ends, stretches, strict=False))
        link.write(key, past, "")
    for key in timeline.past_keys[len(timeline.runs) :]:
        link.write(key, "", "")


def _name_of(settings: Settings) -> str:
    """Settings as they stand in the link: α:batch:λ, the batch 0 when it is all samples."""
    return f"{settings.learning_rate:g}:{settings.batch_size or 0}:{settings.l2:g}"


def _retrace(timeline: Timeline, step: str | None) -> None:
    """Take the runs the link describes, as far as it makes sense."""
    target = None if step is None else link.number(step, 0, MAX_STEPS)
    shown = timeline.opens_at if target is None else int(target)
    for key, watched in zip(timeline.past_keys, timeline.runs, strict=False):
        settings = watched.run.settings
        try:
            told = (link.news(key) if step is None else st.query_params.get(key)) or ""
            if len(told) > _LONGEST_PAST:
                raise InvalidDataError("past")
            past = [_stretch(text, timeline.values, settings) for text in told.split(";") if text]
            if any(later <= earlier for (earlier, _), (later, _) in pairwise(past)):
                raise InvalidDataError("past")
            for index, (until, _) in enumerate(past):
                if index == 0:
                    watched.branch(0, past[0][1])
                following = past[index + 1][1] if index + 1 < len(past) else settings
                watched.branch(min(until, shown), following)
        except ValueError:
            watched.branch(0, settings)
    timeline.shown = timeline.reach(shown)


def _stretch(text: str, values: Mapping[str, float], fixed: Settings) -> tuple[int, Settings]:
    until, *settings = text.split(":")
    step, under = link.number(until, 1, MAX_STEPS), dials.told(settings, values, fixed)
    if step is None or under is None:
        raise InvalidDataError("past")
    return int(step), under


def _is_step(value: object) -> TypeGuard[int]:
    return _is_whole(value) and value <= 2 * MAX_STEPS


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
