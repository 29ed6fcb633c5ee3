"""How the weights form: training runs for the player of the digits page.

Losses and accuracies are computed for each step, parameters only sent for KEPT_STEPS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import Dataset, Parameters, accuracy, log_softmax, one_hot
from core.activations import Floats
from core.gradient_descent import descend, minibatches
from ui.components.digit_training import digit_training
from ui.digits.model import MAX_COUNT, STEPS, trained_model
from ui.i18n import t
from ui.state import url_state, widgets
from ui.state.script_queue import SCRIPT_QUEUE

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


@dataclass(eq=False)
class SharedRun:
    """A run that all sessions share: each computes the steps that are missing.

    During `SCRIPT_QUEUE.maybe_yield`, the script of another session may continue the run.
    """

    descent: Iterator[tuple[float, Floats, Floats]]
    kept: list[NDArray[np.float32]] = field(default_factory=list)
    """W above b, at KEPT_STEPS."""
    measures: list[tuple[float, ...]] = field(default_factory=list)
    """Loss and accuracy of the training digits and of the held-out digits, of each step."""

    def curves(self) -> LearningCurves:
        """Return the run up to the step STEPS."""
        while len(self.measures) <= STEPS:
            _, W, b = next(self.descent)
            parameters = Parameters(W, b)
            if len(self.measures) in KEPT_STEPS:
                self.kept.append(parameters.stacked.astype(np.float32))
            training, held_out = (_loss_and_accuracy(parameters, part) for part in _parts())
            self.measures.append((*training, *held_out))
            SCRIPT_QUEUE.maybe_yield()
        kept = np.array(self.kept)
        losses, accuracies, held_out_losses, held_out_accuracies = np.array(self.measures).T
        return LearningCurves(
            kept[:, :-1].reshape(len(kept), -1), kept[:, -1],
            losses, held_out_losses, accuracies, held_out_accuracies,
        )  # fmt: skip


@lru_cache(maxsize=1)
def _parts() -> tuple[Dataset, Dataset]:
    """Return the training digits and the held-out digits as the model sees them."""
    model = trained_model()
    training, held_out = (replace(part, X=part.X / MAX_COUNT) for part in (model.training, model.held_out))
    return training, held_out


def _loss_and_accuracy(parameters: Parameters, data: Dataset) -> tuple[float, float]:
    log_Y_hat = log_softmax(parameters.logits(data.X))
    loss = -log_Y_hat[np.arange(len(data.labels)), data.labels].mean()
    return float(loss), accuracy(log_Y_hat, data.labels)


@lru_cache(maxsize=len(RATES) * len(BATCHES) * len(PENALTIES))
def shared_run(rate: float, batch: int, l2: float) -> SharedRun:
    """Return the run with these settings. A batch size of 0 stands for all training digits."""
    training, _ = _parts()
    X, Y = training.X, one_hot(training.labels, training.n_classes)
    start = Parameters.zeros(X.shape[1], Y.shape[1])
    descent = descend(X, Y, start, minibatches(len(X), batch or None), rate, l2, "softmax")
    return SharedRun(descent)


def show_learning(counts: Floats) -> None:
    """Draw the settings of the run and the player. `counts` (64,) is the image of the user's drawing."""
    with st.container(horizontal=True, gap="small"):
        rate = widgets.selectbox(RATE, RATES, "{:g}".format, default=RATES.index(1.0), name="rate")
        batch = widgets.selectbox(BATCH, BATCHES, lambda size: str(size) if size else t("training.all"), name="batch")
        l2 = widgets.selectbox(PENALTY, PENALTIES, "{:g}".format, default=1, name="l2")
    url_state.sync_from_url(STEP, {str(step): step for step in KEPT_STEPS}.get, 0)
    step = st.session_state[STEP]
    url_state.write_to_url(STEP, str(step), "0")
    curves = shared_run(rate, batch, l2).curves()
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
