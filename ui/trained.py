"""Models trained to the end for pages that look at the result, kept so that a control costs no second training."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.activations import Floats
from core.features import FeatureMap
from core.gradient_descent import train
from core.model import Parameters

_KEPT = 64


@dataclass(frozen=True, eq=False)
class Classifier:
    """Features and the parameters learnt on them, for points in the plane."""

    phi: FeatureMap
    parameters: Parameters

    def logits(self, X: Floats) -> Floats:
        """Z (n, K) for points (n, d)."""
        return self.parameters.logits(self.phi(X))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def classifier(X: Floats, Y: Floats, expansion: str, steps: int, l2: float) -> Classifier:
    """Softmax regression on features of X (n, d) and targets Y (n, K): full batch, α = 1, penalty λ = `l2`."""
    phi = FeatureMap.fit(X, expansion)
    history = train(phi(X), Y, learning_rate=1.0, steps=steps, l2=l2)
    return Classifier(phi, history.params_at(steps))
