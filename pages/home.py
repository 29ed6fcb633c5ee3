"""The lecture as a map: its sections, and where each can be seen and moved."""

import streamlit as st

from ui import lecture, link, markup, scenarios
from ui.components.logit_bars import HIGH, LOW, logit_bars
from ui.i18n import t
from ui.page import page, page_link

EXAMPLES: dict[int, list[tuple[str, str, dict[str, str]]]] = {
    1: [
        ("image", "softmax_playground", scenarios.as_link("image")),
        ("news", "softmax_playground", scenarios.as_link("news")),
        ("fault", "softmax_playground", scenarios.as_link("fault")),
        ("side_by_side", "softmax_vs_sigmoid", {"part": "exclusive"}),
    ],
    2: [
        ("ten", "softmax_playground", scenarios.as_link("image", scenarios.SLIDE_LOGITS["ten"])),
        ("ones", "softmax_playground", scenarios.as_link("image", scenarios.SLIDE_LOGITS["ones"])),
        ("binary", "softmax_playground", {**scenarios.as_link("binary"), "softmax_view": "geometry"}),
    ],
    3: [
        (name, "loss_explorer", {"target": "1", "loss_z": link.as_text(scenarios.logits_for(probabilities))})
        for name, probabilities in scenarios.SLIDE_PROBABILITIES.items()
        if len(probabilities) == 4
    ],
    4: [
        ("update", "live_training", {"train_data": "separable", "step": "1"}),
        ("shapes", "live_training", {"train_data": "penguins", "step": "0", "mathematics": "true"}),
        ("log_loss", "softmax_vs_sigmoid", {"part": "whole"}),
    ],
    5: [
        ("blobs", "live_training", {"train_data": "separable", "expansion": "linear", "step": "0"}),
        ("curves", "live_training", {"train_data": "rings", "expansion": "quadratic", "step": "0"}),
        ("penguins", "live_training", {"train_data": "penguins", "expansion": "linear", "step": "0"}),
    ],
    6: [
        ("guide", "softmax_vs_sigmoid", {"part": "guide"}),
        ("whole", "softmax_vs_sigmoid", {"part": "whole"}),
        ("belief", "softmax_vs_sigmoid", {"part": "belief"}),
        ("labels", "softmax_vs_sigmoid", {"part": "labels"}),
        ("sentiment", "softmax_playground", scenarios.as_link("sentiment")),
        ("voice", "softmax_playground", scenarios.as_link("voice")),
        ("ocr", "softmax_playground", scenarios.as_link("ocr")),
    ],
}
"""For each section of the lecture: examples as (text, page, what the link sets there)."""

with page("home"):
    if lecture.current() is None:
        lecture.entrance()
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
                    page_link(target, t(f"home.{text}"), parameters)
    st.markdown(t("home.next"))
    st.markdown(t("home.notebook"))
    markup.code("from core import softmax, softmax_cross_entropy, train\n\nsoftmax([1.2, 2.8, -0.6])")
