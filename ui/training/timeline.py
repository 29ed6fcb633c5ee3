"""One or two runs on a common timeline, kept in the session and reproducible from the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_urlsafe

import streamlit as st

from core.run import Run
from ui.training import hyperparameters, run_url
from ui.training.model import Model
from ui.training.tracked_run import DEFAULT_STOPPING_RULE, MAX_ROWS, Rows, StoppingRule, TrackedRun

STATE = "training_run"
"""Session key of a timeline, without the timeline's prefix in front."""

_INITIAL_ROWS_AHEAD = 30
"""Number of rows after the step on screen to send when the stage is drawn, so that playback can begin at once."""


@dataclass(eq=False)
class Timeline:
    """The runs, the step on screen, and the values of the stage's controls by key (see `ui.training.hyperparameters`).

    `revision` counts changes of the values by the page or by the stage; of two concurrent changes the one with the
    higher revision wins. `generation` counts the session's timelines with the same prefix, so that the stage can tell a
    new timeline from the old one. Query parameters begin with `prefix`. `opens_at` is the step to show if the address
    has none. `is_from_address` tells that the timeline replaced another one because the address had another step. Who
    knows `token` may ask for rows (see `ui.training.rows_route`).
    """

    scene_identity: str
    tracked_runs: list[TrackedRun]
    values: dict[str, float]
    prefix: str = ""
    opens_at: int = 0
    revision: int = 0
    generation: int = 0
    step: int = 0
    playing: bool = False
    is_from_address: bool = False
    token: str = field(default_factory=token_urlsafe)

    @property
    def identity(self) -> str:
        """Identifier in messages to and from the stage."""
        return f"{self.scene_identity}.{self.generation}"

    def advance_to(self, step: int) -> int:
        """Train all runs up to `step`; return `step`, or the last step of the longest run if all runs end before."""
        return max(tracked.advance_to(step) for tracked in self.tracked_runs)

    def show(self, step: int) -> None:
        """Set the step on screen to `step`, or to the last step if all runs end before; write it into the address.

        Trains the runs up to this step.
        """
        self.step = self.advance_to(step)
        run_url.write(self.prefix, self.step, self.opens_at, self.tracked_runs)

    def change_values(self, values: dict[str, float], step: int) -> None:
        """Set the controls' values, and use the resulting settings from `step` on.

        If the settings of a run change, its later steps are discarded.
        """
        self.values = values
        for i, tracked in enumerate(self.tracked_runs):
            settings = hyperparameters.settings_from(values, tracked.model.settings, second=i == 1)
            if settings != tracked.run.settings:
                tracked.change_settings(step, settings)

    def set_values(self, values: dict[str, float]) -> None:
        """If `values` have changed, apply them from the step on screen on, and increase `revision`."""
        if values != self.values:
            self.revision += 1
            self.change_values(values, self.step)

    def restart(self) -> None:
        """Restart each run with its current settings."""
        for tracked in self.tracked_runs:
            tracked.restart()

    def rows(self, first: int, last: int, stride: int) -> list[Rows]:
        """Return the rows of each run, training as far as needed (see `TrackedRun.rows`)."""
        return [tracked.rows(first, last, stride) for tracked in self.tracked_runs]

    def initial_rows(self) -> list[Rows]:
        """Return each run's rows up to the step on screen, and _INITIAL_ROWS_AHEAD more if all fit into MAX_ROWS."""
        ahead = _INITIAL_ROWS_AHEAD if self.step + _INITIAL_ROWS_AHEAD <= MAX_ROWS else 0
        return self.rows(0, self.step + ahead, 1)


def open_timeline(
    scene_identity: str,
    models: Sequence[Model],
    values: dict[str, float],
    stop: StoppingRule = DEFAULT_STOPPING_RULE,
    *,
    prefix: str = "",
    opens_at: int = 0,
) -> Timeline:
    """Return the session's timeline, or a new one replayed from the address.

    A new timeline is made if the session has none, if the scene is another one, or if the address has a step that the
    page has not written. Writes the timeline into the session, and the step and the settings into the address.
    """
    kept, is_from_address = st.session_state.get(prefix + STATE), run_url.has_changed(prefix)
    if isinstance(kept, Timeline) and kept.scene_identity == scene_identity and not is_from_address:
        timeline = kept
        for tracked, model in zip(timeline.tracked_runs, models, strict=True):
            tracked.replace_model(model, stop)
    else:
        tracked_runs = []
        for i, model in enumerate(models):
            settings = hyperparameters.settings_from(values, model.settings, second=i == 1)
            tracked_runs.append(TrackedRun(model, Run.begin(model.problem, settings, model.start), stop))
        timeline = Timeline(scene_identity, tracked_runs, values, prefix, opens_at)
        timeline.step = run_url.replay(prefix, opens_at, tracked_runs, values)
        if isinstance(kept, Timeline):
            timeline.revision, timeline.generation = kept.revision + 1, kept.generation + 1
            timeline.is_from_address = is_from_address
        st.session_state[prefix + STATE] = timeline
    timeline.set_values(values)
    timeline.show(timeline.step)
    return timeline
