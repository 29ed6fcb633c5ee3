"""View of slide 3.1, ŷ = Softmax(Wx + b): one penguin, and a model trained on all of them."""

from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np
import streamlit as st

from core import Dataset, FeatureMap, penguins, train
from ui.components.linear_model import LinearModelData, linear_model
from ui.data.picker import class_names, feature_names
from ui.state import url_state

MEASURED, WEIGHTS = ("model_x1", "model_x2"), "model_w"
LEARNING_RATE, STEPS = 0.5, 50
DEFAULT_PENGUIN = (47.5, 18.0)
"""Bill length and depth in mm."""

RANGES = ((30.0, 60.0), (13.0, 22.0))
"""Lowest and highest bill length and depth in mm."""

WEIGHT_RANGE = (-6.0, 6.0)


@cache
def trained_model() -> tuple[Dataset, FeatureMap, list[list[float]]]:
    """Return the penguins, their feature map, and the weights of a trained model to two decimals: W (d, K), then b."""
    data = penguins()
    phi = FeatureMap.fit(data.X)
    parameters = train(phi(data.X), data.labels, learning_rate=LEARNING_RATE, steps=STEPS).parameters
    return data, phi, (parameters.stacked.round(2) + 0.0).tolist()  # + 0.0 turns −0 into 0


def model_view() -> None:
    """Draw the measurements of one penguin and the weights, which the user can change, with z and ŷ for them."""
    data, phi, trained = trained_model()
    measured = [
        url_state.synced_numbers(key, [value], *limits)[0]
        for key, value, limits in zip(MEASURED, DEFAULT_PENGUIN, RANGES, strict=True)
    ]
    flat = url_state.synced_numbers(WEIGHTS, list(chain(*trained)), *WEIGHT_RANGE)
    weights = np.reshape(flat, np.shape(trained)).tolist()

    def store(measured: list[float], weights: list[list[float]]) -> None:
        for key, value in zip(MEASURED, measured, strict=True):
            st.session_state[key] = [value]
        st.session_state[WEIGHTS] = list(chain(*weights))

    with st.container(key="model"):
        linear_model(
            "linear_model",
            LinearModelData(
                class_names(data), feature_names(data), measured, RANGES, phi, weights, trained, WEIGHT_RANGE
            ),
            store,
        )
