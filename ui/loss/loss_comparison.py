"""View of several losses and of how hard each pushes the true class's logit (slide 3.4, reasons 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.activations import Floats
from core.losses import hinge, softmax_cross_entropy, softmax_linear_loss, softmax_squared_error, zero_one
from ui.components.curves import Axis, Curve, Dash, Panel, grid_with
from ui.i18n import t
from ui.i18n.number_format import format_decimal, format_probability
from ui.look import html
from ui.look.layout import following
from ui.loss.prediction_views import (
    ACCENT,
    MAX_LOSS_SHOWN,
    TEXT,
    Measure,
    Prediction,
    heading,
    prediction_curves,
    subscript,
)
from ui.state import widgets

MEASURES: tuple[Measure, ...] = ("probability", "margin")

LOSSES: dict[str, tuple[Callable[[Floats, int], tuple[float, Floats]], str, Dash]] = {
    "cross_entropy": (softmax_cross_entropy, ACCENT, "solid"),
    "squared": (softmax_squared_error, TEXT, "dash"),
    "hinge": (hinge, "var(--class-9)", "dashdot"),
    "zero_one": (zero_one, "var(--muted)", "dot"),
    "linear": (softmax_linear_loss, "var(--class-3)", "longdash"),
}
"""Per loss: a function, and the colour and dashes of the curve of the loss.

The function takes logits (K,) and the index of the true class, and returns the loss and its gradient (K,).
"""

DEFAULT_LOSSES = ("cross_entropy", "squared", "hinge", "zero_one")


def loss_comparison(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw curves of the selected losses L, and of −∂L/∂z for the logit z of the true class (slide 3.4, reasons 2, 3).

    The horizontal axis is the probability or the margin of the true class.
    """
    with beside:
        heading("against")
        picture = st.container()
        with st.container(horizontal=True, gap="medium"):
            measure = widgets.segmented_control("against", MEASURES, lambda name: t(f"loss.over_{name}"))
            names = widgets.pills("losses", tuple(LOSSES), lambda name: t(f"loss.{name}"), DEFAULT_LOSSES)
    if measure == "margin":
        x = grid_with(-8.0, 8.0, 0.05, prediction.margin)
        logits, max_loss = prediction.largest_other + x, 9.0
    else:
        x = grid_with(0.005, 0.995, 0.005, prediction.p_true)
        logits, max_loss = prediction.true_logits(x), MAX_LOSS_SHOWN
    with picture:
        panels = _panels(names, prediction, prediction.with_true_logit(logits), max_loss)
        prediction_curves(f"against_{measure}", measure, prediction, x, logits, panels)
    table_column, text_column = st.columns([1.25, 1], gap="large")
    with table_column:
        _draw_table(names, prediction)
        st.caption(t("loss.against_how"))
    with text_column:
        html.callout(t("loss.against_notice"))
        if "linear" in names:
            html.callout(t("loss.linear_notice"))


def _panels(names: Sequence[str], prediction: Prediction, rows: Floats, max_loss: float) -> list[Panel]:
    """Return the plots of the losses at logits `rows` (m, K), and of their pushes on the true class's logit."""
    loss_curves: list[Curve] = []
    push_curves: list[Curve] = []
    for name in names:
        loss, colour, dash = LOSSES[name]
        results = [loss(row, prediction.target) for row in rows]
        curve = partial(Curve, t(f"loss.{name}"), colour=colour, dash=dash)
        loss_curves.append(curve(np.array([value for value, _ in results])))
        push_curves.append(curve(np.array([-gradient[prediction.target] for _, gradient in results]) + 0.0))
    growth, pushes = (
        t("punctuation.comma").join(t(f"loss.{kind}_{name}") for name in names) for kind in ("growth", "gradient")
    )
    return [
        Panel(Axis(t("loss.penalty"), (0, max_loss)), loss_curves, t("loss.growth_alt", losses=growth)),
        Panel(Axis(t("loss.pull"), (0, 1.1)), push_curves, t("loss.gradient_alt", losses=pushes)),
    ]


def _draw_table(names: Sequence[str], prediction: Prediction) -> None:
    """Draw each loss of the prediction, and its gradient with respect to the logits."""
    derivatives = (html.class_name(k, f"∂L/∂z{subscript(k)}") for k in range(len(prediction.z)))
    rows: list[html.Row] = []
    for name in names:
        value, gradient = LOSSES[name][0](prediction.z, prediction.target)
        slopes = (html.in_class_colour(format_decimal(slope), k) for k, slope in enumerate(gradient))
        rows.append([t(f"loss.{name}"), format_decimal(value), *slopes])
    here = {"probability": format_probability(prediction.p_true), "margin": format_decimal(prediction.margin)}
    with following("losses"):
        html.table(["", "L", *derivatives], rows, caption=t("loss.against_here", **here))
