"""Figures for Plotly: arrays in, `Figure` out. `show` puts one on the page with words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st
from plotly.graph_objects import Figure, Frame

from core import Dataset, FeatureMap, Run
from core.activations import Floats
from core.training import HEADS
from ui.components.training_stage import Scene
from ui.theme import LIGHT, SHAPES, palette, presenting, scale

FRAMES = 60
SIDE = 48
"""Cells along each side of the regions in a frame."""


def show(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure across its column."""
    st.plotly_chart(
        figure, key=f"{key}_chart", theme=None, config={"displayModeBar": False, "scrollZoom": False}, alt=alt
    )


def blank(y_name: str) -> Figure:
    """An empty figure in the reader's theme, the vertical axis named, with room for a legend."""
    colours = palette()
    figure = Figure()
    size = 14 * scale()
    figure.update_layout(
        height=300 * (1.2 if presenting() else 1),
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "Source Sans, Noto Sans CJK JP, Noto Sans JP, sans-serif", "size": size, "color": colours.text},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "size": size}},
        dragmode=False,
    )
    grid = {"gridcolor": colours.line, "zerolinecolor": colours.muted, "automargin": True, "fixedrange": True}
    figure.update_xaxes(title="", **grid)
    figure.update_yaxes(title=y_name, **grid)
    return figure


def grouped_bars(categories: Sequence[str], series: Sequence[tuple[str, Floats]], y_name: str) -> Figure:
    """Bars of shares, 0 … 1, beside each other, a group a class in its colour; the second series is hatched."""
    figure = blank(y_name)
    colours = list(palette().classes[: len(categories)])
    ground, neutral = palette().background, palette().muted
    for index, (name, values) in enumerate(series):
        shape = "/" if index else ""
        figure.add_bar(
            x=list(categories), y=values, showlegend=False, offsetgroup=str(index),
            text=[f"{value:.2f}" for value in values], textposition="outside", cliponaxis=False,
            marker={"color": colours, "pattern": {"shape": shape, "fgcolor": colours, "bgcolor": ground}},
        )  # fmt: skip
        # The legend's entry, in no class's colour.
        figure.add_bar(
            x=[None], y=[None], name=name, offsetgroup=str(index),
            marker={"color": neutral, "pattern": {"shape": shape, "fgcolor": neutral, "bgcolor": ground}},
        )  # fmt: skip
    figure.update_yaxes(range=[0, 1.15])
    figure.update_layout(barmode="group", bargap=0.3)
    return figure


def run_as_frames(data: Dataset, phi: FeatureMap, run: Run, scene: Scene) -> Figure:
    """Regions and samples beside the loss curve, with a frame for each of some steps, and controls to play them."""
    steps = np.append(np.arange(0, run.steps, max(1, -(-run.steps // FRAMES))), run.steps)
    xs, ys = np.linspace(*scene.x_range, SIDE), np.linspace(*scene.y_range, SIDE)
    features = phi(np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    K = data.n_classes

    def shaded(step: int) -> Floats:
        """The winner's number plus how sure it is, 0 … 0.99: a number the colour scale reads both from."""
        p = HEADS[run.problem.head].activation(run.params_at(int(step)).logits(features))
        least = 1 / K if run.problem.head == "softmax" else 0.0
        sure = (p.max(axis=1) - least) / (1 - least)
        return np.asarray((p.argmax(axis=1) + 0.99 * sure).round(3).reshape(SIDE, SIDE))

    shades = [stop for k in range(K) for stop in ((k / K, "#ffffff"), ((k + 1) / K, LIGHT.classes[k]))]
    field = {"x": xs, "y": ys, "zmin": 0, "zmax": K, "colorscale": shades, "showscale": False, "opacity": 0.55}
    figure = Figure()
    figure.add_heatmap(z=shaded(0).tolist(), hoverinfo="skip", xaxis="x", yaxis="y", zsmooth=False, **field)
    figure.add_scatter(
        x=[0], y=[run.losses[0]], mode="lines", line={"color": LIGHT.accent, "width": 3}, showlegend=False,
        xaxis="x2", yaxis="y2",
    )  # fmt: skip
    for k, name in enumerate(scene.class_names):
        rows = data.labels == k
        figure.add_scatter(
            x=data.X[rows, 0], y=data.X[rows, 1], mode="markers", name=escape(name), xaxis="x", yaxis="y",
            marker={"color": LIGHT.classes[k], "symbol": SHAPES[k], "size": 8, "line": {"color": "#fff", "width": 1}},
        )  # fmt: skip
    shown = np.unique(np.linspace(0, run.steps, min(400, run.steps + 1)).round().astype(int))
    # A frame names every trace: the plane is wiped when one of its traces changes, and drawn from those named.
    unchanged = [{"type": "scatter"}] * K
    figure.frames = [
        Frame(
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
        xaxis={"domain": [0, 0.52], "title": escape(scene.x_name), "range": [xs[0], xs[-1]]},
        yaxis={"title": escape(scene.y_name), "range": [ys[0], ys[-1]]},
        xaxis2={"domain": [0.6, 1], "anchor": "y2", "title": scene.texts["step"], "range": [0, max(run.steps, 1)]},
        yaxis2={"anchor": "x2", "title": scene.texts["lossAxis"], "range": [0, float(run.losses.max()) * 1.05]},
        updatemenus=[{"type": "buttons", "buttons": [play, pause], "direction": "left", "x": 0, "y": -0.2}],
        sliders=[slider],
    )  # fmt: skip
    return figure
