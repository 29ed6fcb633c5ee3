"""View of the derivation of ∂L/∂z = ŷ − y, line by line (basis of slide 4.2)."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.components.softmax_views import view
from ui.i18n import t
from ui.look import html
from ui.loss.prediction_views import BARS, Prediction, heading
from ui.state import url_state

LINES = "derivation_lines"
MAX_LINES = 5


def derivation(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw the first lines of the derivation with the numbers of the bars, and a button for the next line."""
    (count,) = url_state.synced_numbers(LINES, [1.0], 1.0, MAX_LINES)
    lines = round(count)
    with beside:
        heading("derivation")
        with st.container(horizontal=True, gap="small"):
            st.button(
                t("loss.next_line"), key="derivation_next", type="primary", width="content",
                disabled=lines == MAX_LINES, on_click=url_state.set_state, args=({LINES: [lines + 1.0]},),
            )  # fmt: skip
            st.button(
                t("loss.first_line"), key="derivation_first", width="content",
                disabled=lines == 1, on_click=url_state.set_state, args=({LINES: [1.0]},),
            )  # fmt: skip
        z, target = prediction.z.tolist(), prediction.target
        view("derivation", BARS, z, prediction.names, 1.0, target, {"target": target, "lines": lines})
        if lines == MAX_LINES:
            html.callout(t("loss.derivation_notice"))
