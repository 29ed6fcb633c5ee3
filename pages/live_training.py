"""Sections 4 and 5: gradient descent on softmax regression, seen step by step."""

import streamlit as st

from core import FeatureMap, Settings, split
from ui import controls, drawn, markup, notebook, panels, takeaway, training_run
from ui.components.training_stage import training_feed, training_stage
from ui.i18n import lesson, t
from ui.page import page, workbench
from ui.scenes import problem_of, scene_of

LEARNING_RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0)
ALL_SAMPLES = 0
BATCH_SIZES = (ALL_SAMPLES, 1, 4, 16, 64)
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
EXPANSIONS = ("linear", "quadratic", "cubic", "rbf")
STOP_STEPS = (20_000, 100, 300, 1000, 3000, 10_000)
TOLERANCES = (0.0, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
SETS = (
    "penguins",
    "separable",
    "overlapping",
    "rings",
    "spirals",
    "corners",
    "sheared",
    "iris",
    controls.OWN_TABLE,
    controls.OWN_POINTS,
)

with page("live_training"):
    beside, on_stage = workbench()
    with beside:
        top = st.container()
        learning_rate = controls.stops("rate", LEARNING_RATES, 0.3)
        batch_size = controls.choice("batch", BATCH_SIZES, lambda size: str(size) if size else t("training.all"))
        l2 = controls.stops("l2", PENALTIES, 0.0)
        expansion = controls.choice("expansion", EXPANSIONS, lambda name: t(f"expansion.{name}"))
        batch_seed = controls.seed("batch_seed") if batch_size != ALL_SAMPLES else 0
        shape = st.expander(t("control.shape"), expanded=st.session_state.get("train_data") in controls.OWN)
        data, call = controls.dataset("train", SETS, top, shape)
        is_drawn = st.session_state["train_data"] == controls.OWN_POINTS
        with shape:
            share = controls.held_out(data)

        with st.expander(t("control.stop")):
            stop = training_run.Stop(
                controls.choice("stop_steps", STOP_STEPS, lambda steps: f"{steps:,}"),
                controls.choice("tolerance", TOLERANCES, lambda size: f"{size:g}" if size else t("training.never")),
            )

    training, held_out = split(data, share, 0)
    phi = FeatureMap.fit(training.X, expansion)
    problem = problem_of(training, phi, batch_seed)
    judged_on = problem_of(held_out, phi) if len(held_out.X) else None
    settings = Settings(learning_rate, batch_size or None, l2)
    start = training_run.start_of(problem.X.shape[1], problem.Y.shape[1])
    scene = scene_of(training, held_out, phi, problem, start, drawing=is_drawn)
    watched = training_run.watch(scene.identity, problem, judged_on, settings, stop, start)
    with on_stage:
        training_stage("stage", scene, watched.shown, watched.rows(0, watched.shown, 1))
        markup.notice(t(f"hint.{st.session_state['train_data']}"))

    @st.fragment
    def at_the_play_head() -> None:
        """Answer the stage, and show the step it stands at in numbers."""
        message = st.session_state.pop("stage_message", None)
        if is_drawn and drawn.take_message(message):
            st.rerun()
        rows = training_run.answer(watched, message, settings) if message else None
        training_feed(
            "feed",
            stage="stage",
            scene=scene.identity,
            settings=training_run.name_of(settings),
            rows=rows,
            end=training_run.end_of(watched),
            picked=panels.picked(),
            on_message=lambda: st.session_state.update(stage_message=st.session_state["feed"].message),
        )
        here = watched.run.params_at(watched.shown)
        panels.show(panels.Moment(scene, problem, judged_on, settings, watched.shown, here))
        with st.expander(t("training.take")):
            takeaway.offer(training, phi, watched.run.up_to(watched.shown), scene)

    with st.container():
        at_the_play_head()
    st.markdown(lesson("gradient"))
    st.header(t("training.notebook"), anchor=False)
    st.markdown(t("training.notebook_try"))
    steps = max(watched.shown, 100)
    st.code(notebook.program(call, share, expansion, settings, steps, batch_seed, start), language="python")
