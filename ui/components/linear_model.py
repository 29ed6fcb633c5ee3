"""Softmax regression for one sample: its measurements, the weights of each class, the logits and the probabilities.

While a number is dragged, the browser computes z = Wx + b and softmax(z); a test compares them with `core`. On release,
Python gets the measurements and weights and reruns the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeGuard

from core import FeatureMap
from ui.components.frontend import register
from ui.components.version import received_change, stored_version
from ui.i18n import t, texts_under
from ui.look.theme import GLYPHS

Rows = Sequence[Sequence[float]]


@dataclass(frozen=True, eq=False)
class LinearModelData:
    """A model, and the values that the user can set.

    names, features: K class names and d names of measurements.
    measured: the measurements of the sample (d,), within `ranges` (d, 2).
    phi: standardises the measurements.
    weights: W (d, K) and, as the last row, b (K,), within `weight_range`.
    trained: the weights of the trained model, in the same shape.
    """

    names: Sequence[str]
    features: Sequence[str]
    measured: Sequence[float]
    ranges: Sequence[tuple[float, float]]
    phi: FeatureMap
    weights: Rows
    trained: Rows
    weight_range: tuple[float, float]


class ModelData(TypedDict):
    """The message to the browser; ui/frontend/src/linear_model/messages.js describes it."""

    names: list[str]
    glyphs: Sequence[str]
    features: list[str]
    measured: list[float]
    ranges: list[tuple[float, float]]
    mean: list[float]
    scale: list[float]
    weights: list[list[float]]
    trained: list[list[float]]
    weightRange: tuple[float, float]
    version: int
    texts: Mapping[str, str]
    messages: Mapping[str, str]


_component = register("linear_model", '<div class="model" data-testid="linear-model"></div>')


def linear_model(key: str, model: LinearModelData, on_values: Callable[[list[float], list[list[float]]], None]) -> None:
    """Draw the model. `on_values` is called on release with new measurements and weights, in order to store them."""
    data: ModelData = {
        "names": list(model.names),
        "glyphs": GLYPHS,
        "features": list(model.features),
        "measured": list(model.measured),
        "ranges": list(model.ranges),
        "mean": model.phi.mean.tolist(),
        "scale": model.phi.scale.tolist(),
        "weights": [list(row) for row in model.weights],
        "trained": [list(row) for row in model.trained],
        "weightRange": model.weight_range,
        "version": stored_version(key),
        "texts": texts_under("model"),
        "messages": {name: t(f"number.{name}") for name in ("refused", "empty")},
    }

    def on_change() -> None:
        values = received_change(key)
        measured, weights = values.get("measured"), values.get("weights")
        if not (_are_numbers(measured, len(model.features)) and isinstance(weights, list)):
            return
        if len(weights) == len(model.weights) and all(_are_numbers(row, len(model.names)) for row in weights):
            on_values([float(value) for value in measured], [[float(value) for value in row] for row in weights])

    _component(key=key, data=data, on_changed_change=on_change, height="content")


def _are_numbers(values: object, count: int) -> TypeGuard[list[float]]:
    """Return whether `values` is a list of `count` numbers below 10⁹ in size."""
    return (
        isinstance(values, list)
        and len(values) == count
        and all(isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 for value in values)
    )
