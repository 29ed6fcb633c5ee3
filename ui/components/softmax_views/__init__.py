"""Views of the logits of logit bars. They are updated in the same frame as the bars and highlight the same class.

The browser computes their numbers; tests compare them with `core`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui.i18n import texts_under
from ui.look.theme import GLYPHS

HERE = Path(__file__).parent
COMMON = (
    "../exponential.js", "../decimal.js", "../elements.js", "../hand.js", "../triangle.js",
    "../logit_bars/activations.js", "live.js",
)  # fmt: skip

VIEWS = {
    name: st.components.v2.component(
        name,
        html=f'<div class="view{layout}"></div>',
        css=(HERE / "views.css").read_text("utf-8"),
        js="\n".join((HERE / script).read_text("utf-8") for script in (*COMMON, f"{name}.js")),
    )
    for name, layout in (("steps", " beside"), ("geometry", " pair"), ("jacobian", ""))
}


def view(name: str, bars: str, logits: Sequence[float], names: Sequence[str], temperature: float, moved: int) -> None:
    """Draw a view of the logits in the bars with the key `bars`. `moved` is the class that was moved last."""
    data = {
        "bars": bars,
        "logits": list(logits),
        "names": list(names),
        "glyphs": GLYPHS,
        "temperature": temperature,
        "moved": moved,
        "texts": texts_under(name),
    }
    VIEWS[name](key=f"{bars}_{name}", data=data, height="content")
