"""Images of drawn digits after each choice of preprocessing steps, by core.digit_image."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product

import numpy as np

from core.digit_image import Preprocessing, digit_image
from tests.drawn_digits import drawn_digits
from ui.digits.drawing import GRID, decode, encode

COUNTS = "0123456789abcdefg"
"""A count of black points, 0 … 16, as one character."""


def samples() -> list[dict[str, object]]:
    """Return drawings: strokes as lists x, y, x, y, … on the grid and as text, and the images after all steps."""
    drawings = [drawn.strokes for drawn in drawn_digits()[::15]]
    drawings += [[np.array([[0.5, 0.5]])], [np.array([[0.2, 0.5], [0.9, 0.5]])], []]
    return [_sample(encode(strokes)) for strokes in drawings]


def _sample(text: str) -> dict[str, object]:
    strokes = decode(text)
    assert strokes is not None
    images = []
    for steps in (Preprocessing(*flags) for flags in product([False, True], repeat=3)):
        counts = "".join(COUNTS[int(count)] for count in digit_image(strokes, steps))
        images.append({"steps": asdict(steps), "counts": counts})
    on_grid = [np.rint(stroke * GRID).astype(int).ravel().tolist() for stroke in strokes]
    return {"text": text, "strokes": on_grid, "images": images}
