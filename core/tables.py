"""Data sets from a reader's own table: CSV in the encodings and dialects that people's programs write.

Text may be UTF-8 (with or without mark), UTF-16 or Shift-JIS (as Excel in Japanese saves it); columns may be parted by
comma, semicolon or tab, decimals written with a point or, where semicolons or tabs part the columns, a comma.
"""

from __future__ import annotations

import csv
import io
from typing import cast

import numpy as np
import pandas as pd

from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
LEAST_ROWS = 3

_ENCODINGS = ("utf-8-sig", "cp932")


def read_table(content: bytes) -> pd.DataFrame:
    """The table in a CSV file, all cells as text, empty ones as "".

    Raises InvalidDataError with reason "too_large", "encoding", "empty" or "not_a_table".
    """
    if len(content) > MAX_BYTES:
        raise InvalidDataError("too_large", megabytes=MAX_BYTES // 1_000_000)
    text = _decoded(content)
    if not text.strip() or "\0" in text:
        raise InvalidDataError("empty" if not text.strip() else "not_a_table")
    first = text.lstrip().splitlines()[0]
    separator = max(",;\t", key=first.count)
    try:
        table = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, skipinitialspace=True)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, ValueError) as error:
        raise InvalidDataError("not_a_table") from error
    table.columns = [str(name).strip() or f"#{index + 1}" for index, name in enumerate(table.columns)]
    table = table.loc[:, ~table.columns.duplicated()]
    if table.empty:
        raise InvalidDataError("empty")
    return table


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
    names = _column(table, label).str.strip()
    kept = np.isfinite(X).all(axis=1) & (names != "").to_numpy()
    if not LEAST_ROWS <= kept.sum() <= MAX_ROWS:
        raise InvalidDataError("too_few_rows" if kept.sum() < LEAST_ROWS else "too_many_rows", rows=int(kept.sum()))
    labels, classes = pd.factorize(names[kept], sort=True)
    if not 2 <= len(classes) <= MAX_CLASSES:
        raise InvalidDataError("one_class" if len(classes) < 2 else "too_many_classes", classes=len(classes))
    return Dataset(
        np.asarray(X[kept], dtype=np.float64),
        labels.astype(np.intp),
        tuple(str(name) for name in classes),
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


def _column(table: pd.DataFrame, name: str) -> pd.Series[str]:
    return cast("pd.Series[str]", table[name])


def _filled(column: pd.Series[str]) -> pd.Series[str]:
    stripped = column.str.strip()
    return stripped[stripped != ""]


def _numbers(column: pd.Series[str]) -> pd.Series[float]:
    """Cells as numbers, NaN where they are none; values beyond ±1e100 count as none."""
    text = column.str.strip().str.replace(r"^([-+]?\d+),(\d+)$", r"\1.\2", regex=True)
    numbers = pd.to_numeric(text, errors="coerce").astype(np.float64)
    return numbers.where(numbers.abs() <= 1e100)


def _is_numeric(column: pd.Series[str]) -> bool:
    count = int(_numbers(column).notna().sum())
    return count >= 2 and count >= 0.5 * len(_filled(column))
