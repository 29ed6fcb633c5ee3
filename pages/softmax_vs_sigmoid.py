"""Sections 1.2 and 6: when softmax is the right tool, and when sigmoids are."""

from collections.abc import Callable

import streamlit as st

from core import reliability, split
from core.datasets import overlapping_blobs
from ui import charts, controls, markup, scenarios, trained
from ui.i18n import lesson, t
from ui.numbers import decimal
from ui.page import page, page_link, workbench
from ui.versus_exclusive import exclusive_classes
from ui.versus_labels import several_labels


def is_it_a_probability() -> None:
    """How far confidence can be believed: a reliability diagram on held-out samples (slide 6.2)."""
    beside, picture = workbench()
    with beside:
        expansion = controls.choice("belief", ("linear", "rbf"), lambda name: t(f"expansion.{name}"))
        n = controls.slider("believers", 30, 600, 300, 10)
    training, held_out = split(overlapping_blobs(n + 3000, 3, 0.7, 0), 3000 / (n + 3000), 0)
    model = trained.for_classes(training, "softmax", expansion, steps=4000)
    bins = reliability(model.probabilities(held_out.X), held_out.labels)
    with picture:
        st.markdown(t("versus.belief_try"))
        charts.show(
            charts.reliability_diagram(
                t("versus.confidence"), t("versus.right"), t("versus.ideal"), t("versus.model"), bins
            ),
            "belief",
            t("versus.belief_alt", error=decimal(bins.error)),
        )
    with beside:
        markup.facts([(t("versus.ece"), decimal(bins.error), t("versus.ece_note"))])
    st.markdown(lesson("probability"))


def the_whole() -> None:
    """Logistic and softmax regression side by side (slides 4.5, 6.1, 6.4)."""
    table, links = st.columns([2, 1], gap="large")
    with table:
        st.markdown(lesson("summary"))
    with links:
        st.subheader(t("versus.see"), anchor=False)
        for name in ("softmax_playground", "loss_explorer", "live_training"):
            page_link(name, t(f"{name}.title"), {})
        for scenario in ("image", "sentiment", "voice", "ocr"):
            page_link("softmax_playground", t(f"scenario.{scenario}"), scenarios.as_link(scenario))


PARTS: dict[str, Callable[[], None]] = {
    "exclusive": exclusive_classes,
    "labels": several_labels,
    "belief": is_it_a_probability,
    "whole": the_whole,
}

with page("softmax_vs_sigmoid"):
    PARTS[controls.segments("part", list(PARTS), lambda name: t(f"versus.part_{name}"), bare=True)]()
