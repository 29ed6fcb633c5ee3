"""Sections 4 and 5: gradient descent on softmax regression, seen step by step."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core import split
from ui import controls, dials, drawn, markup, panels
from ui.dials import BATCH, BATCH_B, PENALTY, PLAYER, RATE, RATE_B
from ui.i18n import lesson, t
from ui.page import page, workbench
from ui.training import export, run_url, stage_view
from ui.training.model import Model
from ui.training.scene import model_of, scene_of
from ui.training.timeline import open_timeline
from ui.training.tracked_run import Stop

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
    "scikit",
    "iris",
    controls.OWN_TABLE,
    controls.OWN_POINTS,
)
ONE_MODEL = (RATE, BATCH, PENALTY)
DIALS = {
    "nothing": ONE_MODEL,
    "rate": (RATE, RATE_B, BATCH, PENALTY),
    "batch": (RATE, BATCH, BATCH_B, PENALTY),
    "expansion": ONE_MODEL,
    "head": ONE_MODEL,
}
"""What two models may differ in, and the dials there are then."""


def expansion_of(key: str, options: Sequence[str] = EXPANSIONS) -> str:
    return controls.choice(key, options, lambda name: t(f"expansion.{name}"))


def name_of(model: Model, compared: str, letter: str) -> str:
    """What tells one of two models from the other."""
    name = {"expansion": t(f"short.{model.phi.expansion}"), "head": t(f"short.{model.problem.head}")}.get(compared)
    return f"{letter}: {name}" if name else letter


with page("live_training"):
    beside, on_stage = workbench()
    with beside:
        top = st.container()
        expansion = expansion_of("expansion")
        compared = controls.choice("compare", list(DIALS), lambda name: t(f"compare.{name}"))
        second_expansion = (
            expansion_of("expansion_b", ("quadratic", "linear", "cubic", "rbf"))
            if compared == "expansion"
            else expansion
        )
        shape = st.expander(t("control.shape"), expanded=controls.is_own("train"))
        missing = controls.missing_table("train")
        data, call = controls.dataset("train", SETS, top, shape)
        if missing and not controls.missing_table("train"):
            run_url.reload()
        is_drawn = st.session_state["train_data"] == controls.OWN_POINTS
        with shape:
            share = controls.held_out(data)
            batch_seed = controls.seed("batch_seed")
        with st.expander(t("control.stop")):
            stop = Stop(
                controls.choice("stop_steps", STOP_STEPS, lambda steps: f"{steps:,}"),
                controls.choice("tolerance", TOLERANCES, lambda size: f"{size:g}" if size else t("training.never")),
            )

    training, held_out = split(data, share, 0)
    models = [model_of(training, held_out, expansion, seed=batch_seed)]
    if compared != "nothing":
        head = "sigmoid" if compared == "head" else "softmax"
        is_alike = second_expansion == expansion and head == "softmax"
        models.append(
            models[0] if is_alike else model_of(training, held_out, second_expansion, head=head, seed=batch_seed)
        )
        models = [
            replace(model, name=name_of(model, compared, letter)) for letter, model in zip("AB", models, strict=True)
        ]
    models = run_url.with_custom_start(models)
    held = (*DIALS[compared], *PLAYER)
    symbol = {"rate": "α = ", "batch": f"{t('control.batch')}: "}.get(compared)
    titles = [f"A: {symbol}{{{compared}}}", f"B: {symbol}{{{compared}_b}}"] if symbol else None
    scene = scene_of(training, held_out, models, drawing=is_drawn, titles=titles)
    timeline = open_timeline(scene.identity, models, dials.values_of(held), stop)

    def at_this_step() -> None:
        """The step on screen in numbers, and the run so far to take along."""
        st.header(t("training.step_in_numbers", step=timeline.step), anchor=False)
        moment = panels.moment_of(scene, timeline)
        panels.show(moment)
        files, program_of_it = (controls.fold(key, t(f"training.{key}")) for key in ("take", "notebook"))
        if files.open or program_of_it.open:
            so_far = moment.tracked.run_to(timeline.step)
        if files.open:
            with files:
                export.download_buttons(training, moment.tracked.model.phi, so_far, scene)
        if program_of_it.open:  # what sets a program in colours weighs 1.5 MB
            with program_of_it:
                st.markdown(t("training.notebook_try"))
                program = export.notebook_program(call, share, moment.tracked.model, so_far)
                st.code(program, language="python", wrap_lines=True)

    stage_view.play(
        "stage",
        scene,
        timeline,
        held,
        on_stage.container(),
        at_this_step,
        whose={compared: "A", f"{compared}_b": "B"},
        picked=panels.picked,
        taken=lambda message: is_drawn and drawn.take_message(message),
    )
    with on_stage:
        stands_in = st.session_state["train_data"] == controls.OWN_TABLE and not data.named
        shown = "penguins" if stands_in else st.session_state["train_data"]
        hint = f"hint.{shown}" if compared == "nothing" else f"compare.{compared}_notice"
        markup.notice(t(hint))
    mathematics = controls.fold("mathematics", t("training.mathematics"))
    if mathematics.open:  # a table of formulas takes longer to draw than the stage
        mathematics.markdown(lesson("gradient"))
