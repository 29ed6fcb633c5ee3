"""Logistic and softmax regression side by side, each difference one link from where it is seen (4.5, 6.1, 6.4)."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ui import link, markup, scenarios
from ui.components.linked_table import LinkedRow, linked_table
from ui.i18n import LANGUAGE, language, lesson, t
from ui.link import path_of
from ui.page import page_link

HERE = "softmax_vs_sigmoid"


def _loss(example: str) -> dict[str, str]:
    logits = scenarios.logits_for(scenarios.SLIDE_PROBABILITIES[example])
    return {"loss_view": "price", "target": "1", "loss_z": link.as_text(logits)}


ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "problem": (HERE, {"part": "guide"}),
    "activation": ("softmax_playground", {**scenarios.as_link("binary"), "softmax_view": "geometry"}),
    "form": ("softmax_playground", {**scenarios.as_link("image"), "softmax_view": "steps"}),
    "range": ("softmax_playground", {**scenarios.as_link("image"), "softmax_view": "geometry"}),
    "labels": ("loss_explorer", _loss("one_hot")),
    "loss": ("loss_explorer", _loss("small_loss")),
    "gradient": ("live_training", {"train_data": "penguins", "panel": "update", "step": "1"}),
    "rule": (HERE, {"part": "exclusive"}),
}
"""What the two are compared by, and the view that shows it."""


def part() -> None:
    """The table, and where softmax is at work."""
    st.markdown(t("versus.whole_try"))
    rows = [
        LinkedRow(
            t(f"whole.{name}"),
            [t(f"whole.{name}_logistic"), t(f"whole.{name}_softmax")],
            t(f"whole.{name}_see"),
            f"{target}?{urlencode({**parameters, LANGUAGE: language()})}",
        )
        for name, (target, parameters) in ROWS.items()
    ]
    header = [t("whole.compared"), t("whole.logistic"), t("whole.softmax"), t("versus.see")]
    followed = linked_table("whole", t("whole.caption"), header, rows)
    if followed is not None:
        target, parameters = list(ROWS.values())[followed]
        st.switch_page(path_of(target), query_params={**parameters, LANGUAGE: language()})
    markup.notice(t("versus.whole_notice"))
    words, links = st.columns([1.6, 1], gap="large")
    with words:
        st.markdown(lesson("summary"))
    with links:
        for scenario in ("image", "sentiment", "voice", "ocr"):
            page_link("softmax_playground", t(f"scenario.{scenario}"), scenarios.as_link(scenario))
