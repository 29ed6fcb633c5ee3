"""What a reader takes along from a run: a program of the lecture's formulas, its history, and an animation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import streamlit as st

from core import Dataset, FeatureMap, Run
from core.features import LEAST_SPREAD, RBF_CENTRES
from ui import charts
from ui.components.training_stage import Scene
from ui.i18n import t
from ui.scenes import column_names

_EXPANSIONS = {
    "linear": "U",
    "quadratic": "np.stack([x1, x2, x1 * x1, x1 * x2, x2 * x2], axis=1)",
    "cubic": "np.stack([x1, x2, x1 * x1, x1 * x2, x2 * x2, x1**3, x1 * x1 * x2, x1 * x2 * x2, x2**3], axis=1)",
    "rbf": "np.stack([np.exp(-((x1 - a) ** 2 + (x2 - b) ** 2) / 2) for a in CENTRES for b in CENTRES], axis=1)",
}

_HEADS = {
    "softmax": """def activation(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def loss(W, b, penalty):
    Z = Phi @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(n), labels]).mean()""",
    "sigmoid": """def activation(Z):
    return 1 / (1 + np.exp(-Z))


def loss(W, b, penalty):
    Z = Phi @ W + b
    return (np.logaddexp(0, Z) - Y * Z).sum(axis=1).mean()""",
}
"""What makes probabilities of logits, and their loss, up to the penalty."""


def offer(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> None:
    """Buttons that make each of these, of the run so far, when pressed."""
    st.markdown(t("take.how", step=run.steps))
    files: dict[str, tuple[str, Callable[[], str]]] = {
        "script": ("softmax_regression.py", lambda: script(data, phi.expansion, run)),
        "history": ("history.csv", lambda: history(run, phi.expansion)),
        "animation": ("training.html", lambda: animation(data, phi, run, scene)),
    }
    for column, (what, (name, make)) in zip(st.columns(3), files.items(), strict=True):
        column.download_button(t(f"take.{what}"), make, name, key=f"take_{what}", width="stretch", on_click="ignore")


def script(data: Dataset, expansion: str, run: Run) -> str:
    """A program with nothing but NumPy in it that takes the same run and prints its losses, a line a step."""
    schedule = [(start, s.learning_rate, s.batch_size, s.l2) for start, s in run.schedule]
    return f"""# Gradient descent as in sections 3 to 5 of the lecture. Prints each step's loss.

import numpy as np

X = np.array({data.X.tolist()})
labels = np.array({data.labels.tolist()})
K = {data.n_classes}
STEPS = {run.steps}
# From which step on: learning rate, batch size (None: all samples), penalty.
SCHEDULE = {schedule}

# Features, standardised before and after their expansion.
spread = X.std(axis=0)
U = (X - X.mean(axis=0)) / np.where(spread > 1e-12 * abs(X).max(axis=0), spread, 1)  # 1 for a constant
x1, x2 = U.T
CENTRES = np.array({RBF_CENTRES.tolist()})
Phi = {_EXPANSIONS[expansion]}
Phi = (Phi - Phi.mean(axis=0)) / np.maximum(Phi.std(axis=0), {LEAST_SPREAD})
Y = np.eye(K)[labels]
n, d = Phi.shape


{_HEADS[run.problem.head]} + penalty / 2 * (W * W).sum()


def batch(step, size):
    if size is None or size >= n:
        return np.arange(n)
    epoch, turn = divmod(step, n // size)  # each epoch shuffles all samples, and takes full batches
    generator = np.random.Generator(np.random.Philox(key=np.array([{run.problem.seed}, epoch], dtype=np.uint64)))
    return generator.permutation(n)[turn * size : (turn + 1) * size]


W, b = np.array({run.params_at(0).weights.tolist()}), np.array({run.params_at(0).bias.tolist()})
print(0, loss(W, b, SCHEDULE[0][3]))
for step in range(STEPS):
    _, alpha, size, penalty = [settings for settings in SCHEDULE if settings[0] <= step][-1]
    rows = batch(step, size)
    G = (activation(Phi[rows] @ W + b) - Y[rows]) / len(rows)      # (Ŷ − Y) / n
    W, b = W - alpha * (Phi[rows].T @ G + penalty * W), b - alpha * G.sum(axis=0)
    print(step + 1, loss(W, b, penalty))
"""


def history(run: Run, expansion: str) -> str:
    """The run as CSV: step, loss, and every weight and bias, a row a step, numbers in full."""
    d, K = run.weights.shape
    names = [*column_names(expansion, d), "b"]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["step", "loss", *(f"{name}→{k + 1}" for name in names for k in range(K))])
    for step, (loss, parameters) in enumerate(zip(run.losses.tolist(), run.trajectory(0, run.steps), strict=True)):
        numbers = np.vstack([parameters.weights, parameters.bias]).ravel()
        writer.writerow([step, repr(loss), *map(repr, numbers.tolist())])
    return "\ufeff" + target.getvalue()  # the mark by which Excel knows UTF-8


def animation(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> str:
    """A page of its own that plays the run, regions beside loss curve: to drop into a slide deck, with no network."""
    figure = charts.run_as_frames(data, phi, run, scene)
    return str(figure.to_html(include_plotlyjs=True, full_html=True, auto_play=False))
