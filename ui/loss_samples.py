"""The view of many predictions at once: their likelihood, and why its logarithm is what one adds up (slide 3.4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core import cross_entropy, one_hot, running_likelihood, running_negative_log
from core.activations import Floats
from ui import controls, link, markup
from ui.components.curves import Axis, Curve, Panel, places
from ui.i18n import t
from ui.loss_views import ACCENT, TEXT, float64, free_curves, heading
from ui.numbers import decimal

MOST_SAMPLES = 5000


def likelihood(ask: Callable[[], None]) -> None:
    """The product of probabilities and the sum of −log: one greatest where the other is least (slide 3.4, reason 4).

    `ask` puts questions below that.
    """
    heading("likelihood")
    hits = controls.slider("hits", 1, 9, 7, 1)
    (guess,) = link.held_numbers("guess", [0.4], 0.01, 0.99)
    p = places(0.01, 0.99, 0.01, guess)
    outcomes = one_hot([0] * hits + [1] * (10 - hits), 2)
    mean = np.array([cross_entropy(np.tile([q, 1 - q], (10, 1)), outcomes) for q in p])
    product = np.array([running_likelihood([q] * hits + [1 - q] * (10 - hits))[-1] for q in p])
    best = int(np.abs(p - hits / 10).argmin())
    mark = f"p = {hits / 10:g}"
    free_curves(
        "guess", Axis(t("loss.guess"), (0, 1), format="probability"), p, guess,
        [
            Panel(Axis(t("loss.product"), (0, 1.25 * float(product[best])), format="exponential"),
                  [Curve(t("loss.product"), product, ACCENT)], t("loss.product_alt", best=f"{hits / 10:g}"),
                  [(hits / 10, float(product[best]), mark)]),
            Panel(Axis(t("loss.mean_loss"), (0, 3)), [Curve(t("loss.mean_loss"), mean, TEXT)],
                  t("loss.mean_alt", best=f"{hits / 10:g}"), [(hits / 10, float(mean[best]), mark)]),
        ],
    )  # fmt: skip
    markup.notice(t("loss.likelihood_notice", hits=hits))
    ask()
    _underflow()


def batch() -> Floats:
    """The probabilities a model gave to what 5,000 samples turned out to be: between 0.3 and 0.95, two decimals."""
    return np.random.Generator(np.random.Philox(0)).uniform(0.3, 0.95, MOST_SAMPLES).round(2)


def _underflow() -> None:
    """The same two for 1 to 5,000 samples: float64 loses the product and keeps the sum."""
    st.header(t("loss.many"), anchor=False)
    p = batch()
    product, total = running_likelihood(p), running_negative_log(p)
    lost = int(np.argmax(product == 0)) + 1
    st.markdown(t("loss.many_try"))
    (held,) = link.held_numbers("loss_n", [5.0], 1, MOST_SAMPLES)
    n = int(held)
    x = np.unique([*range(1, 21), *range(30, MOST_SAMPLES + 1, 10), lost - 1, lost, n]).astype(np.float64)
    shown = x.astype(int) - 1
    free_curves(
        "loss_n", Axis("n", (0, MOST_SAMPLES), format="integer"), x, float(n),
        [
            Panel(Axis(t("loss.product_n"), (1e-323, 1.0), log=True, format="float"),
                  [Curve(t("loss.product_n"), product[shown], ACCENT)], t("loss.product_n_alt", lost=lost)),
            Panel(Axis(t("loss.sum_n"), (0, float(np.ceil(total[-1] / 500) * 500))),
                  [Curve(t("loss.sum_n"), total[shown], TEXT)], t("loss.sum_n_alt")),
        ],
    )  # fmt: skip
    table, words = st.columns([1.25, 1], gap="large")
    with table:
        numbers = [i for i in range(n) if i < 5 or i == n - 1]
        rows: list[markup.Row] = [
            [str(i + 1), f"{p[i]:.2f}", decimal(-np.log(p[i])), float64(product[i]), decimal(total[i])] for i in numbers
        ]
        if n > 6:
            rows.insert(5, ["⋮", "", "", "", ""])
        markup.table([t("control.sample"), "p", "−log p", t("loss.product_n"), t("loss.sum_n")], rows)
    with words:
        markup.notice(t("loss.many_notice", lost=lost))
