"""What a reader takes along from a run: a program of the lecture's formulas, its history, and an animation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core import Dataset, FeatureMap, Run
from core.activations import Floats
from core.features import LEAST_SPREAD, RBF_CENTRES
from core.training import HEADS
from ui.components.training_stage import Scene
from ui.i18n import t
from ui.scenes import column_names
from ui.theme import LIGHT, SHAPES

FRAMES = 60
SIDE = 48

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
    Y_hat = activation(Phi @ W + b)
    return -np.log(Y_hat[np.arange(n), labels]).mean()""",
    "sigmoid": """def activation(Z):
    return 1 / (1 + np.exp(-Z))


def loss(W, b, penalty):
    S = activation(Phi @ W + b)
    return -(Y * np.log(S) + (1 - Y) * np.log(1 - S)).sum(axis=1).mean()""",
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
U = (X - X.mean(axis=0)) / X.std(axis=0)
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
    generator = np.random.Generator(np.random.Philox(key=np.array([{run.problem.seed}, step], dtype=np.uint64)))
    return generator.choice(n, size, replace=False, shuffle=False)


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
    for step, parameters in enumerate(run.trajectory(0, run.steps)):
        numbers = np.vstack([parameters.weights, parameters.bias]).ravel()
        writer.writerow([step, repr(float(run.losses[step])), *map(repr, numbers.tolist())])
    return "\ufeff" + target.getvalue()  # the mark by which Excel knows UTF-8


def animation(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> str:
    """A page of its own that plays the run, regions beside loss curve: to drop into a slide deck, with no network."""
    steps = np.append(np.arange(0, run.steps, max(1, -(-run.steps // FRAMES))), run.steps)
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    xs, ys = (np.linspace(a - 0.08 * (b - a), b + 0.08 * (b - a), SIDE) for a, b in zip(low, high, strict=True))
    features = phi(np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    K = data.n_classes

    def shaded(step: int) -> Floats:
        """The winner's number plus how sure it is, 0 … 0.99: a number the colour scale reads both from."""
        p = HEADS[run.problem.head].activation(run.params_at(int(step)).logits(features))
        least = 1 / K if run.problem.head == "softmax" else 0.0
        sure = (p.max(axis=1) - least) / (1 - least)
        return np.asarray((p.argmax(axis=1) + 0.99 * sure).round(3).reshape(SIDE, SIDE))

    scale = [stop for k in range(K) for stop in ((k / K, "#ffffff"), ((k + 1) / K, LIGHT.classes[k]))]
    field = {"x": xs, "y": ys, "zmin": 0, "zmax": K, "colorscale": scale, "showscale": False, "opacity": 0.55}
    figure = go.Figure()
    figure.add_heatmap(z=shaded(0).tolist(), hoverinfo="skip", xaxis="x", yaxis="y", zsmooth=False, **field)
    figure.add_scatter(
        x=[0], y=[run.losses[0]], mode="lines", line={"color": LIGHT.accent, "width": 3}, showlegend=False,
        xaxis="x2", yaxis="y2",
    )  # fmt: skip
    for k, name in enumerate(scene.class_names):
        rows = data.labels == k
        figure.add_scatter(
            x=data.X[rows, 0], y=data.X[rows, 1], mode="markers", name=name, xaxis="x", yaxis="y",
            marker={"color": LIGHT.classes[k], "symbol": SHAPES[k], "size": 8, "line": {"color": "#fff", "width": 1}},
        )  # fmt: skip
    shown = np.unique(np.linspace(0, run.steps, min(400, run.steps + 1)).round().astype(int))
    # A frame names every trace: the plane is wiped when one of its traces changes, and drawn from those named.
    unchanged = [{"type": "scatter"}] * K
    figure.frames = [
        go.Frame(
            name=str(step),
            data=[
                {"type": "heatmap", "z": shaded(step).tolist()},
                {"type": "scatter", "x": shown[shown <= step], "y": run.losses[shown[shown <= step]]},
                *unchanged,
            ],
            traces=list(range(K + 2)),
        )
        for step in steps
    ]
    at_once = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}}
    playing = {"mode": "immediate", "fromcurrent": True, "frame": {"duration": 60, "redraw": True}}
    play = {"label": "▶", "method": "animate", "args": [None, {**playing, "transition": {"duration": 0}}]}
    pause = {"label": "❚❚", "method": "animate", "args": [[None], at_once]}
    slider = {
        "currentvalue": {"prefix": f"{scene.texts['step']} "},
        "steps": [{"label": str(s), "method": "animate", "args": [[str(s)], at_once]} for s in steps],
        "x": 0.12, "len": 0.88, "pad": {"t": 50},
    }  # fmt: skip
    figure.update_layout(
        template="plotly_white", font={"size": 16}, legend={"orientation": "h", "y": 1.08},
        xaxis={"domain": [0, 0.52], "title": scene.x_name, "range": [xs[0], xs[-1]]},
        yaxis={"title": scene.y_name, "range": [ys[0], ys[-1]]},
        xaxis2={"domain": [0.6, 1], "anchor": "y2", "title": scene.texts["step"], "range": [0, max(run.steps, 1)]},
        yaxis2={"anchor": "x2", "title": scene.texts["lossAxis"], "range": [0, float(run.losses.max()) * 1.05]},
        updatemenus=[{"type": "buttons", "buttons": [play, pause], "direction": "left", "x": 0, "y": -0.2}],
        sliders=[slider],
    )  # fmt: skip
    return str(figure.to_html(include_plotlyjs=True, full_html=True, auto_play=False))
