"""The questions of the loss page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core import smooth_labels
from ui.lecture.quiz import Question
from ui.loss.prediction_views import LOGITS, VIEW
from ui.loss.surface_view import SETTINGS, START
from ui.softmax.scenarios import SLIDE_PROBABILITIES, logits_for
from ui.state import url_state

TARGET = 1
SMOOTHING = 0.2


def _bars(probabilities: Sequence[float], view: str = "price", **values: object) -> Callable[[], None]:
    """Return a function that sets session values: bars with these probabilities, true class 2, `view` and `values`."""

    def set_values() -> None:
        url_state.set_state({LOGITS: logits_for(tuple(probabilities)), "target": TARGET, VIEW: view, **values})

    return set_values


def _surface(steps: int) -> Callable[[], None]:
    """Return a function that sets session values: the surface after `steps` gradient steps from START.

    The true class is class 1, and the learning rate is α = 1.
    """

    def set_values() -> None:
        url_state.set_state(
            {VIEW: "surface", "surface_from": list(START), "surface_steps": [float(steps)], "surface_target": 0,
             "surface_rate": 1.0}
        )  # fmt: skip
        st.session_state[SETTINGS] = 0, 1.0

    return set_values


def _samples(n: int) -> Callable[[], None]:
    return lambda: url_state.set_state({VIEW: "likelihood", "loss_n": [float(n)]})


SMALL, LARGE = SLIDE_PROBABILITIES["small_loss"], SLIDE_PROBABILITIES["large_loss"]
SMOOTHED_LABEL = smooth_labels(TARGET, len(SMALL), SMOOTHING).tolist()

QUESTIONS = {
    "halve": Question(
        ("doubles", "log_two", "halves"), "log_two", begin=_bars(LARGE), show=_bars((0.45, 0.1, 0.225, 0.225)),
    ),
    "others": Question(("grows", "stays", "falls"), "stays", begin=_bars(SMALL), show=_bars((0.28, 0.7, 0.01, 0.01))),
    "sure": Question(
        ("cross_entropy", "squared", "same"), "cross_entropy",
        begin=_bars((0.495, 0.5, 0.0025, 0.0025), "against", against="probability"),
        show=_bars((0.989, 0.001, 0.005, 0.005), "against", against="probability"),
    ),
    "steps": Question(("first", "equal", "last"), "first", begin=_surface(0), show=_surface(8)),
    "zero": Question(("soon", "never", "rate"), "never", begin=_surface(8), show=_surface(400)),
    "product": Question(("tiny", "zero", "error"), "zero", begin=_samples(5), show=_samples(5000)),
    "soft": Question(
        ("zero", "entropy", "infinite"), "entropy",
        begin=_bars(SMALL, "distance", epsilon=SMOOTHING), show=_bars(SMOOTHED_LABEL, "distance", epsilon=SMOOTHING),
    ),
    "check": Question(
        ("smaller", "larger", "equal"), "larger",
        begin=_bars(SLIDE_PROBABILITIES["one_hot"], "check", loss_h=[1e-3]),
        show=_bars(SLIDE_PROBABILITIES["one_hot"], "check", loss_h=[1e-12]),
    ),
}  # fmt: skip
