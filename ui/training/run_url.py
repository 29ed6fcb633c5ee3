"""Query parameters of a timeline's runs, from which the runs can be replayed.

    step           the step on screen
    start          W row by row, then b, where training begins; absent if it begins at zeros
    past, past_b   earlier settings of each run: `until:α:batch:λ` per segment, joined by semicolons; `until` is the
                   segment's last step, a batch of 0 means all samples

After the last of these segments, the settings of the page's controls apply. On the comparison page, the keys have a
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
from core.parameters import Parameters
from core.run import Run, Settings
from ui.state import edit_history, url_state
from ui.training import hyperparameters
from ui.training.model import Model
from ui.training.tracked_run import MAX_STEPS, TrackedRun

START = "start"
MAX_START = 100.0
"""Largest absolute value of a weight or bias in `start`."""

_MAX_PAST_LENGTH = 30_000
"""Maximum length in characters; enough for some 2,000 changes of settings."""


def step_key(prefix: str) -> str:
    """Return the query parameter for the step on screen."""
    return f"{prefix}step"


def past_keys(prefix: str) -> tuple[str, str]:
    """Return the query parameters for the earlier settings of the first and the second run."""
    return f"{prefix}past", f"{prefix}past_b"


def has_changed(prefix: str) -> bool:
    """Return whether the step in the address is not the one that the page has written."""
    return not url_state.is_synced(step_key(prefix))


def write(prefix: str, step: int, opens_at: int, runs: Sequence[TrackedRun]) -> None:
    """Write the step on screen and the earlier settings of each run into the address. Trains the runs up to the step.

    `opens_at` is the default of the step, which need not be in the address.
    """
    url_state.write_to_url(step_key(prefix), str(step), str(opens_at))
    pasts = []
    for tracked in runs:
        end = tracked.advance_to(step)
        pasts.append(format_past(tracked.run, end))
    for key, past in zip_longest(past_keys(prefix), pasts, fillvalue=""):
        url_state.write_to_url(key, past, "")


def format_past(run: Run, step: int) -> str:
    """Return the text of `past` for the settings that led to a step.

    The last segment is left out if its settings are those at the end of the run, which the page's controls hold.
    """
    schedule = run.schedule_to(step)
    ends = [start for start, _ in schedule[1:]]
    if schedule[-1][1] != run.settings:
        ends.append(step)
    return ";".join(
        f"{end}:{settings.learning_rate:g}:{settings.batch_size or 0}:{settings.l2:g}"
        for end, (_, settings) in zip(ends, schedule, strict=False)
    )


def parse_past(text: str, values: Mapping[str, float], fixed: Settings) -> list[tuple[int, Settings]]:
    """Return the last step and the settings of each segment in the text of `past`.

    Settings without a control, that is without an entry in `values`, are taken from `fixed`. Raises
    InvalidDataError("past") if the text is malformed, too long, or has settings that the controls do not offer.
    """
    if len(text) > _MAX_PAST_LENGTH:
        raise InvalidDataError("past")
    past: list[tuple[int, Settings]] = []
    for segment in filter(None, text.split(";")):
        end, *parts = segment.split(":")
        step = url_state.parse_number(end, 1, MAX_STEPS)
        settings = hyperparameters.parse_settings(parts, values, fixed) if len(parts) == 3 else None
        if step is None or settings is None or (past and step <= past[-1][0]):
            raise InvalidDataError("past")
        past.append((int(step), settings))
    return past


def replay(prefix: str, opens_at: int, runs: Sequence[TrackedRun], values: Mapping[str, float]) -> int:
    """Train new runs with the settings in the address up to the step there; return the step to show.

    If the address has no new valid step, the step is `opens_at`. If all runs end before the step, their last step is
    shown. Changes `runs`; an invalid `past` is ignored.
    """
    text = url_state.changed_in_url(step_key(prefix))
    step = None if text is None else url_state.parse_number(text, 0, MAX_STEPS)
    shown = opens_at if step is None else int(step)
    for key, tracked in zip(past_keys(prefix), runs, strict=False):
        settings = tracked.run.settings
        past_text = url_state.changed_in_url(key) if text is None else st.query_params.get(key)
        try:
            past = parse_past(past_text or "", values, settings)
        except InvalidDataError:
            continue
        segments = [*past, (shown, settings)]
        tracked.change_settings(0, segments[0][1])
        for (end, _), (_, next_settings) in pairwise(segments):
            tracked.change_settings(min(end, shown), next_settings)
    return max(tracked.advance_to(shown) for tracked in runs)


def with_custom_start(models: Sequence[Model]) -> list[Model]:
    """Return the models with the W and b set by hand as `start`.

    A model begins at zeros if no W and b are set, if their size does not fit the first model, or if the model differs
    in size from the first. Writes `start` into the session and the address.
    """
    sizes = [(model.problem.X.shape[1], model.problem.Y.shape[1]) for model in models]
    start = _custom_start(*sizes[0])
    return [
        replace(model, start=start if size == sizes[0] else None) for model, size in zip(models, sizes, strict=True)
    ]


def set_custom_start(stacked: Floats | None) -> None:
    """Set `start` in the session to `stacked`, W above b (D + 1, K), with 6 digits; None means zeros."""
    edit_history.set_undoable(START, [] if stacked is None else [float(f"{value:.6g}") for value in stacked.ravel()])


def replay_again() -> None:
    """Make the next `open_timeline` replay the run from the address, for instance after an upload."""
    url_state.force_sync(step_key(""))


def _custom_start(n_features: int, n_classes: int) -> Parameters | None:
    """Return the W and b set by hand, from the address if changed there, else from the session; None if there are none.

    Writes W and b into the address. If their number does not fit the model, returns None and clears `start` there.
    """
    zeros: list[float] = []
    url_state.sync_from_url(START, lambda text: url_state.parse_numbers(text, -MAX_START, MAX_START), zeros)
    numbers: list[float] = st.session_state[START]
    if len(numbers) != (n_features + 1) * n_classes:
        numbers = []
    url_state.write_to_url(START, url_state.numbers_to_text(numbers), "")
    return Parameters.from_stacked(np.array(numbers).reshape(n_features + 1, n_classes)) if numbers else None
