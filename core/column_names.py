"""Names from a table or from users, as short and printable text."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_NAME_LENGTH = 40

_JOINER = "\u200d"
"""A zero-width joiner, which makes one emoji of several."""


def unique_names(header: Sequence[str]) -> list[str]:
    """Return a short and unique name for each column."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = shorten(cell) or f"#{number}"
        while name in names:
            name += f" #{number}"
        names.append(name)
    return names


def printable_text(text: str, max_length: int) -> str:
    """Return the printable characters of a text with single spaces, cut to `max_length`.

    A zero-width joiner is kept between two other characters: it makes one emoji of several.
    """
    printable = "".join(c for c in " ".join(text.split()) if c.isprintable() or c == _JOINER)
    return re.sub(r"(?<!\S)\u200d+|\u200d+(?!\S)", "", printable[:max_length])


def shorten(name: str) -> str:
    """Return the printable characters of the name, cut to MAX_NAME_LENGTH with "…"."""
    printable = printable_text(name, len(name))
    if len(printable) <= MAX_NAME_LENGTH:
        return printable
    return printable_text(printable, MAX_NAME_LENGTH - 1) + "…"
