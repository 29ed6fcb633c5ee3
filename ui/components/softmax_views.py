"""Views of the logits of logit bars. They are updated in the same frame as the bars and highlight the same class.

The browser computes their numbers; tests compare them with `core`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.components.frontend import register
from ui.i18n import texts_under
from ui.look.theme import GLYPHS

VIEWS = {
    name: register(f"softmax_views_{name}", f'<div class="view{layout}"></div>', style="softmax_views")
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
