"""Digits drawn as strokes in several styles per class, for tests of the preprocessing.

STYLES are written by hand, and were committed before the preprocessing was tuned. A drawing is a list of strokes; a
stroke is an array (m, 2) of points (x, y) in the unit square, x to the right, y down.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]

VARIATIONS = 4
"""Number of drawings per style."""

STYLES: dict[str, list[list[str]]] = {
    "0": [
        ["50,10 36,18 28,36 27,56 33,78 48,90 63,82 72,62 72,40 66,20 50,10"],  # oval
        ["50,14 32,22 22,42 23,62 34,80 51,87 68,79 78,60 77,39 67,21 52,14"],  # round
        ["62,12 46,12 36,28 33,52 37,76 48,89 60,78 66,54 65,30 58,15 50,9"],  # narrow, the ends cross
        ["57,16 44,13 32,26 27,48 29,70 40,86 56,87 69,73 73,52 70,32 63,21"],  # the ends do not meet
    ],
    "1": [
        ["50,10 | 50,90"],
        ["58,10 | 43,90"],  # slanted
        ["35,30 | 53,10 | 53,90"],  # with a flag
        ["36,27 | 52,11 | 52,89", "33,89 | 72,89"],  # with a flag and a base
        ["40,20 46,17 52,10 | 51,50 | 51,90"],  # with a short flag
    ],
    "2": [
        ["28,28 33,15 48,9 63,14 69,28 63,44 48,62 28,88 | 74,88"],
        ["28,30 34,15 50,10 65,17 68,33 59,52 44,70 30,84 24,80 29,73 40,78 55,88 66,88 74,80"],  # with a loop
        ["30,20 42,11 57,11 67,21 66,36 55,53 40,70 27,86 | 42,83 58,87 74,84"],  # the base is a wave
        ["30,14 | 66,14 | 30,88 | 72,88"],  # angular
    ],
    "3": [
        ["29,19 41,10 57,11 66,22 63,37 48,46 | 62,51 71,64 67,80 52,90 37,88 27,78"],
        ["30,12 | 68,12 | 47,42 61,45 71,58 70,75 58,88 42,89 29,81"],  # flat top
        ["32,18 45,10 59,14 63,27 57,38 45,44 41,41 47,41 62,48 71,62 68,79 53,90 37,87 28,79"],  # with a small loop
        ["34,14 50,9 62,17 61,31 47,40 | 64,46 74,61 69,81 51,91 33,86 25,74"],  # large lower half
    ],
    "4": [
        ["38,12 | 26,58 | 76,58", "62,30 | 62,90"],  # open
        ["36,14 35,34 31,52 41,56 56,54 70,52", "66,14 65,50 62,90"],  # open, curved
        ["60,90 | 60,12 | 24,64 | 76,64"],  # closed, one stroke
        ["58,12 | 24,62 | 75,62", "58,12 | 58,90"],  # closed, two strokes
        ["40,10 | 27,50 | 74,50", "68,12 | 60,90"],  # open, slanted stem
    ],
    "5": [
        ["36,12 | 33,45 47,39 62,45 69,60 65,77 51,89 36,87 27,77", "36,12 | 70,12"],  # the bar last
        ["70,12 | 36,13 | 33,44 48,40 63,47 69,63 62,80 47,89 29,83"],  # one stroke
        ["68,11 | 38,11 | 34,42 | 58,42 | 68,56 | 68,76 | 56,89 | 30,89"],  # angular
        ["69,10 53,13 39,12 37,28 34,42 47,41 62,50 66,66 58,82 42,89 28,85"],  # round
    ],
    "6": [
        ["61,11 46,24 34,45 29,66 35,83 49,90 64,83 68,68 60,55 46,53 33,63"],
        ["68,16 55,10 40,21 30,42 28,66 37,84 52,89 66,80 69,65 60,53 45,54 31,66"],  # curved top
        ["56,10 45,33 34,58 33,76 42,88 55,88 65,78 63,65 52,59 40,64 34,74"],  # small loop
        ["46,10 36,34 30,60 33,80 46,90 61,86 69,72 66,56 54,48 41,53 31,66"],  # upright, large loop
    ],
    "7": [
        ["28,13 | 72,13 | 44,90"],
        ["28,14 | 72,14 | 46,90", "38,52 | 70,52"],  # crossed
        ["27,25 | 27,13 | 71,13 | 62,38 53,62 50,90"],  # with a serif
        ["29,17 44,12 58,15 72,12 62,34 52,58 47,89"],  # round
        ["29,12 | 70,12 | 58,40 50,66 48,90", "36,48 | 66,46"],  # crossed, curved stem
    ],
    "8": [
        ["64,20 53,10 38,13 33,26 42,40 58,52 68,67 62,84 48,90 34,83 31,68 42,53 57,40 66,28 64,20"],  # one stroke
        ["50,47 36,38 34,22 44,11 57,11 66,23 63,38 50,47", "50,47 35,56 29,72 37,86 51,90 65,84 71,70 64,55 50,47"],
        ["60,17 49,10 39,17 40,31 51,44 61,58 63,76 53,89 40,86 35,71 43,54 55,42 62,29 60,17"],  # narrow
        ["50,10 37,18 38,34 51,43 66,56 67,77 52,90 35,82 33,62 48,46 63,33 63,18 50,10"],  # begun at the top
    ],
    "9": [
        ["67,24 55,11 40,13 31,27 34,43 48,50 62,42 67,24 | 66,55 | 63,90"],  # straight stem
        ["67,25 56,11 40,12 31,27 36,43 51,48 64,39 68,22 69,45 65,70 53,87 38,88"],  # curved tail
        ["65,18 51,11 37,18 33,33 41,46 55,45 65,33 | 65,18 | 65,90"],  # upright stem
        ["66,22 54,12 40,16 34,30 41,42 55,42 65,30 66,22 66,45 60,70 48,90"],  # small loop
    ],
}
"""Per digit, the strokes of each style. Coordinates are in per cent; a curve passes through the points, with a corner
at each point before “|”."""


class DrawnDigit(NamedTuple):
    """A drawing: the digit, the index of its style, and its strokes."""

    digit: int
    style: int
    strokes: list[Stroke]


def drawn_digits() -> list[DrawnDigit]:
    """Return VARIATIONS drawings of each style; they differ in slant, size, aspect, position and small tremors."""
    return [
        DrawnDigit(int(digit), style, _varied([_stroke(text) for text in strokes], [int(digit), style, variation]))
        for digit, styles in STYLES.items()
        for style, strokes in enumerate(styles)
        for variation in range(VARIATIONS)
    ]


def _stroke(text: str) -> Stroke:
    """Return the points of one stroke: several per piece of the curve between two written points."""
    pieces = [[_point(word) for word in piece.split()] for piece in text.split("|")]
    curve = np.array(pieces[0][:1])
    for piece in filter(None, [pieces[0][1:], *pieces[1:]]):  # the first point may be a corner
        curve = np.vstack([curve[:-1], _curve(np.vstack([curve[-1:], piece]))])
    return curve


def _point(text: str) -> list[float]:
    return [float(number) / 100 for number in text.split(",")]


def _curve(points: Stroke, parts: int = 6) -> Stroke:
    """Return a Catmull-Rom curve through the points (m, 2), of `parts` straight lines between two of them."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    p0, p1, p2, p3 = (np.vstack([before, points, after])[i : i + len(points) - 1, None] for i in range(4))
    t = np.arange(parts)[:, None] / parts
    curve = p1 + t * (p2 - p0) / 2 + t**2 * (2 * p0 - 5 * p1 + 4 * p2 - p3) / 2 + t**3 * (3 * (p1 - p2) + p3 - p0) / 2
    return np.vstack([curve.reshape(-1, 2), points[-1]])


def _varied(strokes: list[Stroke], seed: list[int]) -> list[Stroke]:
    """Return the strokes slanted, stretched, resized, moved and with small tremors; the drawing stays in the square."""
    rng = np.random.default_rng(seed)
    slant, size, aspect = rng.uniform(-0.25, 0.25), rng.uniform(0.6, 1.0), rng.uniform(0.8, 1.25)
    varied = []
    for stroke in strokes:
        x, y = (stroke - 0.5).T
        tremor = rng.normal(0, 0.006, stroke.shape)
        varied.append(np.stack([(x - slant * y) * size * aspect, y * size], axis=1) + tremor)
    points = np.concatenate(varied)
    low, high = points.min(axis=0), points.max(axis=0)
    shrink = min(1.0, 0.96 / float((high - low).max()))
    corner = rng.uniform(0.02, 0.98 - shrink * (high - low))
    return [corner + shrink * (stroke - low) for stroke in varied]
