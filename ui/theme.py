"""How things look: one colour and one shape for each class, on every page and in every figure.

The class colours start from Okabe and Ito's, moved apart in lightness until they also differ under deuteranopia,
protanopia and tritanopia, and until text in them can be read (contrast ≥ 4.5) on the theme's background and surface.
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
    background="#FFFFFF",
    surface="#F3F4F8",
    text="#111111",
    muted="#555B66",
    line="#D5D8E0",
    accent="#3B4CC0",
    classes=(
        "#0070CA", "#C93A00", "#00483B", "#A0557E", "#7C1B00", "#234F92", "#4D0B00", "#6F5E57", "#241E86", "#5A783F",
    ),
)  # fmt: skip
DARK = Palette(
    background="#14161B",
    surface="#20242C",
    text="#F2F3F5",
    muted="#A8AFBB",
    line="#3A404C",
    accent="#9DAEFF",
    classes=(
        "#2D98F5", "#EE831E", "#5FEAB4", "#D59EC0", "#F1F074", "#AAAFFF", "#C27861", "#9A8F86", "#8FCFE6", "#A7CA5F",
    ),
)  # fmt: skip

SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "x", "star", "pentagon", "hourglass",
)  # fmt: skip
"""Marker of each class, by Plotly's names."""

GLYPHS = "●■▲◆✚▼✖★⬟⧗"
"""The same shapes as text."""

PRESENT = "present"
"""Session key and query parameter of projector mode."""


def is_dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def palette() -> Palette:
    """The colours of the reader's theme."""
    return DARK if is_dark() else LIGHT


def presenting() -> bool:
    """Whether the page is for a screen in front of a room: larger type, thicker lines, the stage before all else.

    It is in projector mode, and as a frame inside slides.
    """
    return bool(st.session_state.get(PRESENT)) or embedded()


def embedded() -> bool:
    """Whether the page is a frame inside another, asked for by embed=true."""
    return bool(st.context.is_embedded)


def scale() -> float:
    """By how much type and lines are enlarged."""
    return 1.4 if presenting() else 1.0


def stylesheet() -> str:
    """The CSS of all pages: the class colours as --class-0 …, and what Streamlit's theme cannot say."""
    colours = "".join(
        f"--class-{k}: light-dark({light}, {dark});"
        for k, (light, dark) in enumerate(zip(LIGHT.classes, DARK.classes, strict=True))
    )
    others = "".join(
        f"--{name}: light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)});"
        for name in ("background", "surface", "text", "muted", "line", "accent")
    )
    here = Path(__file__).parent
    css = (here / "page.css").read_text("utf-8")
    if presenting():
        css += (here / "projector.css").read_text("utf-8")
    if embedded():
        css += (here / "embedded.css").read_text("utf-8")
    return f":root, .stApp {{ {colours} {others} }}\n{css}"
