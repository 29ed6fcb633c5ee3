"""Figures for Plotly: arrays in, `Figure` out. `show` puts one on the page with words for who cannot see it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from plotly.graph_objects import Figure

from core.activations import Floats
from ui.numbers import probability
from ui.theme import SHAPES, palette, presenting, scale

MOST_LOSS = 5.2
"""Up to where loss axes reach, in nats: the loss at a probability of 0.0055."""


def show(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure across its column."""
    st.plotly_chart(
        figure, key=f"{key}_chart", theme=None, config={"displayModeBar": False, "scrollZoom": False}, alt=alt
    )


def blank(x_name: str, y_name: str, height: int = 320, legend: bool = True, top: float | None = None) -> Figure:
    """An empty figure in the reader's theme, axes named; the vertical axis from 0 to `top` if that is given."""
    colours = palette()
    figure = Figure()
    size = 14 * scale()
    figure.update_layout(
        height=height * (1.2 if presenting() else 1),
        margin={"l": 10, "r": 10, "t": 30 if legend else 12, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "Source Sans, Noto Sans CJK JP, Noto Sans JP, sans-serif", "size": size, "color": colours.text},
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "size": size}},
        dragmode=False,
    )
    grid = {"gridcolor": colours.line, "zerolinecolor": colours.muted, "automargin": True, "fixedrange": True}
    figure.update_xaxes(title=x_name, **grid)
    figure.update_yaxes(title=y_name, range=None if top is None else [0, top], **grid)
    return figure


def line(figure: Figure, x: Floats, y: Floats, name: str, colour: str, dash: str = "solid") -> None:
    """Add a curve."""
    figure.add_scatter(x=x, y=y, name=name, mode="lines", line={"color": colour, "width": 3 * scale(), "dash": dash})


def mark(
    figure: Figure, x: float, y: float, text: str, colour: str, *, symbol: str = "circle", side: str = "top right"
) -> None:
    """Add a point with its value beside it; one beyond the top of the axis waits there, with an arrow."""
    top = figure.layout.yaxis.range[1] if figure.layout.yaxis.range else math.inf
    if y > top:
        y, text, side = top, f"↑ {text}", "bottom right"
    figure.add_scatter(
        x=[x], y=[y], mode="markers+text", text=[text], textposition=side, showlegend=False,
        marker={
            "color": colour, "size": 13 * scale(), "symbol": symbol,
            "line": {"color": palette().background, "width": 1},
        },
        textfont={"color": colour, "size": 15 * scale()}, hoverinfo="text", cliponaxis=False,
    )  # fmt: skip


def negative_log(x_name: str, y_name: str, marks: Sequence[tuple[float, str, str, str]]) -> Figure:
    """The curve −log p, with marks (p, text, colour, symbol)."""
    figure = blank(x_name, y_name, legend=False, top=MOST_LOSS)
    p = np.linspace(0.004, 1, 400)
    line(figure, p, -np.log(p), "−log p", palette().accent)
    for where, text, colour, symbol in marks:
        mark(figure, where, -float(np.log(where)), text, colour, symbol=symbol)
    figure.update_xaxes(range=[0, 1.03])
    return figure


def sigmoid_curve(
    x_name: str, names: tuple[str, str], z: Floats, curve: Floats, dots: Floats, at: tuple[float, float]
) -> Figure:
    """σ as a line, softmax of two classes as dots upon it, and where one stands."""
    figure = blank(x_name, "ŷ₁")
    line(figure, z, curve, names[0], palette().accent)
    figure.add_scatter(
        x=z[::10], y=dots[::10], name=names[1], mode="markers",
        marker={"color": palette().text, "size": 7 * scale(), "symbol": "circle-open", "line": {"width": 2}},
    )  # fmt: skip
    mark(figure, *at, probability(at[1]), palette().classes[0], side="bottom right" if at[0] < 6 else "bottom left")
    figure.update_yaxes(range=[-0.05, 1.08])
    return figure


def grouped_bars(
    categories: Sequence[str], series: Sequence[tuple[str, Floats]], y_name: str, *, top: float | None = 1.0
) -> Figure:
    """Bars beside each other, a group a class in its colour; the second series is hatched."""
    figure = blank("", y_name, height=300)
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
    if top is not None:
        figure.update_yaxes(range=[0, top * 1.15])
    figure.update_layout(barmode="group", bargap=0.3)
    return figure


def scatter_classes(
    figure: Figure, X: Floats, labels: NDArray[np.intp], names: Sequence[str], legend: bool = True
) -> None:
    """Samples, each with its class's colour and shape."""
    for k, name in enumerate(names):
        rows = labels == k
        figure.add_scatter(
            x=X[rows, 0], y=X[rows, 1], mode="markers", name=name, showlegend=legend,
            marker={
                "color": palette().classes[k], "symbol": SHAPES[k], "size": 8 * scale(),
                "line": {"color": palette().background, "width": 1},
            },
        )  # fmt: skip


def scatter_tags(figure: Figure, X: Floats, targets: Floats, names: Sequence[str]) -> None:
    """Samples by their tags: one tag in its class's colour and shape; several in a shape of their own, two-coloured."""
    several = iter(("hexagram", "bowtie", "diamond-tall", "asterisk-open"))
    for combination in sorted(np.unique(targets, axis=0).tolist(), key=sum):
        rows = (targets == combination).all(axis=1)
        tags = [k for k, tag in enumerate(combination) if tag]
        colours = [palette().classes[k] for k in tags]
        figure.add_scatter(
            x=X[rows, 0], y=X[rows, 1], mode="markers", name=" + ".join(names[k] for k in tags), hoverinfo="name",
            marker={
                "color": colours[0], "symbol": SHAPES[tags[0]] if len(tags) == 1 else next(several),
                "size": (9 if len(tags) == 1 else 11) * scale(), "line": {"color": colours[-1], "width": 2},
            },
        )  # fmt: skip


def probe(figure: Figure, at: Floats) -> None:
    """Ring the point that is spoken of."""
    figure.add_scatter(
        x=[at[0]], y=[at[1]], mode="markers", showlegend=False, hoverinfo="skip",
        marker={
            "symbol": "circle-cross-open", "size": 24 * scale(), "color": palette().text, "line": {"width": 3},
        },
    )  # fmt: skip


def grid_around(X: Floats, side: int) -> tuple[Floats, Floats, Floats]:
    """Axes (side,) of a square grid over samples X (n, 2) with some room about them, and its cells (side², 2)."""
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.15 * (high - low)
    xs, ys = (np.linspace(a, b, side) for a, b in zip(low - margin, high + margin, strict=True))
    return xs, ys, np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)


def among(cells: Floats, X: Floats) -> NDArray[np.bool_]:
    """Which cells lie where most of the samples X do, outliers aside."""
    low, high = np.quantile(X, (0.04, 0.96), axis=0)
    return np.asarray(((cells > low) & (cells < high)).all(axis=1))


def plane(
    figure: Figure,
    xs: Floats,
    ys: Floats,
    region: NDArray[np.intp],
    strength: Floats,
    colours: Sequence[str] | None = None,
) -> None:
    """Colour the cells of a grid, given row by row, by region: the stronger the surer (0 … 1).

    Regions are classes unless `colours` says otherwise.
    """
    ground = np.array(_channels(palette().background))
    paint = np.array([_channels(colour) for colour in colours or palette().classes])[region]
    image = (ground + (0.08 + 0.42 * strength)[:, None] * (paint - ground)).round().astype(np.uint8)
    figure.add_image(
        z=image.reshape(len(ys), len(xs), 3), x0=xs[0], dx=xs[1] - xs[0], y0=ys[0], dy=ys[1] - ys[0], hoverinfo="skip"
    )
    figure.update_xaxes(range=[xs[0], xs[-1]], showgrid=False, zeroline=False)
    figure.update_yaxes(range=[ys[0], ys[-1]], scaleanchor=False, autorange=False, showgrid=False, zeroline=False)


def answers(figure: Figure, xs: Floats, ys: Floats, S: Floats, threshold: float, many: str, nobody: str) -> None:
    """Colour each cell by the one class whose σ (cells, K) exceeds the threshold; hatch for several, grey for none."""
    K, yes = S.shape[1], (threshold < S).sum(axis=1)
    region = np.where(yes == 1, S.argmax(axis=1), np.where(yes == 0, K, K + 1))
    stripes = np.add.outer(np.arange(len(ys)), np.arange(len(xs))).ravel() // 3 % 2
    strength = np.where(yes == 1, S.max(axis=1), np.where(yes == 0, 0.7, 0.7 * stripes))
    plane(figure, xs, ys, region, strength, [*palette().classes[:K], palette().muted, palette().text])
    for name, colour, symbol in ((many, palette().text, "line-ne-open"), (nobody, palette().muted, "square")):
        marker = {"color": colour, "symbol": symbol, "size": 12}
        figure.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=marker)


def zero_lines(figure: Figure, xs: Floats, ys: Floats, levels: Floats) -> None:
    """The lines along which each column of `levels` (cells, K) is zero."""
    for column in levels.T:
        figure.add_contour(
            x=xs, y=ys, z=column.reshape(len(ys), len(xs)), showscale=False, showlegend=False, hoverinfo="skip",
            contours={"start": 0, "end": 0, "size": 1, "coloring": "none"},
            line={"color": palette().text, "width": 2 * scale()},
        )  # fmt: skip


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
