"""Section 2: any logits become a probability distribution."""

import streamlit as st

from ui import controls, lecture, playground, predict, scenarios, softmax_views
from ui.i18n import lesson, t
from ui.page import page, workbench

with page("softmax_playground"):
    in_lecture = lecture.asking("softmax_playground")
    beside, bench = workbench()
    with beside:
        scenario, names = playground.choose()
        if not in_lecture:
            st.markdown(t("playground.from_slides"))
            examples = {
                "Softmax(10, 0, 0)": scenarios.SLIDE_LOGITS["ten"],
                "Softmax(1, 1, 1)": scenarios.SLIDE_LOGITS["ones"],
                "ŷ = [0.1, 0.7, 0.2]": scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["output"]),
            }
            for label, logits in examples.items():
                st.button(label, on_click=playground.show, args=tuple(logits), width="stretch")
    hand = playground.at_hand(scenario, names)
    with bench:
        playground.bars(scenario, hand)
        if not in_lecture:
            predict.prompts("softmax", playground.QUESTIONS)
    view = controls.segments(playground.VIEW, list(softmax_views.VIEWS), lambda name: t(f"playground.{name}"))
    softmax_views.show(view, hand)
    st.markdown(lesson("softmax"))
