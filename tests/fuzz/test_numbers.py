"""Extreme numbers: results are finite, or an error is reported; and they agree with long double arithmetic."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import plotly.io
import pytest

from core import Dataset, fit_temperature, softmax, split
from core.activations import ACTIVATIONS
from core.features import EXPANSIONS
from core.losses import hinge, sigmoid_binary_cross_entropy, softmax_cross_entropy, softmax_squared_error
from core.run import Problem, Run, Settings
from tests.fuzz import page_content
from tests.pages.conftest import open_page
from ui.training import animation, export
from ui.training.scene import features_of, model_of, scene_of

EXTREMES = [-1e4, -750.0, -40.0, -1e-300, 0.0, 1e-16, 37.0, 709.0, 1e4]
SHAPES = ("clouds", "one point", "one class", "a line", "an outlier")


def samples(shape: str, n: int, scale: float) -> Dataset:
    rng = np.random.default_rng(n)
    labels = np.arange(n) % (2 if n > 2 else 1)
    X = rng.normal(size=(n, 2)) + labels[:, None]
    if shape == "one point":
        X[:] = X[0]
    elif shape == "a line":
        X[:, 1] = 3.0
    elif shape == "an outlier":
        X[-1] = 1e6
    elif shape == "one class":
        labels[:] = 0
    return Dataset(X * scale, labels, ("class_1", "class_2"), ("x1", "x2"))


@pytest.mark.parametrize("z", EXTREMES)
@pytest.mark.parametrize("rest", [(0.0, 0.0), (1e4, -1e4), (-1e4, -1e4), (700.0, 699.0)])
@pytest.mark.parametrize("target", range(3))
def test_losses_of_extreme_logits_equal_long_double(z: float, rest: tuple[float, float], target: int) -> None:
    logits = np.array([z, *rest])
    long = logits.astype(np.longdouble)
    p = np.exp(long - long.max())
    p /= p.sum()
    y = np.eye(3)[target]
    loss, gradient = softmax_cross_entropy(logits, target)
    expected = np.log(np.exp(long - long.max()).sum()) - (long[target] - long.max())
    assert loss == pytest.approx(float(expected), rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(gradient, (p - y).astype(np.float64), rtol=1e-12, atol=1e-15)
    squared, slope = softmax_squared_error(logits, target)
    assert squared == pytest.approx(float(((p - y) ** 2).sum()), rel=1e-12, abs=1e-15)
    assert np.isfinite(slope).all()
    assert hinge(logits, target)[0] == max(0.0, 1 - (logits[target] - np.delete(logits, target).max()))
    binary, _ = sigmoid_binary_cross_entropy(logits, y)
    signed = np.where(y > 0, -long, long)
    terms = np.maximum(signed, 0) + np.log1p(np.exp(-np.abs(signed)))
    assert binary == pytest.approx(float(terms.sum()), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("temperature", [1e-3, 0.05, 1.0, 1e3])
@pytest.mark.parametrize("z", EXTREMES)
def test_softmax_at_any_temperature_equals_long_double(z: float, temperature: float) -> None:
    logits = np.array([z, 0.0, -1e4])
    long = logits.astype(np.longdouble) / np.longdouble(temperature)
    p = np.exp(long - long.max())
    np.testing.assert_allclose(softmax(logits, temperature), (p / p.sum()).astype(np.float64), rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e4])
def test_a_temperature_is_fitted_to_logits_of_any_scale(scale: float) -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 200)
    logits = scale * (rng.normal(size=(200, 3)) + np.eye(3)[labels])
    assert 0 < fit_temperature(logits, labels) < math.inf


@pytest.mark.parametrize("head", ACTIVATIONS)
@pytest.mark.parametrize("rate", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("l2", [0.0, 1e3])
@pytest.mark.parametrize("shape", SHAPES)
def test_training_stays_finite(head: str, rate: float, l2: float, shape: str) -> None:
    for n, scale, batch in ((3, 1.0, None), (3, 1e8, 1), (40, 1e-8, 16), (40, 1e8, None)):
        data = samples(shape, n, scale)
        settings, Y = Settings(rate, batch, l2), np.eye(2)[data.labels]
        mapped = [model_of(data, data.rows(np.arange(0)), name, head=head).problem for name in EXPANSIONS]
        for problem in (*mapped, Problem(data.X, Y, head)):
            assert_finite(problem, settings)


def assert_finite(problem: Problem, settings: Settings) -> None:
    run = Run.begin(problem, settings).continued(25)
    for numbers in (run.losses, run.weights, run.bias):
        assert np.isfinite(numbers).all()


@pytest.mark.parametrize("rate", [1e-6, 1e6])
def test_training_on_five_thousand_samples_stays_finite(rate: float) -> None:
    data = samples("clouds", 5000, 1.0)
    assert_finite(Problem(data.X, np.eye(2)[data.labels]), Settings(rate, l2=1e3))


@pytest.mark.parametrize("head", ACTIVATIONS)
@pytest.mark.parametrize("expansion", EXPANSIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_figures_and_exports_of_any_samples_are_finite(head: str, expansion: str, shape: str) -> None:
    for scale in (1e-8, 1e8):
        data = samples(shape, 40, scale)
        training, held_out = split(data, 0.25, 0)
        model = model_of(training, held_out, expansion, head=head)
        scene = scene_of(training, held_out, [model])
        run = Run.begin(model.problem, Settings(0.3)).continued(3)
        numbers = [scene.x_range, scene.y_range, *scene.points, *features_of(model, scene)]
        assert all(np.isfinite(array).all() for array in numbers)
        animated = animation.animated_figure(training, model.phi, run, scene)
        figure = json.loads(plotly.io.to_json(animated, validate=False))
        assert figure["layout"]["xaxis"]["range"][0] < figure["layout"]["xaxis"]["range"][1]
        assert None not in np.ravel(figure["frames"][-1]["data"][0]["z"])
        assert "nan" not in export.history_csv(scene, [model], [run])


def test_an_animation_escapes_names() -> None:
    data = replace(
        samples("clouds", 9, 1.0), classes=("</script><b id=zq>", "v"), features=("<i id=zq>", "y"), named=True
    )
    model = model_of(data, data.rows(np.arange(0)))
    scene = scene_of(data, data.rows(np.arange(0)), [model])
    page = export.animation_html(data, model.phi, Run.begin(model.problem, Settings(0.3)).continued(2), scene)
    assert "<b id=zq>" not in page
    assert "<i id=zq>" not in page


@pytest.mark.parametrize("head", ["nothing", "head"])
@pytest.mark.parametrize("panel", ["update", "sample", "confusion", "by_hand"])
def test_a_diverged_run_is_shown_up_to_its_last_finite_step(panel: str, head: str) -> None:
    app = open_page(
        "live_training", rate="100", l2="1", step="300", panel=panel, compare=head, start=",".join(["100"] * 9)
    )
    assert page_content.faults(app) == []
    timeline = app.session_state["training_run"]
    assert all(tracked.run.diverged for tracked in timeline.tracked_runs)
    assert 0 < timeline.step < 300
