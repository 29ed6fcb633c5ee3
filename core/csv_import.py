"""Data sets from CSV files in common encodings and dialects.

Encodings: UTF-8 with or without a byte order mark, UTF-16, or Shift-JIS as Excel saves it in Japanese. Separators:
comma, semicolon or tab. Numbers: decimal point or decimal comma, also with full-width digits.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from itertools import chain
from typing import cast

import numpy as np
import pandas as pd

from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
MAX_LINES = 10_000
"""Limit of the rows of a file, incomplete ones included. Together with MAX_COLUMNS it bounds memory and time."""

MIN_ROWS = 3
MAX_ROWS = 5_000
"""Limits of the complete rows, which become the samples."""

MAX_NAME_LENGTH = 40

_END = "\0"
"""Last line added to the text. If the CSV reader does not return a row with this line alone, a quotation mark was not
closed."""


def read_table(content: bytes) -> pd.DataFrame:
    """Return the table in a CSV file whose first row holds the column names.

    Returns
    -------
    DataFrame
        All cells are strings without spaces around them; missing cells are "".

    Raises
    ------
    InvalidDataError
        "too_large", "encoding", "empty", "not_a_table", "too_many_columns" or "too_long".
    """
    if len(content) > MAX_BYTES:
        raise InvalidDataError("too_large", megabytes=MAX_BYTES // 1_000_000)
    text = _decode(content)
    if not text.strip() or _END in text:
        raise InvalidDataError("empty" if not text.strip() else "not_a_table")
    rows = _parse_rows(text)
    if len(rows) < 2:
        raise InvalidDataError("empty")
    header, *rows = rows
    return pd.DataFrame(_pad_rows(rows, len(header)), columns=_unique_names(header), dtype=str)


def numeric_columns(table: pd.DataFrame) -> list[str]:
    """Return the names of the columns with at least two numbers, which are at least half of the non-empty cells."""
    return [name for name in table.columns if _is_numeric(_column(table, name))]


def label_columns(table: pd.DataFrame) -> list[str]:
    """Return the names of the columns that can be class labels; numeric columns come last.

    Such a column has 2 … MAX_CLASSES different values, not counting empty cells.
    """
    candidates = [name for name in table.columns if 2 <= _non_empty(_column(table, name)).nunique() <= MAX_CLASSES]
    return sorted(candidates, key=lambda name: _is_numeric(_column(table, name)))


def table_dataset(table: pd.DataFrame, x: str, y: str, label: str) -> Dataset:
    """Return the data set with columns `x` and `y` as features and column `label` as class.

    Rows in which one of the three values is missing are left out.

    Raises
    ------
    InvalidDataError
        "too_few_rows", "too_many_rows", "one_class" or "too_many_classes".
    """
    X = np.stack([_to_numbers(_column(table, name)).to_numpy() for name in (x, y)], axis=1, dtype=np.float64)
    names = _column(table, label)
    complete = np.isfinite(X).all(axis=1) & (names != "").to_numpy()
    n_rows = int(complete.sum())
    if not MIN_ROWS <= n_rows <= MAX_ROWS:
        raise InvalidDataError("too_few_rows" if n_rows < MIN_ROWS else "too_many_rows", rows=n_rows)
    labels, classes = pd.factorize(names[complete], sort=True)
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise InvalidDataError("one_class" if len(classes) < 2 else "too_many_classes", classes=len(classes))
    class_names = tuple(_shorten(str(name)) for name in classes)
    return Dataset(X[complete], labels.astype(np.intp), class_names, (x, y), named=True)


def _decode(content: bytes) -> str:
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise InvalidDataError("encoding")


def _parse_rows(text: str) -> list[list[str]]:
    """Return the cells of each row that is not empty. The rows can differ in length.

    Raises InvalidDataError("not_a_table"), ("too_many_columns") or ("too_long").
    """
    lines = io.StringIO(text.lstrip("\r\n "), newline=None)
    separator = max(",;\t", key=lines.readline().count)
    lines.seek(0)
    rows: list[list[str]] = []
    try:
        for n_read, row in enumerate(csv.reader(chain(lines, [_END]), delimiter=separator, skipinitialspace=True)):
            cells = [cell.strip() for cell in row]
            if cells == [_END]:
                return rows
            if len(cells) > MAX_COLUMNS + bool(rows):  # a row may also begin with its name, see _pad_rows
                raise InvalidDataError("too_many_columns", columns=len(cells))
            if len(rows) > MAX_LINES or n_read > 10 * MAX_LINES:
                raise InvalidDataError("too_long")
            if cells not in ([], [""]):
                rows.append(cells)
    except csv.Error as error:
        raise InvalidDataError("not_a_table") from error
    raise InvalidDataError("not_a_table")  # a quotation mark is open at the end


def _pad_rows(rows: list[list[str]], n_columns: int) -> list[list[str]]:
    """Return the rows with `n_columns` cells each; missing cells are "".

    Empty cells beyond `n_columns` are removed. If other cells stand there, each row must have n_columns + 1 cells: the
    first is taken as a row name, as R writes tables, and is removed. Otherwise raises InvalidDataError("not_a_table").
    """
    if any(any(row[n_columns:]) for row in rows):
        if any(len(row) != n_columns + 1 for row in rows):
            raise InvalidDataError("not_a_table")
        rows = [row[1:] for row in rows]
    return [row[:n_columns] + [""] * (n_columns - len(row)) for row in rows]


def _unique_names(header: list[str]) -> list[str]:
    """Return a short and unique name for each column."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = _shorten(cell) or f"#{number}"
        while name in names:
            name += f" #{number}"
        names.append(name)
    return names


def _shorten(name: str) -> str:
    """Return the name with printable characters and single spaces only, cut to MAX_NAME_LENGTH."""
    printable = "".join(c for c in " ".join(name.split()) if c.isprintable())
    return printable if len(printable) <= MAX_NAME_LENGTH else printable[: MAX_NAME_LENGTH - 1] + "…"


def _column(table: pd.DataFrame, name: str) -> pd.Series[str]:
    return cast("pd.Series[str]", table[name])


def _non_empty(column: pd.Series[str]) -> pd.Series[str]:
    return column[column != ""]


def _to_numbers(column: pd.Series[str]) -> pd.Series[float]:
    """Return the cells as numbers; NaN where a cell is not a number or lies beyond ±1e100."""
    if not column.str.fullmatch(r"[\x21-\x2b\x2d-\x7e]*").all():  # if there are commas or non-ASCII characters
        column = column.str.normalize("NFKC").str.replace("−", "-", regex=False)
        column = column.str.replace(r"^([-+]?\d+),(\d+)$", r"\1.\2", regex=True)
    numbers = pd.to_numeric(column, errors="coerce").astype(np.float64)
    return numbers.where(numbers.abs() <= 1e100)


def _is_numeric(column: pd.Series[str]) -> bool:
    n_numbers = int(_to_numbers(column).notna().sum())
    return n_numbers >= 2 and n_numbers >= 0.5 * len(_non_empty(column))
