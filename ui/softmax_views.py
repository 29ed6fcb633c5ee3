"""What the playground shows below its bars: one view at a time of the same logits."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import streamlit as st

from core.activations import Floats, softmax
from core.information import entropy
from ui import markup, scenarios
from ui.components.softmax_views import view
from ui.i18n import t
from ui.numbers import decimal, probability
from ui.playground import BARS, Hand
from ui.precision import precision

TEMPERATURES = (0.05, 0.5, 1.0, 2.0, 20.0)


def _steps(hand: Hand) -> None:
    view("steps", BARS, hand.logits, hand.names, hand.temperature, hand.moved)


def _geometry(hand: Hand) -> None:
    view("geometry", BARS, hand.logits, hand.names, hand.temperature, hand.moved)
    K = len(hand.names)
    st.caption(
        t("playground.geometry_many", K=K, dimensions=K - 1)
        if K > 3
        else t(f"playground.geometry_{'two' if K == 2 else 'three'}")
    )


def _jacobian(hand: Hand) -> None:
    view("jacobian", BARS, hand.logits, hand.names, hand.temperature, hand.moved)


def _sharpness(hand: Hand) -> None:
    K, p = len(hand.names), hand.probabilities
    bits, effective, largest, margin = _measured(p)
    tied = bool((p == p.max()).sum() > 1)
    winner = t("playground.tie") if tied else hand.names[int(np.argmax(p))]
    most = decimal(math.log2(K))
    temperatures = sorted({*TEMPERATURES, hand.temperature})
    numbers, table = st.columns([1, 1.2], gap="large")
    with numbers:
        markup.facts(
            [
                (t("playground.entropy"), t("playground.bits", bits=bits), t("playground.entropy_note", most=most)),
                (t("playground.effective"), effective, t("playground.effective_note", K=K)),
                (t("playground.largest"), largest, winner),
                (t("playground.margin"), margin, t("playground.margin_note")),
            ]
        )
    with table:
        markup.table(
            ["", t("playground.entropy_bits"), "2ᴴ", t("playground.largest"), t("playground.margin")],
            [[f"T = {T:.3g}", *_measured(softmax(hand.logits, T))] for T in temperatures],
            caption=t("playground.by_temperature"),
            lit=temperatures.index(hand.temperature),
        )


def _measured(p: Floats) -> tuple[str, str, str, str]:
    """Entropy in bits, 2 to it, the largest of probabilities (K,), and its lead over the second, as text."""
    bits = entropy(p) / math.log(2)
    first, second = np.sort(p)[::-1][:2]
    return decimal(bits), decimal(2**bits, 2), probability(float(first)), decimal(float(first - second))


def _lecture(hand: Hand) -> None:
    z, p, T, names = hand.logits, hand.probabilities, hand.temperature, hand.names
    first, second = np.sort(z)[::-1][:2]
    best = int(np.argmax(p))
    tied = bool(first == second)
    ratio = markup.joined(
        [markup.power(f"{(first - second) / T:.2f}"), f" = {decimal(np.exp((first - second) / T), 2)}"]
    )
    prediction = t("playground.tie") if tied else markup.class_name(best, names[best])
    confidence = t("playground.predicted_note", confidence=probability(p.max()))
    markup.facts(
        [
            (t("playground.positive"), f"min ŷ = {probability(p.min())}", t("playground.positive_note")),
            (t("playground.sums"), f"Σ ŷ = {p.sum():.3f}", t("playground.sums_note")),
            (t("playground.sharp"), ratio, t("playground.sharp_note", temperature=f"{T:g}")),
            (t("playground.predicted"), prediction, t("playground.tie_note") if tied else confidence),
        ]
    )
    st.header(t("playground.slide"), anchor=False)
    st.markdown(t("playground.slide_try"))
    rows: list[markup.Row] = []
    for name, printed in (("ten", "[0.999, 0.0004, 0.0004]"), ("ones", "[0.33, 0.33, 0.33]")):
        inputs = scenarios.SLIDE_LOGITS[name]
        exact = ", ".join(probability(value) for value in softmax(inputs))
        rows.append([f"Softmax({', '.join(f'{value:g}' for value in inputs)})", printed, f"[{exact}]"])
    markup.table([t("playground.input"), t("playground.printed"), t("playground.computed")], rows)


VIEWS: dict[str, Callable[[Hand], None]] = {
    "steps": _steps,
    "geometry": _geometry,
    "sharpness": _sharpness,
    "jacobian": _jacobian,
    "precision": precision,
    "lecture": _lecture,
}
"""Each shows what is at hand in its own way."""


def show(name: str, hand: Hand) -> None:
    """A view, between what to try and what to notice."""
    st.markdown(t(f"playground.{name}_try"))
    VIEWS[name](hand)
    markup.notice(t(f"playground.{name}_notice"))
