"""How the weights form: training runs for the player of the digits page.

Losses and accuracies are computed for each step, parameters only sent for KEPT_STEPS.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import Dataset, Parameters, one_hot, train
from core.activations import Floats
from core.gradient_descent import objective
from ui.components.digit_training import digit_training
from ui.digits.model import MAX_COUNT, STEPS, trained_model
from ui.i18n import t
from ui.state import url_state, widgets

KEPT_STEPS = (*range(12), *range(12, 100, 4), *range(100, STEPS + 1, 20))
"""The steps at which playback can stop. Between them, the browser interpolates."""

RATES, BATCHES, PENALTIES = (0.03, 0.1, 0.3, 1.0, 3.0), (0, 16, 64, 256), (0.0, 0.001, 0.01, 0.1)
RATE, BATCH, PENALTY, STEP = "digit_rate", "digit_batch", "digit_l2", "digit_step"
"""Session keys and query parameters."""

KEY = "digit_training"


@dataclass(frozen=True, eq=False)
class LearningCurves:
    """A run: parameters at KEPT_STEPS, W (m, 640) and b (m, 10), and measures (STEPS + 1,) of each step.

    Losses are without the penalty, so that those of both parts can be compared.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    losses: Floats
    held_out_losses: Floats
    accuracies: Floats
    held_out_accuracies: Floats


@lru_cache(maxsize=len(RATES) * len(BATCHES) * len(PENALTIES))
def learning_curves(rate: float, batch: int, l2: float) -> LearningCurves:
    """Train on the training digits; a batch size of 0 stands for all of them. All sessions share the runs."""
    model = trained_model()
    run = train(
        model.training.X / MAX_COUNT, model.training.labels,
        learning_rate=rate, steps=STEPS, batch_size=batch or None, l2=l2,
    )  # fmt: skip
    losses, accuracies = _measures(run.states, model.training)
    held_out_losses, held_out_accuracies = _measures(run.states, model.held_out)
    kept = [run.states[step] for step in KEPT_STEPS]
    return LearningCurves(
        np.array([state.weights.ravel() for state in kept], dtype=np.float32),
        np.array([state.bias for state in kept], dtype=np.float32),
        losses, held_out_losses, accuracies, held_out_accuracies,
    )  # fmt: skip


def _measures(states: list[Parameters], data: Dataset) -> tuple[Floats, Floats]:
    """Return loss and accuracy of each of the states."""
    X, Y = data.X / MAX_COUNT, one_hot(data.labels, 10)
    losses = [objective(X, Y, state.weights, state.bias)[0] for state in states]
    accuracies = [float((state.logits(X).argmax(axis=1) == data.labels).mean()) for state in states]
    return np.array(losses), np.array(accuracies)


def show_learning(counts: Floats) -> None:
    """Draw the settings of the run and the player. `counts` (64,) is the image of the user's drawing."""
    with st.container(horizontal=True, gap="small"):
        rate = widgets.selectbox(RATE, RATES, "{:g}".format, default=RATES.index(1.0), name="rate")
        batch = widgets.selectbox(BATCH, BATCHES, lambda size: str(size) if size else t("training.all"), name="batch")
        l2 = widgets.selectbox(PENALTY, PENALTIES, "{:g}".format, default=1, name="l2")
    url_state.sync_from_url(STEP, {str(step): step for step in KEPT_STEPS}.get, 0)
    step = st.session_state[STEP]
    url_state.write_to_url(STEP, str(step), "0")
    curves = learning_curves(rate, batch, l2)
    digit_training(
        KEY,
        KEPT_STEPS,
        step,
        counts,
        {
            "weights": curves.weights,
            "bias": curves.bias,
            "losses": curves.losses.astype(np.float32),
            "heldOutLosses": curves.held_out_losses.astype(np.float32),
            "accuracies": curves.accuracies.astype(np.float32),
            "heldOutAccuracies": curves.held_out_accuracies.astype(np.float32),
        },
        on_step=lambda chosen: url_state.set_state({STEP: chosen}),
    )
