"""The user's drawing, kept in the session and in the address: strokes, pixels switched by hand, preprocessing steps.

The address has the strokes in base 64. A point has two bytes, x and y, from 0 to GRID; the byte 255 stands between two
strokes. ui/frontend/src/digit_drawing/strokes_text.js is the other side.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
import streamlit as st

from core.activations import Floats
from core.digit_image import Preprocessing, digit_image
from ui.digits.model import MAX_COUNT
from ui.state import url_state

STROKES, SWITCHED = "strokes", "switched"
"""Session keys and query parameters. Each preprocessing step has one, too, named like the field of `Preprocessing`."""

GRID = 254
SEPARATOR = b"\xff"
MAX_BYTES = 3_000
"""Longest text of strokes, before it is encoded."""

PIXELS = 64
FIVE = (
    "YjBgPF5KXVdbZFtuXHVjdmhybm15aIRqj26YdZ99ooOmjqeUp5qmoKWmo6yhspu8lsGRxozKhs580XbSa9BizFvGVb9Pt_9iMG4weTCFMJEwnTCpMA"
)
"""Strokes of a 5, for links."""


@dataclass(frozen=True)
class Drawing:
    """Strokes as text, indices of the pixels switched by hand, and the preprocessing steps."""

    strokes: str
    switched: tuple[int, ...]
    steps: Preprocessing

    def counts(self) -> Floats:
        """Return the image (64,) that the model sees: counts 0 … 16.

        A switched pixel is empty if it would have at least half of its points black, and full otherwise.
        """
        counts = digit_image(decode(self.strokes) or [], self.steps)
        switched = list(self.switched)
        counts[switched] = np.where(counts[switched] < MAX_COUNT / 2, MAX_COUNT, 0)
        return counts


def read_drawing() -> Drawing:
    """Return the drawing. Synchronise session and address."""
    url_state.sync_from_url(STROKES, canonical, "")
    nothing: tuple[int, ...] = ()
    url_state.sync_from_url(SWITCHED, parse_switched, nothing)
    steps = {field.name: True for field in fields(Preprocessing)}
    for name in steps:
        url_state.sync_from_url(name, {"true": True, "false": False}.get, True)
        steps[name] = st.session_state[name]
        url_state.write_to_url(name, str(steps[name]).lower(), "true")
    strokes, switched = st.session_state[STROKES], st.session_state[SWITCHED]
    url_state.write_to_url(STROKES, strokes, "")
    url_state.write_to_url(SWITCHED, ",".join(map(str, switched)), "")
    return Drawing(strokes, switched, Preprocessing(**steps))


def store_drawing(strokes: str, switched: Sequence[int], steps: Mapping[str, bool]) -> None:
    """Store a drawing from the browser in the session, unless it is invalid."""
    text, pixels = canonical(strokes), parse_switched(",".join(map(str, switched)))
    if text is not None and pixels is not None and steps.keys() == asdict(Preprocessing()).keys():
        url_state.set_state({STROKES: text, SWITCHED: pixels, **steps})


def canonical(text: str) -> str | None:
    """Return the text of the same strokes that `encode` returns, or None if it has no strokes."""
    strokes = decode(text)
    return None if strokes is None else encode(strokes)


def encode(strokes: Sequence[Floats]) -> str:
    """Return strokes of points (m, 2) in the unit square as text; coordinates are rounded to the grid."""
    parts = [np.rint(stroke * GRID).astype(np.uint8).tobytes() for stroke in strokes]
    return base64.urlsafe_b64encode(SEPARATOR.join(parts)).decode("ascii").rstrip("=")


def decode(text: str) -> list[Floats] | None:
    """Return the strokes of a text, or None if the text is invalid."""
    if not text:
        return []
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    parts = data.split(SEPARATOR)
    if len(data) > MAX_BYTES or any(len(part) % 2 or not part for part in parts):
        return None
    return [np.frombuffer(part, dtype=np.uint8).reshape(-1, 2) / GRID for part in parts]


def parse_switched(text: str) -> tuple[int, ...] | None:
    """Return the pixels in a text, separated by commas, or None unless they are different indices in 0 … 63."""
    if not text:
        return ()
    numbers = url_state.parse_numbers(text, 0, PIXELS - 1) or []
    pixels = tuple(int(number) for number in numbers if number % 1 == 0)
    return pixels if len(set(pixels)) == text.count(",") + 1 else None
