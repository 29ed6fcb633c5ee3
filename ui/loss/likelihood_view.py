"""View of the likelihood of many predictions, and of its logarithm (slide 3.4, reason 4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core import cross_entropy, one_hot, running_likelihood, running_negative_log
from core.activations import Floats
from ui.components.curves import Axis, Curve, Panel, grid_with
from ui.i18n import t
from ui.i18n.number_format import format_decimal
from ui.look import html
from ui.look.layout import following
from ui.loss.prediction_views import ACCENT, TEXT, format_float64, heading, parameter_curves
from ui.state import url_state, widgets

MAX_SAMPLES = 5000


def draw_likelihood(draw_questions: Callable[[], None]) -> None:
    """Draw the likelihood of 10 outcomes and their mean cross-entropy as functions of the predicted probability p.

    The likelihood is largest at the p at which the mean cross-entropy is smallest. Below these curves come the
    questions, drawn by `draw_questions`, and the product and the sum for many samples (`_underflow`).
    """
    heading("likelihood")
    hits = widgets.slider("hits", 1, 9, 7, 1)
    (p_guess,) = url_state.synced_numbers("guess", [0.4], 0.01, 0.99)
    p = grid_with(0.01, 0.99, 0.01, p_guess)
    outcomes = one_hot([0] * hits + [1] * (10 - hits), 2)
    mean = np.array([cross_entropy(np.tile([q, 1 - q], (10, 1)), outcomes) for q in p])
    product = np.array([running_likelihood([q] * hits + [1 - q] * (10 - hits))[-1] for q in p])
    best = int(np.abs(p - hits / 10).argmin())
    mark = f"p = {hits / 10:g}"
    parameter_curves(
        "guess", Axis(t("loss.guess"), (0, 1), format="probability"), p, p_guess,
        [
            Panel(Axis(t("loss.product"), (0, 1.25 * float(product[best])), format="exponential"),
                  [Curve(t("loss.product"), product, ACCENT)], t("loss.product_alt", best=f"{hits / 10:g}"),
                  [(hits / 10, float(product[best]), mark)]),
            Panel(Axis(t("loss.mean_loss"), (0, 3)), [Curve(t("loss.mean_loss"), mean, TEXT)],
                  t("loss.mean_alt", best=f"{hits / 10:g}"), [(hits / 10, float(mean[best]), mark)]),
        ],
    )  # fmt: skip
    html.callout(t("loss.likelihood_notice", hits=hits))
    draw_questions()
    _underflow()


def true_class_probabilities() -> Floats:
    """Return example probabilities of the true class (MAX_SAMPLES,), the same in every call.

    They are in 0.3 … 0.95 and rounded to two decimals.
    """
    return np.random.Generator(np.random.Philox(0)).uniform(0.3, 0.95, MAX_SAMPLES).round(2)


def _underflow() -> None:
    """Draw the product of p and the sum of −log p over the first n samples, for n from 1 to MAX_SAMPLES.

    p is the probability of the true class. In float64, the product underflows to 0.
    """
    st.header(t("loss.many"), anchor=False)
    p = true_class_probabilities()
    product, total = running_likelihood(p), running_negative_log(p)
    n_underflow = int(np.argmax(product == 0)) + 1
    st.markdown(t("loss.many_try"))
    (value,) = url_state.synced_numbers("loss_n", [5.0], 1, MAX_SAMPLES)
    n = int(value)
    x = np.unique([*range(1, 21), *range(30, MAX_SAMPLES + 1, 10), n_underflow - 1, n_underflow, n]).astype(np.float64)
    indices = x.astype(int) - 1
    parameter_curves(
        "loss_n", Axis("n", (0, MAX_SAMPLES), format="integer"), x, float(n),
        [
            Panel(Axis(t("loss.product_n"), (1e-323, 1.0), log=True, format="float"),
                  [Curve(t("loss.product_n"), product[indices], ACCENT)], t("loss.product_n_alt", lost=n_underflow)),
            Panel(Axis(t("loss.sum_n"), (0, float(np.ceil(total[-1] / 500) * 500))),
                  [Curve(t("loss.sum_n"), total[indices], TEXT)], t("loss.sum_n_alt")),
        ],
    )  # fmt: skip
    table_column, text_column = st.columns([1.25, 1], gap="large")
    with table_column, following("products"):
        shown = [i for i in range(n) if i < 5 or i == n - 1]
        rows: list[html.Row] = [
            [
                str(i + 1),
                f"{p[i]:.2f}",
                format_decimal(-np.log(p[i])),
                format_float64(product[i]),
                format_decimal(total[i]),
            ]
            for i in shown
        ]
        if n > 6:
            rows.insert(5, ["⋮", "", "", "", ""])
        html.table([t("control.sample"), "p", "−log p", t("loss.product_n"), t("loss.sum_n")], rows)
    with text_column:
        html.callout(t("loss.many_notice", lost=n_underflow))
