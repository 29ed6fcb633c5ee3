"""Columns of numbers in a table of text.

Accepted numbers, also with full-width digits: 1234.5, 1,234.5 and 1 234.5. If the columns are not separated by commas,
1234,5 and 1.234,5 and 1 234,5 are accepted, too. All cells of a column have the same decimal mark. If a column can be
read with either mark (1.234 can be 1234 or 1.234), the mark of the other columns is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import Floats

TO_ASCII = str.maketrans(
    {0xFF01 + i: 0x21 + i for i in range(94)} | dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f"), " ") | {"−": "-"}
)
"""Translation of full-width characters, other spaces and the minus sign to ASCII, for `str.translate`."""

_SPACED = re.compile(r"[+-]?[0-9.,]+( [0-9.,]+)+")
_SPACED_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?")


def _number_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """Return the pattern of numbers with this decimal mark and this separator of thousands."""
    plain = rf"(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+(?:{decimal}[0-9]+)?"
    return re.compile(rf"[+-]?(?:{plain}|{grouped})")


_PATTERNS = {".": _number_pattern(r"\.", ","), ",": _number_pattern(",", r"\.")}
"""For each decimal mark, the pattern of the numbers written with it."""


class _NumberColumn(NamedTuple):
    """A column with numbers.

    cells: the n cells, in ASCII.
    is_number: for each decimal mark, a mask (n,) of the cells that are numbers when read with this mark.
    has_marks: whether a number contains "." or ",".
    marks: the decimal marks with which all the numbers can be read.
    """

    cells: list[str]
    is_number: dict[str, NDArray[np.bool_]]
    has_marks: bool
    marks: list[str]

    def values(self, mark: str) -> Floats:
        """Return the values with this decimal mark; NaN where a cell is not a number or lies beyond ±1e100."""
        thousands = "," if mark == "." else "."
        values = [
            float(cell.replace(thousands, "").replace(mark, ".")) if is_number else np.nan
            for cell, is_number in zip(self.cells, self.is_number[mark], strict=True)
        ]
        return np.where(np.abs(values) <= 1e100, values, np.nan)

    def unclear_cell(self) -> int:
        """Return the index of the first cell that is a number only with a decimal comma.

        If there is none, return the index of the first number that contains "." or ",".
        """
        point, comma = self.is_number["."], self.is_number[","]
        is_unclear = comma & ~point
        if not is_unclear.any():
            is_unclear = point & np.array(["." in cell or "," in cell for cell in self.cells])
        return int(is_unclear.argmax())


def _number_column(cells: Sequence[str], separator: str) -> _NumberColumn | None:
    """Return the column, or None if it is not numeric.

    A column is numeric if at least two cells, and at least half of the cells that are not empty, are numbers. In a
    table whose `separator` is a comma, the decimal mark is a point.
    """
    texts = [cell if cell.isascii() else cell.translate(TO_ASCII).strip() for cell in cells]
    spaced = {text for text in texts if " " in text and _SPACED.fullmatch(text)}
    if all(map(_SPACED_THOUSANDS.fullmatch, spaced)):
        texts = [text.replace(" ", "") if text in spaced else text for text in texts]
    is_marked = ["." in text or "," in text for text in texts]
    point = [_PATTERNS["."].fullmatch(text) is not None for text in texts]
    matches = zip(texts, is_marked, point, strict=True)
    comma = [_PATTERNS[","].fullmatch(text) is not None if marked else found for text, marked, found in matches]
    is_number = {".": np.array(point), ",": np.array(comma)}
    is_any = is_number["."] | is_number[","]
    if is_any.sum() < max(2, 0.5 * (len(texts) - texts.count(""))):
        return None
    has_marks = bool((is_any & is_marked).any())
    possible = "." if separator == "," else ".,"
    return _NumberColumn(texts, is_number, has_marks, [mark for mark in possible if (is_number[mark] == is_any).all()])


def read_numbers(
    cells: Mapping[str, Sequence[str]], separator: str, on_progress: Callable[[], None]
) -> tuple[dict[str, Floats], dict[str, str]]:
    """Return the values of the numeric columns, and the columns whose decimal mark is unclear.

    Both are dicts by column name. The second one has one cell per column, as an example.
    """
    columns: dict[str, _NumberColumn] = {}
    for name in cells:
        column = _number_column(cells[name], separator)
        if column is not None:
            columns[name] = column
        on_progress()
    marks_of_file = {column.marks[0] for column in columns.values() if column.has_marks and len(column.marks) == 1}
    numbers: dict[str, Floats] = {}
    ambiguous: dict[str, str] = {}
    for name, column in columns.items():
        marks = column.marks if len(column.marks) < 2 else [mark for mark in column.marks if {mark} == marks_of_file]
        if marks or not column.has_marks:
            numbers[name] = column.values(marks[0] if marks else ".")
        else:
            ambiguous[name] = cells[name][column.unclear_cell()]
        on_progress()
    return numbers, ambiguous
