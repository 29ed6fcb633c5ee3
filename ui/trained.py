"""Models trained to the end for pages that look at the result, kept so that a control costs no second training."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.activations import Floats
from core.features import FeatureMap
from core.training import Problem, Run, Settings

_KEPT = 64


@dataclass(frozen=True)
class Classifier:
    """Features and the parameters learnt on them, for points in the plane."""

    phi: FeatureMap
    run: Run

    def logits(self, X: Floats) -> Floats:
        """Z (n, K) for points (n, d)."""
        return self.run.parameters.logits(self.phi(X))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def classifier(X: Floats, Y: Floats, expansion: str, steps: int, l2: float) -> Classifier:
    """Softmax regression on features of X (n, d) and targets Y (n, K): full batch, α = 1, penalty λ = `l2`."""
    phi = FeatureMap.fit(X, expansion)
    return Classifier(phi, Run.begin(Problem(phi(X), Y), Settings(1.0, l2=l2)).continued(steps))
