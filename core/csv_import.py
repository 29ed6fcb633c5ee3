"""Data sets from a reader's own table: CSV in the encodings and dialects that people's programs write.

Text may be UTF-8 (with or without mark), UTF-16 or Shift-JIS (as Excel in Japanese saves it); columns may be parted by
comma, semicolon or tab, decimals written with a point or a comma, digits full-width too.
"""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import cast

import numpy as np
import pandas as pd

from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
MAX_LINES = 10_000
"""How many rows are looked at, complete or not: with the columns, what bounds memory and time whatever the file."""

MAX_ROWS = 5_000
LEAST_ROWS = 3
LONGEST_NAME = 40

_ENCODINGS = ("utf-8-sig", "cp932")
_END = "\0"
"""A line that no text contains: what follows the last one, unless a quotation mark is open."""


def read_table(content: bytes) -> pd.DataFrame:
    """The table in a CSV file, all cells as text without spaces around it, empty ones as "".

    Raises InvalidDataError with reason "too_large", "encoding", "empty", "not_a_table", "too_many_columns" or
    "too_long".
    """
    if len(content) > MAX_BYTES:
        raise InvalidDataError("too_large", megabytes=MAX_BYTES // 1_000_000)
    text = _decoded(content)
    if not text.strip() or _END in text:
        raise InvalidDataError("empty" if not text.strip() else "not_a_table")
    cells = _cells(text)
    if len(cells) < 2:
        raise InvalidDataError("empty")
    header, *rows = cells
    return pd.DataFrame(_as_wide(rows, len(header)), columns=_distinct(header), dtype=str)


def numeric_columns(table: pd.DataFrame) -> list[str]:
    """The columns in which at least two rows, and most of those filled, are numbers."""
    return [name for name in table.columns if _is_numeric(_column(table, name))]


def label_columns(table: pd.DataFrame) -> list[str]:
    """The columns that could be classes, having 2 … MAX_CLASSES different values; those of words first."""
    possible = [name for name in table.columns if 2 <= _filled(_column(table, name)).nunique() <= MAX_CLASSES]
    return sorted(possible, key=lambda name: _is_numeric(_column(table, name)))


def table_dataset(table: pd.DataFrame, x: str, y: str, label: str) -> Dataset:
    """Two columns as features and one as class; rows in which one of them is missing are left out.

    Raises InvalidDataError with reason "too_few_rows", "too_many_rows", "one_class" or "too_many_classes".
    """
    X = np.stack([_numbers(_column(table, name)).to_numpy(np.float64) for name in (x, y)], axis=1)
    names = _column(table, label)
    kept = np.isfinite(X).all(axis=1) & (names != "").to_numpy()
    if not LEAST_ROWS <= kept.sum() <= MAX_ROWS:
        raise InvalidDataError("too_few_rows" if kept.sum() < LEAST_ROWS else "too_many_rows", rows=int(kept.sum()))
    labels, classes = pd.factorize(names[kept], sort=True)
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise InvalidDataError("one_class" if len(classes) < 2 else "too_many_classes", classes=len(classes))
    return Dataset(
        np.asarray(X[kept], dtype=np.float64),
        labels.astype(np.intp),
        tuple(_short(str(name)) for name in classes),
        (x, y),
        named=True,
    )


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidDataError("encoding")


def _cells(text: str) -> list[list[str]]:
    """The rows of a table, of whatever length each; those before the first and between others that are empty left out.

    Raises InvalidDataError("not_a_table"), ("too_many_columns") or ("too_long").
    """
    lines = io.StringIO(text.lstrip("\r\n "), newline=None)
    separator = max(",;\t", key=lines.readline().count)
    lines.seek(0)
    rows: list[list[str]] = []
    try:
        for read, row in enumerate(csv.reader(chain(lines, [_END]), delimiter=separator, skipinitialspace=True)):
            cells = [cell.strip() for cell in row]
            if cells == [_END]:
                return rows
            if len(cells) > MAX_COLUMNS + bool(rows):
                raise InvalidDataError("too_many_columns", columns=len(cells))
            if len(rows) > MAX_LINES or read > 10 * MAX_LINES:
                raise InvalidDataError("too_long")
            if cells not in ([], [""]):
                rows.append(cells)
    except csv.Error as error:
        raise InvalidDataError("not_a_table") from error
    raise InvalidDataError("not_a_table")  # a quotation mark is open at the end


def _as_wide(rows: list[list[str]], width: int) -> list[list[str]]:
    """The rows with a cell for each of `width` columns, missing ones empty.

    There may be more cells than names where each row ends in a separator, or where each begins with a name of its own,
    as R writes them. Raises InvalidDataError("not_a_table") for others.
    """
    if any(any(row[width:]) for row in rows):
        if any(len(row) != width + 1 for row in rows):
            raise InvalidDataError("not_a_table")
        rows = [row[1:] for row in rows]
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _distinct(header: list[str]) -> list[str]:
    """Names for columns: short, and no two the same."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = _short(cell) or f"#{number}"
        while name in names:
            name += f" #{number}"
        names.append(name)
    return names


def _short(name: str) -> str:
    """A name in printable characters and single spaces, no longer than it can be read at a glance."""
    printable = "".join(c for c in " ".join(name.split()) if c.isprintable())
    return printable if len(printable) <= LONGEST_NAME else printable[: LONGEST_NAME - 1] + "…"


def _column(table: pd.DataFrame, name: str) -> pd.Series[str]:
    return cast("pd.Series[str]", table[name])


def _filled(column: pd.Series[str]) -> pd.Series[str]:
    return column[column != ""]


def _numbers(column: pd.Series[str]) -> pd.Series[float]:
    """Cells as numbers, NaN where they are none; values beyond ±1e100 count as none."""
    if not column.str.fullmatch(r"[\x21-\x2b\x2d-\x7e]*").all():  # has a comma, or what is not ASCII
        column = column.str.normalize("NFKC").str.replace("−", "-", regex=False)
        column = column.str.replace(r"^([-+]?\d+),(\d+)$", r"\1.\2", regex=True)
    numbers = pd.to_numeric(column, errors="coerce").astype(np.float64)
    return numbers.where(numbers.abs() <= 1e100)


def _is_numeric(column: pd.Series[str]) -> bool:
    count = int(_numbers(column).notna().sum())
    return count >= 2 and count >= 0.5 * len(_filled(column))
