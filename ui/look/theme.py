"""Themes and class colours. Each class has one colour and one shape on every page and in every figure.

The class colours are those of Okabe and Ito with changed lightness, so that they also differ under deuteranopia,
protanopia and tritanopia. Text in a class colour has a contrast of at least 4.5 on the theme's background and surface.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st


class Palette(NamedTuple):
    """Colours of a theme, as #rrggbb."""

    background: str
    surface: str
    text: str
    muted: str
    line: str
    accent: str
    classes: tuple[str, ...]


LIGHT = Palette(
    background="#FFFFFF", surface="#F3F4F8", text="#111111", muted="#555B66", line="#D5D8E0", accent="#3B4CC0",
    classes=(
        "#0070CA", "#C93A00", "#00483B", "#A0557E", "#7C1B00", "#234F92", "#4D0B00", "#6F5E57", "#241E86", "#5A783F",
    ),
)  # fmt: skip
DARK = Palette(
    background="#14161B", surface="#20242C", text="#F2F3F5", muted="#A8AFBB", line="#3A404C", accent="#9DAEFF",
    classes=(
        "#2D98F5", "#EE831E", "#5FEAB4", "#D59EC0", "#F1F074", "#AAAFFF", "#C27861", "#9A8F86", "#8FCFE6", "#A7CA5F",
    ),
)  # fmt: skip

SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "x", "star", "pentagon", "bowtie",
)  # fmt: skip
"""Marker of each class, by Plotly's name."""

GLYPHS = "●■▲◆✚▼✖★⬟⋈"
"""The same shapes as characters, one per class."""

PRESENT = "present"
"""Session key and query parameter of projector mode."""


def palette() -> Palette:
    """Return the colours of the user's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def presenting() -> bool:
    """Return whether the page is in projector mode or embedded in slides.

    Text is then larger, lines are thicker, and the figure comes first.
    """
    return bool(st.session_state.get(PRESENT)) or embedded()


def embedded() -> bool:
    """Return whether the page is embedded in another one (query parameter `embed=true`)."""
    return bool(st.context.is_embedded)


def size_factor() -> float:
    """Return the factor by which text and lines are enlarged: 1 unless `presenting()`."""
    return 1.4 if presenting() else 1.0


def stylesheet() -> str:
    """Return the CSS of all pages, with the colours as CSS variables (--class-0, --background and so on)."""
    colours = "".join(
        f"--class-{k}: light-dark({light}, {dark});"
        for k, (light, dark) in enumerate(zip(LIGHT.classes, DARK.classes, strict=True))
    )
    others = "".join(
        f"--{name}: light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)});"
        for name in ("background", "surface", "text", "muted", "line", "accent")
    )
    # On paper, invert canvases that were drawn in the dark theme, and rotate the hues back to the classes' colours.
    print_filter = "invert(1) hue-rotate(180deg)" if palette() is DARK else "none"
    folder = Path(__file__).parent
    css = (folder / "page.css").read_text("utf-8")
    if presenting():
        css += (folder / "projector.css").read_text("utf-8")
    if embedded():
        css += (folder / "embedded.css").read_text("utf-8")
    return f":root, .stApp {{ {colours} {others} --print-filter: {print_filter}; }}\n{css}"
