"""Colours can be distinguished with every kind of colour vision, and coloured text has enough contrast."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.look.theme import DARK, GLYPHS, LIGHT, SHAPES, Palette

Vector = NDArray[np.float64]
COLOUR_VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Matrices that simulate colour blindness in linear sRGB, at full severity (Machado, Oliveira and Fernandes 2009)."""

MIN_DISTANCE = {5: 14.0, 10: 8.0}
"""Minimum CIEDE2000 between the colours of this many classes; 2.3 is just noticeable."""

MIN_CONTRAST = 4.5


def linear(colour: str) -> Vector:
    """Return #rrggbb as linear sRGB."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.asarray(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Vector) -> Vector:
    """Convert linear sRGB to CIE L*a*b* (D65)."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    share = to_xyz @ rgb / [0.95047, 1.0, 1.08883]
    f = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: Vector, other: Vector) -> float:
    """Return CIEDE2000 of two L*a*b* colours (Sharma, Wu and Dalal 2005)."""
    (L1, a1, b1), (L2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    G = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    C1, C2 = np.hypot((1 + G) * a1, b1), np.hypot((1 + G) * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, (1 + G) * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if C1 * C2 else 0.0
    dH = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn) / 2)
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    h = h1 + h2 if not C1 * C2 else (h1 + turn / 2) % 360
    cosine = lambda k, shift: np.cos(np.radians(k * h + shift))  # noqa: E731
    T = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.2 * cosine(4, -63)
    light = (L2 - L1) / (1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2))
    chroma, hue = (C2 - C1) / (1 + 0.045 * C), dH / (1 + 0.015 * C * T)
    spread = np.radians(60 * np.exp(-(((h - 275) / 25) ** 2)))
    rotation = -2 * np.sqrt(C**7 / (C**7 + 25**7)) * np.sin(spread)
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + rotation * chroma * hue))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_ciede2000_equals_published_values(one: tuple[float, ...], other: tuple[float, ...], published: float) -> None:
    assert difference(np.array(one), np.array(other)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_any_two_classes_have_distinct_colours(theme: Palette, vision: str) -> None:
    seen = [lab(np.clip(COLOUR_VISION[vision] @ linear(colour), 0, 1)) for colour in theme.classes]
    for classes, minimum in MIN_DISTANCE.items():
        for i, j in combinations(range(classes), 2):
            assert difference(seen[i], seen[j]) >= minimum, (theme.classes[i], theme.classes[j])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_colours_have_enough_contrast(theme: Palette) -> None:
    for colour in (theme.text, theme.muted, theme.accent, *theme.classes):
        for background in (theme.background, theme.surface):
            assert contrast(colour, background) >= MIN_CONTRAST, (colour, background)


def test_every_class_has_its_own_shape() -> None:
    assert len(set(SHAPES)) == len(set(GLYPHS)) == len(LIGHT.classes) == len(DARK.classes) == 10


def test_common_fonts_have_the_shapes_of_classes() -> None:
    """Few fonts have Miscellaneous Mathematical Symbols-B, of which browsers would draw boxes instead."""
    assert [glyph for glyph in GLYPHS if "\u2980" <= glyph <= "\u29ff"] == []
