"""Softmax regression for one penguin, by core."""

from __future__ import annotations

import numpy as np

from core import Parameters, softmax
from ui.softmax.model_view import trained_model

PENGUINS = ((47.5, 18.0), (38.8, 18.3), (60.0, 13.0))


def samples() -> dict[str, object]:
    """Return measurements and weights, with the features, logits and probabilities of the model."""
    _, phi, trained = trained_model()
    changed = np.random.default_rng(1).normal(0, 3, np.shape(trained)).round(2).tolist()
    cases = [_case(penguin, weights) for weights in (trained, changed) for penguin in PENGUINS]
    return {"mean": phi.mean.tolist(), "scale": phi.scale.tolist(), "cases": cases}


def _case(measured: tuple[float, float], weights: list[list[float]]) -> dict[str, object]:
    x = trained_model()[1]([measured])
    z = Parameters.from_stacked(np.array(weights)).logits(x)[0]
    return {
        "measured": list(measured),
        "weights": weights,
        "x": x[0].tolist(),
        "z": z.tolist(),
        "p": softmax(z).tolist(),
    }
