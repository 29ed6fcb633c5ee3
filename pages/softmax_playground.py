"""Section 2: softmax turns any logits into a probability distribution."""

import streamlit as st

from ui.i18n import lesson, t
from ui.lecture import panel, quiz
from ui.look.layout import controls_and_figure
from ui.shell.page import page
from ui.softmax import questions, scenarios, state, views
from ui.state import widgets

with page("softmax_playground"):
    in_lecture = panel.is_open_on("softmax_playground")
    controls, figure = controls_and_figure()
    with controls:
        scenario, names = state.choose_scenario()
        if not in_lecture:
            st.markdown(t("playground.from_slides"))
            examples = {
                "Softmax(10, 0, 0)": scenarios.SLIDE_LOGITS["ten"],
                "Softmax(1, 1, 1)": scenarios.SLIDE_LOGITS["ones"],
                "ŷ = [0.1, 0.7, 0.2]": scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["output"]),
            }
            for label, logits in examples.items():
                st.button(label, on_click=questions.set_bars, args=tuple(logits), width="stretch")
    playground = state.read_state(scenario, names)
    with figure:
        state.draw_bars(scenario, playground)
        if not in_lecture:
            quiz.show_quiz("softmax", questions.QUESTIONS)
    view = widgets.segmented_control(state.VIEW, list(views.VIEWS), lambda name: t(f"playground.{name}"))
    views.show(view, playground)
    st.markdown(lesson("softmax"))
