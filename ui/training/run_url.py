"""What the address says of a timeline's runs, from which they can be replayed.

    step           the step on screen
    start          where training begins, if W and b were set by hand: W row by row, then b
    past, past_b   how each run was changed on the way: `until:α:batch:λ` for each stretch before the last change,
                   joined by semicolons; the batch is 0 when it is all samples

The last stretch has the settings of the page's controls. The keys of other timelines than the training page's have a
prefix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

import numpy as np
import streamlit as st

from core.activations import Floats
from core.errors import InvalidDataError
from core.model import Parameters
from core.run import Run, Settings
from ui import dials, link
from ui.training.model import Model
from ui.training.tracked_run import MAX_STEPS, TrackedRun

START = "start"
MAX_START = 100.0
"""How far from 0 a weight or bias set by hand may be."""

_MAX_PAST_LENGTH = 30_000
"""How many characters of a past are read: some 2,000 changes of settings."""


def step_key(prefix: str) -> str:
    """Return the key of the step on screen."""
    return f"{prefix}step"


def past_keys(prefix: str) -> tuple[str, str]:
    """Return the keys of each run's past."""
    return f"{prefix}past", f"{prefix}past_b"


def has_changed(prefix: str) -> bool:
    """Whether the address names another step than was last written there."""
    return link.news(step_key(prefix)) is not None


def write(prefix: str, step: int, opens_at: int, runs: Sequence[TrackedRun]) -> None:
    """Write the step on screen and the runs' pasts into the address."""
    link.write(step_key(prefix), str(step), str(opens_at))
    pasts = []
    for tracked in runs:
        end = tracked.advance_to(step)
        pasts.append(past_of(tracked.run, end))
    for key, past in zip_longest(past_keys(prefix), pasts, fillvalue=""):
        link.write(key, past, "")


def past_of(run: Run, step: int) -> str:
    """Return the settings that led to a step, as they stand in the address, without those in force at the run's end."""
    schedule = run.schedule_to(step)
    ends = [start for start, _ in schedule[1:]]
    if schedule[-1][1] != run.settings:
        ends.append(step)
    return ";".join(
        f"{end}:{settings.learning_rate:g}:{settings.batch_size or 0}:{settings.l2:g}"
        for end, (_, settings) in zip(ends, schedule, strict=False)
    )


def parse_past(text: str, values: Mapping[str, float], fixed: Settings) -> list[tuple[int, Settings]]:
    """Return each stretch's last step and settings, which controls with these `values` could have had.

    What there is no control for is as `fixed` says. Raises InvalidDataError("past").
    """
    if len(text) > _MAX_PAST_LENGTH:
        raise InvalidDataError("past")
    past: list[tuple[int, Settings]] = []
    for stretch in filter(None, text.split(";")):
        end, *parts = stretch.split(":")
        step = link.number(end, 1, MAX_STEPS)
        settings = dials.told(parts, values, fixed) if len(parts) == 3 else None
        if step is None or settings is None or (past and step <= past[-1][0]):
            raise InvalidDataError("past")
        past.append((int(step), settings))
    return past


def replay(prefix: str, opens_at: int, runs: Sequence[TrackedRun], values: Mapping[str, float]) -> int:
    """Train new runs as the address says; return the step to be on screen. A past that makes no sense is ignored."""
    text = link.news(step_key(prefix))
    step = None if text is None else link.number(text, 0, MAX_STEPS)
    shown = opens_at if step is None else int(step)
    for key, tracked in zip(past_keys(prefix), runs, strict=False):
        settings = tracked.run.settings
        written = link.news(key) if text is None else st.query_params.get(key)
        try:
            past = parse_past(written or "", values, settings)
        except InvalidDataError:
            continue
        stretches = [*past, (shown, settings)]
        tracked.change_settings(0, stretches[0][1])
        for (end, _), (_, following) in pairwise(stretches):
            tracked.change_settings(min(end, shown), following)
    return max(tracked.advance_to(shown) for tracked in runs)


def with_custom_start(models: Sequence[Model]) -> list[Model]:
    """Return the models, beginning where the reader set W and b if that fits the first; the second if it fits it."""
    sizes = [(model.problem.X.shape[1], model.problem.Y.shape[1]) for model in models]
    start = _custom_start(*sizes[0])
    return [
        replace(model, start=start if size == sizes[0] else None) for model, size in zip(models, sizes, strict=True)
    ]


def set_custom_start(stacked: Floats | None) -> None:
    """Begin a new run from W above b, (D + 1, K), or from zeros."""
    st.session_state[START] = [] if stacked is None else [float(f"{value:.6g}") for value in stacked.ravel()]


def reload() -> None:
    """Replay the run from the address once more, since its data were missing."""
    link.forget(step_key(""))


def _custom_start(n_features: int, n_classes: int) -> Parameters | None:
    def parse(text: str) -> list[float] | None:
        numbers = [link.number(part, -MAX_START, MAX_START) for part in text.split(",")]
        return [value for value in numbers if value is not None] if None not in numbers else None

    zeros: list[float] = []
    link.adopt(START, parse, zeros)
    numbers: list[float] = st.session_state[START]
    if len(numbers) != (n_features + 1) * n_classes:
        numbers = []
    link.write(START, link.as_text(numbers), "")
    return Parameters.from_stacked(np.array(numbers).reshape(n_features + 1, n_classes)) if numbers else None
