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

from ui.components.frontend import bundle, register
from ui.components.packing import Arrays, pack
from ui.look.theme import DARK, GLYPHS, LIGHT, SHAPES

_stage = register("training_stage", bundle("training_stage.html"))
_feed = register("training_stage_feed", style=None, isolate_styles=False)


def training_stage(key: str, header: Mapping[str, object], arrays: Arrays) -> None:
    """Draw the stage from the data of its runs (see `ui.training.messages`)."""
    themes = {"light": LIGHT._asdict(), "dark": DARK._asdict()}
    look = {"shapes": SHAPES, "glyphs": GLYPHS, "themes": themes}
    _stage(key=key, data=pack({**header, **look}, arrays), height="content")


def training_feed(key: str, header: Mapping[str, object], arrays: Arrays, on_message: Callable[[], None]) -> None:
    """Draw the feed of a stage.

    `arrays` are the rows to send, or empty. `on_message` is called when the stage sends a message.
    """
    _feed(key=key, data=pack(header, arrays), on_message_change=on_message, height=1)
