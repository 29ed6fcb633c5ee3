"""What was understood of an uploaded table: its first rows, the columns, and the rows that are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.table_import import Source, Table, missing_values
from ui.i18n import t
from ui.i18n.number_format import subscript
from ui.look import html

ROWS_SHOWN = 5
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""Names in the catalogue, under `table.`."""


def draw_preview(table: Table, x: str, y: str, label: str, others: Sequence[str] = ()) -> None:
    """Draw how the file was read, its first rows, and why rows are left out.

    `x`, `y` and `others` are the columns to train on, `label` is the column of classes.
    """
    names = dict.fromkeys([x, y, label, *others, *map(str, table.frame)])
    kinds = {name: t("table.number") if name in table.numbers else t("table.text") for name in names}
    kinds |= {name: f"{t('table.number')} x{subscript(i)}" for i, name in enumerate((x, y, *others), start=1)}
    kinds |= {label: t("table.class")}
    counts = {"numbers": sum(name in table.numbers for name in kinds if name != label), "columns": len(kinds)}
    st.caption(t("table.understood", how=_how(table.source), **counts))
    first = table.frame.head(ROWS_SHOWN)
    rows: list[html.Row] = [[t("table.kind"), *kinds.values()]]
    for i in range(len(first)):
        cells = [_cell(table, name, i) if name != label else first[name].iloc[i] for name in kinds]
        rows.append([str(i + 1), *cells])
    html.table([t("table.row"), *kinds], rows, caption=t("table.first_rows", rows=len(first)))
    if missing := missing_values(table, x, y, label, others):
        st.caption("\n".join([t("table.why_left_out"), "", *_reasons(missing, label)]))


def encoding_name(encoding: str) -> str:
    """Return the name of an encoding, as people know it."""
    return {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp932": "Shift-JIS", "cp1252": "Windows-1252 (Latin-1)"}[encoding]


def number_text(value: float) -> str:
    """Return a number as it was read, with a point; or that it is none."""
    return f"{value:.10g}" if np.isfinite(value) else t("table.no_number")


def _how(source: Source) -> str:
    """Return the sheet, or the encoding and the separator, in Markdown."""
    if source.sheet:
        return t("table.sheet", sheet=html.escape_markdown(source.sheet))
    return t(
        "table.encoding_and_separator",
        encoding=encoding_name(source.encoding),
        separator=t(f"table.{SEPARATORS[source.separator]}"),
    )


def _cell(table: Table, name: str, row: int) -> str:
    """Return the number that was read from a cell; or its text, if that is not a number."""
    text = str(table.frame[name].iloc[row])
    value = table.numbers[name][row] if name in table.numbers else np.nan
    return f"{value:.10g}" if np.isfinite(value) else text or "–"


def _reasons(missing: Mapping[str, tuple[int, str]], label: str) -> list[str]:
    """Return one line of Markdown per column with missing values."""
    lines = []
    for name, (count, text) in missing.items():
        key = "no_class" if name == label else "not_a_number" if text else "empty_cells"
        facts = {"column": html.escape_markdown(name), "count": f"{count:,}", "cell": html.escape_markdown(text)}
        lines.append(f"- {t(f'table.{key}', **facts)}")
    return lines
