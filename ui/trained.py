"""Models trained to the end for pages that look at the result, kept so that a control costs no second training."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.activations import Floats
from core.datasets import Dataset
from core.features import FeatureMap
from core.losses import one_hot
from core.training import HEADS, Problem, Run, Settings

_KEPT = 64


@dataclass(frozen=True)
class Classifier:
    """Features and parameters that make probabilities of points in the plane."""

    head: str
    phi: FeatureMap
    run: Run

    def logits(self, X: Floats) -> Floats:
        """Z (n, K) for points (n, d)."""
        return self.run.parameters.logits(self.phi(X))

    def probabilities(self, X: Floats) -> Floats:
        """ŷ (n, K) for points (n, d)."""
        return HEADS[self.head].activation(self.logits(X))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def classifier(
    X: Floats, Y: Floats, head: str, expansion: str = "linear", steps: int = 600, l2: float = 0.0
) -> Classifier:
    """Train a head on features of X (n, d) and targets Y (n, K): full batch, α = 1, penalty λ = `l2`."""
    phi = FeatureMap.fit(X, expansion)
    return Classifier(head, phi, Run.begin(Problem(phi(X), Y, head), Settings(1.0, l2=l2)).continued(steps))


def for_classes(data: Dataset, head: str, expansion: str = "linear", steps: int = 600, l2: float = 0.0) -> Classifier:
    """A classifier of exclusive classes."""
    return classifier(data.X, one_hot(data.labels, data.n_classes), head, expansion, steps, l2)
