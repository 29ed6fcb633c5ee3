"""Part "guide": two questions, the recommended model, and example problems (slides 1.2, 6.1, 6.3 and 6.4)."""

from __future__ import annotations

import streamlit as st

from ui.comparison import THIS_PAGE
from ui.i18n import t
from ui.look import html
from ui.look.layout import page_link
from ui.softmax import scenarios
from ui.state import widgets
from ui.state.links import open_link

NO, YES = "no", "yes"

EXAMPLES: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "logistic": {"spam": ("softmax_playground", scenarios.url_parameters("binary"))},
    "softmax": {
        name: ("softmax_playground", scenarios.url_parameters(name)) for name in ("news", "fault", "sentiment", "ocr")
    },
    "sigmoids": {"photos": (THIS_PAGE, {"part": "labels"})},
}
"""For each model: example problems, each with the page and the query parameters that show it."""

PROPERTIES = ("output", "loss", "rule")
"""Properties that are listed for the recommended model."""


def recommended_model(multi_label: str | None, more_than_two: str | None) -> str | None:
    """Return the recommended model, a key of EXAMPLES, or None if an answer is missing.

    `multi_label` answers whether a sample can have several classes or none, `more_than_two` whether there are more than
    two classes. If a sample can, the second answer does not matter.
    """
    if multi_label == YES:
        return "sigmoids"
    if multi_label is None or more_than_two is None:
        return None
    return "softmax" if more_than_two == YES else "logistic"


def render() -> None:
    """Draw the questions and the recommendation."""
    questions, answer = st.columns([1, 1.5], gap="large")
    with questions:
        st.markdown(t("guide.try"))
        multi_label = _ask("guide_several")
        more_than_two = _ask("guide_more") if multi_label != YES else None
    model = recommended_model(multi_label, more_than_two)
    with answer:
        models = list(EXAMPLES)
        html.stat_cards(
            [(t(f"guide.{name}_way"), t(f"guide.{name}"), t(f"guide.{name}_when")) for name in models],
            highlighted=None if model is None else models.index(model),
        )
        if model is None:
            st.markdown(t("guide.begin"))
            return
        st.markdown(t(f"guide.{model}_why"))
        st.markdown(t("guide.examples"))
        for name, (page, parameters) in EXAMPLES[model].items():
            if page != THIS_PAGE:
                page_link(page, t(f"guide.{name}"), parameters)
            elif st.button(t(f"guide.{name}"), key=f"guide_{name}", icon=":material/arrow_forward:", type="tertiary"):
                open_link(page, parameters)
        html.stat_cards(
            [(t(f"guide.{name}"), t(f"guide.{model}_{name}"), t(f"guide.{model}_{name}_note")) for name in PROPERTIES]
        )
        html.callout(t("guide.notice"))


def _ask(key: str) -> str | None:
    """Draw a yes/no question. Return NO or YES, or None until the user answers."""
    return widgets.optional_segmented_control(key, (NO, YES), lambda option: t(f"class.{option}"))
