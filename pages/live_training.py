"""Sections 4 and 5: gradient descent on softmax regression, seen step by step."""

import numpy as np
import streamlit as st

from core import FeatureMap, Parameters, Settings, one_hot, softmax
from core.training import Problem
from ui import controls, markup, notebook, training_run
from ui.components.training_stage import training_feed, training_stage
from ui.i18n import lesson, t
from ui.numbers import decimal, probability
from ui.page import page, workbench
from ui.scenes import scene_of

LEARNING_RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0)
ALL_SAMPLES = 0
BATCH_SIZES = (ALL_SAMPLES, 1, 4, 16, 64)
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
EXPANSIONS = ("linear", "quadratic", "cubic", "rbf")
SETS = ("penguins", "separable", "overlapping", "rings", "spirals", "corners", "sheared", "iris")
MOST_COLUMNS_SHOWN = 9

with page("live_training"):
    beside, on_stage = workbench()
    with beside:
        top = st.container()
        learning_rate = controls.stops("rate", LEARNING_RATES, 0.3)
        batch_size = controls.choice("batch", BATCH_SIZES, lambda size: str(size) if size else t("training.all"))
        l2 = controls.stops("l2", PENALTIES, 0.0)
        expansion = controls.choice("expansion", EXPANSIONS, lambda name: t(f"expansion.{name}"))
        batch_seed = controls.seed("batch_seed") if batch_size != ALL_SAMPLES else 0
        data, call = controls.dataset("train", SETS, top, st.expander(t("control.shape")))

    phi = FeatureMap.fit(data.X, expansion)
    problem = Problem(phi(data.X), one_hot(data.labels, data.n_classes), seed=batch_seed)
    settings = Settings(learning_rate, batch_size or None, l2)
    scene = scene_of(data, phi, problem)
    watched = training_run.watch(scene.identity, problem, settings)
    with on_stage:
        training_stage("stage", scene, watched.shown, watched.rows(0, watched.shown, 1))
        markup.notice(t(f"hint.{st.session_state['train_data']}"))

    @st.fragment
    def at_the_play_head() -> None:
        """Answer the stage, and show the step it stands at in numbers."""
        message = st.session_state.pop("stage_message", None)
        rows = training_run.answer(watched, message, settings) if message else None
        training_feed(
            "feed",
            stage="stage",
            scene=scene.identity,
            settings=training_run.name_of(settings),
            rows=rows,
            end=training_run.end_of(watched),
            on_message=lambda: st.session_state.update(stage_message=st.session_state["feed"].message),
        )
        here = watched.run.params_at(watched.shown)
        slope = problem.evaluate(here, l2, problem.batch(watched.shown, settings.batch_size))
        st.header(t("training.update", step=watched.shown), anchor=False)
        st.markdown(t("training.update_how", rate=f"{learning_rate:g}"))
        st.caption(t("training.standardised") + " " + (t("training.on_batch") if settings.batch_size else ""))
        parts = {
            "weights": (here.weights, here.bias),
            "gradients": (slope.weights_gradient, slope.bias_gradient),
            "updated": (
                here.weights - learning_rate * slope.weights_gradient,
                here.bias - learning_rate * slope.bias_gradient,
            ),
        }
        for column, (title, (weights, bias)) in zip(st.columns(3), parts.items(), strict=True):
            with column:
                markup.matrix(
                    t(f"training.{title}"),
                    scene.class_names,
                    [*scene.parameter_names[:MOST_COLUMNS_SHOWN], "b"],
                    np.vstack([weights[:MOST_COLUMNS_SHOWN], bias]),
                )
        unseen = len(scene.parameter_names) - MOST_COLUMNS_SHOWN
        if unseen > 0:
            st.caption(t("training.more_columns", count=unseen))
        one_sample(here)

    def one_sample(here: Parameters) -> None:
        """One sample's way from x to its share of the gradient."""
        st.header(t("training.sample_title"), anchor=False)
        st.markdown(t("training.sample_try"))
        i = controls.slider("sample", 1, len(data.X), 1, 1) - 1
        x, y, z = problem.X[i], problem.Y[i], here.logits(problem.X[[i]])[0]
        p = softmax(z)
        names = scene.parameter_names[:MOST_COLUMNS_SHOWN]
        inputs = ", ".join(f"{name} = {decimal(value)}" for name, value in zip(names, x, strict=False))
        markup.table(
            ["", "z", "ŷ", "y", "ŷ − y", *(t("training.share", feature=name) for name in names)],
            [
                [
                    markup.class_name(k, name),
                    *(
                        markup.in_class_colour(text, k)
                        for text in (
                            decimal(z[k]),
                            probability(p[k]),
                            f"{y[k]:.0f}",
                            decimal(p[k] - y[k]),
                            *(decimal(value * (p[k] - y[k]) / len(data.X), 5) for value in x[:MOST_COLUMNS_SHOWN]),
                        )
                    ),
                ]
                for k, name in enumerate(scene.class_names)
            ],
            caption=inputs,
            lit=int(y.argmax()),
        )

    with st.container():
        at_the_play_head()
    st.markdown(lesson("gradient"))
    st.header(t("training.notebook"), anchor=False)
    st.markdown(t("training.notebook_try"))
    st.code(notebook.program(call, expansion, settings, max(watched.shown, 100), batch_seed), language="python")
