"""Views of the logits of some bars: they show what the bars show, in the same frame, and light the same class.

Their numbers are computed in the browser; tests hold them to `core`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui.i18n import texts_under
from ui.theme import GLYPHS

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
    """Draw the view of this name of the logits in the bars whose key is `bars`; `moved` was moved last."""
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
