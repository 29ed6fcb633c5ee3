"""What stands below the training stage: the step on screen in numbers, one view at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from core import Parameters, confusion_matrix
from core.activations import ACTIVATIONS
from core.gradient_descent import objective
from core.run import Problem
from ui import controls, markup
from ui.i18n import t
from ui.numbers import decimal, probability
from ui.theme import GLYPHS
from ui.training import run_url
from ui.training.scene import Lane, Scene
from ui.training.timeline import Timeline
from ui.training.tracked_run import TrackedRun

MOST_COLUMNS_SHOWN = 9
SAMPLE, PANEL, BY_HAND, SHOWN_BY_HAND = "sample", "panel", "by_hand", "shown_by_hand"


@dataclass(frozen=True)
class Moment:
    """A run at one step of the timeline it is on, which may be passing as it plays."""

    scene: Scene
    lane: Lane
    tracked: TrackedRun
    step: int
    is_passing: bool

    @property
    def problem(self) -> Problem:
        """What is learnt."""
        return self.tracked.model.problem

    @cached_property
    def here(self) -> Parameters:
        """W and b at this step."""
        return self.tracked.params_at(self.step)


def update(moment: Moment) -> None:
    """W and b, their gradients, and where the next step leads (slide 4.4)."""
    here, problem, settings = moment.here, moment.problem, moment.tracked.run.settings_at(moment.step)
    _, gradient = problem.objective(here, settings.l2, problem.minibatch(moment.step, settings.batch_size))
    st.markdown(t("training.update_how", rate=f"{settings.learning_rate:g}"))
    st.caption(t("training.standardised") + " " + (t("training.on_batch") if settings.batch_size else ""))
    updated = Parameters(
        here.weights - settings.learning_rate * gradient.weights, here.bias - settings.learning_rate * gradient.bias
    )
    parts = {"weights": here, "gradients": gradient, "updated": updated}
    names = moment.lane.parameter_names
    for column, (title, part) in zip(st.columns(3), parts.items(), strict=True):
        with column:
            markup.matrix(
                t(f"training.{title}"),
                moment.scene.class_names,
                [*names[:MOST_COLUMNS_SHOWN], "b"],
                np.vstack([part.weights[:MOST_COLUMNS_SHOWN], part.bias]),
            )
    if len(names) > MOST_COLUMNS_SHOWN:
        st.caption(t("training.more_columns", count=len(names) - MOST_COLUMNS_SHOWN))


def one_sample(moment: Moment) -> None:
    """One sample's way from x to its share of the gradient (slides 4.1 to 4.3)."""
    st.markdown(t("training.sample_try"))
    st.caption(t("training.standardised"))
    n = len(moment.problem.X)
    i = controls.slider(SAMPLE, 1, n, 1, 1) - 1
    x, y, z = moment.problem.X[i], moment.problem.Y[i], moment.here.logits(moment.problem.X[[i]])[0]
    p = ACTIVATIONS[moment.problem.head](z)
    names = moment.lane.parameter_names[:MOST_COLUMNS_SHOWN]
    rows: list[markup.Row] = []
    for k, name in enumerate(moment.scene.class_names):
        shares = (decimal(value * (p[k] - y[k]) / n, 5) for value in (*x[:MOST_COLUMNS_SHOWN], 1.0))
        numbers = (decimal(z[k]), probability(p[k]), f"{y[k]:.0f}", decimal(p[k] - y[k]), *shares)
        rows.append([markup.class_name(k, name), *(markup.in_class_colour(text, k) for text in numbers)])
    markup.table(
        ["", "z", "ŷ", "y", "ŷ − y", *(t("training.share", feature=name) for name in (*names, "1"))],
        rows,
        caption=", ".join(f"{name} = {decimal(value)}" for name, value in zip(names, x, strict=False)),
        lit=int(y.argmax()),
    )
    W, b = moment.here.weights, moment.here.bias
    loss, _, _ = objective(x[None], y[None], W, b, head=moment.problem.head)
    true_class = int(y.argmax())
    if moment.problem.head == "softmax":
        priced = [("", p[true_class], true_class)]
    else:  # one yes-or-no question a class
        priced = [("" if k == true_class else "1 − ", p[k], k) for k in range(len(p))]
    terms = [
        markup.joined(
            ["−log ", markup.in_class_colour(f"({before}{probability(value)})" if before else probability(value), k)]
        )
        for before, value, k in priced
    ]
    markup.formula("L = ", markup.joined(terms, " "), f" = {decimal(loss)}")


def confusion(moment: Moment) -> None:
    """Which classes are taken for which, over the training samples and those held out."""
    st.markdown(t("training.confusion_try"))
    sets = [("training.on_training", moment.problem)]
    if moment.tracked.model.held_out is not None:
        sets.append(("training.on_held_out", moment.tracked.model.held_out))
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


def by_hand(moment: Moment) -> None:
    """W and b to be set by the reader, and a run that begins there; while it plays, no more than what they are."""
    names, class_names = moment.lane.parameter_names, moment.scene.class_names
    K = len(class_names)
    if len(names) > MOST_COLUMNS_SHOWN:
        st.info(t("training.too_many_to_set"))
        return
    st.markdown(t("training.by_hand_try"))
    now = moment.here.stacked.round(3) + 0.0  # no −0
    labels = [f"{name} {GLYPHS[k]} {class_name}" for name in (*names, "b") for k, class_name in enumerate(class_names)]
    if moment.is_passing:
        texts = [f"{value:.3f}" for value in now.ravel()]
        markup.fields_as_text(list(zip(labels, texts, strict=True)), K, t("training.pause_to_set"))
        return
    most = run_url.MAX_START
    place = moment.scene.identity, moment.lane.name, moment.step
    has_moved = st.session_state.get(SHOWN_BY_HAND) != place
    st.session_state[SHOWN_BY_HAND] = place
    with st.form(BY_HAND, border=False):
        values = np.zeros_like(now)
        for row in range(len(now)):
            for k, column in enumerate(st.columns(K)):
                key = f"{BY_HAND}:{row}:{k}"
                if has_moved or key not in st.session_state:
                    st.session_state[key] = float(np.clip(now[row, k], -most, most))
                label = markup.plain(labels[row * K + k])
                values[row, k] = column.number_input(label, -most, most, step=0.1, format="%.3f", key=key)
        begin, zeros = st.columns(2)
        if begin.form_submit_button(t("training.begin_here"), width="stretch"):
            run_url.set_custom_start(values)
            st.rerun()
        if zeros.form_submit_button(t("training.begin_at_zero"), width="stretch"):
            run_url.set_custom_start(None)
            st.rerun()


PANELS: dict[str, Callable[[Moment], None]] = {
    "update": update,
    "sample": one_sample,
    "confusion": confusion,
    BY_HAND: by_hand,
}


def moment_of(scene: Scene, timeline: Timeline) -> Moment:
    """The run on screen, or the one of the two that the reader asks about."""
    names = [lane.name for lane in scene.lanes]
    i = controls.segments("lane", range(len(names)), lambda i: names[i]) if len(names) > 1 else 0
    return Moment(scene, scene.lanes[i], timeline.runs[i], timeline.step, timeline.playing)


def show(moment: Moment) -> None:
    """The view the reader has chosen."""
    PANELS[controls.segments(PANEL, list(PANELS), lambda name: t(f"panel.{name}"))](moment)
