"""The stage on a page: drawn, answered, and what stands below it kept at the step on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import dials
from ui.components.training_stage import training_feed, training_stage
from ui.page import fitted
from ui.state.script_queue import SCRIPT_QUEUE, Priority
from ui.training.messages import MAX_REVISIONS_AHEAD, StageMessage, feed_message, stage_message
from ui.training.scene import Scene, features_of
from ui.training.timeline import Timeline
from ui.training.tracked_run import Rows


def play(
    key: str,
    scene: Scene,
    timeline: Timeline,
    held: Sequence[dials.Held],
    place: DeltaGenerator,
    below: Callable[[], None],
    *,
    whose: Mapping[str, str] | None = None,
    picked: Callable[[], int | None] = lambda: None,
    taken: Callable[[object], bool] | None = None,
) -> None:
    """Draw the stage in its place, answer its messages, and draw what stands below anew at each answer.

    `whose` says of what or whom a dial is, by key; `picked` which sample is spoken of below; `taken` takes what only
    this page understands of a message, and says whether the page must be drawn anew.
    """
    described = dials.described(held, whose)
    with place, fitted(key):
        features = [features_of(tracked.model, scene) for tracked in timeline.runs]
        training_stage(key, *stage_message(key, scene, timeline, described, features))

    def keep_message() -> None:
        if f"{key}_feed" in st.session_state:  # the page may have been left while the message was on its way
            st.session_state[f"{key}_message"] = st.session_state[f"{key}_feed"].message

    @st.fragment
    def at_the_step_on_screen() -> None:
        said = st.session_state.pop(f"{key}_message", None)
        message = StageMessage.parse(said)
        with SCRIPT_QUEUE.acquire(Priority.INTERACTIVE if message is None else message.priority):
            if taken is not None and taken(said):
                st.rerun()
            timeline.adopt(dials.values_of(held))
            rows = [] if message is None else _answer(timeline, message, held)
            training_feed(f"{key}_feed", *feed_message(key, timeline, rows, picked()), keep_message)
            below()

    with st.container():
        at_the_step_on_screen()


def _answer(timeline: Timeline, message: StageMessage, held: Sequence[dials.Held]) -> list[Rows]:
    """Do what the stage says, and return the rows that it needs."""
    if message.scene != timeline.identity:
        return []
    timeline.playing = message.playing
    revision = -1 if message.revision is None else message.revision
    if not timeline.revision <= revision <= timeline.revision + MAX_REVISIONS_AHEAD:
        return []  # the stage asks again once it knows of the last change
    if revision > timeline.revision:
        values = dials.take(held, message.values)  # may end the script, if another one begins
        timeline.revision = revision
        timeline.change_values(values, timeline.step if message.step is None else message.step)
    if message.restart:
        timeline.restart()
    if message.step is not None:
        timeline.show(message.step)
    if message.picked is not None and message.picked < len(timeline.runs[0].model.problem.X):
        st.session_state[f"{timeline.prefix}sample"] = message.picked + 1
        st.session_state[f"{timeline.prefix}panel"] = "sample"
    return timeline.rows(*message.rows) if message.rows else []
