"""Preprocessing of a digit drawn as strokes: an image like those of `core.digits`.

Strokes are polylines (m, 2) of points (x, y) in the unit square, x to the right, y down. The steps, each of which
`Preprocessing` can leave out:

1. Deslant: shear the strokes horizontally, so that x and y are uncorrelated along them.
2. Resize: the digit gets the full height of a bitmap of 32 × 32 points. It is MAX_WIDTH points wide, if that does not
   widen it by more than MAX_WIDENING: in the data, nearly all digits but 1 are equally wide.
3. Even ink: choose the width of the pen so that ink covers INK_SHARE of the bitmap, as it does in the data, even for
   a 1.

Then the points of the bitmap within half a pen's width of a stroke are black, and each pixel of the image (64,) is the
number of black points, 0 … 16, in a block of 4 × 4. ui/frontend/src/digit_drawing/digit_image.js does the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats

SIZE = 32
"""Points per row and column of the bitmap."""

BLOCK = 4
"""Points per row and column of a block, which becomes one pixel."""

MAX_WIDTH = 19.0
"""Greatest width of a resized digit, in points."""

MAX_WIDENING, MAX_HEIGHTENING = 1.3, 3.0
"""How much more a digit is enlarged in width than in height, and in height than in width. A 1 and a horizontal line
stay lines."""

INK_SHARE = 0.305
"""Mean share of black points in the data."""

PEN = 3.0
"""Width of the pen without the step "even ink", in points."""

PEN_RANGE = (1.0, 14.0)
HALVINGS = 8
"""Steps of the search for the width of the pen within PEN_RANGE."""

TOLERANCE = 1e-9
"""A point at a distance of exactly half a pen's width is black, in spite of rounding."""

MIN_VARIANCE = 1e-4
"""Variance of y below which a drawing is too flat for a slant."""


@dataclass(frozen=True)
class Preprocessing:
    """Which steps are taken."""

    deslant: bool = True
    resize: bool = True
    even_ink: bool = True


def digit_image(strokes: Sequence[Floats], steps: Preprocessing) -> Floats:
    """Return the image (64,) of a drawn digit, row by row: counts of black points, 0 … 16."""
    return block_counts(bitmap(strokes, steps))


def block_counts(black: NDArray[np.bool_]) -> Floats:
    """Return the number of black points in each block (64,) of a bitmap (32, 32)."""
    blocks = SIZE // BLOCK
    counts = black.reshape(blocks, BLOCK, blocks, BLOCK).sum(axis=(1, 3))
    return np.asarray(counts.ravel(), dtype=np.float64)


def bitmap(strokes: Sequence[Floats], steps: Preprocessing) -> NDArray[np.bool_]:
    """Return the black points (32, 32) of a drawn digit; without strokes none is black."""
    segments = _segments(strokes)
    if not len(segments):
        return np.zeros((SIZE, SIZE), dtype=np.bool_)
    if steps.deslant:
        segments = _deslanted(segments)
    if not steps.even_ink:
        return _inked(segments, PEN, steps.resize)
    low, high = PEN_RANGE
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _inked(segments, middle, steps.resize).mean() < INK_SHARE:
            low = middle
        else:
            high = middle
    return _inked(segments, high, steps.resize)


def _segments(strokes: Sequence[Floats]) -> Floats:
    """Return start and end of the straight parts of all strokes, (m, 2, 2). A stroke of one point has one part."""
    lines = [stroke if len(stroke) > 1 else stroke[[0, 0]] for stroke in strokes]
    return np.concatenate([np.zeros((0, 2, 2)), *(np.stack([line[:-1], line[1:]], axis=1) for line in lines)])


def _deslanted(segments: Floats) -> Floats:
    """Return the segments sheared by the slope of the regression of x on y, weighted by length."""
    x, y = segments.mean(axis=1).T
    length = np.sqrt(((segments[:, 1] - segments[:, 0]) ** 2).sum(axis=1))
    share = length / max(length.sum(), TOLERANCE)
    dx, dy = x - share @ x, y - share @ y
    variance = share @ dy**2
    if variance < MIN_VARIANCE:
        return segments
    sheared = segments.copy()
    sheared[..., 0] -= (share @ (dx * dy)) / variance * segments[..., 1]
    return sheared


def _inked(segments: Floats, pen: float, resize: bool) -> NDArray[np.bool_]:
    """Return the black points (32, 32) of the segments, drawn with a pen of this width."""
    placed = _resized(segments, pen) if resize else segments * SIZE
    centres = np.arange(SIZE) + 0.5
    start = placed[:, 0, :, None, None]
    step = placed[:, 1, :, None, None] - start
    dx, dy = centres - start[:, 0], centres[:, None] - start[:, 1]
    squared_length = step[:, 0] ** 2 + step[:, 1] ** 2
    along = (dx * step[:, 0] + dy * step[:, 1]) / np.maximum(squared_length, TOLERANCE)
    along = np.clip(along, 0, 1)  # the nearest place on the segment
    squared_distance = (dx - along * step[:, 0]) ** 2 + (dy - along * step[:, 1]) ** 2
    return np.asarray((squared_distance <= pen * pen / 4 + TOLERANCE).any(axis=0))


def _resized(segments: Floats, pen: float) -> Floats:
    """Return the segments in the middle of the bitmap, which they fill when drawn with a pen of this width."""
    low, high = segments.min(axis=(0, 1)), segments.max(axis=(0, 1))
    width, height = np.maximum(high - low, TOLERANCE)
    widest = (MAX_WIDTH - pen) / width
    down = min((SIZE - pen) / height, MAX_HEIGHTENING * widest)
    factors = np.array([min(MAX_WIDENING * down, widest), down])
    return np.asarray((segments - (low + high) / 2) * factors + SIZE / 2)
