"""What the training stage shows apart from the runs: made from a data set and the models that learn it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats
from core.datasets import Dataset
from core.features import FeatureMap, powers
from core.losses import one_hot
from core.run import Problem
from ui.controls import class_names, feature_names
from ui.drawn import HALF
from ui.i18n import texts_under
from ui.theme import GLYPHS, presenting
from ui.training.model import Model, identity

GRID_NODES = 33
"""Nodes along each side of the grid on which curved features are sampled; logits are bilinear in between."""

MOST_SINGLE = -1e38, 1e38
"""What float32 can hold: far out on a plane that one wild value has stretched, a product of features passes it."""

_DEGREES = {"linear": 1, "quadratic": 2, "cubic": 3}


@dataclass(frozen=True)
class Lane:
    """What a stage shows of one of the models that run on it, side by side.

    `head` says what stands on the logits: "softmax" or "sigmoid". With `answering`, the plane shows for which classes
    the output exceeds the threshold, rather than which is the largest. The `title` of its plane may hold dials' keys in
    braces, for what they are set to.
    """

    name: str
    title: str
    head: str
    answering: bool
    parameter_names: Sequence[str]


class Features(NamedTuple):
    """Φ on a G × G grid over a plane, (G², D), row by row from the lower left, and of the training samples, (n, D)."""

    basis: NDArray[np.float32]
    points: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Scene:
    """What a stage shows apart from the runs: the plane, the samples, the models, and the texts.

    `points`, (n, 2) each, and `labels`, (n,), are those of the training samples and those of the samples held out. With
    `drawing`, points can be added, moved and deleted, and the stage sends what they are then. With `probing`, a
    crosshair can be dragged over the planes, and the outputs there stand beside. Samples with several labels have
    `tags` (n, K) of 0 and 1.
    """

    identity: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_name: str
    y_name: str
    lanes: Sequence[Lane]
    points: tuple[Floats, Floats]
    labels: tuple[NDArray[np.intp], NDArray[np.intp]]
    class_names: Sequence[str]
    texts: dict[str, str]
    enlarged: bool
    drawing: bool = False
    probing: bool = False
    tags: Floats | None = None


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

    problem = Problem.from_data(phi(training.X), one_hot(training.labels, training.n_classes), head, seed)
    judged_on = None
    if len(held_out.X):  # unchecked: Φ of a sample far from all others may overflow
        judged_on = Problem(phi(held_out.X), one_hot(held_out.labels, held_out.n_classes), head, seed)
    return Model(name, phi, problem, judged_on)


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
        answering=answering and (model.multi_label or model.problem.head == "sigmoid"),
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
