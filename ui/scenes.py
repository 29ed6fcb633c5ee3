"""What the training stage needs to know of a data set and a feature map, made from `core`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.activations import Floats
from core.datasets import Dataset
from core.features import FeatureMap, powers
from core.losses import one_hot
from core.training import Problem
from ui.components.training_stage import Features, Lane, Scene, identity
from ui.controls import class_names, feature_names
from ui.drawn import HALF
from ui.i18n import texts_under
from ui.theme import GLYPHS, presenting
from ui.training_run import Model

GRID_NODES = 33
"""Nodes along each side of the grid on which curved features are sampled; logits are bilinear in between."""

MOST_SINGLE = -1e38, 1e38
"""What float32 can hold: far out on a plane that one wild value has stretched, a product of features passes it."""

_DEGREES = {"linear": 1, "quadratic": 2, "cubic": 3}


def model_of(
    training: Dataset,
    held_out: Dataset,
    features: str | FeatureMap = "linear",
    *,
    head: str = "softmax",
    seed: int = 0,
    name: str = "",
) -> Model:
    """A model of a data set by a feature map, or one fitted to it, judged on the samples held out if there are any."""
    phi = FeatureMap.fit(training.X, features) if isinstance(features, str) else features

    def problem(data: Dataset) -> Problem:
        return Problem(phi(data.X), one_hot(data.labels, data.n_classes), head, seed)

    return Model(name, phi, problem(training), problem(held_out) if len(held_out.X) else None)


def scene_of(
    data: Dataset,
    held_out: Dataset,
    models: Sequence[Model],
    *,
    drawing: bool = False,
    answering: bool = False,
    probing: bool = False,
    tags: Floats | None = None,
    words: Mapping[str, str] | None = None,
    titles: Sequence[str] | None = None,
) -> Scene:
    """The stage's scene for training samples with two features, those held out, and the models that learn them.

    `drawing`, `probing` and `tags` are `Scene`'s, `answering` is `Lane`'s (of sigmoids, and of models of several
    labels); `words` replace some of the stage's texts, `titles` the models' names above their planes.
    """
    x_range, y_range = ((-HALF, HALF),) * 2 if drawing else map(_padded, np.concatenate([data.X, held_out.X]).T)
    return Scene(
        identity=identity(*(model.identity for model in models), held_out.X, held_out.labels),
        x_range=x_range,
        y_range=y_range,
        x_name=feature_names(data)[0],
        y_name=feature_names(data)[1],
        lanes=[
            _lane(model, title, answering)
            for model, title in zip(models, titles or [model.name for model in models], strict=True)
        ],
        points=(data.X, held_out.X),
        labels=(data.labels, held_out.labels),
        class_names=class_names(data),
        texts={**texts_under("stage"), "glyphs": GLYPHS, **(words or {})},
        enlarged=presenting(),
        drawing=drawing,
        probing=probing,
        tags=tags,
    )


def _lane(model: Model, title: str, answering: bool) -> Lane:
    return Lane(
        name=model.name,
        title=title,
        head=model.problem.head,
        answering=answering and (model.several or model.problem.head == "sigmoid"),
        parameter_names=column_names(model.phi.expansion, model.problem.X.shape[1]),
    )


def features_of(model: Model, scene: Scene) -> Features:
    """A model's features over a scene's plane, and of the samples it learns: made when they are sent, and not kept."""
    nodes = 2 if model.phi.expansion == "linear" else GRID_NODES
    plane = np.meshgrid(np.linspace(*scene.x_range, nodes), np.linspace(*scene.y_range, nodes))
    basis = np.clip(model.phi(np.stack(plane, axis=-1).reshape(-1, 2)), *MOST_SINGLE)
    return Features(basis.astype(np.float32), model.problem.X.astype(np.float32))


def column_names(expansion: str, n: int) -> list[str]:
    """What the n columns of Φ are called: x₁, x₁x₂, … or φ₁, φ₂, …"""
    if expansion in _DEGREES:
        return ["".join("x" + "₁₂"[i] for i in factors) for factors in powers(2, _DEGREES[expansion])]
    return [f"φ{str(i + 1).translate(str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉'))}" for i in range(n)]


def _padded(values: Floats) -> tuple[float, float]:
    """A range with room about the values; never so narrow that float64 could not tell places in it apart."""
    margin = max(0.08 * float(np.ptp(values)), 1e-9 * float(np.abs(values).max())) or 1.0
    return float(values.min()) - margin, float(values.max()) + margin
