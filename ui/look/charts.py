"""Plotly figures made from arrays."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from plotly.graph_objects import Figure

from core.activations import Floats
from ui.look.theme import palette, presenting, size_factor


def draw_figure(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure in the full width of its container; `alt` describes it to screen readers."""
    st.plotly_chart(
        figure, key=f"{key}_chart", theme=None, config={"displayModeBar": False, "scrollZoom": False}, alt=alt
    )


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
