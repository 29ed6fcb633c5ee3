"""One run or two on a common timeline, as the stage shows them: kept in the session, described whole by the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.run import Run
from ui import dials
from ui.training import run_url
from ui.training.model import Model
from ui.training.tracked_run import MAX_ROWS, NEVER, Rows, Stop, TrackedRun

STATE = "training_run"
"""Where the session has a page's timeline, after the page's prefix."""

_INITIAL_ROWS_AHEAD = 30


@dataclass(eq=False)
class Timeline:
    """The runs, the step on screen, and the values that the stage holds by key (see `ui.dials`).

    `revision` counts changes of the values, by the page or by the stage: of two that cross on their way the later one
    wins. `generation` counts a session's timelines of the same page, so that the stage knows a new one. Its keys in
    the address begin with `prefix`; it opens at the step `opens_at` where the address names none.
    """

    scene: str
    runs: list[TrackedRun]
    values: dict[str, float]
    prefix: str = ""
    opens_at: int = 0
    revision: int = 0
    generation: int = 0
    step: int = 0
    playing: bool = False

    @property
    def identity(self) -> str:
        """Its name in messages to and from the stage."""
        return f"{self.scene}.{self.generation}"

    def advance_to(self, step: int) -> int:
        """Train up to a step; return the last one that any of the runs has up to it."""
        return max(tracked.advance_to(step) for tracked in self.runs)

    def show(self, step: int) -> None:
        """Put a step on screen, or the last one before it that there is, and into the address."""
        self.step = self.advance_to(step)
        run_url.write(self.prefix, self.step, self.opens_at, self.runs)

    def change_values(self, values: dict[str, float], step: int) -> None:
        """Hold other values, and train from a step on under the settings that follow from them."""
        self.values = values
        for second, tracked in enumerate(self.runs):
            settings = dials.settings_of(values, tracked.model.settings, bool(second))
            if settings != tracked.run.settings:
                tracked.change_settings(step, settings)

    def adopt(self, values: dict[str, float]) -> None:
        """Change to the page's values if they differ from what the stage was last told."""
        if values != self.values:
            self.revision += 1
            self.change_values(values, self.step)

    def restart(self) -> None:
        """Return to the start, under the settings in force."""
        for tracked in self.runs:
            tracked.restart()

    def rows(self, first: int, last: int, stride: int) -> list[Rows]:
        """Return the rows of each run."""
        return [tracked.rows(first, last, stride) for tracked in self.runs]

    def initial_rows(self) -> list[Rows]:
        """Return the rows up to the step on screen, and some more to begin to play with."""
        ahead = _INITIAL_ROWS_AHEAD if self.step + _INITIAL_ROWS_AHEAD <= MAX_ROWS else 0
        return self.rows(0, self.step + ahead, 1)


def open_timeline(
    scene: str,
    models: Sequence[Model],
    values: dict[str, float],
    stop: Stop = NEVER,
    *,
    prefix: str = "",
    opens_at: int = 0,
) -> Timeline:
    """Return the session's timeline if it is of this scene, else the one that the address describes, or a new one."""
    kept = st.session_state.get(prefix + STATE)
    if isinstance(kept, Timeline) and kept.scene == scene and not run_url.has_changed(prefix):
        timeline = kept
        for tracked, model in zip(timeline.runs, models, strict=True):
            tracked.adopt(model, stop)
    else:
        timeline = _new_timeline(scene, models, values, stop, prefix, opens_at)
        if isinstance(kept, Timeline):
            timeline.revision, timeline.generation = kept.revision + 1, kept.generation + 1
        st.session_state[prefix + STATE] = timeline
    timeline.adopt(values)
    timeline.show(timeline.step)
    return timeline


def _new_timeline(
    scene: str, models: Sequence[Model], values: dict[str, float], stop: Stop, prefix: str, opens_at: int
) -> Timeline:
    """Return a timeline whose runs are replayed from what the address says of them, as far as it makes sense."""
    runs = []
    for second, model in enumerate(models):
        settings = dials.settings_of(values, model.settings, bool(second))
        runs.append(TrackedRun(model, Run.begin(model.problem, settings, model.start), stop))
    timeline = Timeline(scene, runs, values, prefix, opens_at)
    timeline.step = run_url.replay(prefix, opens_at, runs, values)
    return timeline
