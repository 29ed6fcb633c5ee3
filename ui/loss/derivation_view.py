"""View of two derivations, line by line: ∂L/∂z = ŷ − y for one sample, then ∇W and ∇b for a few (slides 4.2, 4.3)."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.activations import Floats
from core.losses import softmax_cross_entropy
from ui.components.softmax_views import view
from ui.i18n import t
from ui.look import html
from ui.loss.prediction_views import BARS, Prediction, heading
from ui.state import url_state, widgets

LINES = {"logits": ("derivation_lines", 5), "weights": ("weights_lines", 6)}
"""Per derivation: session key of the number of lines shown, and the number of its lines."""

INPUTS = np.array([[1.0, -1.0], [0.5, 2.0], [-1.5, 0.5]])
"""Measurements X (n, d) of the samples of the second derivation. The bars show the logits of the first sample."""

OTHER_LOGITS = np.array([[0.5, -1.0, 1.5, 0.0], [-0.5, 2.0, 0.0, 0.5]])
OTHER_TARGETS = (0, 2)
"""Logits (n − 1, K) and true classes of the other samples."""


def derivation(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw the first lines of a derivation with the numbers of the bars, and a button for the next line."""
    with beside:
        title = st.container()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            part = widgets.segmented_control(
                "derivation_part", tuple(LINES), lambda name: t(f"loss.part_{name}"), hide_label=True
            )
            lines = _line_buttons(*LINES[part])
        with title:
            heading("derivation" if part == "logits" else "weights")
        z, target = prediction.z.tolist(), prediction.target
        options: dict[str, object] = {"target": target, "lines": lines, "part": part}
        if part == "weights":
            options |= {"inputs": INPUTS.tolist(), "errors": other_errors().tolist()}
        view("derivation", BARS, z, prediction.names, 1.0, target, options)
        if lines == LINES[part][1]:
            html.callout(t(f"loss.{part}_notice"))


def other_errors() -> Floats:
    """Return ŷ − y of all samples but the first (n − 1, K)."""
    _, gradient = softmax_cross_entropy(OTHER_LOGITS, OTHER_TARGETS)
    return len(OTHER_LOGITS) * gradient


def _line_buttons(key: str, count: int) -> int:
    """Draw the buttons for the next line and for the first of `count` lines; return how many lines are shown."""
    (shown,) = url_state.synced_numbers(key, [1.0], 1.0, count)
    lines = round(shown)
    st.button(
        t("loss.next_line"), key="derivation_next", type="primary", width="content",
        disabled=lines == count, on_click=url_state.set_state, args=({key: [lines + 1.0]},),
    )  # fmt: skip
    st.button(
        t("loss.first_line"), key="derivation_first", width="content",
        disabled=lines == 1, on_click=url_state.set_state, args=({key: [1.0]},),
    )  # fmt: skip
    return lines
