"""Which one do I need? Two questions, the tool they lead to, and examples of such a problem (1.2, 6.1, 6.3, 6.4)."""

from __future__ import annotations

import streamlit as st

from ui import controls, markup, scenarios
from ui.i18n import t
from ui.page import page_link

NO, YES = "no", "yes"

EXAMPLES: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "logistic": {"spam": ("softmax_playground", scenarios.as_link("binary"))},
    "softmax": {
        "news": ("softmax_playground", scenarios.as_link("news")),
        "fault": ("softmax_playground", scenarios.as_link("fault")),
        "sentiment": ("softmax_playground", scenarios.as_link("sentiment")),
        "ocr": ("softmax_playground", scenarios.as_link("ocr")),
    },
    "sigmoids": {"photos": ("softmax_vs_sigmoid", {"part": "labels", "tags": "110"})},
}
"""For each tool, problems that call for it and the page that shows one."""


WHAT = ("output", "loss", "rule")
"""What is said of a tool."""


def tool_for(several: str | None, more: str | None) -> str | None:
    """The tool the answers lead to; None while an answer is wanting."""
    if several == YES:
        return "sigmoids"
    if several is None or more is None:
        return None
    return "softmax" if more == YES else "logistic"


def part() -> None:
    """The questions, and what the answers come to."""
    questions, answer = st.columns([1, 1.5], gap="large")
    with questions:
        st.markdown(t("guide.try"))
        several = _ask("guide_several")
        more = _ask("guide_more") if several != YES else None
    tool = tool_for(several, more)
    with answer:
        tools = list(EXAMPLES)
        markup.facts(
            [(t(f"guide.{name}_way"), t(f"guide.{name}"), t(f"guide.{name}_when")) for name in tools],
            lit=None if tool is None else tools.index(tool),
        )
        if tool is None:
            st.markdown(t("guide.begin"))
            return
        st.markdown(t(f"guide.{tool}_why"))
        st.markdown(t("guide.examples"))
        for name, (target, parameters) in EXAMPLES[tool].items():
            page_link(target, t(f"guide.{name}"), parameters)
        markup.facts([(t(f"guide.{what}"), t(f"guide.{tool}_{what}"), t(f"guide.{tool}_{what}_note")) for what in WHAT])
        markup.notice(t("guide.notice"))


def _ask(key: str) -> str | None:
    return controls.answer(key, (NO, YES), lambda option: t(f"class.{option}"))
