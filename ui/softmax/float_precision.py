"""View of softmax in three float types, with and without the maximum subtracted from the logits."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.activations import SoftmaxSteps, softmax_steps
from ui.i18n import t
from ui.i18n.number_format import MINUS, format_decimal, format_exponential, format_general, format_probability
from ui.look import html
from ui.softmax.state import NUMBERS, PlaygroundState
from ui.state import url_state, widgets
from ui.state.number_input import NumberRange

MAX_VALUE = 10_000.0
Z_RANGE = NumberRange(-MAX_VALUE, MAX_VALUE)
MAX_NUMBERS = 5
MAX_TEXT_LENGTH = 60
FLOATS = ("float16", "float32", "float64")
EXAMPLES = ("5, 4, 3", "12, 11, 10", "100, 99, 98", "1000, 999, 998", "-1000, -1001, -1002")


def precision_view(_: PlaygroundState) -> None:
    """Draw an input for logits, and a table of the steps of softmax for these logits in each float type.

    The logits are independent of the logit bars.
    """
    text = widgets.text_input(NUMBERS, t("playground.numbers", most=MAX_NUMBERS), EXAMPLES[1], MAX_TEXT_LENGTH)
    with st.container(horizontal=True, gap="small"):
        for example in EXAMPLES:
            st.button(
                example.replace("-", MINUS), key=f"numbers_{example}", width="content",
                on_click=url_state.set_state, args=({NUMBERS: example},),
            )  # fmt: skip
    z = parse_numbers(text)
    if z is None:
        st.warning(t("playground.numbers_fault", most=MAX_NUMBERS, largest=f"{MAX_VALUE:,.0f}"), icon=":material/edit:")
        return
    failed = []
    for column, name in zip(st.columns(3, gap="medium"), FLOATS, strict=True):
        textbook, stable = (softmax_steps(z, name, subtract_maximum=subtract) for subtract in (False, True))
        if _has_failed(textbook):
            failed.append(name)
        limits = np.finfo(np.dtype(name))
        largest, exponent = _format_number(float(limits.max)), format_decimal(math.log(limits.max), 1)
        with column:
            st.markdown(t("playground.float", name=name, digits=limits.precision, largest=largest, exponent=exponent))
            _table(t("playground.textbook"), textbook, "z")
            _table(t("playground.stable"), stable, f"z {'+' if max(z) < 0 else MINUS} {format_general(abs(max(z)))}")
    st.markdown(
        t("playground.precision_lost", names=t("punctuation.comma").join(failed))
        if failed
        else t("playground.precision_fine")
    )
    e_zi, e_zj, e_m = html.e_to_the("zᵢ"), html.e_to_the("zⱼ"), html.e_to_the("−m")
    html.formula(
        html.e_to_the("zᵢ − m"), " / Σⱼ ", html.e_to_the("zⱼ − m"),
        " = ", e_m, e_zi, " / ( ", e_m, " Σⱼ ", e_zj, " ) = ", e_zi, " / Σⱼ ", e_zj,
    )  # fmt: skip


def parse_numbers(text: str) -> list[float] | None:
    """Return the numbers of a list, separated by commas, ASCII or full-width.

    Return None unless there are 2 to MAX_NUMBERS of them, each in −MAX_VALUE … MAX_VALUE.
    """
    parts = text.translate(str.maketrans("，、", ",,")).split(",")
    numbers = [number for part in parts if (number := Z_RANGE.parse(part)) is not None]
    return numbers if 2 <= len(numbers) == len(parts) <= MAX_NUMBERS else None


def _has_failed(steps: SoftmaxSteps) -> bool:
    """Return whether a probability has no value, or is 0 only because the sum has become infinite."""
    return not (math.isfinite(steps.total) and np.isfinite(steps.probabilities).all())


def _table(caption: str, steps: SoftmaxSteps, exponent: str) -> None:
    rows: list[html.Row] = [
        [format_general(z), _format_number(float(e)), _format_quotient(float(e), steps.total, float(p))]
        for z, e, p in zip(steps.exponents, steps.exponentials, steps.probabilities, strict=True)
    ]
    header: list[html.Content] = [exponent, html.e_to_the(exponent), "÷ Σ = ŷ"]
    mark = "✗" if _has_failed(steps) else "✓"
    html.table(header, [*rows, ["Σ", _format_number(steps.total), ""]], caption=f"{mark} {caption}")


def _format_number(value: float) -> str:
    if not math.isfinite(value) or value == 0:
        return format_decimal(value, 0)
    if value >= 1e6 or value < 0.001:
        return format_exponential(value)
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _format_quotient(numerator: float, total: float, quotient: float) -> str:
    """Return a probability as text.

    If the quotient is NaN or the denominator is infinite, the text also shows the division, such as inf/inf.
    """
    if np.isnan(quotient):
        return f"{_format_number(numerator)}/{_format_number(total)}: {t('playground.undefined')}"
    return f"{_format_number(numerator)}/∞ = 0" if np.isinf(total) else format_probability(quotient)
