"""View of the gradient check: numerical gradients against ŷ − y (slide 3.4, reason 3)."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.activations import Floats, log_softmax
from core.finite_differences import central_difference, forward_difference
from core.losses import softmax_cross_entropy
from ui.components.curves import Axis, Curve, Dash, Panel, grid_with
from ui.i18n import t
from ui.i18n.number_format import format_exponential
from ui.look import html
from ui.look.layout import following
from ui.loss.prediction_views import ACCENT, TEXT, Prediction, class_rows, format_float64, heading, parameter_curves
from ui.state import url_state


def gradient_check(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw the largest error of numerical gradients as a function of their step h (slide 3.4, reason 3).

    The exact gradient is ŷ − y. h is synchronised with the address.
    """
    (h,) = url_state.synced_numbers("loss_h", [1e-3], 1e-13, 1e-1)
    steps = 10.0 ** grid_with(-13, -1, 0.1, float(np.log10(h)))
    exact = softmax_cross_entropy(prediction.z, prediction.target)[1]

    def loss(rows: Floats) -> Floats:
        return -log_softmax(rows)[..., prediction.target]

    methods = {"forward": forward_difference, "central": central_difference}
    errors = {
        name: np.array([np.abs(difference(loss, prediction.z, step) - exact).max() for step in steps])
        for name, difference in methods.items()
    }
    with beside:
        heading("check")
        styles: dict[str, tuple[str, Dash]] = {"forward": (TEXT, "dash"), "central": (ACCENT, "solid")}
        error_curves = [Curve(t(f"loss.{name}"), errors[name], *styles[name]) for name in methods]
        best_steps = {name: format_exponential(float(steps[errors[name].argmin()])) for name in methods}
        parameter_curves(
            "loss_h", Axis("h", (1e-13, 1e-1), log=True, format="exponential"), steps, h,
            [Panel(Axis(t("loss.largest_error"), (1e-16, 1e-1), log=True, format="float"), error_curves,
                   t("loss.check_alt", **best_steps))],
        )  # fmt: skip
    columns = exact, *(difference(loss, prediction.z, h) for difference in methods.values())
    rows = class_rows(prediction.names, columns, ("{:.10f}".format,) * 3)
    largest_errors = (format_float64(np.abs(column - exact).max()) for column in columns[1:])
    rows.append([t("loss.largest_error"), "", *largest_errors])
    table_column, text_column = st.columns([1.25, 1], gap="large")
    with table_column, following("gradients"):
        html.table(
            ["", "ŷ − y", *(t(f"loss.{name}") for name in methods)], rows, caption=f"h = {format_exponential(h)}"
        )
    with text_column:
        html.callout(t("loss.check_notice"))
        st.caption(t("loss.check_why"))
