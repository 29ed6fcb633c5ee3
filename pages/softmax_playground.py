"""Section 2: softmax turns any logits into a probability distribution."""

from functools import partial

import streamlit as st

from ui.classroom.page_questions import show_quiz
from ui.i18n import lesson, t
from ui.lecture import panel
from ui.look.layout import bars_and_view
from ui.look.theme import presenting
from ui.shell.page import page
from ui.softmax import questions, scenarios, state, views
from ui.state import widgets

EXAMPLES = {
    "Softmax(10, 0, 0)": scenarios.SLIDE_LOGITS["ten"],
    "Softmax(1, 1, 1)": scenarios.SLIDE_LOGITS["ones"],
    "ŷ = [0.1, 0.7, 0.2]": scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["output"]),
}
"""Logits from the slides, by the label of the button that sets them."""


def draw_examples() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(t("playground.from_slides"), width="content")
        for label, logits in EXAMPLES.items():
            st.button(label, on_click=questions.set_bars, args=tuple(logits), width="content")


def draw_bars_and_view(view: str) -> None:
    """Draw the controls and the logit bars, and a view of their logits."""
    bars_column, view_column = bars_and_view()
    with bars_column:
        above = st.container() if presenting() else None  # in projector mode, the bars come first
        scenario, names = state.choose_scenario()
        playground = state.read_state(scenario, names)
        with above or st.container():
            state.draw_bars(scenario, playground)
    with view_column if view in views.INDEPENDENT else bars_column:
        if not panel.is_open_on("softmax_playground"):
            draw_examples()
            show_quiz("softmax", questions.QUESTIONS)
    with st.container() if view in views.INDEPENDENT else view_column:
        views.draw_view(view, partial(views.VIEWS[view], playground))


with page("softmax_playground"):
    view = widgets.segmented_control(
        state.VIEW, [*views.VIEWS, *views.WITHOUT_BARS], lambda name: t(f"playground.{name}"), hide_label=True
    )
    if view in views.WITHOUT_BARS:
        views.draw_view(view, views.WITHOUT_BARS[view], with_instructions=not panel.is_open_on("softmax_playground"))
    else:
        draw_bars_and_view(view)
    st.markdown(lesson("softmax"))
