"""Softmax regression trained by gradient descent, step by step (sections 4 and 5)."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core import split
from ui.classroom.page_questions import show_quiz
from ui.data import drawn_points, picker, upload
from ui.i18n import lesson, t
from ui.i18n.number_format import format_general
from ui.lecture import panel
from ui.look import html
from ui.look.layout import controls_and_figure, following
from ui.shell.page import page
from ui.state import edit_history, widgets
from ui.training import detail_panels, export, hyperparameters, run_url, stage_view
from ui.training.hyperparameters import BATCH, BATCH_B, PENALTY, PLAYER, RATE, RATE_B
from ui.training.model import Model
from ui.training.questions import QUESTIONS, QUIZ
from ui.training.scene import model_of, scene_of
from ui.training.timeline import open_timeline
from ui.training.tracked_run import StoppingRule

EXPANSIONS = ("linear", "quadratic", "cubic", "rbf")
STOP_STEPS = (20_000, 100, 300, 1000, 3000, 10_000)
TOLERANCES = (0.0, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
SETS = ("penguins", "separable", "overlapping", "rings", "spirals", "corners", "sheared", "scikit", "iris", *picker.OWN)
SHARED = (RATE, BATCH, PENALTY)
HYPERPARAMETERS = {
    "nothing": SHARED,
    "rate": (RATE, RATE_B, BATCH, PENALTY),
    "batch": (RATE, BATCH, BATCH_B, PENALTY),
    "expansion": SHARED,
    "head": SHARED,
}
"""Hyperparameters with a control on the stage, by what the two models differ in; "nothing" means one model only."""


def expansion_selectbox(key: str, options: Sequence[str] = EXPANSIONS) -> str:
    """Draw a selectbox of feature maps; return the name of the selected one.

    `key` is the key of the value in the session and in the address.
    """
    return widgets.selectbox(key, options, lambda name: t(f"expansion.{name}"))


def choose_model(n_columns: int) -> tuple[str, str, str]:
    """Draw the controls of the features and of the comparison for data with this many columns.

    Return the feature map, what differs between two models, and the feature map of the second one. With more than two
    columns, there is no choice of features: they are linear.
    """
    choices = [name for name in HYPERPARAMETERS if n_columns == 2 or name != "expansion"]
    if n_columns > 2:
        st.caption(t("training.only_linear", count=n_columns))
    expansion = expansion_selectbox("expansion") if n_columns == 2 else "linear"
    compared = widgets.selectbox("compare", choices, lambda name: t(f"compare.{name}"))
    if compared != "expansion":
        return expansion, compared, expansion
    quadratic_first = sorted(EXPANSIONS, key=lambda name: name != "quadratic")
    return expansion, compared, expansion_selectbox("expansion_b", quadratic_first)


def model_name(model: Model, compared: str, letter: str) -> str:
    """Return the letter, followed by the name of the feature map or of the head if the models differ in that."""
    name = {"expansion": t(f"short.{model.phi.expansion}"), "head": t(f"short.{model.problem.head}")}.get(compared)
    return f"{letter}{t('punctuation.colon')}{name}" if name else letter


with page("live_training"):
    control_column, figure_column = controls_and_figure()
    with control_column:
        top, model_settings = st.container(), st.container()
        shape = st.expander(t("control.shape"), expanded=picker.is_own_data("train"))
        missing = upload.missing_file("train")
        data, call = picker.choose_dataset("train", SETS, top, shape, more_features=True)
        if missing and not upload.missing_file("train"):
            run_url.replay_again()
        with model_settings:
            expansion, compared, second_expansion = choose_model(len(data.features))
        is_drawn = st.session_state["train_data"] == picker.OWN_POINTS
        with shape:
            share = picker.held_out_share(data)
            batch_seed = widgets.seed_input("batch_seed")
        with st.expander(t("control.stop")):
            stop_steps = widgets.selectbox("stop_steps", STOP_STEPS, lambda steps: f"{steps:,}")
            tolerance = widgets.selectbox(
                "tolerance", TOLERANCES, lambda value: format_general(value) if value else t("training.never")
            )
        if not panel.is_open_on("live_training"):
            show_quiz(QUIZ, QUESTIONS)

    training, held_out = split(data, share, 0)
    models = [model_of(training, held_out, expansion, seed=batch_seed)]
    if compared != "nothing":
        head = "sigmoid" if compared == "head" else "softmax"
        is_same = second_expansion == expansion and head == "softmax"
        second = models[0] if is_same else model_of(training, held_out, second_expansion, head=head, seed=batch_seed)
        pairs = zip("AB", [*models, second], strict=True)
        models = [replace(model, name=model_name(model, compared, letter)) for letter, model in pairs]
    models = run_url.with_custom_start(models)
    controls = (*HYPERPARAMETERS[compared], *PLAYER)
    symbol = {"rate": "α = ", "batch": f"{t('control.batch')}: "}.get(compared)
    titles = [f"A: {symbol}{{{compared}}}", f"B: {symbol}{{{compared}_b}}"] if symbol else None
    data_name = picker.file_name_part("train", data)
    is_uploaded = st.session_state["train_data"] == picker.OWN_TABLE
    scene = scene_of(
        training, held_out, models, data_name=data_name, can_draw=is_drawn, is_uploaded=is_uploaded, titles=titles
    )
    values, stop = hyperparameters.read_values(controls), StoppingRule(stop_steps, tolerance)
    timeline = open_timeline(scene.identity, models, values, stop)

    def draw_details() -> None:
        """Draw the panels for the step on screen, the downloads and the notebook program."""
        with following("step"):
            st.header(t("training.step_in_numbers", step=timeline.step), anchor=False)
        snapshot = detail_panels.snapshot_of(scene, timeline)
        detail_panels.show_panel(snapshot)
        downloads, notebook = (widgets.expander(key, t(f"training.{key}")) for key in ("take", "notebook"))
        if downloads.open or notebook.open:
            run = snapshot.tracked.run_to(timeline.step)
        if downloads.open:
            with downloads:
                export.download_buttons(training, snapshot.tracked.model.phi, run, scene, timeline)
        if notebook.open:  # drawn only when open: st.code loads 1.5 MB for syntax highlighting
            with notebook:
                st.markdown(t("training.notebook_try"))
                program = export.notebook_program(call, share, snapshot.tracked.model, run)
                st.code(program, language="python", wrap_lines=True)

    edited = (run_url.START, drawn_points.POINTS) if is_drawn else (run_url.START,)

    def edit(message: object) -> bool:
        """Draw points, undo or redo, if the message from the stage asks for that; return whether anything changed."""
        drawn = is_drawn and drawn_points.set_points_from_message(message)
        return drawn or edit_history.apply_message(message, edited)

    with figure_column.container():
        label_suffixes = {compared: "A", f"{compared}_b": "B"}
        stage_view.draw_stage("stage", scene, timeline, controls, label_suffixes, edited)
    stage_view.answer_messages(
        "stage",
        timeline,
        controls,
        draw_details,
        selected_sample=detail_panels.selected_sample,
        on_message=edit,
    )
    with figure_column:
        hint = "hint.more_columns" if scene.plane_note else f"hint.{picker.shown_name('train', data)}"
        html.callout(t(hint if compared == "nothing" else f"compare.{compared}_notice"))
    mathematics = widgets.expander("mathematics", t("training.mathematics"))
    if mathematics.open:  # rendered only when open: the formulas take longer to render than the stage
        mathematics.markdown(lesson("gradient"))
