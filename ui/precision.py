"""Why the maximum is subtracted: softmax step by step in three float types, with and without."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.activations import SoftmaxSteps, softmax_steps
from ui import controls, link, markup
from ui.i18n import t
from ui.numbers import MINUS, decimal, exponential, probability
from ui.playground import NUMBERS, Hand

LARGEST = 10_000.0
MOST = 5
LONGEST = 60
FLOATS = ("float16", "float32", "float64")
EXAMPLES = ("5, 4, 3", "12, 11, 10", "100, 99, 98", "1000, 999, 998", "-1000, -1001, -1002")


def precision(_: Hand) -> None:
    """Numbers of the reader's own choice, or an example, in each float type."""
    typed = controls.text(NUMBERS, t("playground.numbers", most=MOST), EXAMPLES[1], LONGEST)
    with st.container(horizontal=True, gap="small"):
        for example in EXAMPLES:
            st.button(
                example.replace("-", MINUS), key=f"numbers_{example}", width="content",
                on_click=link.overrule, args=({NUMBERS: example},),
            )  # fmt: skip
    z = parsed(typed)
    if z is None:
        st.warning(t("playground.numbers_fault", most=MOST, largest=f"{LARGEST:,.0f}"), icon=":material/edit:")
        return
    lost = []
    for column, name in zip(st.columns(3, gap="medium"), FLOATS, strict=True):
        textbook, stable = (softmax_steps(z, name, subtract_maximum=way) for way in (False, True))
        if not np.isfinite(textbook.probabilities).all():
            lost.append(name)
        facts = np.finfo(np.dtype(name))
        largest = float(facts.max)
        exponent = decimal(math.log(largest), 1)
        with column:
            st.markdown(
                t("playground.float", name=name, digits=facts.precision, largest=_sized(largest), exponent=exponent)
            )
            _table(t("playground.textbook"), textbook, "z")
            _table(t("playground.stable"), stable, f"z − {max(z):g}".replace("− -", "+ "))
    st.markdown(t("playground.precision_lost", names=", ".join(lost)) if lost else t("playground.precision_fine"))
    over = (markup.power("zᵢ"), " / Σⱼ ", markup.power("zⱼ"))
    markup.formula(
        markup.power("zᵢ − m"), " / Σⱼ ", markup.power("zⱼ − m"), " = ", markup.power("−m"), over[0], " / ( ",
        markup.power("−m"), " Σⱼ ", over[2], " ) = ", *over,
    )  # fmt: skip


def parsed(text: str) -> list[float] | None:
    """The numbers in a line, or None unless it is 2 … MOST of them, none larger than LARGEST."""
    parts = text.translate(str.maketrans("，、−", ",,-")).split(",")
    numbers = [value for part in parts if (value := link.number(part.strip(), -LARGEST, LARGEST)) is not None]
    return numbers if len(numbers) == len(parts) and 2 <= len(numbers) <= MOST else None


def _table(caption: str, steps: SoftmaxSteps, exponent: str) -> None:
    rows: list[markup.Row] = [
        [f"{z:g}".replace("-", MINUS), _sized(float(e)), _quotient(float(e), steps.total, float(p))]
        for z, e, p in zip(steps.exponents, steps.exponentials, steps.probabilities, strict=True)
    ]
    header: list[markup.Content] = [exponent, markup.power(exponent), "÷ Σ = ŷ"]
    mark = "✓" if np.isfinite(steps.probabilities).all() else "✗"
    markup.table(header, [*rows, ["Σ", _sized(steps.total), ""]], caption=f"{mark} {caption}")


def _sized(value: float) -> str:
    if not math.isfinite(value) or value == 0:
        return decimal(value, 0)
    if value >= 1e6 or value < 0.001:
        return exponential(value)
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _quotient(exponential: float, total: float, share: float) -> str:
    """A probability; where there is none, or it was lost on the way, the division that says so."""
    if np.isnan(share):
        return f"{_sized(exponential)}/{_sized(total)}: {t('playground.undefined')}"
    return f"{_sized(exponential)}/∞ = 0" if np.isinf(total) else probability(share)
