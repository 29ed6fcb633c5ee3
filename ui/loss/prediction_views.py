"""Views of the prediction in the logit bars (slides 3.3 and 3.4), and functions that all views of the loss page use.

Parameters of a view: `prediction`, and `beside`, the column beside the logit bars.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.activations import Floats, log_softmax, sigmoid, softmax
from core.information import entropy, kl_divergence, smooth_labels
from core.losses import cross_entropy, margins, one_hot, softmax_cross_entropy
from ui.components.curves import Axis, Bars, Curve, Panel, curves, grid_with
from ui.components.logit_bars import MAX_LOGIT, MIN_LOGIT
from ui.i18n import t
from ui.i18n.number_format import format_decimal, format_exponential, format_probability
from ui.lecture import panel
from ui.look import html
from ui.look.layout import following, full_height, view_text
from ui.look.terms import markdown_with_terms
from ui.look.theme import SHAPES
from ui.state import widgets

LOGITS, BARS, VIEW = "loss_z", "loss_bars", "loss_view"
ACCENT, TEXT = "var(--accent)", "var(--text)"
MAX_LOSS_SHOWN = 5.2
"""Largest loss −log p on the axes, in nats; it belongs to p = 0.0055."""

Measure = Literal["probability", "margin"]
"""Quantity on the horizontal axis: probability of the true class, or its logit minus the largest other logit."""


@dataclass(frozen=True, eq=False)
class Prediction:
    """One prediction: logits z (K,), index of the true class, and names of the classes (K,)."""

    z: Floats
    target: int
    names: Sequence[str]

    @property
    def p(self) -> Floats:
        """Probabilities ŷ (K,)."""
        return softmax(self.z)

    @property
    def p_true(self) -> float:
        """Probability of the true class."""
        return float(self.p[self.target])

    @property
    def margin(self) -> float:
        """Logit of the true class minus the largest other logit."""
        return float(margins(self.z, self.target))

    @property
    def largest_other(self) -> float:
        """Largest logit of the other classes."""
        return float(np.delete(self.z, self.target).max())

    @property
    def log_sum_others(self) -> float:
        """Logarithm of the sum of e^{zⱼ} over all classes j except the true one."""
        return float(np.logaddexp.reduce(np.delete(self.z, self.target)))

    def true_logits(self, p: Floats) -> Floats:
        """Return the logits (m,) of the true class for which its probability is p (m,).

        The other logits are unchanged. Where p is 1, the logit is MAX_LOGIT.
        """
        below_one = p < 1
        p = np.where(below_one, p, 0.5)
        return np.where(below_one, self.log_sum_others + np.log(p) - np.log1p(-p), MAX_LOGIT)

    def with_true_logit(self, logits: Floats) -> Floats:
        """Return m copies of the logits z (m, K), in which `logits` (m,) replace the logit of the true class."""
        rows = np.tile(self.z, (len(logits), 1))
        rows[:, self.target] = logits
        return rows


def neg_log_curve(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw the curve −log p with its tangent, and a table of the terms of −Σ yᵢ log ŷᵢ (slide 3.3)."""
    with beside:
        heading("price")
        p = grid_with(0.005, 1.0, 0.005, prediction.p_true)
        curve = Curve("−log p", -np.log(p) + 0.0, ACCENT, slope=-1 / p, slope_name=t("loss.slope"))
        axis = Axis(t("loss.nats"), (0, MAX_LOSS_SHOWN))
        panel = Panel(axis, [curve], t("loss.price_alt"), [_mark(0.7), _mark(0.2)])
        prediction_curves("price", "probability", prediction, p, prediction.true_logits(p), [panel])
        html.callout(t("loss.price_notice"))
    st.header(t("loss.terms"), anchor=False)
    markdown_with_terms(t("loss.terms_try"))
    y, log_p = one_hot(prediction.target, len(prediction.z)), log_softmax(prediction.z)
    loss, slope = softmax_cross_entropy(prediction.z, prediction.target)
    columns = y, prediction.p, log_p, -y * log_p + 0.0, slope
    formats: tuple[Callable[[float], str], ...] = (
        "{:.0f}".format,
        format_probability,
        format_decimal,
        format_decimal,
        format_decimal,
    )
    rows = class_rows(prediction.names, columns, formats)
    totals = ["Σ", "1", "1", "", f"{format_decimal(loss)} = L", "0"]
    table_column, text_column = st.columns([1.25, 1], gap="large")
    with table_column, following("terms"):
        html.table(["", "y", "ŷ", "log ŷ", "−y log ŷ", "ŷ − y"], [*rows, totals], highlighted=prediction.target)
    with text_column:
        html.callout(t("loss.terms_notice"))


def _mark(p: float) -> tuple[float, float, str]:
    loss = cross_entropy([p, 1 - p], 0)
    return p, loss, f"−log {p:g} = {format_decimal(loss)}"


def prediction_curves(
    key: str, measure: Measure, prediction: Prediction, x: Floats, logits: Floats, panels: Sequence[Panel]
) -> None:
    """Draw panels of curves over x (m,), which are values of `measure`.

    Dragging the point changes the logit of the true class, which is `logits[i]` at `x[i]`.
    """
    target = prediction.target
    if measure == "probability":
        axis = Axis(t("loss.true_probability"), (0, 1), format="probability")
        current = prediction.p_true
        low, high = (float(sigmoid(logit - prediction.log_sum_others)) for logit in (MIN_LOGIT, MAX_LOGIT))
    else:
        axis = Axis(t("loss.margin"), (-8, 8))
        current = prediction.margin
        low, high = (logit - prediction.largest_other for logit in (MIN_LOGIT, MAX_LOGIT))
    with full_height(key):
        curves(
            key, axis, x, current, panels, shape=SHAPES[target], colour=f"var(--class-{target})",
            drag_range=(low, high), bars=Bars(BARS, prediction.z, target, logits, measure),
        )  # fmt: skip


def kl_decomposition(prediction: Prediction, beside: DeltaGenerator) -> None:
    """Draw the cross-entropy as a sum: entropy of the label plus KL divergence (slide 3.4, reason 1).

    The label is smoothed by an ε that the user sets.
    """
    with beside:
        heading("distance")
        epsilon = widgets.slider("epsilon", 0.0, 1.0, 0.1, 0.05)
        y = smooth_labels(prediction.target, len(prediction.z), epsilon)
        H, KL, total = entropy(y), kl_divergence(y, prediction.p), cross_entropy(prediction.p, y)
        with following("distance"):
            html.formula(
                f"−Σᵢ yᵢ log ŷᵢ = H(y) + KL(y‖ŷ):   "
                f"{format_decimal(total)} = {format_decimal(H)} + {format_decimal(KL)}"
            )
            rows = [(t("loss.now"), (H, KL))]
            if not panel.is_open_on("loss_explorer"):  # the answer to the question of a lecture step
                rows.append((t("loss.at_best"), (H, 0.0)))
            html.stacked_bars(rows, ("H(y)", "KL(y‖ŷ)"), max(total, 1.5))
            pairs = [
                ((label, f"{label:.3f}"), (p, format_probability(p))) for label, p in zip(y, prediction.p, strict=True)
            ]
            html.paired_bars(prediction.names, pairs, ("y", "ŷ"))
        html.callout(t("loss.distance_notice"))


def parameter_curves(key: str, axis: Axis, x: Floats, current: float, panels: Sequence[Panel]) -> None:
    """Draw panels of curves over a parameter of a view, whose values are x (m,).

    `current` is the current value. When the user drags the point, `[new value]` is stored in the session under `key`.
    """
    with full_height(key):
        curves(
            f"{key}_curves", axis, x, current, panels, shape="circle", colour=TEXT,
            on_move=lambda value: st.session_state.update({key: [value]}),
        )  # fmt: skip


def format_float64(value: float) -> str:
    """Return a number ≥ 0 as text: 0 as 0.0, numbers below 0.001 as m×10ⁿ, others as a decimal."""
    return "0.0" if value == 0 else format_exponential(value) if value < 1e-3 else format_decimal(value)


def heading(view: str) -> None:
    """Draw the title of a view, and a text on what to try."""
    st.header(t(f"loss.{view}"), anchor=False)
    view_text(t(f"loss.{view}_try"))


def class_rows(
    names: Sequence[str], columns: Sequence[Floats], formats: Sequence[Callable[[float], str]]
) -> list[html.Row]:
    """Return one table row per class, in the colour of the class.

    Each column has K numbers. `formats` has one function per column that returns a number as text.
    """
    rows: list[html.Row] = []
    for k, name in enumerate(names):
        texts = (to_text(column[k]).replace("-", "−") for column, to_text in zip(columns, formats, strict=True))
        rows.append([html.class_name(k, name), *(html.in_class_colour(text, k) for text in texts)])
    return rows


def subscript(k: int) -> str:
    """Return the number of class k as a subscript, from 1."""
    return "₁₂₃₄"[k]


PREDICTION_VIEWS: dict[str, Callable[[Prediction, DeltaGenerator], None]] = {
    "price": neg_log_curve,
    "distance": kl_decomposition,
}
"""Functions that draw the views of the bars' prediction: the picture in a column beside the bars, the rest below both.

`loss_comparison`, `derivation_view` and `gradient_check_view` have bars, too; `surface_view` and `likelihood_view` have
none.
"""

VIEWS = ("price", "against", "surface", "likelihood", "distance", "derivation", "check")
