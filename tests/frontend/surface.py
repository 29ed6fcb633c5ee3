"""The loss of three logits, its gradient, gradient steps, and the loss on a grid, by core."""

from __future__ import annotations

import numpy as np

from core import softmax_cross_entropy

SCALES = (1.0, 8.0, 800.0)
SECTION = {"middle": [1.0, -2.0], "half": 3.0}
CELLS, TARGET = 6, 1


def samples() -> dict[str, object]:
    """Return one step from random logits of each scale, and the losses on a grid over a section of the plane."""
    rng = np.random.default_rng(1)
    steps = []
    for scale in SCALES:
        z, target, rate = rng.normal(size=3) * scale, int(rng.integers(3)), float(rng.uniform(0.1, 5))
        loss, gradient = softmax_cross_entropy(z, target)
        steps.append(
            {
                "logits": z.tolist(),
                "target": target,
                "rate": rate,
                "loss": loss,
                "gradient": gradient.tolist(),
                "next": (z - rate * gradient).tolist(),
            }
        )
    rows, columns = np.linspace(-5, 1, CELLS + 1), np.linspace(-2, 4, CELLS + 1)
    grid = [softmax_cross_entropy([u, v, 0], TARGET)[0] for v in rows for u in columns]
    return {"steps": steps, "section": SECTION, "cells": CELLS, "target": TARGET, "grid": grid}
