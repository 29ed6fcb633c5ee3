"""The training stage: one or two runs as animated decision regions, points, boundaries and loss curves.

Python computes the parameters of every step; the browser draws them. There are two components, which communicate in the
browser:

- The *stage* gets all data that do not change during a run, and draws.
- The *feed* sends the stage's messages to Python, such as a request for the rows of steps 120 to 360, and receives the
  rows. It is drawn in a fragment, so that only the fragment is rerun and not the page.

The messages are described in `ui.training.messages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from ui.components.packing import JAVASCRIPT as PACKING
from ui.components.packing import Arrays, pack
from ui.look.theme import DARK, LIGHT, SHAPES

HERE = Path(__file__).parent

PARTS = (
    "../exponential.js",
    "../axes.js",
    "../canvas.js",
    "../contour.js",
    "../elements.js",
    "field.js",
    "history.js",
    "answers.js",
    "lane.js",
    "../triangle.js",
    "simplex.js",
    "svg.js",
    "painter.js",
    "views.js",
    "pictures.js",
    "pointer.js",
    "probe.js",
    "dials.js",
    "stage.js",
)
"""Scripts of the stage, in the order of their dependencies."""


def _script(*names: str) -> str:
    return "\n".join([PACKING, *((HERE / name).read_text("utf-8") for name in names)])


_stage = st.components.v2.component(
    "training_stage",
    html=(HERE / "stage.html").read_text("utf-8"),
    css=(HERE / "stage.css").read_text("utf-8"),
    js=_script(*PARTS),
)
_feed = st.components.v2.component("training_feed", js=_script("feed.js"), isolate_styles=False)


def training_stage(key: str, header: Mapping[str, object], arrays: Arrays) -> None:
    """Draw the stage."""
    themes = {"light": LIGHT._asdict(), "dark": DARK._asdict()}
    _stage(key=key, data=pack({**header, "shapes": SHAPES, "themes": themes}, arrays), height="content")


def training_feed(key: str, header: Mapping[str, object], arrays: Arrays, on_message: Callable[[], None]) -> None:
    """Draw the feed of a stage. `arrays` has the rows to send, or is empty; `on_message` is called on each message."""
    _feed(key=key, data=pack(header, arrays), on_message_change=on_message, height=1)
