"""What stands below the training stage: the step on screen in numbers, one view at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core import Parameters, Settings, confusion_matrix, softmax
from core.training import Problem
from ui import controls, markup
from ui.components.training_stage import Scene
from ui.i18n import t
from ui.numbers import decimal, probability

MOST_COLUMNS_SHOWN = 9
SAMPLE, PANEL = "sample", "panel"


@dataclass(frozen=True)
class Moment:
    """A run at one step: where it is, under which settings it goes on, and what it is judged on."""

    scene: Scene
    problem: Problem
    held_out: Problem | None
    settings: Settings
    step: int
    here: Parameters


def update(moment: Moment) -> None:
    """W and b, their gradients, and where the next step leads (slide 4.4)."""
    here, problem, settings = moment.here, moment.problem, moment.settings
    slope = problem.evaluate(here, settings.l2, problem.batch(moment.step, settings.batch_size))
    st.markdown(t("training.update_how", rate=f"{settings.learning_rate:g}"))
    st.caption(t("training.standardised") + " " + (t("training.on_batch") if settings.batch_size else ""))
    next_weights = here.weights - settings.learning_rate * slope.weights_gradient
    next_bias = here.bias - settings.learning_rate * slope.bias_gradient
    parts = {
        "weights": (here.weights, here.bias),
        "gradients": (slope.weights_gradient, slope.bias_gradient),
        "updated": (next_weights, next_bias),
    }
    names = moment.scene.parameter_names
    for column, (title, (weights, bias)) in zip(st.columns(3), parts.items(), strict=True):
        with column:
            markup.matrix(
                t(f"training.{title}"),
                moment.scene.class_names,
                [*names[:MOST_COLUMNS_SHOWN], "b"],
                np.vstack([weights[:MOST_COLUMNS_SHOWN], bias]),
            )
    if len(names) > MOST_COLUMNS_SHOWN:
        st.caption(t("training.more_columns", count=len(names) - MOST_COLUMNS_SHOWN))


def one_sample(moment: Moment) -> None:
    """One sample's way from x to its share of the gradient (slides 4.1 to 4.3)."""
    st.markdown(t("training.sample_try"))
    n = len(moment.problem.X)
    i = controls.slider(SAMPLE, 1, n, 1, 1) - 1
    x, y, z = moment.problem.X[i], moment.problem.Y[i], moment.here.logits(moment.problem.X[[i]])[0]
    p = softmax(z)
    names = moment.scene.parameter_names[:MOST_COLUMNS_SHOWN]
    rows: list[markup.Row] = []
    for k, name in enumerate(moment.scene.class_names):
        shares = (decimal(value * (p[k] - y[k]) / n, 5) for value in x[:MOST_COLUMNS_SHOWN])
        numbers = (decimal(z[k]), probability(p[k]), f"{y[k]:.0f}", decimal(p[k] - y[k]), *shares)
        rows.append([markup.class_name(k, name), *(markup.in_class_colour(text, k) for text in numbers)])
    markup.table(
        ["", "z", "ŷ", "y", "ŷ − y", *(t("training.share", feature=name) for name in names)],
        rows,
        caption=", ".join(f"{name} = {decimal(value)}" for name, value in zip(names, x, strict=False)),
        lit=int(y.argmax()),
    )
    true_class = int(y.argmax())
    markup.formula(
        "L = −log ",
        markup.in_class_colour(probability(p[true_class]), true_class),
        f" = {decimal(float(-np.log(p[true_class])))}",
    )


def confusion(moment: Moment) -> None:
    """Which classes are taken for which, over the training samples and those held out."""
    st.markdown(t("training.confusion_try"))
    sets = [("training.on_training", moment.problem)]
    if moment.held_out is not None:
        sets.append(("training.on_held_out", moment.held_out))
    for column, (title, problem) in zip(st.columns(2), sets, strict=False):
        counts = confusion_matrix(
            moment.here.logits(problem.X).argmax(axis=1), problem.Y.argmax(axis=1), problem.Y.shape[1]
        )
        right = int(np.trace(counts))
        with column:
            markup.table(
                [
                    t("training.true_predicted"),
                    *(markup.class_name(k, name) for k, name in enumerate(moment.scene.class_names)),
                ],
                [
                    [markup.class_name(k, name), *(str(count) for count in counts[k])]
                    for k, name in enumerate(moment.scene.class_names)
                ],
                caption=t(title, right=right, count=len(problem.X)),
            )


def picked() -> int | None:
    """Which sample is spoken of, for the stage to ring."""
    return st.session_state.get(SAMPLE, 1) - 1 if st.session_state.get(PANEL) == "sample" else None


PANELS: dict[str, Callable[[Moment], None]] = {"update": update, "sample": one_sample, "confusion": confusion}


def show(moment: Moment) -> None:
    """The view the reader has chosen."""
    st.header(t("training.step_in_numbers", step=moment.step), anchor=False)
    PANELS[controls.segments(PANEL, list(PANELS), lambda name: t(f"panel.{name}"))](moment)
