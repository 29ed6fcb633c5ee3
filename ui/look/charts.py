"""Plotly figures made from arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from plotly.graph_objects import Figure

from core.activations import Floats
from ui.look.theme import palette, presenting, size_factor


def draw_figure(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure in the full width of its container; `alt` describes it to screen readers."""
    st.plotly_chart(
        figure, key=f"{key}_chart", theme=None, config={"displayModeBar": False, "scrollZoom": False}, alt=alt
    )


def draw_clickable(figure: Figure, key: str, alt: str, on_click: Callable[[int, int], None]) -> None:
    """Draw a `clickable_matrix` like `draw_figure`; `on_click` is called with row and column of a clicked cell."""
    chart_key = f"{key}_chart"

    def report() -> None:
        for point in st.session_state[chart_key].selection.points[:1]:
            on_click(int(point["y"]), int(point["x"]))

    st.plotly_chart(
        figure, key=chart_key, theme=None, config={"displayModeBar": False, "scrollZoom": False}, alt=alt,
        on_select=report, selection_mode="points",
    )  # fmt: skip


def _empty_figure(y_title: str) -> Figure:
    """Return a figure without data, in the user's theme, with space for a legend above."""
    colours = palette()
    figure = Figure()
    size = 14 * size_factor()
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
    figure.update_yaxes(title=y_title, **grid)
    return figure


def grouped_bars(categories: Sequence[str], series: Sequence[tuple[str, Floats]], y_title: str) -> Figure:
    """Return a bar chart with one group of bars per class and one bar per series in each group.

    `categories` are the names of the K classes. A series is a name and its values (K,), each in 0 … 1. All bars of a
    class have the class's colour; those of the first series are solid, the others hatched.
    """
    figure = _empty_figure(y_title)
    colours = list(palette().classes[: len(categories)])
    background, neutral = palette().background, palette().muted
    for index, (name, values) in enumerate(series):
        shape = "/" if index else ""
        figure.add_bar(
            x=list(categories), y=values, showlegend=False, offsetgroup=str(index),
            text=[f"{value:.2f}" for value in values], textposition="outside", cliponaxis=False,
            marker={"color": colours, "pattern": {"shape": shape, "fgcolor": colours, "bgcolor": background}},
        )  # fmt: skip
        # The bars have the classes' colours, so a bar without data gives a neutral entry in the legend.
        figure.add_bar(
            x=[None], y=[None], name=name, offsetgroup=str(index),
            marker={"color": neutral, "pattern": {"shape": shape, "fgcolor": neutral, "bgcolor": background}},
        )  # fmt: skip
    figure.update_yaxes(range=[0, 1.15])
    figure.update_layout(barmode="group", bargap=0.3)
    return figure


def clickable_matrix(
    counts: NDArray[np.intp], names: Sequence[str], titles: tuple[str, str], opened: tuple[int, int]
) -> Figure:
    """Return a confusion matrix (K, K) as a figure. The larger the share of a cell in its row, the more colour it has.

    `names` are the names of the classes, `titles` those of the horizontal and the vertical axis. The cell `opened`,
    given by its row and column, has a frame. Invisible markers lie on the cells, because Plotly reports no clicks on a
    heatmap.
    """
    colours, figure = palette(), _empty_figure(titles[1])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure.add_heatmap(
        z=np.sqrt(shares),  # so that a single error can be seen
        zmin=0, zmax=1, showscale=False, hoverinfo="skip", xgap=1, ygap=1, texttemplate="%{text}",
        text=[[str(count or "") for count in row] for row in counts],
        colorscale=[[0, colours.surface], [1, colours.accent]],
    )  # fmt: skip
    rows, columns = (part.ravel() for part in np.indices(counts.shape))
    invisible = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=columns, y=rows, mode="markers", showlegend=False, customdata=counts.ravel(),
        marker={"symbol": "square", "size": 26 * size_factor(), "opacity": 0},
        selected=invisible, unselected=invisible,
        hovertemplate=f"{titles[1]}: %{{y}}<br>{titles[0]}: %{{x}}<br>n = %{{customdata}}<extra></extra>",
    )  # fmt: skip
    row, column = opened
    figure.add_shape(
        type="rect", x0=column - 0.5, x1=column + 0.5, y0=row - 0.5, y1=row + 0.5,
        line={"color": colours.text, "width": 3},
    )  # fmt: skip
    ticks = {"tickvals": list(range(len(names))), "ticktext": list(names), "showgrid": False, "zeroline": False}
    figure.update_xaxes(title=titles[0], **ticks)
    figure.update_yaxes(autorange="reversed", **ticks)
    figure.update_layout(height=400 * size_factor(), margin={"t": 10})
    return figure
