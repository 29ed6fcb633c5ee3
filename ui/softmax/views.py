"""The views of the softmax page; one of them is shown beside the bars, for the same logits."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import streamlit as st

from core.activations import Floats, softmax
from core.information import entropy
from ui.components.softmax_views import view
from ui.i18n import t
from ui.i18n.number_format import format_decimal, format_probability
from ui.lecture import panel
from ui.look import html
from ui.look.layout import following, view_text
from ui.softmax import scenarios
from ui.softmax.float_precision import precision_view
from ui.softmax.model_view import model_view
from ui.softmax.state import BARS, PlaygroundState
from ui.state import widgets

LARGE_CONSTANT = 1000.0
"""Added to all logits, it makes their exponentials overflow."""

TABLE_TEMPERATURES = (0.05, 0.5, 1.0, 2.0, 20.0)


def _steps(state: PlaygroundState) -> None:
    adds_constant = widgets.toggle("add_1000")
    options = {"offset": LARGE_CONSTANT} if adds_constant else {}
    view("steps", BARS, state.logits, state.names, state.temperature, state.last_moved, options)
    if adds_constant:
        st.caption(t("playground.overflow_note"))


def _geometry(state: PlaygroundState) -> None:
    view("geometry", BARS, state.logits, state.names, state.temperature, state.last_moved)
    K = len(state.names)
    number = {2: "two", 3: "three"}.get(K, "many")
    st.caption(t(f"playground.geometry_{number}", K=K, dimensions=K - 1))


def _jacobian(state: PlaygroundState) -> None:
    view("jacobian", BARS, state.logits, state.names, state.temperature, state.last_moved)


def _sharpness(state: PlaygroundState) -> None:
    K, p = len(state.names), state.probabilities
    bits, effective, largest, margin = _sharpness_measures(p)
    tied = bool((p == p.max()).sum() > 1)
    winner = t("playground.tie") if tied else state.names[int(np.argmax(p))]
    max_bits = format_decimal(math.log2(K))
    temperatures = sorted({*TABLE_TEMPERATURES, state.temperature})
    html.stat_cards(
        [
            (t("playground.entropy"), t("playground.bits", bits=bits), t("playground.entropy_note", most=max_bits)),
            (t("playground.effective"), effective, t("playground.effective_note", K=K)),
            (t("playground.largest"), largest, winner),
            (t("playground.margin"), margin, t("playground.margin_note")),
        ]
    )
    html.table(
        ["", t("playground.entropy_bits"), "2ᴴ", t("playground.largest"), t("playground.margin")],
        [[f"T = {T:.3g}", *_sharpness_measures(softmax(state.logits, T))] for T in temperatures],
        caption=t("playground.by_temperature"),
        highlighted=temperatures.index(state.temperature),
    )


def _sharpness_measures(p: Floats) -> tuple[str, str, str, str]:
    """Return four measures of the probabilities p (K,), as text.

    They are the entropy H in bits, 2ᴴ, the largest probability, and the largest minus the second-largest probability.
    """
    bits = entropy(p) / math.log(2)
    first, second = np.sort(p)[::-1][:2]
    return (
        format_decimal(bits),
        format_decimal(2**bits, 2),
        format_probability(float(first)),
        format_decimal(float(first - second)),
    )


def _lecture(state: PlaygroundState) -> None:
    z, p, T, names = state.logits, state.probabilities, state.temperature, state.names
    first, second = np.sort(z)[::-1][:2]
    predicted = int(np.argmax(p))
    tied = bool(first == second)
    ratio = html.join(
        [html.e_to_the(f"{(first - second) / T:.2f}"), f" = {format_decimal(np.exp((first - second) / T), 2)}"]
    )
    prediction = t("playground.tie") if tied else html.class_name(predicted, names[predicted])
    confidence = t("playground.predicted_note", confidence=format_probability(p.max()))
    html.stat_cards(
        [
            (t("playground.positive"), f"min ŷ = {format_probability(p.min())}", t("playground.positive_note")),
            (t("playground.sums"), f"Σ ŷ = {p.sum():.3f}", t("playground.sums_note")),
            (t("playground.sharp"), ratio, t("playground.sharp_note", temperature=f"{T:g}")),
            (t("playground.predicted"), prediction, t("playground.tie_note") if tied else confidence),
        ]
    )
    if not panel.has_open_question_on("softmax_playground"):
        _slide_examples()


def _slide_examples() -> None:
    """Draw the two examples of the lecture's slide, as printed and as computed."""
    st.header(t("playground.slide"), anchor=False)
    st.markdown(t("playground.slide_try"))
    rows: list[html.Row] = []
    for name, printed in (("ten", "[0.999, 0.0004, 0.0004]"), ("ones", "[0.33, 0.33, 0.33]")):
        inputs = scenarios.SLIDE_LOGITS[name]
        exact = ", ".join(format_probability(value) for value in softmax(inputs))
        rows.append([f"Softmax({', '.join(f'{value:g}' for value in inputs)})", printed, f"[{exact}]"])
    html.table([t("playground.input"), t("playground.printed"), t("playground.computed")], rows)


VIEWS: dict[str, Callable[[PlaygroundState], None]] = {
    "steps": _steps,
    "geometry": _geometry,
    "sharpness": _sharpness,
    "jacobian": _jacobian,
    "precision": precision_view,
    "lecture": _lecture,
}
"""Functions that draw the views of the bars' logits, by name of the view."""

WITHOUT_BARS: dict[str, Callable[[], None]] = {"model": model_view}
"""Functions that draw the views shown instead of the bars, by name of the view."""

INDEPENDENT = {"precision"}
"""Views that do not show the bars' logits, and need the whole width."""


def draw_view(name: str, draw: Callable[[], None], *, with_instructions: bool = True) -> None:
    """Draw the view `name` with `draw`, a text on what to try above, and a text on what to notice below."""
    if with_instructions:
        view_text(t(f"playground.{name}_try"))
    with following(name) if name in ("sharpness", "lecture") else st.container():
        draw()
    html.callout(t(f"playground.{name}_notice"))
