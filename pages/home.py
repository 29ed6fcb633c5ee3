"""The lecture as a map: its sections, and where each can be seen and moved."""

import streamlit as st

from ui import link, scenarios
from ui.components.logit_bars import HIGH, LOW, logit_bars
from ui.i18n import LANGUAGE, language, t
from ui.page import page, path_of

EXAMPLES = {
    1: [
        ("image", "softmax_playground", {"scenario": "image"}),
        ("news", "softmax_playground", {"scenario": "news"}),
        ("fault", "softmax_playground", {"scenario": "fault"}),
        ("side_by_side", "softmax_vs_sigmoid", {"part": "exclusive"}),
    ],
    2: [
        ("ten", "softmax_playground", {"scenario": "image", "z": "10,0,0"}),
        ("ones", "softmax_playground", {"scenario": "image", "z": "1,1,1"}),
        ("binary", "softmax_playground", {"scenario": "binary"}),
    ],
    3: [
        ("one_hot", "loss_explorer", {"loss_z": "one_hot"}),
        ("small_loss", "loss_explorer", {"loss_z": "small_loss"}),
        ("large_loss", "loss_explorer", {"loss_z": "large_loss"}),
    ],
    4: [("update", "live_training", {"train_data": "separable", "step": "1"})],
    5: [
        ("blobs", "live_training", {"train_data": "separable"}),
        ("curves", "live_training", {"train_data": "rings", "expansion": "quadratic"}),
        ("penguins", "live_training", {"train_data": "penguins"}),
    ],
    6: [
        ("whole", "softmax_vs_sigmoid", {"part": "whole"}),
        ("belief", "softmax_vs_sigmoid", {"part": "belief"}),
        ("labels", "softmax_vs_sigmoid", {"part": "labels"}),
        ("sentiment", "softmax_playground", {"scenario": "sentiment"}),
        ("voice", "softmax_playground", {"scenario": "voice"}),
        ("ocr", "softmax_playground", {"scenario": "ocr"}),
    ],
}
"""For each section of the lecture: examples as (text, page, what the link sets there)."""


def link_values(parameters: dict[str, str]) -> dict[str, str]:
    """Complete a link: logits for a scenario or for a slide's probabilities, and the language."""
    values = dict(parameters)
    if "scenario" in values:
        logits = scenarios.SCENARIOS[values["scenario"]].logits
        values.setdefault("z", link.as_text(logits))
        values["temperature"] = "1"
    if values.get("loss_z") in scenarios.SLIDE_PROBABILITIES:
        values["loss_z"] = link.as_text(scenarios.logits_for(scenarios.SLIDE_PROBABILITIES[values["loss_z"]]))
        values["target"] = "1"
    return {**values, LANGUAGE: language()}


with page("home"):
    st.markdown(t("home.hero"))
    logits = link.held_numbers("hero", scenarios.SCENARIOS["image"].logits, LOW, HIGH)
    logit_bars(
        "hero_bars", logits, scenarios.names("image"), on_logits=lambda values: st.session_state.update(hero=values)
    )
    st.header(t("home.map"), anchor=False)
    for row in ((1, 2, 3), (4, 5, 6)):
        for column, section in zip(st.columns(3, gap="medium"), row, strict=True):
            with column, st.container(border=True, height="stretch"):
                st.subheader(f"{section}. {t(f'home.section_{section}')}", anchor=False)
                st.markdown(t(f"home.question_{section}"))
                for text, target, parameters in EXAMPLES[section]:
                    st.page_link(
                        path_of(target),
                        label=t(f"home.{text}"),
                        icon=":material/arrow_forward:",
                        query_params=link_values(parameters),
                    )
    st.markdown(t("home.next"))
    st.markdown(t("home.notebook"))
    st.code("from core import softmax, softmax_cross_entropy, train\n\nsoftmax([1.2, 2.8, -0.6])", language="python")
