"""A data set from an uploaded file: the uploader, messages about invalid files, and the selection of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.csv_import import MAX_BYTES, MAX_ROWS, Table, label_columns, printable_text, read_table, table_dataset
from core.datasets import REAL, Dataset
from core.errors import InvalidDataError
from ui.i18n import t
from ui.look import html
from ui.state import url_state
from ui.state.script_queue import SCRIPT_QUEUE
from ui.state.widgets import selectbox

MAX_FILE_NAME_LENGTH = 80


FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "xls")
"""Extensions that the uploader accepts. Excel files are accepted so that the app explains the problem."""


class UploadedTable(NamedTuple):
    """The table in an uploaded file and its columns that can be class labels, or why the file is invalid.

    An invalid file has no `table`, but the `reason` and `facts` of the InvalidDataError. The exception itself is not
    stored, because its traceback grows each time it is raised again.
    """

    file_id: str
    name: str
    table: Table | None
    label_columns: Sequence[str] = ()
    reason: str = ""
    facts: Mapping[str, object] = {}

    @classmethod
    def from_upload(cls, upload: UploadedFile) -> UploadedTable:
        """Read an uploaded file. Lets other scripts run in between."""
        try:
            table = read_table(upload.getvalue(), SCRIPT_QUEUE.maybe_yield)
        except InvalidDataError as error:
            return cls(upload.file_id, upload.name, None, reason=error.reason, facts=error.facts)
        return cls(upload.file_id, upload.name, table, label_columns(table))


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
    url_state.write_to_url(name_key, st.session_state[name_key], "")
    placeholder = REAL["penguins"](), "penguins()"
    if current is None:
        if missing := missing_file(prefix):
            st.warning(t("table.gone", name=html.escape_markdown(missing)), icon=":material/upload_file:")
        else:
            st.caption(t("table.none_yet"))
        return placeholder
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
    st.caption(t("table.limits", megabytes=MAX_BYTES // 1_000_000, rows=f"{MAX_ROWS:,}"))
    current: UploadedTable | None = st.session_state.get(key)
    if uploaded is not None and (current is None or current.file_id != uploaded.file_id):
        current = st.session_state[key] = UploadedTable.from_upload(uploaded)
        st.session_state[name_key] = _printable_name(uploaded.name)
    return current


def _select_columns(prefix: str, current: UploadedTable) -> tuple[Dataset, str]:
    """Draw the widgets that select columns. Return the data set and the code that makes it.

    Raises InvalidDataError if there is no data set in the file.
    """
    table = current.table
    if table is None:
        raise InvalidDataError(current.reason, **current.facts)
    if not current.label_columns:
        raise InvalidDataError("no_labels")
    label = selectbox(f"{prefix}_label", current.label_columns, str, name="label")
    numbers = [column for column in table.numbers if column != label]
    if ambiguous := {column: cell for column, cell in table.ambiguous.items() if column != label}:
        column, cell = next(iter(ambiguous.items()))
        if len(numbers) < 2:
            raise InvalidDataError("ambiguous", column=column, cell=cell)
        st.caption(_message("ambiguous", {"column": column, "cell": cell}))
    if len(numbers) < 2:
        raise InvalidDataError("no_numbers")
    first = selectbox(f"{prefix}_x_table", numbers, str, name="x_axis")
    second = selectbox(f"{prefix}_y_table", [column for column in numbers if column != first], str, name="y_axis")
    data = table_dataset(table, first, second, label)
    counts = {"rows": len(data.X), "left_out": table.n_rows - len(data.X)}
    st.caption(_message("read", {"name": current.name, **counts}))
    return data, f"table_dataset(read_table(open({current.name!r}, 'rb').read()), {first!r}, {second!r}, {label!r})"


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
