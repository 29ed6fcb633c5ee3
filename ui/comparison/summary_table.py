"""Part "whole": a table that compares logistic and softmax regression, with links (slides 4.5, 6.1 and 6.4)."""

from __future__ import annotations

import streamlit as st

from ui.comparison import THIS_PAGE
from ui.components.linked_table import LinkedRow, linked_table
from ui.i18n import lesson, t
from ui.look import html
from ui.look.layout import page_link
from ui.softmax import scenarios
from ui.state.links import address_of, open_link

ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "problem": (THIS_PAGE, {"part": "guide"}),
    "activation": ("softmax_playground", {**scenarios.url_parameters("binary"), "softmax_view": "geometry"}),
    "form": ("softmax_playground", {**scenarios.url_parameters("image"), "softmax_view": "steps"}),
    "range": ("softmax_playground", {**scenarios.url_parameters("image"), "softmax_view": "geometry"}),
    "labels": ("loss_explorer", {"loss_view": "price", **scenarios.loss_parameters("one_hot")}),
    "loss": ("loss_explorer", {"loss_view": "price", **scenarios.loss_parameters("small_loss")}),
    "gradient": ("live_training", {"train_data": "penguins", "panel": "update", "step": "1"}),
    "rule": (THIS_PAGE, {"part": "exclusive"}),
}
"""Rows of the table, each with the page and the query parameters that its link opens."""


def render() -> None:
    """Draw the table, a summary and links to examples. If a link in the table was clicked, open its page."""
    st.markdown(t("versus.whole_try"))
    rows = []
    for name, (page, parameters) in ROWS.items():
        cells = [t(f"whole.{name}_logistic"), t(f"whole.{name}_softmax")]
        rows.append(LinkedRow(t(f"whole.{name}"), cells, t(f"whole.{name}_see"), address_of(page, parameters)))
    header = [t("whole.compared"), t("whole.logistic"), t("whole.softmax"), t("versus.see")]
    clicked_row = linked_table("whole", t("whole.caption"), header, rows)
    if clicked_row is not None:
        open_link(*list(ROWS.values())[clicked_row])
    html.callout(t("versus.whole_notice"))
    summary, links = st.columns([1.6, 1], gap="large")
    with summary:
        st.markdown(lesson("summary"))
    with links:
        for scenario in ("image", "sentiment", "voice", "ocr"):
            page_link("softmax_playground", t(f"scenario.{scenario}"), scenarios.url_parameters(scenario))
