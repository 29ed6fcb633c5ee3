"""Part "exclusive": softmax and K one-vs-rest logistic regressions trained on the same samples (slide 1.2)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import FeatureMap, Settings, one_vs_rest_conflicts
from core.activations import ACTIVATIONS, Floats
from core.datasets import Dataset
from ui.comparison.questions import EXCLUSIVE, show_questions
from ui.data import picker
from ui.i18n import lesson, t
from ui.i18n.number_format import format_decimal, format_probability
from ui.look import html
from ui.look.layout import controls_and_figure, following
from ui.training import hyperparameters, stage_view
from ui.training.scene import Scene, model_of, scene_of
from ui.training.timeline import Timeline, open_timeline

SETS = ("overlapping", "sheared", "scikit", "separable", "penguins")
CONTROLS = (hyperparameters.THRESHOLD, hyperparameters.PAINT, *hyperparameters.PROBE, *hyperparameters.PLAYER)
FAULTS = ("two", "none", "sum", "basis")
SCIKIT_SETTINGS = Settings(2.0, None, 1 / 1000)
"""Settings that lead to scikit-learn's solution on unscaled features: λ = 1/(C n), with C = 1 and n = 1000."""

CELLS = 101
"""Number of points along each side of the grid that is searched for conflicts of the sigmoid outputs."""


def render() -> None:
    """Draw both models on one timeline, with a crosshair, and their outputs at the crosshair."""
    control_column, figure_column = controls_and_figure()
    with control_column:
        data, _ = picker.choose_dataset("versus", SETS, st.container(), st.expander(t("control.shape"), expanded=True))
        show_questions(EXCLUSIVE)
    no_samples = data.rows(np.arange(0))
    is_scikit_example = st.session_state["versus_data"] == "scikit"
    features = FeatureMap.unscaled(2) if is_scikit_example else "linear"
    models = [model_of(data, no_samples, features, head=head, name=t(f"versus.{head}_lane")) for head in ACTIVATIONS]
    if is_scikit_example:
        models = [replace(model, settings=SCIKIT_SETTINGS) for model in models]
    data_name = picker.file_name_part("versus", data)
    scene = scene_of(data, no_samples, models, data_name=data_name, show_thresholds=True, has_probe=True)
    values = hyperparameters.read_values(CONTROLS)
    opens_at = 4000 if is_scikit_example else 300
    timeline = open_timeline(scene.identity, models, values, prefix="versus_", opens_at=opens_at)

    def draw_outputs() -> None:
        st.header(t("versus.crosshair"), anchor=False)
        numbers, faults = st.columns([1.6, 1], gap="large")
        with faults:
            _fault_buttons(data, scene, timeline)
        with numbers, following("outputs"):
            _output_table(scene, timeline)

    with figure_column.container():
        stage_view.draw_stage("versus", scene, timeline, CONTROLS)
    stage_view.answer_messages("versus", timeline, CONTROLS, draw_outputs)
    with figure_column:
        html.callout(t("versus.agree" if data.n_classes == 2 else "versus.exclusive_try"))
        if is_scikit_example:
            html.callout(t("hint.scikit"))
    st.markdown(lesson("one_vs_rest"))


def _fault_buttons(data: Dataset, scene: Scene, timeline: Timeline) -> None:
    """Draw one button per kind of conflict between the sigmoid outputs, and one for points where softmax disagrees.

    See `one_vs_rest_conflicts` and `_largest_disagree`. A button moves the crosshair to the point that shows its fault
    most clearly, at the step on screen. Only the region with most of the samples is searched. A button is disabled if
    no point shows the fault.
    """
    percent = np.stack(np.meshgrid(*[np.linspace(0, 100, CELLS)] * 2), axis=-1).reshape(-1, 2)
    percent = percent[_near_samples(_to_plane(scene, percent), data.X)]
    P, S = _outputs_at(timeline, _to_plane(scene, percent))
    worst = one_vs_rest_conflicts(S, timeline.values["threshold"])
    disagree = _largest_disagree(P, S)
    if disagree.any():
        worst["basis"] = int(np.where(disagree, P.max(axis=1), 0.0).argmax())
    st.markdown(t("versus.jump"))
    for fault in FAULTS:
        x, y = percent[worst.get(fault, 0)]
        probe = {"probe_x": float(x), "probe_y": float(y)}
        st.button(
            t(f"versus.{fault}"), key=f"jump_{fault}", on_click=st.session_state.update, args=(probe,),
            disabled=fault not in worst, width="stretch",
        )  # fmt: skip


def _output_table(scene: Scene, timeline: Timeline) -> None:
    """Draw the outputs of both models at the crosshair.

    A text below explains how the sigmoid outputs conflict at this point, or says that they do not.
    """
    values = timeline.values
    P, S = _outputs_at(timeline, _to_plane(scene, np.array([[values["probe_x"], values["probe_y"]]])))
    p, s, threshold = P[0], S[0], values["threshold"]
    rows: list[html.Row] = []
    for k, name in enumerate(scene.class_names):
        outputs = (html.in_class_colour(format_probability(value), k) for value in (p[k], s[k]))
        answer = t("versus.says_yes" if s[k] > threshold else "versus.says_no")
        rows.append([html.class_name(k, name), *outputs, answer])
    totals = ["Σ", format_decimal(p.sum()), format_decimal(s.sum()), str(int((s > threshold).sum()))]
    yes = t("versus.yes", threshold=f"{threshold:g}")
    html.table(["", t("versus.softmax"), t("versus.sigmoid"), yes], [*rows, totals])
    fault = next(iter(one_vs_rest_conflicts(S, threshold)), "sound")
    notice = t(f"versus.{fault}_notice")
    if _largest_disagree(P, S)[0]:
        largest = {"softmax": scene.class_names[p.argmax()], "sigmoid": scene.class_names[s.argmax()]}
        notice += " " + t("versus.differ_notice", **largest)
    html.callout(notice)


def _to_plane(scene: Scene, percent: Floats) -> Floats:
    """Convert positions in percent of the plane's width and height (m, 2) to feature values (m, 2)."""
    low, high = np.array([scene.x_range, scene.y_range]).T
    return np.asarray(low + percent / 100 * (high - low))


def _outputs_at(timeline: Timeline, points: Floats) -> list[Floats]:
    """Return one array of outputs (m, K) per model, for points (m, 2) at the step on screen."""
    return [tracked.outputs_at(timeline.step, tracked.model.phi(points)) for tracked in timeline.tracked_runs]


def _largest_disagree(P: Floats, S: Floats) -> NDArray[np.bool_]:
    """Return a mask (m,) of the points where softmax (m, K) and sigmoid outputs (m, K) are largest for other classes.

    With K = 2 no point counts: the regressions are then the same model as softmax and only learn at another rate.
    """
    return np.asarray((P.argmax(axis=1) != S.argmax(axis=1)) & (P.shape[1] > 2))


def _near_samples(points: Floats, X: Floats) -> NDArray[np.bool_]:
    """Return a mask (m,) of the points (m, 2) in the region that contains most of the samples X (n, 2).

    The region lies between the 4 % and the 96 % quantile of each feature, so that outliers do not matter.
    """
    low, high = np.quantile(X, (0.04, 0.96), axis=0)
    return np.asarray(((points > low) & (points < high)).all(axis=1))
