"""Data sets from CSV files in common encodings and dialects.

Encodings: UTF-8 with or without a byte order mark, UTF-16, or Shift-JIS as Excel saves it in Japanese. Separators:
comma, semicolon or tab, or the one that a first line `sep=;` declares.
Numbers: see `core.number_columns`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

import numpy as np

from core.activations import Floats
from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError
from core.number_columns import read_numbers

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
MAX_LINES = 10_000
"""Largest number of rows of a file, including rows with missing values. With MAX_COLUMNS, it limits memory and time."""

MIN_ROWS = 3
MAX_ROWS = 5_000
"""Largest number of rows without missing values; each of these becomes a sample. MIN_ROWS is the smallest number."""

MAX_NAME_LENGTH = 40

ROWS_AT_ONCE = 500
"""Number of rows to read before `on_progress` is called again."""

_JOINER = "\u200d"
"""A zero-width joiner: an invisible character that combines two emoji into one."""

_END = "\0"
"""Last line added to the text. If the CSV reader does not return a row with this line alone, a quotation mark was not
closed."""

_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\n', re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    `cells` has the n cells of each column, without spaces around them; missing cells are "". `numbers` has the values
    (n,) of each numeric column, NaN where a cell is not a number. `ambiguous` has the columns whose decimal mark is
    unclear, each with one cell as an example, such as "1.234".
    """

    cells: dict[str, tuple[str, ...]]
    numbers: dict[str, Floats]
    ambiguous: dict[str, str]

    @property
    def n_rows(self) -> int:
        """Number of rows, including rows with missing values."""
        return len(next(iter(self.cells.values())))


def read_table(content: bytes, on_progress: Callable[[], None] = lambda: None) -> Table:
    """Return the table in a CSV file whose first row holds the column names.

    `on_progress` is called every few milliseconds, for instance to let other threads run.

    Raises
    ------
    InvalidDataError
        "too_large", "workbook", "encoding", "empty", "not_a_table", "too_many_columns" or "too_long".
    """
    if content.startswith(b"\xd0\xcf\x11\xe0") or (content.startswith(b"PK\x03\x04") and b"xl/" in content):
        raise InvalidDataError("workbook")
    if len(content) > MAX_BYTES:
        raise InvalidDataError("too_large", megabytes=MAX_BYTES // 1_000_000)
    text = _decode(content)
    if not text.strip() or _END in text:
        raise InvalidDataError("empty" if not text.strip() else "not_a_table")
    on_progress()
    separator, rows = _parse_rows(text, on_progress)
    if len(rows) < 2:
        raise InvalidDataError("empty")
    header, *rows = rows
    rows = _pad_rows(rows, len(header))
    on_progress()
    cells = dict(zip(_unique_names(header), zip(*rows, strict=True), strict=True))
    on_progress()
    return Table(cells, *read_numbers(cells, separator, on_progress))


def label_columns(table: Table) -> list[str]:
    """Return the names of the columns that can be class labels; numeric columns come last.

    A column can be class labels if it has 2 … MAX_CLASSES different values, not counting empty cells.
    """
    names = [name for name, cells in table.cells.items() if 2 <= len({*cells} - {""}) <= MAX_CLASSES]
    return sorted(names, key=lambda name: name in table.numbers or name in table.ambiguous)


def table_dataset(table: Table, x: str, y: str, label: str) -> Dataset:
    """Return the data set with columns `x` and `y` as features and column `label` as class.

    Rows in which one of the three values is missing are left out.

    Raises
    ------
    InvalidDataError
        "ambiguous", "too_few_rows", "too_many_rows", "one_class" or "too_many_classes".
    """
    for name in (x, y):
        if name in table.ambiguous:
            raise InvalidDataError("ambiguous", column=name, cell=table.ambiguous[name])
    missing = np.full(table.n_rows, np.nan)
    X = np.stack([table.numbers.get(name, missing) for name in (x, y)], axis=1)
    complete = np.isfinite(X).all(axis=1) & [cell != "" for cell in table.cells[label]]
    n_rows = int(complete.sum())
    if not MIN_ROWS <= n_rows <= MAX_ROWS:
        raise InvalidDataError("too_few_rows" if n_rows < MIN_ROWS else "too_many_rows", rows=n_rows)
    names = [table.cells[label][row] for row in np.flatnonzero(complete)]
    classes = sorted(set(names))
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise InvalidDataError("one_class" if len(classes) < 2 else "too_many_classes", classes=len(classes))
    labels = np.array([classes.index(name) for name in names], dtype=np.intp)
    return Dataset(X[complete], labels, tuple(map(_shorten, classes)), (x, y), named=True)


def _decode(content: bytes) -> str:
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise InvalidDataError("encoding")


def _parse_rows(text: str, on_progress: Callable[[], None]) -> tuple[str, list[list[str]]]:
    """Return the separator, and the cells of each row that is not empty. The rows can differ in length.

    Raises InvalidDataError("not_a_table"), ("too_many_columns") or ("too_long").
    """
    lines = io.StringIO(text.lstrip("\r\n "), newline=None)
    first_line = lines.readline()
    declared = _SEPARATOR_LINE.fullmatch(first_line)
    if declared is None:
        lines.seek(0)
    separator = declared[1] if declared else max(",;\t", key=first_line.count)
    rows: list[list[str]] = []
    try:
        for n_read, row in enumerate(csv.reader(chain(lines, [_END]), delimiter=separator, skipinitialspace=True)):
            cells = [cell.strip() for cell in row]
            if cells == [_END]:
                return separator, rows
            if len(cells) > MAX_COLUMNS + bool(rows):  # one cell more is allowed: a row name, see _pad_rows
                raise InvalidDataError("too_many_columns", columns=len(cells))
            if len(rows) > MAX_LINES or n_read > 10 * MAX_LINES:
                raise InvalidDataError("too_long")
            if cells not in ([], [""]):
                rows.append(cells)
            if n_read % ROWS_AT_ONCE == 0:
                on_progress()
    except csv.Error as error:
        raise InvalidDataError("not_a_table") from error
    raise InvalidDataError("not_a_table")  # the last quotation mark was not closed


def _pad_rows(rows: list[list[str]], n_columns: int) -> list[list[str]]:
    """Return the rows with `n_columns` cells each; missing cells are "".

    If the cells beyond `n_columns` are all empty, they are removed. Otherwise each row must have n_columns + 1 cells,
    of which the first is removed: it is a row name, which R writes without a column name. Raises
    InvalidDataError("not_a_table") if a row has another number of cells.
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


def printable_text(text: str, max_length: int) -> str:
    """Return the printable characters of a text with single spaces, cut to `max_length`.

    A zero-width joiner between two other characters is kept, because it combines two emoji into one.
    """
    printable = "".join(c for c in " ".join(text.split()) if c.isprintable() or c == _JOINER)
    return re.sub(r"(?<!\S)\u200d+|\u200d+(?!\S)", "", printable[:max_length])


def _shorten(name: str) -> str:
    """Return the printable characters of the name, cut to MAX_NAME_LENGTH with "…"."""
    printable = printable_text(name, len(name))
    if len(printable) <= MAX_NAME_LENGTH:
        return printable
    return printable_text(printable, MAX_NAME_LENGTH - 1) + "…"
