"""Columns of numbers in a table of text.

Numbers, also with full-width digits: 1234.5, 1,234.5 and 1 234.5; with a decimal comma 1234,5 and 1.234,5 and 1 234,5.
A percentage such as 12.5% is the number 0.125. One decimal mark holds for all cells of a column. Where both can be
meant, as by 1.234, the other columns decide; commas between the columns exclude decimal commas.

pandas' `thousands` and `decimal` are not used, because they accept too much: with thousands=",", "1,5" is 15.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.activations import Floats

TO_ASCII = str.maketrans(
    {0xFF01 + i: 0x21 + i for i in range(94)} | dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f"), " ") | {"−": "-"}
)
"""Full-width characters, spaces and the minus sign, and the ASCII characters that they stand for in numbers."""

MARKS = (".", ",")
"""The decimal marks; each one's separator of thousands is the other."""

MAX_ABSOLUTE = 1e100
"""Numbers beyond ±MAX_ABSOLUTE are taken as missing."""

_SPACED = r"[+-]?[0-9.,]+(?: [0-9.,]+)+"
_SPACED_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?"


def _number_pattern(decimal: str, thousands: str) -> str:
    """Return the pattern of numbers with this decimal mark and this separator of thousands."""
    plain = rf"(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+(?:{decimal}[0-9]+)?"
    return rf"[+-]?(?:{plain}|{grouped})"


_PATTERNS = {".": _number_pattern(r"\.", ","), ",": _number_pattern(",", r"\.")}
"""The pattern of numbers per decimal mark."""


class AmbiguousColumn(NamedTuple):
    """A column whose decimal mark is not certain: a cell that shows it, and the values (n,) per decimal mark."""

    cell: str
    values: dict[str, Floats]


class _NumberColumn(NamedTuple):
    """The texts (n,) of a column without percent signs, and for each decimal mark which of them are numbers.

    `marks` are the decimal marks with which all numbers can be read.
    """

    texts: pd.Series[str]
    is_percentage: NDArray[np.bool_]
    is_number: dict[str, NDArray[np.bool_]]
    has_mark: NDArray[np.bool_]
    marks: list[str]

    def values(self, mark: str) -> Floats:
        """Return the values; NaN where a cell is not a number or lies beyond ±MAX_ABSOLUTE."""
        is_number, values = self.is_number[mark], np.full(len(self.texts), np.nan)
        thousands = "," if mark == "." else "."
        texts = self.texts[is_number].str.replace(thousands, "", regex=False).str.replace(mark, ".", regex=False)
        values[is_number] = [float(text) for text in texts.tolist()]
        values[self.is_percentage] /= 100
        return np.where(np.abs(values) <= MAX_ABSOLUTE, values, np.nan)

    def unclear_cell(self) -> int:
        """Return the index of the first number with a decimal comma; if there is none, of the first with any mark."""
        is_unclear = self.is_number[","] & ~self.is_number["."]
        return int((is_unclear if is_unclear.any() else self.has_mark).argmax())


def _number_column(cells: pd.Series[str], separator: str) -> _NumberColumn | None:
    """Return a column of numbers, or None: it has at least two, in at least half of the cells that are not empty."""
    texts = cells if cells.str.isascii().all() else cells.str.translate(TO_ASCII).str.strip()
    is_percentage = texts.str.endswith("%")
    if is_percentage.any():
        texts = texts.where(~is_percentage, texts.str.removesuffix("%").str.rstrip())
    spaced = texts.str.fullmatch(_SPACED)
    if spaced.any() and texts[spaced].str.fullmatch(_SPACED_THOUSANDS).all():
        texts = texts.where(~spaced, texts.str.replace(" ", "", regex=False))
    is_number = {mark: _array(texts.str.fullmatch(_PATTERNS[mark])) for mark in MARKS}
    is_any = is_number["."] | is_number[","]
    if is_any.sum() < max(2, 0.5 * int((cells != "").sum())):
        return None
    has_mark = is_any & _array(texts.str.contains("[.,]"))
    possible = MARKS[:1] if separator == "," else MARKS
    marks = [mark for mark in possible if (is_number[mark] == is_any).all()]
    return _NumberColumn(texts, _array(is_percentage), is_number, has_mark, marks)


def _array(mask: pd.Series[bool]) -> NDArray[np.bool_]:
    return mask.to_numpy(dtype=np.bool_)


def read_numbers(
    frame: pd.DataFrame, separator: str, on_progress: Callable[[], None]
) -> tuple[dict[str, Floats], dict[str, AmbiguousColumn]]:
    """Return the values of each column of numbers, and the columns whose decimal mark is not certain."""
    columns: dict[str, _NumberColumn] = {}
    for name in frame:
        column = _number_column(frame[name], separator)
        if column is not None:
            columns[str(name)] = column
        on_progress()
    marks_of_file = {column.marks[0] for column in columns.values() if column.has_mark.any() and len(column.marks) == 1}
    numbers: dict[str, Floats] = {}
    ambiguous: dict[str, AmbiguousColumn] = {}
    for name, column in columns.items():
        marks = column.marks if len(column.marks) < 2 else [mark for mark in column.marks if {mark} == marks_of_file]
        if marks or not column.has_mark.any():
            numbers[name] = column.values(marks[0] if marks else ".")
        else:
            values = {mark: column.values(mark) for mark in MARKS}
            ambiguous[name] = AmbiguousColumn(frame[name].iloc[column.unclear_cell()], values)
        on_progress()
    return numbers, ambiguous


def likely_mark(columns: dict[str, AmbiguousColumn]) -> str:
    """Return the decimal mark with which most cells of the columns are numbers; the point if both are equal."""
    return max(MARKS, key=lambda mark: sum(int(np.isfinite(column.values[mark]).sum()) for column in columns.values()))
