"""Views of the logits in logit bars, updated in the same frame as the bars. Views and bars highlight the same class.

The browser computes their numbers; tests compare them with `core`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from ui.components.frontend import register
from ui.i18n import texts_under
from ui.look.theme import GLYPHS

VIEWS = {
    name: register(f"softmax_views_{name}", f'<div class="view{layout}"></div>', style="softmax_views")
    for name, layout in (("steps", " side-by-side"), ("geometry", " two-figures"), ("jacobian", ""), ("derivation", ""))
}


class ViewData(TypedDict):
    """The message to the browser; ui/frontend/src/softmax_views/live_view.js describes it."""

    bars: str
    logits: list[float]
    names: list[str]
    glyphs: Sequence[str]
    temperature: float
    lastMoved: int
    options: Mapping[str, object]
    texts: Mapping[str, str]


def view(
    name: str,
    bars: str,
    logits: Sequence[float],
    names: Sequence[str],
    temperature: float,
    last_moved: int,
    options: Mapping[str, object] | None = None,
) -> None:
    """Draw the view `name`, a key of VIEWS.

    bars: the `key` of the logit bars that the view follows.
    logits, names: one per class.
    last_moved: the index of the class whose bar was moved last.
    options: what only some views need; ViewOptions in live_view.js describes it.
    """
    data: ViewData = {
        "bars": bars,
        "logits": list(logits),
        "names": list(names),
        "glyphs": GLYPHS,
        "temperature": temperature,
        "lastMoved": last_moved,
        "options": options or {},
        "texts": texts_under(name) | texts_under("punctuation"),
    }
    VIEWS[name](key=f"{bars}_{name}", data=data, height="content")
