"""Section 3: how a loss measures a wrong prediction, and why cross-entropy is the loss."""

import numpy as np
import streamlit as st

from core import softmax_cross_entropy
from ui.classroom.page_questions import show_quiz
from ui.components.logit_bars import MAX_LOGIT, MIN_LOGIT, logit_bars
from ui.i18n import lesson, t
from ui.i18n.number_format import format_decimal, format_probability
from ui.lecture import panel
from ui.look import html
from ui.look.layout import bars_and_view, following
from ui.look.theme import presenting
from ui.loss.derivation_view import derivation
from ui.loss.gradient_check_view import gradient_check
from ui.loss.likelihood_view import draw_likelihood
from ui.loss.loss_comparison import loss_comparison
from ui.loss.prediction_views import BARS, LOGITS, PREDICTION_VIEWS, VIEW, VIEWS, Prediction, subscript
from ui.loss.questions import QUESTIONS
from ui.loss.surface_view import draw_surface
from ui.shell.page import page
from ui.softmax import scenarios
from ui.state import url_state, widgets

CLASSES = 4
BAR_VIEWS = {**PREDICTION_VIEWS, "against": loss_comparison, "derivation": derivation, "check": gradient_check}


def set_logits(values: list[float]) -> None:
    st.session_state[LOGITS] = values


def set_example(name: str, target: int) -> None:
    set_logits(scenarios.logits_for(scenarios.SLIDE_PROBABILITIES[name]))
    st.session_state["target"] = target


def draw_bars(shows_loss: bool) -> Prediction:
    """Draw the controls and the logit bars; return the prediction that they show."""
    names = [t("class.numbered", number=k + 1) for k in range(CLASSES)]
    target = widgets.segmented_control("target", range(CLASSES), lambda k: str(k + 1), default=1)
    start = scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["one_hot"])
    z = url_state.synced_numbers(LOGITS, start, MIN_LOGIT, MAX_LOGIT)
    logit_bars(BARS, z, names, target=target if shows_loss else None, on_logits=set_logits)
    return Prediction(np.array(z), target, names)


def draw_loss(prediction: Prediction) -> None:
    """Draw how the loss of a prediction is computed."""
    target = prediction.target
    with following("formula"):
        html.formula(
            "L = −Σᵢ yᵢ log ŷᵢ = −log ",
            html.in_class_colour(f"ŷ{subscript(target)}", target),
            " = −log ",
            html.in_class_colour(format_probability(prediction.p_true), target),
            f" = {format_decimal(softmax_cross_entropy(prediction.z, target)[0])}",
        )


def draw_examples() -> None:
    """Draw the buttons for the examples of the slides."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(t("loss.from_slides"), width="content")
        for name in ("one_hot", "small_loss", "large_loss"):
            probabilities = ", ".join(f"{value:g}" for value in scenarios.SLIDE_PROBABILITIES[name])
            label, key = f"ŷ = [{probabilities}]", f"example_{name}"
            st.button(label, key=key, on_click=set_example, args=(name, 1), width="content")


def draw_questions() -> None:
    """Draw the questions of the page, unless a step of the lecture asks its own."""
    if not panel.is_open_on("loss_explorer"):
        show_quiz("loss", QUESTIONS)


with page("loss_explorer"):
    view = widgets.segmented_control(VIEW, VIEWS, lambda name: t(f"loss.view_{name}"), hide_label=True)
    if view in BAR_VIEWS:
        bars_column, view_column = bars_and_view(view_first=presenting() or panel.is_open_on("loss_explorer"))
        with bars_column:
            has_one_hot_label = view != "distance"
            prediction = draw_bars(shows_loss=has_one_hot_label)
            if has_one_hot_label:
                draw_loss(prediction)
            if not panel.is_open_on("loss_explorer"):
                draw_examples()
            draw_questions()
        BAR_VIEWS[view](prediction, view_column)
    else:
        {"surface": draw_surface, "likelihood": draw_likelihood}[view](draw_questions)
    st.markdown(lesson("cross_entropy"))
