"""The panels below the training stage: the step on screen in numbers, one panel at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from core import Parameters, confusion_matrix
from core.activations import ACTIVATIONS, Floats
from core.gradient_descent import objective
from core.run import Problem, Settings
from ui.i18n import t
from ui.i18n.number_format import MINUS, format_decimal, format_probability, subscript
from ui.lecture import panel
from ui.look import html
from ui.look.layout import following
from ui.look.terms import markdown_with_terms
from ui.look.theme import GLYPHS
from ui.state import edit_history, widgets
from ui.state.number_input import NumberRange
from ui.training import run_url
from ui.training.scene import ModelView, Scene
from ui.training.timeline import Timeline
from ui.training.tracked_run import TrackedRun

MAX_COLUMNS_SHOWN = 9
"""Most columns of Φ in the panels. The inputs themselves, of linear features, are all shown in tables."""

WEIGHTS = NumberRange(-run_url.MAX_START, run_url.MAX_START)
SAMPLE, PANEL, BY_HAND, SHOWN_BY_HAND = "sample", "panel", "by_hand", "shown_by_hand"


@dataclass(frozen=True)
class Snapshot:
    """A run at the step on screen."""

    scene: Scene
    model_view: ModelView
    tracked: TrackedRun
    step: int
    is_playing: bool

    @property
    def problem(self) -> Problem:
        """The training problem."""
        return self.tracked.model.problem

    @property
    def names_shown(self) -> Sequence[str]:
        """Names of the columns of Φ that are in the tables."""
        names = self.model_view.parameter_names
        return names if self.tracked.model.phi.expansion == "linear" else names[:MAX_COLUMNS_SHOWN]

    @cached_property
    def parameters(self) -> Parameters:
        """W and b at this step."""
        return self.tracked.params_at(self.step)


def update_table(snapshot: Snapshot) -> None:
    """Draw W and b, their gradients, and W and b after the next step (slide 4.4)."""
    parameters, problem = snapshot.parameters, snapshot.problem
    settings = snapshot.tracked.run.settings_at(snapshot.step)
    _, gradient = problem.objective(parameters, settings.l2, problem.minibatch(snapshot.step, settings.batch_size))
    rate = settings.learning_rate
    st.markdown(t("training.update_how", rate=f"{rate:g}"))
    st.caption(t("training.standardised") + " " + (t("training.on_batch") if settings.batch_size else ""))
    _draw_loss_and_shapes(snapshot, settings)
    updated = Parameters(parameters.weights - rate * gradient.weights, parameters.bias - rate * gradient.bias)
    matrices = {"weights": parameters, "gradients": gradient, "updated": updated}
    names, n_columns = snapshot.names_shown, len(snapshot.model_view.parameter_names)
    for column, (title, matrix) in zip(st.columns(3), matrices.items(), strict=True):
        values = np.vstack([matrix.weights[: len(names)], matrix.bias])
        with column:
            html.matrix(t(f"training.{title}"), snapshot.scene.class_names, [*names, "b"], values)
    if n_columns > len(names):
        st.caption(t("training.more_columns", count=n_columns - len(names)))


def _draw_loss_and_shapes(snapshot: Snapshot, settings: Settings) -> None:
    """Draw the loss L over all samples (slide 4.1), and the shapes of the gradients (slides 4.2 and 4.3)."""
    problem = snapshot.problem
    terms = "−(1/n) Σᵢ Σⱼ yᵢⱼ log ŷᵢⱼ"
    if problem.head == "sigmoid":
        terms = "−(1/n) Σᵢ Σⱼ [yᵢⱼ log ŷᵢⱼ + (1 − yᵢⱼ) log(1 − ŷᵢⱼ)]"
    if settings.l2:
        terms += " + (λ/2) Σ W²"
    loss, _ = problem.objective(snapshot.parameters, settings.l2)
    (n, d), K = problem.X.shape, problem.Y.shape[1]
    html.formula(f"L = {terms} = {format_decimal(loss)}")
    caption = t("training.loss_how", n=n)
    if not panel.has_open_question_on("live_training"):  # a step of the lecture asks for the shapes
        caption += " " + t("training.shapes_how", n=min(settings.batch_size or n, n), d=d, K=K)
    st.caption(caption)


def sample_table(snapshot: Snapshot) -> None:
    """Draw one sample's features, logits, probabilities, loss and share of the gradient (slides 3.1 and 4.1 to 4.3)."""
    markdown_with_terms(t("training.sample_try"))
    st.caption(t("training.standardised"))
    problem, parameters = snapshot.problem, snapshot.parameters
    n = len(problem.X)
    i = widgets.slider(SAMPLE, 1, n, 1, 1) - 1
    x, y, z = problem.X[i], problem.Y[i], parameters.logits(problem.X[[i]])[0]
    p = ACTIVATIONS[problem.head](z)
    names = snapshot.names_shown
    true_class = int(y.argmax())
    rows: list[html.Row] = []
    for k, name in enumerate(snapshot.scene.class_names):
        shares = (format_decimal(value * (p[k] - y[k]) / n, 5) for value in (*x[: len(names)], 1.0))
        numbers = (format_decimal(z[k]), format_probability(p[k]), f"{y[k]:.0f}", format_decimal(p[k] - y[k]), *shares)
        rows.append([html.class_name(k, name), *(html.in_class_colour(text, k) for text in numbers)])
    header = ["", "z", "ŷ", "y", "ŷ − y", *(t("training.share", feature=name) for name in (*names, "1"))]
    _draw_logits(snapshot, x, z)
    html.table(header, rows, caption="z → ŷ → ŷ − y", highlighted=true_class)
    loss, _, _ = objective(x[None], y[None], parameters.weights, parameters.bias, head=problem.head)
    if problem.head == "softmax":
        likelihoods = {true_class: format_probability(p[true_class])}
    else:  # one binary classification per class
        likelihoods = {
            k: format_probability(p[k]) if k == true_class else f"(1 − {format_probability(p[k])})"
            for k in range(len(p))
        }
    terms = [html.join(["−log ", html.in_class_colour(text, k)]) for k, text in likelihoods.items()]
    html.formula("L = ", html.join(terms, " "), f" = {format_decimal(loss)}")


def _draw_logits(snapshot: Snapshot, x: Floats, z: Floats) -> None:
    """Draw the logits z = Wᵀx + b (K,) of one sample with features x (D,), written out, with one row per class."""
    names, parameters = snapshot.names_shown, snapshot.parameters
    shown = len(names)
    more = ["…"] if shown < len(x) else []
    rows: list[html.Row] = []
    for k, name in enumerate(snapshot.scene.class_names):
        weights = parameters.weights[:shown, k]
        first, *others = (f"{_in_sum(w)} × {_in_sum(value)}" for w, value in zip(weights, x[:shown], strict=True))
        terms = [
            first,
            *(f"+ {term}" for term in (*others, *more, _in_sum(parameters.bias[k]))),
            f"= {format_decimal(z[k])}",
        ]
        rows.append([html.class_name(k, name), *(html.in_class_colour(term, k) for term in terms)])
    header = ["", *(f"w · {name}" for name in names), *more, "b", "z"]
    values = ", ".join(f"{name} = {format_decimal(value)}" for name, value in zip(names, x[:shown], strict=True))
    html.table(header, rows, caption=f"x → z = Wᵀx + b: {values}")


def _in_sum(value: float) -> str:
    """Return a number as text, in brackets if it is negative."""
    text = format_decimal(value)
    return f"({text})" if text.startswith(MINUS) else text


def confusion_matrices(snapshot: Snapshot) -> None:
    """Draw the confusion matrices of the training samples and, if there are any, the held-out samples."""
    st.markdown(t("training.confusion_try"))
    sets = [("training.on_training", snapshot.problem)]
    if snapshot.tracked.model.held_out is not None:
        sets.append(("training.on_held_out", snapshot.tracked.model.held_out))
    class_names = [html.class_name(k, name) for k, name in enumerate(snapshot.scene.class_names)]
    for column, (title, problem) in zip(st.columns(2), sets, strict=False):
        predicted, labels = snapshot.parameters.logits(problem.X).argmax(axis=1), problem.Y.argmax(axis=1)
        counts = confusion_matrix(predicted, labels, problem.Y.shape[1])
        rows: list[html.Row] = [[name, *map(str, row)] for name, row in zip(class_names, counts, strict=True)]
        caption = t(title, right=int(np.trace(counts)), count=len(problem.X))
        with column:
            html.table([t("training.true_predicted"), *class_names], rows, caption=caption)


def selected_sample() -> int | None:
    """Return the index (from 0) of the sample in the sample panel, or None if another panel is open."""
    return st.session_state.get(SAMPLE, 1) - 1 if st.session_state.get(PANEL) == "sample" else None


def custom_start_form(snapshot: Snapshot) -> None:
    """Draw a form to enter W and b and to begin a new run there, or at zeros.

    The buttons of the form write `start` into the session (see `run_url.set_custom_start`) and rerun the page.
    During playback, W and b are shown as text instead; with more than MAX_COLUMNS_SHOWN features, a notice is shown.
    """
    names, class_names = snapshot.model_view.parameter_names, snapshot.scene.class_names
    K = len(class_names)
    if len(names) > MAX_COLUMNS_SHOWN:
        is_linear = snapshot.tracked.model.phi.expansion == "linear"
        st.info(t("training.too_many_columns_to_set" if is_linear else "training.too_many_to_set"))
        return
    st.markdown(t("training.by_hand_try"))
    current = snapshot.parameters.stacked.round(3) + 0.0  # + 0.0 turns −0 into 0
    labels = [f"{name} {GLYPHS[k]} {class_name}" for name in (*names, "b") for k, class_name in enumerate(class_names)]
    if snapshot.is_playing:
        texts = [f"{value:.3f}" for value in current.ravel()]
        html.fields_as_text(list(zip(labels, texts, strict=True)), K, t("training.pause_to_set"))
        return
    shown = snapshot.scene.identity, snapshot.model_view.name, snapshot.step
    has_changed = st.session_state.get(SHOWN_BY_HAND) != shown
    st.session_state[SHOWN_BY_HAND] = shown
    texts = []
    with st.form(BY_HAND, border=False):
        for row in range(len(current)):
            for k, column in enumerate(st.columns(K)):
                key = f"{BY_HAND}:{row}:{k}"
                if has_changed or key not in st.session_state:
                    value = current[row, k]
                    st.session_state[key] = f"{value:.3f}" if abs(value) < 1e6 else f"{value:g}"
                texts.append(column.text_input(html.escape_markdown(labels[row * K + k]), key=key))
        left, right = st.columns(2)
        begins_here = left.form_submit_button(t("training.begin_here"), width="stretch")
        begins_at_zero = right.form_submit_button(t("training.begin_at_zero"), width="stretch")
    if begins_here:
        _begin_from(texts, labels, current.shape)
    elif begins_at_zero:
        run_url.set_custom_start(None)
        st.rerun()
    _history_buttons()


def _begin_from(texts: Sequence[str], labels: Sequence[str], shape: tuple[int, ...]) -> None:
    """Begin a new run from the numbers in the fields. If a field is invalid, draw a message instead."""
    numbers = [WEIGHTS.parse(text) for text in texts]
    valid = [number for number in numbers if number is not None]
    if len(valid) == len(numbers):
        run_url.set_custom_start(np.reshape(valid, shape))
        st.rerun()
    faults = [
        f"- {WEIGHTS.fault(html.escape_markdown(label), text)}"
        for label, text, number in zip(labels, texts, numbers, strict=True)
        if number is None
    ]
    st.error("\n".join([t("training.not_begun"), "", *faults]))


def _history_buttons() -> None:
    """Draw buttons that undo and redo changes of W and b made by the form."""
    keys = (run_url.START,)
    with st.container(horizontal=True, gap="small"):
        if st.button(t("stage.undo"), icon=":material/undo:", disabled=not edit_history.can_undo(keys)):
            edit_history.undo(keys)
            st.rerun()
        if st.button(t("stage.redo"), icon=":material/redo:", disabled=not edit_history.can_redo(keys)):
            edit_history.redo(keys)
            st.rerun()


PANELS: dict[str, Callable[[Snapshot], None]] = {
    "update": update_table,
    "sample": sample_table,
    "confusion": confusion_matrices,
    BY_HAND: custom_start_form,
}


def snapshot_of(scene: Scene, timeline: Timeline) -> Snapshot:
    """Return the snapshot of a run at the step on screen. With two runs, draw a control that selects one."""
    names = [model_view.name for model_view in scene.model_views]
    i = widgets.segmented_control("lane", range(len(names)), lambda i: names[i]) if len(names) > 1 else 0
    return Snapshot(scene, scene.model_views[i], timeline.tracked_runs[i], timeline.step, timeline.playing)


def show_panel(snapshot: Snapshot) -> None:
    """Draw the control that selects a panel, and the selected panel."""
    panel = widgets.segmented_control(PANEL, list(PANELS), lambda name: t(f"panel.{name}"))
    with following("panel"):
        if len(snapshot.scene.feature_names) > 2:
            names = (f"x{subscript(i)}: {name}" for i, name in enumerate(snapshot.scene.feature_names, start=1))
            st.caption(html.escape_markdown(", ".join(names)))
        PANELS[panel](snapshot)
