"""Home page: the sections of the lecture, with links to examples on the other pages."""

import streamlit as st

from ui.classroom.student import code_form
from ui.components.logit_bars import MAX_LOGIT, MIN_LOGIT, logit_bars
from ui.digits import drawing
from ui.i18n import t
from ui.lecture import panel
from ui.look import html
from ui.look.layout import page_link
from ui.shell.page import page
from ui.softmax import scenarios
from ui.state.url_state import synced_numbers

EXAMPLES: dict[int, list[tuple[str, str, dict[str, str]]]] = {
    1: [
        ("image", "softmax_playground", scenarios.url_parameters("image")),
        ("news", "softmax_playground", scenarios.url_parameters("news")),
        ("fault", "softmax_playground", scenarios.url_parameters("fault")),
        ("side_by_side", "softmax_vs_sigmoid", {"part": "exclusive"}),
    ],
    2: [
        ("ten", "softmax_playground", scenarios.url_parameters("image", scenarios.SLIDE_LOGITS["ten"])),
        ("ones", "softmax_playground", scenarios.url_parameters("image", scenarios.SLIDE_LOGITS["ones"])),
        ("binary", "softmax_playground", {**scenarios.url_parameters("binary"), "softmax_view": "geometry"}),
    ],
    3: [(name, "loss_explorer", scenarios.loss_parameters(name)) for name in ("one_hot", "small_loss", "large_loss")],
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
        ("sentiment", "softmax_playground", scenarios.url_parameters("sentiment")),
        ("voice", "softmax_playground", scenarios.url_parameters("voice")),
        ("ocr", "softmax_playground", scenarios.url_parameters("ocr")),
        ("digits", "digits", {drawing.STROKES: drawing.FIVE}),
    ],
}
"""Examples per section of the lecture: (text key, page, query parameters)."""

with page("home"):
    if panel.current_step() is None:
        panel.show_start_buttons()
    st.markdown(t("home.hero"))
    logits = synced_numbers("hero", scenarios.SCENARIOS["image"].logits, MIN_LOGIT, MAX_LOGIT)
    names = scenarios.class_names("image")
    logit_bars("hero_bars", logits, names, on_logits=lambda values: st.session_state.update(hero=values))
    st.header(t("home.map"), anchor=False)
    for row in ((1, 2, 3), (4, 5, 6)):
        for column, section in zip(st.columns(3, gap="medium"), row, strict=True):
            with column, st.container(border=True, height="stretch"):
                st.subheader(f"{section}. {t(f'home.section_{section}')}", anchor=False)
                st.markdown(t(f"home.question_{section}"))
                for name, target, parameters in EXAMPLES[section]:
                    page_link(target, t(f"home.{name}"), parameters)
    code_form()
    st.markdown(t("home.next"))
    st.markdown(t("home.notebook"))
    html.code("from core import softmax, softmax_cross_entropy, train\n\nsoftmax([1.2, 2.8, -0.6])")
