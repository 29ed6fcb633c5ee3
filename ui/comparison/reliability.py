"""Part "belief": calibration of softmax's confidence on test samples, and temperature scaling (slide 6.2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from core import Dataset, Run, Settings, split
from core.activations import Floats
from core.datasets import overlapping_blobs
from core.features import FeatureMap
from core.parameters import Parameters
from ui.calibration.view import draw_diagram, draw_verdict
from ui.comparison.questions import BELIEF, show_questions
from ui.components.reliability_diagram import Outputs, Plane
from ui.i18n import lesson, t
from ui.look.layout import controls_and_figure, full_height, view_text
from ui.state import url_state, widgets
from ui.training.scene import model_of
from ui.training.tracked_run import TrackedRun

TEST_SAMPLES, VALIDATION_SAMPLES = 3000, 1000
"""Numbers of samples: for evaluating the model, and for fitting the temperature."""

CLASSES, NOISE, STEPS = 3, 0.7, 2000
GRID_NODES = 49
"""Number of points along each side of the grid at which the plane shows the outputs of the model."""

MAX_MODELS_KEPT = 64
TEMPERATURE = "belief_t"
PRESETS: dict[str, dict[str, object]] = {
    "overfit": {"belief": "rbf", "believers": 30, "belief_l2": 0.0, TEMPERATURE: [1.0]},
    "sound": {"belief": "linear", "believers": 300, "belief_l2": 0.0, TEMPERATURE: [1.0]},
}


class Samples(NamedTuple):
    """Training, validation and test samples; no sample is in two of them."""

    training: Dataset
    validation: Dataset
    test: Dataset


def draw_samples(n_train: int) -> Samples:
    """Generate `n_train` training samples, and validation and test samples, of three overlapping classes.

    The seed is fixed: the same `n_train` gives the same samples.
    """
    total = n_train + VALIDATION_SAMPLES + TEST_SAMPLES
    rest, test = split(overlapping_blobs(total, CLASSES, NOISE, 0), TEST_SAMPLES / total, 0)
    return Samples(*split(rest, VALIDATION_SAMPLES / len(rest.X), 0), test)


def render() -> None:
    """Draw the model's controls, the reliability diagram with its temperature, and a verdict on the calibration."""
    control_column, figure_column = controls_and_figure()
    with control_column:
        with st.container(horizontal=True, gap="small"):
            for name, values in PRESETS.items():
                st.button(t(f"versus.{name}"), on_click=url_state.set_state, args=(values,), width="stretch")
        expansion = widgets.selectbox("belief", ("linear", "rbf"), lambda name: t(f"expansion.{name}"))
        n_train = widgets.slider("believers", 30, 600, 300, 10)
        l2 = widgets.selectbox("belief_l2", (0.0, 0.001, 0.01, 0.1), lambda value: f"{value:g}", name="l2")
        show_questions(BELIEF)
        st.markdown(lesson("probability"))
    samples, tracked = draw_samples(n_train), shared_run(n_train, expansion, l2)
    parameters, phi = tracked.params_at(STEPS), tracked.model.phi
    test, validation = (
        Outputs(parameters.logits(phi(data.X)), data.labels) for data in (samples.test, samples.validation)
    )
    with figure_column:
        view_text(t("versus.belief_try"))
        with full_height("calibration"):
            T = draw_diagram("calibration", TEMPERATURE, test, validation, _plane(parameters, phi, samples.training))
        draw_verdict(test, T)


@st.cache_resource(max_entries=MAX_MODELS_KEPT, show_spinner=False)
def shared_run(n_train: int, expansion: str, l2: float) -> TrackedRun:
    """Return the run with full batches, α = 1 and λ = `l2`. All sessions share it, and each trains it as needed.

    This cached function does not train the run itself. Training lets other scripts run in between. If one of them
    called this function, it would wait for the result, while the training waited for that script: a deadlock.
    """
    training = draw_samples(n_train).training
    model = model_of(training, training.rows(np.arange(0)), expansion)
    return TrackedRun(model, Run.begin(model.problem, Settings(1.0, l2=l2)))


def _plane(parameters: Parameters, phi: FeatureMap, training: Dataset) -> Plane:
    """Return the model's logits around the training samples, and these samples."""
    xs, ys, points = _grid_around(training.X, GRID_NODES)
    corner = np.array([xs[0], ys[0]])
    positions = (training.X - corner) / (np.array([xs[-1], ys[-1]]) - corner)
    return Plane(parameters.logits(phi(points)), positions, training.labels)


def _grid_around(X: Floats, side: int) -> tuple[Floats, Floats, Floats]:
    """Return a grid around samples X (n, 2), with margins of 15 % of the range of X on each side.

    Returns the x values (side,), the y values (side,) and all points (side², 2), row by row.
    """
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.15 * (high - low)
    xs, ys = (np.linspace(a, b, side) for a, b in zip(low - margin, high + margin, strict=True))
    return xs, ys, np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
