"""A training run as an animated Plotly figure, which plays without the app."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from plotly.graph_objects import Figure

from core import Dataset, FeatureMap, Run
from core.activations import ACTIVATIONS, Floats
from ui.look.theme import LIGHT, SHAPES
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training.scene import Scene, features_on_plane

MAX_FRAMES = 60
"""Maximum number of frames, not counting the frame of the last step."""

HEATMAP_SIZE = 48
"""Cells along each side of the heatmap."""


def animated_figure(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> dict[str, Any]:
    """Return an animated figure of decision regions, samples and loss curve, with playback controls.

    The figure is a dict, because creating a Plotly `Figure` with all frames would take seconds.
    """
    steps = np.append(np.arange(0, run.steps, max(1, -(-run.steps // MAX_FRAMES))), run.steps)
    xs, ys = np.linspace(*scene.x_range, HEATMAP_SIZE), np.linspace(*scene.y_range, HEATMAP_SIZE)
    features = features_on_plane(phi, np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    K, losses = data.n_classes, _losses(run)
    x_name, y_name = map(escape, scene.feature_names[:2])
    x_title = f"{x_name}<br>({scene.plane_note})" if scene.plane_note else x_name

    def heatmap_values(step: int) -> Floats:
        """Return the index of the predicted class plus the confidence, scaled to 0 … 0.99, per cell (SIDE, SIDE)."""
        p = ACTIVATIONS[run.problem.head](run.params_at(int(step)).logits(features))
        lowest = 1 / K if run.problem.head == "softmax" else 0.0
        confidence = (p.max(axis=1) - lowest) / (1 - lowest)
        return np.asarray((p.argmax(axis=1) + 0.99 * confidence).round(3).reshape(HEATMAP_SIZE, HEATMAP_SIZE))

    colorscale = [stop for k in range(K) for stop in ((k / K, "#ffffff"), ((k + 1) / K, LIGHT.classes[k]))]
    heatmap = {"x": xs, "y": ys, "zmin": 0, "zmax": K, "colorscale": colorscale, "showscale": False, "opacity": 0.55}
    figure = Figure()
    figure.add_heatmap(z=heatmap_values(0).tolist(), hoverinfo="skip", xaxis="x", yaxis="y", zsmooth=False, **heatmap)
    figure.add_scatter(
        x=[0], y=[losses[0]], mode="lines", line={"color": LIGHT.accent, "width": 3}, showlegend=False,
        xaxis="x2", yaxis="y2",
    )  # fmt: skip
    for k, name in enumerate(scene.class_names):
        rows = data.labels == k
        figure.add_scatter(
            x=data.X[rows, 0], y=data.X[rows, 1], mode="markers", name=escape(name), xaxis="x", yaxis="y",
            marker={"color": LIGHT.classes[k], "symbol": SHAPES[k], "size": 8, "line": {"color": "#fff", "width": 1}},
        )  # fmt: skip
    curve_steps = np.unique(np.linspace(0, run.steps, min(400, run.steps + 1)).round().astype(int))
    # Each frame lists every trace: Plotly clears the plane when a trace changes, and redraws only the listed traces.
    unchanged = [{"type": "scatter"}] * K
    frames = []
    for step in steps:
        SCRIPT_QUEUE.maybe_yield()
        plane = {"type": "heatmap", "z": heatmap_values(step).tolist()}
        shown = curve_steps[curve_steps <= step]
        curve = {"type": "scatter", "x": shown.tolist(), "y": losses[shown].tolist()}
        frames.append({"name": str(step), "data": [plane, curve, *unchanged], "traces": list(range(K + 2))})
    immediate = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}}
    playing = {"mode": "immediate", "fromcurrent": True, "frame": {"duration": 60, "redraw": True}}
    play = {"label": "▶", "method": "animate", "args": [None, {**playing, "transition": {"duration": 0}}]}
    pause = {"label": "❚❚", "method": "animate", "args": [[None], immediate]}
    slider = {
        "currentvalue": {"prefix": f"{scene.texts['step']} "},
        "steps": [{"label": str(s), "method": "animate", "args": [[str(s)], immediate]} for s in steps],
        "x": 0.12, "len": 0.88, "pad": {"t": 50},
    }  # fmt: skip
    figure.update_layout(
        template="plotly_white", font={"size": 16}, legend={"orientation": "h", "y": 1.08},
        xaxis={"domain": [0, 0.52], "title": x_title, "range": [xs[0], xs[-1]]},
        yaxis={"title": y_name, "range": [ys[0], ys[-1]]},
        xaxis2={"domain": [0.6, 1], "anchor": "y2", "title": scene.texts["step"], "range": [0, max(run.steps, 1)]},
        yaxis2={"anchor": "x2", "title": scene.texts["lossAxis"], "range": [0, float(losses.max()) * 1.05]},
        updatemenus=[{"type": "buttons", "buttons": [play, pause], "direction": "left", "x": 0, "y": -0.2}],
        sliders=[slider],
    )  # fmt: skip
    return {**figure.to_dict(), "frames": frames}


def _losses(run: Run) -> Floats:
    """Return the loss after each step; let other scripts run meanwhile."""
    losses = []
    for step, parameters in enumerate(run.trajectory(0, run.steps)):
        losses.append(run.loss_at(step, parameters))
        SCRIPT_QUEUE.maybe_yield()
    return np.array(losses)
