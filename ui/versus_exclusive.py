"""Slide 1.2: one softmax beside K logistic regressions that learn the same samples, and where the latter contradict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import FeatureMap, Settings, contradictions
from core.activations import ACTIVATIONS, Floats
from core.datasets import Dataset
from ui import controls, dials, markup
from ui.i18n import lesson, t
from ui.numbers import decimal, probability
from ui.page import workbench
from ui.training import stage_view
from ui.training.scene import Scene, model_of, scene_of
from ui.training.timeline import Timeline, open_timeline

SETS = ("overlapping", "sheared", "scikit", "separable", "penguins")
HELD = (dials.THRESHOLD, dials.PAINT, *dials.PROBE, *dials.PLAYER)
FAULTS = ("two", "sum", "none")
SCIKIT_LEARNS = Settings(2.0, None, 1 / 1000)
"""By which descent arrives where scikit-learn's solver does, on its samples as they are: λ = 1/(C n), C = 1."""

CELLS = 101
"""Places along each side of the plane at which faults are looked for."""


def part() -> None:
    """Both models on one timeline, with a crosshair to drag over their planes."""
    beside, on_stage = workbench()
    with beside:
        data, _ = controls.dataset("versus", SETS, st.container(), st.expander(t("control.shape"), expanded=True))
    nobody = data.rows(np.arange(0))
    as_theirs = st.session_state["versus_data"] == "scikit"
    features = FeatureMap.unscaled(2) if as_theirs else "linear"
    models = [model_of(data, nobody, features, head=head, name=t(f"versus.{head}_lane")) for head in ACTIVATIONS]
    if as_theirs:
        models = [replace(model, settings=SCIKIT_LEARNS) for model in models]
    scene = scene_of(data, nobody, models, answering=True, probing=True)
    values = dials.values_of(HELD)
    timeline = open_timeline(scene.identity, models, values, prefix="versus_", opens_at=4000 if as_theirs else 300)

    def at_the_crosshair() -> None:
        st.header(t("versus.crosshair"), anchor=False)
        numbers, faults = st.columns([1.6, 1], gap="large")
        with faults:
            _jumps(data, scene, timeline)
        with numbers:
            _outputs(scene, timeline)

    stage_view.play("versus", scene, timeline, HELD, on_stage.container(), at_the_crosshair)
    with on_stage:
        markup.notice(t("versus.agree" if data.n_classes == 2 else "versus.exclusive_try"))
        if as_theirs:
            markup.notice(t("hint.scikit"))
    st.markdown(lesson("one_vs_rest"))


def _jumps(data: Dataset, scene: Scene, timeline: Timeline) -> None:
    """Buttons that put the crosshair where each fault is worst, among the samples at the step on screen."""
    shares = np.stack(np.meshgrid(*[np.linspace(0, 100, CELLS)] * 2), axis=-1).reshape(-1, 2)
    among = _among(_place(scene, shares), data.X)
    shares = shares[among]
    _, S = _outputs_of(timeline, _place(scene, shares))
    found = contradictions(S, timeline.values["threshold"])
    st.markdown(t("versus.jump"))
    for fault in FAULTS:
        x, y = shares[found.get(fault, 0)]
        where = {"probe_x": float(x), "probe_y": float(y)}
        st.button(
            t(f"versus.{fault}"), key=f"jump_{fault}", on_click=st.session_state.update, args=(where,),
            disabled=fault not in found, width="stretch",
        )  # fmt: skip


def _outputs(scene: Scene, timeline: Timeline) -> None:
    """What both models put out at the crosshair, and what is wrong with it as one answer."""
    values = timeline.values
    P, S = _outputs_of(timeline, _place(scene, np.array([[values["probe_x"], values["probe_y"]]])))
    p, s, threshold = P[0], S[0], values["threshold"]
    rows: list[markup.Row] = [
        [
            markup.class_name(k, name),
            markup.in_class_colour(probability(p[k]), k),
            markup.in_class_colour(probability(s[k]), k),
            t("versus.says_yes") if s[k] > threshold else t("versus.says_no"),
        ]
        for k, name in enumerate(scene.class_names)
    ]
    total = ["Σ", decimal(p.sum()), decimal(s.sum()), str(int((s > threshold).sum()))]
    yes = t("versus.yes", threshold=f"{threshold:g}")
    markup.table(["", t("versus.softmax"), t("versus.sigmoid"), yes], [*rows, total])
    fault = next(iter(contradictions(S, threshold)), "sound")
    markup.notice(t(f"versus.{fault}_notice"))


def _place(scene: Scene, shares: Floats) -> Floats:
    """Points of the plane (m, 2) from shares of its sides (m, 2), in percent."""
    low, high = np.array([scene.x_range, scene.y_range]).T
    return np.asarray(low + shares / 100 * (high - low))


def _outputs_of(timeline: Timeline, points: Floats) -> list[Floats]:
    """What each model makes of points (m, 2) at the step on screen: (m, K) each."""
    return [
        ACTIVATIONS[tracked.model.problem.head](tracked.params_at(timeline.step).logits(tracked.model.phi(points)))
        for tracked in timeline.runs
    ]


def _among(cells: Floats, X: Floats) -> NDArray[np.bool_]:
    """Which cells lie where most of the samples X do, outliers aside."""
    low, high = np.quantile(X, (0.04, 0.96), axis=0)
    return np.asarray(((cells > low) & (cells < high)).all(axis=1))
