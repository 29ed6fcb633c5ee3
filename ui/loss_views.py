"""Views of the prediction that the loss page's bars make (slides 3.3 and 3.4), and what all its views share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import streamlit as st

from core import (
    central_difference,
    cross_entropy,
    entropy,
    forward_difference,
    hinge,
    kl_divergence,
    log_softmax,
    margins,
    one_hot,
    sigmoid,
    smoothed,
    softmax,
    softmax_cross_entropy,
    softmax_squared_error,
    zero_one,
)
from core.activations import Floats
from ui import controls, link, markup
from ui.components.curves import Axis, Bars, Curve, Dash, Panel, curves, places
from ui.components.logit_bars import HIGH, LOW
from ui.i18n import t
from ui.numbers import decimal, exponential, probability
from ui.page import fitted
from ui.theme import SHAPES

LOGITS, BARS, VIEW = "loss_z", "loss_bars", "loss_view"
ACCENT, TEXT, MUTED = "var(--accent)", "var(--text)", "var(--muted)"
MOST_LOSS = 5.2
"""Up to where axes of −log p reach, in nats: its value at a probability of 0.0055."""


@dataclass(frozen=True)
class Prediction:
    """One prediction: logits z (K,), the true class, and what the classes are called."""

    z: Floats
    target: int
    names: Sequence[str]

    @property
    def p(self) -> Floats:
        """Its probabilities ŷ (K,)."""
        return softmax(self.z)

    @property
    def others(self) -> float:
        """log Σ e^{zⱼ} over the classes that are not true: what the true logit is up against."""
        return float(np.logaddexp.reduce(np.delete(self.z, self.target)))

    def true_logits(self, p: Floats) -> Floats:
        """The true class's logits that give it probabilities p (m,); HIGH for what float64 rounds to 1."""
        within = p < 1
        p = np.where(within, p, 0.5)
        return np.where(within, self.others + np.log(p) - np.log1p(-p), HIGH)

    def with_true_logit(self, logits: Floats) -> Floats:
        """Rows (m, K): this prediction with the true class's logit set to each of (m,)."""
        rows = np.tile(self.z, (len(logits), 1))
        rows[:, self.target] = logits
        return rows


def price(at: Prediction) -> None:
    """The curve −log p with its tangent, and the one-hot sum of which one term remains (slide 3.3)."""
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        heading("price")
        here = float(at.p[at.target])
        p = places(0.005, 1.0, 0.005, here)
        curve = Curve("−log p", -np.log(p) + 0.0, ACCENT, slope=-1 / p, slope_name=t("loss.slope"))
        axis = Axis(t("loss.nats"), (0, MOST_LOSS))
        panel = Panel(axis, [curve], t("loss.price_alt"), [_example(0.7), _example(0.2)])
        _probability_curves("price", at, p, [panel])
        markup.notice(t("loss.price_notice"))
    with right:
        st.header(t("loss.terms"), anchor=False)
        st.markdown(t("loss.terms_try"))
        y, log_p = one_hot(at.target, len(at.z)), log_softmax(at.z)
        loss, slope = softmax_cross_entropy(at.z, at.target)
        columns = y, at.p, log_p, -y * log_p + 0.0, slope
        writers: tuple[Callable[[float], str], ...] = ("{:.0f}".format, probability, decimal, decimal, decimal)
        rows = class_rows(at.names, columns, writers)
        markup.table(
            ["", "y", "ŷ", "log ŷ", "−y log ŷ", "ŷ − y"],
            [*rows, ["Σ", "1", "1", "", f"{decimal(loss)} = L", "0"]],
            lit=at.target,
        )
        markup.notice(t("loss.terms_notice"))


def _example(p: float) -> tuple[float, float, str]:
    loss = cross_entropy([p, 1 - p], 0)
    return p, loss, f"−log {p:g} = {decimal(loss)}"


def _probability_curves(key: str, at: Prediction, p: Floats, panels: Sequence[Panel]) -> None:
    """Curves over the true class's probability; dragging sets it by moving that class's logit."""
    reach = float(sigmoid(LOW - at.others)), float(sigmoid(HIGH - at.others))
    axis = Axis(t("loss.true_probability"), (0, 1), format="probability")
    _prediction_curves(key, axis, at, p, at.true_logits(p), float(at.p[at.target]), panels, reach, "probability")


def _prediction_curves(
    key: str, axis: Axis, at: Prediction, x: Floats, logits: Floats, here: float, panels: Sequence[Panel],
    reach: tuple[float, float], measure: Literal["probability", "margin"],
) -> None:  # fmt: skip
    with fitted(key):
        curves(
            key, axis, x, here, panels, shape=SHAPES[at.target], colour=f"var(--class-{at.target})", reach=reach,
            bars=Bars(BARS, at.z, at.target, logits, measure),
        )  # fmt: skip


LOSSES: dict[str, tuple[Callable[[Floats, int], tuple[float, Floats]], str, Dash]] = {
    "cross_entropy": (softmax_cross_entropy, ACCENT, "solid"),
    "squared": (softmax_squared_error, TEXT, "dash"),
    "hinge": (hinge, "var(--class-9)", "dashdot"),
    "zero_one": (zero_one, MUTED, "dot"),
}
"""Losses of logits and a label, each with its gradient; the colour and dash of its curve."""


def against(at: Prediction) -> None:
    """Cross-entropy beside other losses, and the gradient each sends to the logits (slide 3.4, reasons 2 and 3)."""
    heading("against")
    over = controls.segments("against", ("probability", "margin"), lambda name: t(f"loss.over_{name}"))
    rival = float(np.delete(at.z, at.target).max())
    margin = float(margins(at.z, at.target))
    if over == "margin":
        x = places(-8.0, 8.0, 0.05, margin)
        rows = at.with_true_logit(rival + x)
    else:
        x = places(0.005, 0.995, 0.005, float(at.p[at.target]))
        rows = at.with_true_logit(at.true_logits(x))
    values: list[Curve] = []
    pulls: list[Curve] = []
    for name, (loss, colour, dash) in LOSSES.items():
        each = [loss(row, at.target) for row in rows]
        named = partial(Curve, t(f"loss.{name}"), colour=colour, dash=dash)
        values.append(named(np.array([value for value, _ in each])))
        pulls.append(named(np.array([-slope[at.target] for _, slope in each]) + 0.0))
    top = MOST_LOSS if over == "probability" else 9.0
    panels = [
        Panel(Axis(t("loss.penalty"), (0, top)), values, t("loss.growth_alt")),
        Panel(Axis(t("loss.pull"), (0, 1.1)), pulls, t("loss.gradient_alt")),
    ]
    if over == "probability":
        _probability_curves("against_probability", at, x, panels)
    else:
        reach = LOW - rival, HIGH - rival
        axis = Axis(t("loss.margin"), (-8, 8))
        _prediction_curves("against_margin", axis, at, x, rival + x, margin, panels, reach, "margin")
    results = {name: loss(at.z, at.target) for name, (loss, _, _) in LOSSES.items()}
    table, words = st.columns([1.25, 1], gap="large")
    with table:
        markup.table(
            ["", "L", *(markup.class_name(k, f"∂L/∂z{index(k)}") for k in range(len(at.z)))],
            [
                [t(f"loss.{name}"), decimal(value),
                 *(markup.in_class_colour(decimal(slope), k) for k, slope in enumerate(gradient))]
                for name, (value, gradient) in results.items()
            ],
            caption=t("loss.against_here", probability=probability(at.p[at.target]), margin=decimal(margin)),
        )  # fmt: skip
        st.caption(t("loss.against_how"))
    with words:
        markup.notice(t("loss.against_notice"))


def distance(at: Prediction) -> None:
    """Cross-entropy as the label's own entropy and the divergence from it (slide 3.4, reason 1)."""
    heading("distance")
    epsilon = controls.slider("epsilon", 0.0, 1.0, 0.1, 0.05)
    y = smoothed(at.target, len(at.z), epsilon)
    H, KL, total = entropy(y), kl_divergence(y, at.p), cross_entropy(at.p, y)
    markup.formula(f"−Σᵢ yᵢ log ŷᵢ = H(y) + KL(y‖ŷ):   {decimal(total)} = {decimal(H)} + {decimal(KL)}")
    left, right = st.columns(2, gap="large")
    with left:
        shares = [((label, f"{label:.3f}"), (p, probability(p))) for label, p in zip(y, at.p, strict=True)]
        markup.paired_bars(at.names, shares, ("y", "ŷ"))
    with right:
        rows = [(t("loss.now"), (H, KL)), (t("loss.at_best"), (H, 0.0))]
        markup.stacked_bars(rows, ("H(y)", "KL(y‖ŷ)"), max(total, 1.5))
    markup.notice(t("loss.distance_notice"))


def check(at: Prediction) -> None:
    """The analytic gradient ŷ − y beside numerical ones, with a step h to choose (slide 3.4, reason 3)."""
    heading("check")
    (h,) = link.held_numbers("loss_h", [1e-3], 1e-13, 1e-1)
    steps = 10.0 ** places(-13, -1, 0.1, float(np.log10(h)))
    exact = softmax_cross_entropy(at.z, at.target)[1]

    def loss(rows: Floats) -> Floats:
        return -log_softmax(rows)[..., at.target]

    methods = {"forward": forward_difference, "central": central_difference}
    errors = {
        name: np.array([np.abs(difference(loss, at.z, step) - exact).max() for step in steps])
        for name, difference in methods.items()
    }
    left, right = st.columns([1.05, 1], gap="large")
    with left:
        looks: dict[str, tuple[str, Dash]] = {"forward": (TEXT, "dash"), "central": (ACCENT, "solid")}
        drawn = [partial(Curve, t(f"loss.{name}"), errors[name])(*looks[name]) for name in methods]
        least = {name: float(steps[errors[name].argmin()]) for name in methods}
        free_curves(
            "loss_h", Axis("h", (1e-13, 1e-1), log=True, format="exponential"), steps, h,
            [Panel(Axis(t("loss.largest_error"), (1e-16, 1e-1), log=True, format="float"), drawn,
                   t("loss.check_alt", forward=exponential(least["forward"]), central=exponential(least["central"])))],
        )  # fmt: skip
    with right:
        columns = exact, *(difference(loss, at.z, h) for difference in methods.values())
        markup.table(
            ["", "ŷ − y", *(t(f"loss.{name}") for name in methods)],
            [
                *class_rows(at.names, columns, ("{:.10f}".format,) * 3),
                [t("loss.largest_error"), "", *(float64(np.abs(column - exact).max()) for column in columns[1:])],
            ],
            caption=f"h = {exponential(h)}",
        )
        markup.notice(t("loss.check_notice"))
        st.caption(t("loss.check_why"))


def free_curves(key: str, axis: Axis, x: Floats, here: float, panels: Sequence[Panel]) -> None:
    """Curves whose point belongs to no class and is kept under the view's own key."""
    with fitted(key):
        curves(
            f"{key}_curves", axis, x, here, panels, shape="circle", colour=TEXT,
            on_move=lambda value: st.session_state.update({key: [value]}),
        )  # fmt: skip


def float64(value: float) -> str:
    """A positive number, or 0.0 as float64 prints it."""
    return "0.0" if value == 0 else exponential(value) if value < 1e-3 else decimal(value)


def heading(view: str) -> None:
    """A view's name, and what to try in it."""
    st.header(t(f"loss.{view}"), anchor=False)
    st.markdown(t(f"loss.{view}_try"))


def class_rows(
    names: Sequence[str], columns: Sequence[Floats], writers: Sequence[Callable[[float], str]]
) -> list[markup.Row]:
    """A row for each class, in its colour: a number of each column, written its way."""
    return [
        [
            markup.class_name(k, name),
            *(
                markup.in_class_colour(write(column[k]).replace("-", "−"), k)
                for column, write in zip(columns, writers, strict=True)
            ),
        ]
        for k, name in enumerate(names)
    ]


def index(k: int) -> str:
    """A class's subscript."""
    return "₁₂₃₄"[k]


OF_ONE: dict[str, Callable[[Prediction], None]] = {
    "price": price,
    "against": against,
    "distance": distance,
    "check": check,
}
"""Views of the bars' prediction; those in `loss_surface` and `loss_samples` have predictions of their own."""

VIEWS = ("price", "against", "surface", "likelihood", "distance", "check")
