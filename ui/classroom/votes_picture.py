"""The votes on a question as an SVG picture, for slides and minutes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from ui.look.theme import LIGHT

WIDTH, MARGIN = 1280, 40
LINE, HEIGHT_OF_BAR = 40, 30
"""Height of a line of text, and of a bar, in pixels."""

FONT_SIZE = 28
COLUMNS = 80
"""Width of a line of text, where a Latin letter has the width 1 and a Japanese one 2."""

LONGEST_BAR = 0.8 * (WIDTH - 2 * MARGIN)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def votes_svg(
    text: str, options: Sequence[str], counts: Sequence[Sequence[int]], labels: Sequence[str], right: int | None
) -> str:
    """Return a picture of the votes per option. The arguments are the question's text and those of `html.vote_bars`."""
    parts: list[str] = []
    y = MARGIN

    def draw_text(content: str, left: float, weight: int = 400) -> None:
        parts.append(f'<text x="{left:.0f}" y="{y + FONT_SIZE}" font-weight="{weight}">{_escaped(content)}</text>')

    for line in wrapped(text):
        draw_text(line, MARGIN, 700)
        y += LINE
    for i, option in enumerate(options):
        y += LINE // 2
        for line in wrapped(f"✓ {option}" if i == right else option):
            draw_text(line, MARGIN, 700 if i == right else 400)
            y += LINE
        for vote, label, colour in zip(counts, labels, _colours(len(counts)), strict=True):
            share = vote[i] / (sum(vote) or 1)
            length = share * LONGEST_BAR
            parts.append(
                f'<rect x="{MARGIN}" y="{y + 4}" width="{max(length, 2):.1f}" height="{HEIGHT_OF_BAR}" fill="{colour}"'
                f' stroke="{LIGHT.accent}" stroke-width="2"/>'
            )
            name = f" ({label})" if len(counts) > 1 else ""
            draw_text(f"{vote[i]} · {100 * share:.0f} %{name}", MARGIN + length + 12)
            y += LINE
    height = y + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' font-family="sans-serif" font-size="{FONT_SIZE}" fill="{LIGHT.text}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{LIGHT.background}"/>{"".join(parts)}</svg>'
    )


def wrapped(text: str) -> list[str]:
    """Return the lines of a text, at most COLUMNS wide. A line ends at a space or beside a Japanese character."""
    lines, width = [""], 0
    for piece in re.findall("[\u2e80-\uffef]|[^\\s\u2e80-\uffef]{1,60}|\\s+", text):
        size = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in piece)
        if width + size > COLUMNS:
            lines.append("")
            width = 0
        lines[-1] += piece
        width += size
    return [line.strip() for line in lines if line.strip()]


def _colours(count: int) -> Sequence[str]:
    """Return the fill of the first and of the latest vote."""
    return (LIGHT.accent,) if count == 1 else (LIGHT.background, LIGHT.accent)


def _escaped(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
