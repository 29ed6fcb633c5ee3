"""A timeline on the training stage, and what stands below it at the step on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import dials, training_run
from ui.components.training_stage import Scene, training_feed, training_stage
from ui.page import fitted
from ui.scenes import features_of
from ui.turns import TURNS


def play(
    key: str,
    scene: Scene,
    timeline: training_run.Timeline,
    held: Sequence[dials.Held],
    place: DeltaGenerator,
    below: Callable[[], None],
    *,
    whose: Mapping[str, str] | None = None,
    picked: Callable[[], int | None] = lambda: None,
    taken: Callable[[object], bool] | None = None,
) -> None:
    """Draw the stage in its place, answer it, and draw what stands below anew at each answer.

    `whose` says of what or whom a dial is, by key; `picked` which sample is spoken of below; `taken` takes what only
    this page understands of a message, and says whether the page must be drawn anew.
    """
    described = dials.described(held, whose)
    scene = replace(scene, identity=timeline.identity)
    with place, fitted(key):
        features = [features_of(watched.model, scene) for watched in timeline.runs]
        training_stage(key, scene, features, timeline.standing(described), timeline.opening())

    def take() -> None:
        if f"{key}_feed" in st.session_state:  # the page may have been left while the message was on its way
            st.session_state[f"{key}_message"] = st.session_state[f"{key}_feed"].message

    @st.fragment
    def at_the_play_head() -> None:
        message = st.session_state.pop(f"{key}_message", None)
        with TURNS.taken(training_run.due_in(message, timeline.a_step)):
            answer(message)

    def answer(message: object) -> None:
        if taken is not None and taken(message):
            st.rerun()
        timeline.follow(dials.values_of(held))
        rows = training_run.answer(timeline, message, held) if message else None
        training_feed(
            f"{key}_feed",
            stage=key,
            scene=scene.identity,
            standing=timeline.standing(described),
            rows=rows,
            picked=picked(),
            on_message=take,
        )
        below()

    with st.container():
        at_the_play_head()
