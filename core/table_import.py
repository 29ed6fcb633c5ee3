"""Data sets from files: CSV in common encodings and dialects, and Excel workbooks.

Encodings: see `core.text_encoding`. Columns are separated by commas, semicolons or tabs, or by the
character that a first line such as `sep=|` names.
Numbers: see `core.number_columns`. Workbooks: see `core.workbook`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.activations import Floats
from core.column_names import shorten, unique_names
from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError
from core.number_columns import AmbiguousColumn, read_numbers
from core.text_encoding import decode
from core.workbook import is_workbook, read_sheet

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
MAX_LINES = 10_000
"""Limit of the rows of a file, incomplete ones included. Together with MAX_COLUMNS it bounds memory and time."""

MIN_ROWS = 3
MAX_ROWS = 5_000
"""Limits of the complete rows, which become the samples."""

MAX_FEATURES = 20
"""How many columns of numbers can be features at once."""

MAX_EMPTY_COLUMNS = 10
"""How many more cells than the header a row can have, if they are empty."""

ROWS_AT_ONCE = 1000
"""Rows that are read between two calls of `on_progress`."""

_CONTROL_CHARACTER = re.compile("[\0-\x08]")
"""Characters that binary files have, and texts have not."""

_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\n', re.IGNORECASE)


class Source(NamedTuple):
    """How a file was read: the encoding and separator of a text; or the sheet of a workbook and the names of all."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    `frame` has the n cells of each column as text, without spaces around them; missing cells are "". `numbers` has the
    values (n,) of each column of numbers, NaN where a cell is no number. `ambiguous` has the columns whose numbers can
    be read in more than one way; they are in `numbers` only after `with_decimal_mark`.
    """

    frame: pd.DataFrame
    numbers: Mapping[str, Floats]
    ambiguous: Mapping[str, AmbiguousColumn]
    source: Source

    @property
    def n_rows(self) -> int:
        """Number of rows, incomplete ones included."""
        return len(self.frame)

    def with_decimal_mark(self, mark: str) -> Table:
        """Return the table in which the ambiguous columns are read with this decimal mark, "." or ","."""
        numbers = {**self.numbers, **{name: column.values[mark] for name, column in self.ambiguous.items()}}
        return replace(self, numbers={name: numbers[name] for name in self.frame if name in numbers})


def read_table(
    content: bytes, *, encoding: str = "", sheet: str = "", on_progress: Callable[[], None] = lambda: None
) -> Table:
    """Return the table in a CSV file or Excel workbook whose first row holds the column names.

    Without `encoding`, it is found. Without `sheet`, the first sheet is read. `on_progress` is called every few
    milliseconds, for instance to let other threads run.

    Raises
    ------
    InvalidDataError
        "too_large", "workbook", "workbook_too_large", "encoding", "empty", "not_a_table", "too_many_columns" or
        "too_long".
    """
    return parse_table(*read_source(content, encoding, sheet, on_progress), on_progress)


def read_source(content: bytes, encoding: str, sheet: str, on_progress: Callable[[], None]) -> tuple[str, Source]:
    """Return the text of a file, or of a sheet as CSV, and how it was read. Arguments and errors: see `read_table`."""
    if is_workbook(content):
        text, name, names = read_sheet(content, sheet, MAX_LINES + 2, on_progress)
        return text, Source("", ",", name, names)
    if len(content) > MAX_BYTES:
        raise InvalidDataError("too_large", megabytes=MAX_BYTES // 1_000_000)
    text, found = decode(content, encoding)
    return text, Source(found)


def parse_table(text: str, source: Source, on_progress: Callable[[], None] = lambda: None) -> Table:
    """Return the table in a text. Without `source.separator`, it is found. Errors: see `read_table`."""
    if not text.strip() or _CONTROL_CHARACTER.search(text):
        raise InvalidDataError("empty" if not text.strip() else "not_a_table")
    on_progress()
    separator, header, frame = _parse_rows(text, source.separator, on_progress)
    frame = _fit_columns(frame, len(header))
    frame.columns = pd.Index(unique_names(header))
    is_column = [bool(name.strip()) or (frame.iloc[:, i] != "").any() for i, name in enumerate(header)]
    frame = frame.loc[:, is_column]
    numbers, ambiguous = read_numbers(frame, separator, on_progress)
    return Table(frame, numbers, ambiguous, source._replace(separator=separator))


def label_columns(table: Table) -> list[str]:
    """Return the names of the columns that can be class labels; numeric columns come last.

    Such a column has 2 … MAX_CLASSES different values, not counting empty cells.
    """
    names = [name for name, cells in table.frame.items() if 2 <= len({*cells.unique()} - {""}) <= MAX_CLASSES]
    return sorted(map(str, names), key=lambda name: name in table.numbers or name in table.ambiguous)


def feature_columns(table: Table, label: str) -> list[str]:
    """Return the names of the columns that can be features.

    If more than two can, a first column that only numbers the rows, from 0 or 1, comes last.
    """
    names = [name for name in table.numbers if name != label]
    if len(names) > 2 and numbers_rows(table, names[0]):
        names.append(names.pop(0))
    return names


def numbers_rows(table: Table, name: str) -> bool:
    """Return whether a column of numbers is the first one and only numbers the rows, from 0 or 1."""
    values = table.numbers[name]
    return bool(name == table.frame.columns[0] and values[0] in (0, 1) and (np.diff(values) == 1).all())


def table_dataset(table: Table, x: str, y: str, label: str, others: Sequence[str] = ()) -> Dataset:
    """Return the data set with the columns `x`, `y` and `others` as features and column `label` as class.

    Rows in which one of these values is missing are left out.

    Raises
    ------
    InvalidDataError
        "ambiguous", "too_few_rows", "too_many_rows", "one_class" or "too_many_classes".
    """
    features = (x, y, *others)
    for name in features:
        if name in table.ambiguous and name not in table.numbers:
            raise InvalidDataError("ambiguous", column=name, cell=table.ambiguous[name].cell)
    X = np.stack([_values(table, name) for name in features], axis=1)
    complete = np.isfinite(X).all(axis=1) & _has_text(table, label)
    n_rows = int(complete.sum())
    if not MIN_ROWS <= n_rows <= MAX_ROWS:
        raise InvalidDataError("too_few_rows" if n_rows < MIN_ROWS else "too_many_rows", rows=n_rows)
    names = table.frame[label][complete].tolist()
    classes = sorted(set(names))
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise InvalidDataError("one_class" if len(classes) < 2 else "too_many_classes", classes=len(classes))
    labels = np.array([classes.index(name) for name in names], dtype=np.intp)
    return Dataset(X[complete], labels, tuple(map(shorten, classes)), features, named=True)


def missing_values(table: Table, x: str, y: str, label: str, others: Sequence[str] = ()) -> dict[str, tuple[int, str]]:
    """Return for each column with missing values their number, and the first text that is not a number or "".

    A row with a missing value is left out by `table_dataset`.
    """
    is_missing = {name: ~np.isfinite(_values(table, name)) for name in (x, y, *others)}
    is_missing |= {label: ~_has_text(table, label)}
    found = {}
    for name, mask in is_missing.items():
        if mask.any():
            cells = table.frame[name][mask]
            found[name] = int(mask.sum()), next((cell for cell in cells.tolist() if cell), "")
    return found


def _values(table: Table, name: str) -> Floats:
    """Return the values (n,) of a column; all are missing if it is not one of numbers."""
    return table.numbers.get(name, np.full(table.n_rows, np.nan))


def _has_text(table: Table, name: str) -> NDArray[np.bool_]:
    return (table.frame[name] != "").to_numpy(dtype=np.bool_)


def _parse_rows(text: str, separator: str, on_progress: Callable[[], None]) -> tuple[str, list[str], pd.DataFrame]:
    """Return the separator, the header, and the cells of the rows below it, which can have more columns.

    Without `separator`, it is found. Rows without any text are left out. Raises InvalidDataError("empty"),
    ("not_a_table"), ("too_many_columns") or ("too_long").
    """
    lines = io.StringIO(text.lstrip("\r\n "), newline=None)
    if not separator:
        first_line = lines.readline()
        declared = _SEPARATOR_LINE.fullmatch(first_line)
        if declared is None:
            lines.seek(0)
        separator = declared[1] if declared else max(",;\t", key=first_line.count)
    try:
        rows = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        header = next((row for row in rows if not _is_empty_or_title(row[: MAX_COLUMNS + 1])), [])
        if len(header) > MAX_COLUMNS:
            raise InvalidDataError("too_many_columns", columns=len(header))
        frame = _parse_body(lines.read(), separator, len(header) + MAX_EMPTY_COLUMNS, on_progress)
    except csv.Error as error:
        raise InvalidDataError("not_a_table") from error
    if frame.empty:
        raise InvalidDataError("empty")
    return separator, header, frame


def _is_empty_or_title(row: Sequence[str]) -> bool:
    """Return whether a row has no text, or is a title above the table: text in one of at least three cells."""
    n_filled = sum(bool(cell.strip()) for cell in row)
    return n_filled == 0 or (n_filled == 1 and len(row) > 2)


def _parse_body(text: str, separator: str, n_columns: int, on_progress: Callable[[], None]) -> pd.DataFrame:
    """Return the cells of the rows after the header, `n_columns` per row.

    pandas takes the number of columns from the first row, hence a row of empty cells is put before the others.
    """
    chunks: list[pd.DataFrame] = []
    body = io.StringIO(separator * (n_columns - 1) + "\n" + text)
    try:
        with pd.read_csv(
            body, sep=separator, header=None, dtype=str, na_filter=False, skipinitialspace=True, chunksize=ROWS_AT_ONCE
        ) as reader:
            for chunk in reader:
                chunks.append(chunk)
                if len(chunks) * ROWS_AT_ONCE > MAX_LINES + ROWS_AT_ONCE:
                    raise InvalidDataError("too_long")
                on_progress()
    except pd.errors.ParserError as error:  # a row is too long, or a quotation mark is open at the end
        found = re.search(r"saw (\d+)", str(error))
        if found and int(found[1]) > MAX_COLUMNS + 1:
            raise InvalidDataError("too_many_columns", columns=int(found[1])) from error
        raise InvalidDataError("not_a_table") from error
    frame = pd.concat(chunks, ignore_index=True)
    for name in frame:
        frame[name] = frame[name].str.strip()
        on_progress()
    frame = frame[(frame != "").any(axis=1)].reset_index(drop=True)
    if len(frame) > MAX_LINES:
        raise InvalidDataError("too_long")
    return frame


def _fit_columns(frame: pd.DataFrame, n_columns: int) -> pd.DataFrame:
    """Return the first `n_columns` columns, if the others are empty.

    If only the next column has text and each row has a name in front, as R writes tables, return the columns after the
    name. Otherwise raise InvalidDataError("not_a_table").
    """
    is_filled = (frame != "").to_numpy(dtype=np.bool_)
    if not is_filled[:, n_columns:].any():
        return frame.iloc[:, :n_columns]
    is_numbered = frame[0].tolist() == [str(number) for number in range(1, len(frame) + 1)]
    if is_filled[:, n_columns + 1 :].any() or not (is_filled[:, n_columns].all() or is_numbered):
        raise InvalidDataError("not_a_table")
    return frame.iloc[:, 1 : n_columns + 1]
