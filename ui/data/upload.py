"""A data set from an uploaded file: the uploader, messages about invalid files, and the selection of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.column_names import printable_text
from core.datasets import REAL, Dataset
from core.errors import InvalidDataError
from core.number_columns import MARKS, likely_mark
from core.table_import import (
    MAX_BYTES,
    MAX_ROWS,
    Source,
    Table,
    label_columns,
    parse_table,
    read_source,
    table_dataset,
)
from core.text_encoding import ENCODINGS
from ui.data.columns import choose_columns, name_constant_columns
from ui.data.table_preview import draw_preview, encoding_name, number_text
from ui.i18n import t
from ui.look import html
from ui.state import url_state
from ui.state.script_queue import SCRIPT_QUEUE
from ui.state.widgets import forget_value, selectbox

MAX_FILE_NAME_LENGTH = 80

FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "xls")
"""Extensions that the uploader accepts. Old workbooks (.xls) get an explanation here instead of Streamlit's."""

EXAMPLES = {
    "example_clean": "fruit.csv",
    "example_workbook": "fruit_ja.xlsx",
    "example_messy": "fruit_messy.csv",
}
"""Texts under `table.`, and files to download. All have made-up measurements of fruit."""

EXAMPLE_FOLDER = Path(__file__).parent / "examples"


class UploadedTable(NamedTuple):
    """The table in an uploaded file and its columns that can be class labels, or why the file is invalid.

    `encoding` and `sheet` are what the user has chosen, or "". An invalid file has no `table`, but the `reason` and
    `facts` of the InvalidDataError. The exception itself is not stored, because its traceback grows each time it is
    raised again.
    """

    file_id: str
    name: str
    content: bytes
    encoding: str = ""
    sheet: str = ""
    source: Source = Source()
    table: Table | None = None
    label_columns: Sequence[str] = ()
    reason: str = ""
    facts: Mapping[str, object] = {}

    def read(self, encoding: str = "", sheet: str = "") -> UploadedTable:
        """Return the table that is read in this way. Lets other scripts run meanwhile."""
        blank = UploadedTable(self.file_id, self.name, self.content, encoding, sheet, self.source)
        try:
            text, source = read_source(self.content, encoding, sheet, SCRIPT_QUEUE.maybe_yield)
            blank = blank._replace(source=source)
            table = parse_table(text, source, SCRIPT_QUEUE.maybe_yield)
        except InvalidDataError as error:
            return blank._replace(reason=error.reason, facts=error.facts)
        return blank._replace(source=table.source, table=table, label_columns=label_columns(table))


def uploaded_dataset(prefix: str) -> tuple[Dataset, str]:
    """Draw a file uploader and widgets that select columns. Return the data set, and Python code that makes it.

    The session keys of the widgets begin with `prefix`. Without a valid file, draw a message and return the penguins.
    The session stores the content of the file. The address stores only the name of the file: if the content is missing,
    a message shows the name.
    """
    key, name_key = f"{prefix}_file", f"{prefix}_file_name"
    kept: UploadedTable | None = st.session_state.get(key)
    url_state.sync_from_url(name_key, _printable_name, _printable_name(kept.name) if kept else "")
    current = _draw_uploader(prefix, name_key)
    if st.session_state[name_key]:
        url_state.write_to_url(name_key, st.session_state[name_key], "")
    else:
        url_state.remove_from_url(name_key)
    placeholder = REAL["penguins"](), "penguins()"
    if current is None:
        if missing := missing_file(prefix):
            st.warning(t("table.gone", name=html.escape_markdown(missing)), icon=":material/upload_file:")
        else:
            st.caption(t("table.none_yet"))
        _draw_examples()
        return placeholder
    current = st.session_state[key] = _draw_reading_options(prefix, current)
    try:
        return _select_columns(prefix, current)
    except InvalidDataError as error:
        st.error(_message(error.reason, error.facts), icon=":material/error:")
        return placeholder


def _draw_uploader(prefix: str, name_key: str) -> UploadedTable | None:
    """Draw the uploader. Return the file uploaded last in this session, or None if it was removed.

    The uploader's key contains the session's ID. Otherwise, the browser would show the file of the previous session
    in a new one.
    """
    key, context = f"{prefix}_file", get_script_run_ctx()
    uploader_key = f"{key}:{context.session_id if context else ''}"

    def forget_removed_file() -> None:
        if st.session_state.get(uploader_key) is None:
            st.session_state[key], st.session_state[name_key] = None, ""

    uploaded = st.file_uploader(
        t("control.file"), FILE_TYPES, key=uploader_key, help=t("help.file"), on_change=forget_removed_file
    )
    st.caption(t("table.limits", megabytes=MAX_BYTES // 1_000_000, rows=f"{MAX_ROWS:,}") + "  \n" + t("table.privacy"))
    current: UploadedTable | None = st.session_state.get(key)
    if uploaded is not None and (current is None or current.file_id != uploaded.file_id):
        if current is not None:
            _reset_reading_options(prefix)
        current = st.session_state[key] = UploadedTable(uploaded.file_id, uploaded.name, uploaded.getvalue()).read()
        st.session_state[name_key] = _printable_name(uploaded.name)
    return current


def _draw_examples() -> None:
    """Draw buttons that download example files."""
    st.caption(t("table.examples"))
    for text, file in EXAMPLES.items():
        st.download_button(
            t(f"table.{text}"), (EXAMPLE_FOLDER / file).read_bytes(), file, key=text, type="tertiary",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _reset_reading_options(prefix: str) -> None:
    """Forget how the file before was read."""
    keys = [f"{prefix}_{name}" for name in ("encoding", "sheet", "decimal")]
    url_state.set_state(dict.fromkeys(keys, ""))
    for key in keys:
        url_state.write_to_url(key, "", "")
    forget_value(f"{prefix}_used")


def _draw_reading_options(prefix: str, current: UploadedTable) -> UploadedTable:
    """Draw controls for the sheet, and for an encoding that is not certain. Return the table read with their values."""
    encoding, sheet, source = "", "", current.source
    if current.encoding or current.reason == "encoding" or source.encoding in ("cp932", "cp1252"):
        encoding = selectbox(
            f"{prefix}_encoding",
            ("", *ENCODINGS),
            lambda name: encoding_name(name) if name else t("table.automatic"),
            name="encoding",
        )
    if len(source.sheets) > 1:
        sheet = selectbox(f"{prefix}_sheet", source.sheets, str, name="sheet")
    if (encoding, sheet or source.sheet) == (current.encoding, source.sheet):
        return current
    return current.read(encoding, sheet)


def _select_columns(prefix: str, current: UploadedTable) -> tuple[Dataset, str]:
    """Draw the widgets that select columns, and a preview. Return the data set and the code that makes it.

    Raises InvalidDataError if there is no data set in the file.
    """
    table = current.table
    if table is None:
        raise InvalidDataError(current.reason, **current.facts)
    if not current.label_columns:
        raise InvalidDataError("no_labels")
    label = selectbox(f"{prefix}_label", current.label_columns, str, name="label")
    table, mark = _choose_decimal_mark(prefix, table, label)
    columns, train_on_all = choose_columns(prefix, table, label)
    first = selectbox(f"{prefix}_x_table", columns, str, name="x_axis")
    second = selectbox(f"{prefix}_y_table", [column for column in columns if column != first], str, name="y_axis")
    others = [column for column in columns if column not in (first, second)] if train_on_all else []
    draw_preview(table, first, second, label, others)
    data = table_dataset(table, first, second, label, others)
    name_constant_columns(data)
    counts = {"rows": len(data.X), "left_out": table.n_rows - len(data.X)}
    st.caption(_message("read", {"name": current.name, **counts}))
    chosen = {"encoding": current.encoding, "sheet": current.sheet}
    arguments = "".join(f", {name}={value!r}" for name, value in chosen.items() if value)
    read = f"read_table(open({current.name!r}, 'rb').read(){arguments})"
    if mark:
        read += f".with_decimal_mark({mark!r})"
    names = f"{first!r}, {second!r}, {label!r}" + (f", {others!r}" if others else "")
    return data, f"table_dataset({read}, {names})"


def _choose_decimal_mark(prefix: str, table: Table, label: str) -> tuple[Table, str]:
    """If columns of numbers can be read in two ways, draw a control for the decimal mark and say what was assumed.

    Return the table read with this mark, and the mark; the same table and "" if all numbers are certain.
    """
    ambiguous = {name: column for name, column in table.ambiguous.items() if name != label}
    if not ambiguous:
        return table, ""
    likely = likely_mark(ambiguous)
    marks = sorted(MARKS, key=lambda mark: mark != likely)
    mark = selectbox(f"{prefix}_decimal", marks, lambda mark: t(f"table.mark_{MARKS.index(mark)}"), name="decimal")
    for name, column in ambiguous.items():
        value = column.values[mark][table.frame[name].tolist().index(column.cell)]
        st.caption(_message("assumed", {"column": name, "cell": column.cell, "number": number_text(value)}))
    return table.with_decimal_mark(mark), mark


def _message(reason: str, facts: Mapping[str, object]) -> str:
    """Return a message about a table, with the facts in Markdown; numbers from 1,000 on have separators."""
    shown = {
        name: f"{fact:,}" if isinstance(fact, int) else html.escape_markdown(str(fact)) for name, fact in facts.items()
    }
    return t(f"table.{reason}", **shown)


def _printable_name(name: str) -> str:
    return printable_text(name, MAX_FILE_NAME_LENGTH)


def missing_file(prefix: str) -> str:
    """Return the name of the file in the address if its content is not in the session, else ""."""
    name: str = st.session_state.get(f"{prefix}_file_name", "")
    return "" if st.session_state.get(f"{prefix}_file") is not None else name
