"""View of the loss as a surface over the logits of three classes (slides 4.2 to 4.4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core import one_hot, softmax, softmax_cross_entropy
from core.activations import Floats
from ui.components.loss_surface import CAMERA, CAMERA_BOUNDS, MAX_DIFFERENCE, MAX_STEPS, SurfaceState, loss_surface
from ui.i18n import t
from ui.i18n.number_format import format_decimal, format_probability
from ui.look import html
from ui.look.layout import controls_and_figure, following, full_height
from ui.loss.prediction_views import class_rows, heading, subscript
from ui.state import url_state, widgets

RATES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
START = (-4.0, 3.0)
SETTINGS = "surface_settings"
"""Session key: the true class and the learning rate with which the current steps were computed."""


def draw_surface(draw_questions: Callable[[], None]) -> None:
    """Draw the loss of three logits as a surface with gradient steps, and a table of the next step.

    `draw_questions` is called between surface and table.
    """
    controls, figure = controls_and_figure()
    with controls:
        heading("surface")
        target = widgets.segmented_control("surface_target", range(3), lambda k: str(k + 1))
        rate = widgets.select_slider("surface_rate", RATES, 1.0)
    names = [t("class.numbered", number=k + 1) for k in range(3)]
    state = _read_state(target, rate)
    with figure, full_height("surface"):
        loss_surface("surface", state, names, target, rate, _store_state)
    draw_questions()
    html.callout(t("loss.surface_notice"))
    st.markdown(f"**{t('loss.next_step', rate=f'{rate:g}')}**")
    z = logits_after_steps(state, target, rate)
    p, y, gradient = softmax(z), one_hot(target, 3), softmax_cross_entropy(z, target)[1]
    columns = z, p, y, gradient, -rate * gradient, z - rate * gradient
    formats: tuple[Callable[[float], str], ...] = (
        format_decimal,
        format_probability,
        "{:.0f}".format,
        format_decimal,
        format_decimal,
        format_decimal,
    )
    table_column, text_column = st.columns([1.25, 1], gap="large")
    with table_column, following("step"):
        header = ["", "z", "ŷ", "y", "ŷ − y", "−α(ŷ − y)", "z − α(ŷ − y)"]
        html.table(header, class_rows(names, columns, formats), highlighted=target)
    with text_column:
        with following("differences"):
            for k in range(2):
                html.formula(
                    f"z{subscript(k)} − z₃: ", format_decimal(z[k] - z[2]), " − α(",
                    html.in_class_colour(format_decimal(gradient[k]), k), " − ", _in_parentheses(gradient[2], 2),
                    f") = {format_decimal(z[k] - z[2] - rate * (gradient[k] - gradient[2]))}",
                )  # fmt: skip
        st.caption(t("loss.surface_axes"))


def logits_after_steps(state: SurfaceState, target: int, rate: float) -> Floats:
    """Return the logits z (3,) after `state.steps` gradient steps z := z − α(ŷ − y).

    The first two logits start at `state.start`, the third at 0. `target` is the true class, `rate` is α.
    """
    z = np.array([*state.start, 0.0])
    for _ in range(state.steps):
        z = z - rate * softmax_cross_entropy(z, target)[1]
    return z


def _read_state(target: int, rate: float) -> SurfaceState:
    """Return the state of the surface. Synchronise session and address.

    If the user has changed the true class or the learning rate, gradient descent starts anew from the current point. If
    the steps come from the address, they are computed with the current settings.
    """
    steps_from_url = url_state.changed_in_url("surface_steps") is not None
    start = url_state.synced_numbers("surface_from", START, -MAX_DIFFERENCE, MAX_DIFFERENCE)
    (steps,) = url_state.synced_numbers("surface_steps", [0.0], 0, MAX_STEPS)
    (solid,) = url_state.synced_numbers("surface_solid", [0.0], 0, 1)
    unclipped = url_state.synced_numbers("surface_camera", CAMERA, -16, 16)
    camera = tuple(float(np.clip(value, *bounds)) for value, bounds in zip(unclipped, CAMERA_BOUNDS, strict=True))
    state = SurfaceState((start[0], start[1]), int(steps), solid > 0.5, camera)
    settings = target, rate
    previous = settings if steps_from_url else st.session_state.get(SETTINGS, settings)
    st.session_state[SETTINGS] = settings
    if previous == settings or not state.steps:
        return state
    z = logits_after_steps(state, *previous)
    state = SurfaceState((round(float(z[0] - z[2]), 4), round(float(z[1] - z[2]), 4)), 0, state.solid, state.camera)
    _store_state(state)
    url_state.synced_numbers("surface_from", START, -MAX_DIFFERENCE, MAX_DIFFERENCE)
    url_state.synced_numbers("surface_steps", [0.0], 0, MAX_STEPS)
    return state


def _store_state(state: SurfaceState) -> None:
    st.session_state.update(
        surface_from=list(state.start), surface_steps=[float(state.steps)], surface_solid=[float(state.solid)],
        surface_camera=list(state.camera),
    )  # fmt: skip


def _in_parentheses(value: float, k: int) -> html.Html:
    text = format_decimal(value)
    return html.in_class_colour(f"({text})" if value < 0 else text, k)
