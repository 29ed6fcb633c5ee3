"""What the training stage needs to know of a data set and a feature map, made from `core`'s."""

from __future__ import annotations

import numpy as np

from core.activations import Floats
from core.datasets import Dataset
from core.features import FeatureMap, powers
from core.losses import one_hot
from core.model import Parameters
from core.training import Problem
from ui.components.training_stage import Scene, identity
from ui.controls import class_names, feature_names
from ui.drawn import HALF
from ui.i18n import texts_under
from ui.theme import GLYPHS, presenting

GRID_NODES = 33
"""Nodes along each side of the grid on which curved features are sampled; logits are bilinear in between."""

_DEGREES = {"linear": 1, "quadratic": 2, "cubic": 3}


def problem_of(data: Dataset, phi: FeatureMap, seed: int = 0) -> Problem:
    """Softmax regression on the features of a data set."""
    return Problem(phi(data.X), one_hot(data.labels, data.n_classes), seed=seed)


def scene_of(
    data: Dataset,
    held_out: Dataset,
    phi: FeatureMap,
    problem: Problem,
    start: Parameters | None = None,
    drawing: bool = False,
) -> Scene:
    """The stage's scene for training samples with two features, and those held out."""
    points = np.vstack([data.X, held_out.X])
    x_range, y_range = ((-HALF, HALF),) * 2 if drawing else (_padded(points[:, 0]), _padded(points[:, 1]))
    nodes = 2 if phi.expansion == "linear" else GRID_NODES
    plane = np.meshgrid(np.linspace(*x_range, nodes), np.linspace(*y_range, nodes))
    return Scene(
        identity=identity(problem.X, problem.Y, problem.head, problem.seed, held_out.X, held_out.labels, start),
        x_range=x_range,
        y_range=y_range,
        x_name=feature_names(data)[0],
        y_name=feature_names(data)[1],
        basis=phi(np.stack(plane, axis=-1).reshape(-1, 2)).astype(np.float32),
        points=points,
        labels=np.concatenate([data.labels, held_out.labels]),
        trained_on=len(data.X),
        point_features=problem.X.astype(np.float32),
        class_names=class_names(data),
        parameter_names=column_names(phi.expansion, problem.X.shape[1]),
        texts={**texts_under("stage"), "glyphs": GLYPHS},
        enlarged=presenting(),
        drawing=drawing,
    )


def column_names(expansion: str, n: int) -> list[str]:
    """What the n columns of Φ are called: x₁, x₁x₂, … or φ₁, φ₂, …"""
    if expansion in _DEGREES:
        return ["".join("x" + "₁₂"[i] for i in factors) for factors in powers(2, _DEGREES[expansion])]
    return [f"φ{str(i + 1).translate(str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉'))}" for i in range(n)]


def _padded(values: Floats) -> tuple[float, float]:
    margin = 0.08 * float(np.ptp(values)) or 1.0
    return float(values.min()) - margin, float(values.max()) + margin
