"""The view of the loss as a landscape over the logits of three classes (slides 4.2 to 4.4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core import one_hot, softmax, softmax_cross_entropy
from core.activations import Floats
from ui import controls, link, markup
from ui.components.loss_surface import CAMERA, CAMERA_BOUNDS, HALF, MOST_STEPS, Place, loss_surface
from ui.i18n import t
from ui.loss_views import class_rows, heading, index
from ui.numbers import decimal, probability
from ui.page import fitted, workbench

RATES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
START = (-4.0, 3.0)
WAY = "surface_way"
"""Session key of the true class and learning rate under which the steps in the link were taken."""


def surface(ask: Callable[[], None]) -> None:
    """The loss of three logits as a landscape, the arrow −(ŷ − y), and steps down (slides 4.2 to 4.4).

    `ask` puts questions below it.
    """
    beside, at_hand = workbench()
    with beside:
        heading("surface")
        target = controls.segments("surface_target", range(3), lambda k: str(k + 1))
        rate = controls.stops("surface_rate", RATES, 1.0)
    names = [t("class.numbered", number=k + 1) for k in range(3)]
    place = _place(target, rate)
    with at_hand, fitted("surface"):
        loss_surface("surface", place, names, target, rate, _remember)
    ask()
    markup.notice(t("loss.surface_notice"))
    st.markdown(f"**{t('loss.next_step', rate=f'{rate:g}')}**")
    z = descended(place, target, rate)
    p, y, slope = softmax(z), one_hot(target, 3), softmax_cross_entropy(z, target)[1]
    columns = z, p, y, slope, -rate * slope, z - rate * slope
    writers: tuple[Callable[[float], str], ...] = (
        decimal, probability, "{:.0f}".format, decimal, decimal, decimal,
    )  # fmt: skip
    table, words = st.columns([1.25, 1], gap="large")
    with table:
        markup.table(
            ["", "z", "ŷ", "y", "ŷ − y", "−α(ŷ − y)", "z − α(ŷ − y)"], class_rows(names, columns, writers), lit=target
        )
    with words:
        for k in range(2):
            markup.formula(
                f"z{index(k)} − z₃: ", decimal(z[k] - z[2]), " − α(",
                markup.in_class_colour(decimal(slope[k]), k), " − ", _bracketed(slope[2], 2),
                f") = {decimal(z[k] - z[2] - rate * (slope[k] - slope[2]))}",
            )  # fmt: skip
        st.caption(t("loss.surface_axes"))


def descended(place: Place, target: int, rate: float) -> Floats:
    """Logits (3,) after a place's steps z := z − α(ŷ − y) from (z₁ − z₃, z₂ − z₃, 0)."""
    z = np.array([*place.start, 0.0])
    for _ in range(place.steps):
        z = z - rate * softmax_cross_entropy(z, target)[1]
    return z


def _place(target: int, rate: float) -> Place:
    """Where the reader stands. What changes the way down makes where one stands the start of a new one."""
    told = link.news("surface_steps") is not None
    start = link.held_numbers("surface_from", START, -HALF, HALF)
    (steps,) = link.held_numbers("surface_steps", [0.0], 0, MOST_STEPS)
    (solid,) = link.held_numbers("surface_solid", [0.0], 0, 1)
    seen = link.held_numbers("surface_camera", CAMERA, -16, 16)
    camera = tuple(float(np.clip(value, *bounds)) for value, bounds in zip(seen, CAMERA_BOUNDS, strict=True))
    place = Place((start[0], start[1]), int(steps), solid > 0.5, camera)
    way = target, rate
    before = way if told else st.session_state.get(WAY, way)
    st.session_state[WAY] = way
    if before == way or not place.steps:
        return place
    z = descended(place, *before)
    place = Place((round(float(z[0] - z[2]), 4), round(float(z[1] - z[2]), 4)), 0, place.solid, place.camera)
    _remember(place)
    link.held_numbers("surface_from", START, -HALF, HALF)
    link.held_numbers("surface_steps", [0.0], 0, MOST_STEPS)
    return place


def _remember(place: Place) -> None:
    st.session_state.update(
        surface_from=list(place.start), surface_steps=[float(place.steps)], surface_solid=[float(place.solid)],
        surface_camera=list(place.camera),
    )  # fmt: skip


def _bracketed(value: float, k: int) -> markup.Html:
    text = decimal(value)
    return markup.in_class_colour(f"({text})" if value < 0 else text, k)
