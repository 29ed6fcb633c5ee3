"""The content of the training stage except the runs: plane, samples, descriptions of the models, texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats
from core.datasets import Dataset
from core.features import FeatureMap, monomials
from core.losses import one_hot
from core.run import Problem
from ui.data.drawn_points import HALF_WIDTH
from ui.data.picker import class_names, feature_names
from ui.i18n import t, texts_under
from ui.i18n.number_format import subscript
from ui.look.theme import presenting
from ui.training.model import Model, identity

GRID_NODES = 33
"""Nodes along each side of the grid for nonlinear features. The browser interpolates logits bilinearly between them."""

FLOAT32_RANGE = -1e38, 1e38
"""Range to which features on the grid are clipped. With an extreme outlier, they would overflow float32."""

_DEGREES = {"quadratic": 2, "cubic": 3}


@dataclass(frozen=True)
class ModelView:
    """How the stage shows one model.

    `head` is "softmax" or "sigmoid". With `show_thresholds`, the plane shows for which classes the output exceeds the
    threshold, instead of the most likely class. `title` is the heading above the plane; the stage replaces the key of a
    control in braces, such as {rate}, by the control's value. `parameter_names` name the columns of Φ.
    """

    name: str
    title: str
    head: str
    show_thresholds: bool
    parameter_names: Sequence[str]


class Features(NamedTuple):
    """Features Φ of one model: `basis` on a grid over the plane, `points` at the training samples.

    `basis` (G², D) has the G × G nodes of the grid row by row, from the lower left. `points` is (n, D).
    """

    basis: NDArray[np.float32]
    points: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Scene:
    """The content of a stage except the runs.

    The plane shows the first two features; its regions are predictions for samples with the mean of all other features.
    `points` (n, 2) and `labels` (n,) are pairs: training samples, held-out samples. `data_name` is part of the names of
    files to download. With `can_draw`, points can be added, moved and deleted; the stage sends the new points to
    Python. With `is_uploaded`, the samples are lost if the server is restarted. With `has_probe`, there is a crosshair
    to drag, and a table shows the outputs at its position. With `has_sample_outputs`, the table shows the outputs for
    the selected sample. `multi_labels` (n, K) of 0 and 1 are set if a sample may have any number of labels.
    """

    identity: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    feature_names: Sequence[str]
    model_views: Sequence[ModelView]
    points: tuple[Floats, Floats]
    labels: tuple[NDArray[np.intp], NDArray[np.intp]]
    class_names: Sequence[str]
    texts: dict[str, str]
    enlarged: bool
    data_name: str = "data"
    can_draw: bool = False
    is_uploaded: bool = False
    has_probe: bool = False
    has_sample_outputs: bool = False
    multi_labels: Floats | None = None

    @property
    def plane_note(self) -> str:
        """A text that says that the other features have their mean on the plane, or "" if there are none."""
        others = len(self.feature_names) - 2
        return t("training.others_at_mean", count=others) if others else ""


def model_of(
    training: Dataset,
    held_out: Dataset,
    features: str | FeatureMap = "linear",
    *,
    head: str = "softmax",
    seed: int = 0,
    name: str = "",
) -> Model:
    """Return a model of the training samples, evaluated on the held-out samples if there are any.

    `features` is a feature map, or the name of an expansion to be fitted to the training samples.
    """
    phi = FeatureMap.fit(training.X, features) if isinstance(features, str) else features
    problem = Problem.from_data(phi(training.X), one_hot(training.labels, training.n_classes), head, seed)
    held_out_problem = None
    if len(held_out.X):  # Problem.from_data would reject Φ of an extreme outlier, which may be infinite
        held_out_problem = Problem(phi(held_out.X), one_hot(held_out.labels, held_out.n_classes), head, seed)
    return Model(name, phi, problem, held_out_problem)


def scene_of(  # noqa: PLR0913 - the stage's options, by keyword
    data: Dataset,
    held_out: Dataset,
    models: Sequence[Model],
    *,
    data_name: str = "data",
    can_draw: bool = False,
    is_uploaded: bool = False,
    show_thresholds: bool = False,
    has_probe: bool = False,
    titles: Sequence[str] | None = None,
) -> Scene:
    """Return the scene for training samples with two or more features, held-out samples, and models of them.

    `show_thresholds` applies to models with sigmoids and to multi-label models. `titles` are the headings above the
    planes, by default the models' names.
    """
    points = data.X[:, :2], held_out.X[:, :2]
    x_range, y_range = ((-HALF_WIDTH, HALF_WIDTH),) * 2 if can_draw else map(_padded_range, np.concatenate(points).T)
    titles = titles or [model.name for model in models]
    return Scene(
        identity=identity(*(model.identity for model in models), held_out.X, held_out.labels),
        x_range=x_range,
        y_range=y_range,
        feature_names=feature_names(data),
        model_views=[_model_view(model, title, show_thresholds) for model, title in zip(models, titles, strict=True)],
        points=points,
        labels=(data.labels, held_out.labels),
        class_names=class_names(data),
        texts=texts_under("stage") | texts_under("punctuation"),
        enlarged=presenting(),
        data_name=data_name,
        can_draw=can_draw,
        is_uploaded=is_uploaded,
        has_probe=has_probe,
    )


def _model_view(model: Model, title: str, show_thresholds: bool) -> ModelView:
    head, parameter_names = model.problem.head, column_names(model.phi.expansion, model.problem.X.shape[1])
    show_thresholds = show_thresholds and (model.multi_label or head == "sigmoid")
    return ModelView(model.name, title, head, show_thresholds, parameter_names)


def features_of(model: Model, scene: Scene) -> Features:
    """Return the features Φ of a model on a grid over the scene's plane and at the model's training samples."""
    nodes = 2 if model.phi.expansion == "linear" else GRID_NODES
    grid = np.meshgrid(np.linspace(*scene.x_range, nodes), np.linspace(*scene.y_range, nodes))
    basis = np.clip(features_on_plane(model.phi, np.stack(grid, axis=-1).reshape(-1, 2)), *FLOAT32_RANGE)
    return Features(basis.astype(np.float32), model.problem.X.astype(np.float32))


def features_on_plane(phi: FeatureMap, positions: Floats) -> Floats:
    """Return Φ (m, D) of samples at positions (m, 2) on the plane; their other inputs have their mean in training."""
    X = np.tile(phi.mean, (len(positions), 1))
    X[:, :2] = positions
    return phi(X)


def column_names(expansion: str, n: int) -> list[str]:
    """Return the names of the n columns of Φ: monomials such as x₁x₂, or φ₁, φ₂, … for other expansions."""
    if expansion == "linear":
        return [f"x{subscript(i + 1)}" for i in range(n)]
    if expansion in _DEGREES:
        return ["".join("x" + "₁₂"[i] for i in factors) for factors in monomials(2, _DEGREES[expansion])]
    return [f"φ{subscript(i + 1)}" for i in range(n)]


def _padded_range(values: Floats) -> tuple[float, float]:
    """Return the range of the values with margins of 8 % of its width.

    The margins are larger if float64 could not resolve positions within the range otherwise, and 1 if all values are 0.
    """
    margin = max(0.08 * float(np.ptp(values)), 1e-9 * float(np.abs(values).max())) or 1.0
    return float(values.min()) - margin, float(values.max()) + margin
