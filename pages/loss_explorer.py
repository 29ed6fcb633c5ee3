"""Section 3: how wrong a prediction is, and why cross-entropy says so."""

import numpy as np
import streamlit as st

from core import softmax_cross_entropy
from ui import controls, lecture, link, markup, predict, scenarios
from ui.components.logit_bars import HIGH, LOW, logit_bars
from ui.i18n import lesson, t
from ui.loss_prompts import QUESTIONS
from ui.loss_samples import likelihood
from ui.loss_surface import surface
from ui.loss_views import BARS, LOGITS, OF_ONE, VIEW, VIEWS, Prediction
from ui.numbers import decimal, probability
from ui.page import page, workbench
from ui.theme import presenting

CLASSES = 4


def set_logits(values: list[float]) -> None:
    st.session_state[LOGITS] = values


def set_example(name: str, target: int) -> None:
    set_logits(scenarios.logits_for(scenarios.SLIDE_PROBABILITIES[name]))
    st.session_state["target"] = target


def bars() -> Prediction:
    """The prediction in the reader's hand: which class is true, the slides' examples, and the bars."""
    names = [t("class.numbered", number=k + 1) for k in range(CLASSES)]
    beside, at_hand = workbench()
    with beside:
        target = controls.segments("target", range(CLASSES), lambda k: str(k + 1), default=1)
        if not lecture.asking("loss_explorer"):
            st.markdown(t("loss.from_slides"))
            for name in ("one_hot", "small_loss", "large_loss"):
                shown = ", ".join(f"{value:g}" for value in scenarios.SLIDE_PROBABILITIES[name])
                label, key = f"ŷ = [{shown}]", f"example_{name}"
                st.button(label, key=key, on_click=set_example, args=(name, 1), width="stretch")
    start = scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["one_hot"])
    z = link.held_numbers(LOGITS, start, LOW, HIGH)
    prediction = Prediction(np.array(z), target, names)
    with at_hand:
        logit_bars(BARS, z, names, target=target, on_logits=set_logits)
        markup.formula(
            "L = −Σᵢ yᵢ log ŷᵢ = −log ",
            markup.in_class_colour(f"ŷ{'₁₂₃₄'[target]}", target),
            " = −log ",
            markup.in_class_colour(probability(prediction.p[target]), target),
            f" = {decimal(softmax_cross_entropy(z, target)[0])}",
        )
    return prediction


def ask() -> None:
    """Questions of the page's own, where the lecture does not ask one."""
    if not lecture.asking("loss_explorer"):
        predict.prompts("loss", QUESTIONS)


with page("loss_explorer"):
    view = controls.segments(VIEW, VIEWS, lambda name: t(f"loss.view_{name}"))
    if view in OF_ONE:
        above = st.container() if presenting() or lecture.asking("loss_explorer") else None
        prediction = bars()
        ask()
        with above or st.container():
            OF_ONE[view](prediction)
    else:
        {"surface": surface, "likelihood": likelihood}[view](ask)
    st.markdown(lesson("cross_entropy"))
