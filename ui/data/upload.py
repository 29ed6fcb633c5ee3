"""A data set from an uploaded file: the uploader, messages about invalid files, and the selection of columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from pandas import DataFrame
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.csv_import import MAX_BYTES, MAX_ROWS, label_columns, numeric_columns, read_table, table_dataset
from core.datasets import REAL, Dataset
from core.errors import InvalidDataError
from ui.i18n import t
from ui.look import html
from ui.state import url_state
from ui.state.widgets import printable_text, selectbox

MAX_FILE_NAME_LENGTH = 80


class UploadedTable(NamedTuple):
    """The content of an uploaded file, or the error raised by reading it.

    `label_columns` can be used as classes, `numeric_columns` as features.
    """

    file_id: str
    name: str
    table: DataFrame | InvalidDataError
    label_columns: Sequence[str] = ()
    numeric_columns: Sequence[str] = ()

    @classmethod
    def from_upload(cls, upload: UploadedFile) -> UploadedTable:
        """Read an uploaded file."""
        try:
            table = read_table(upload.getvalue())
        except InvalidDataError as error:
            return cls(upload.file_id, upload.name, error)
        return cls(upload.file_id, upload.name, table, label_columns(table), numeric_columns(table))


def uploaded_dataset(prefix: str) -> tuple[Dataset, str]:
    """Draw a file uploader and widgets that select columns. Return the data set and the code that makes it.

    Without a valid file, draw a message and return the penguins. The address has only the name of the file, which the
    message about a missing file shows.
    """
    key, name_key = f"{prefix}_file", f"{prefix}_file_name"
    current: UploadedTable | None = st.session_state.get(key)
    url_state.sync_from_url(name_key, _printable_name, _printable_name(current.name) if current else "")
    uploaded = st.file_uploader(t("control.file"), type=["csv", "tsv", "txt"], help=t("help.file"))
    st.caption(t("table.limits", megabytes=MAX_BYTES // 1_000_000, rows=f"{MAX_ROWS:,}"))
    if uploaded is not None and (current is None or current.file_id != uploaded.file_id):
        current = st.session_state[key] = UploadedTable.from_upload(uploaded)
        st.session_state[name_key] = _printable_name(uploaded.name)
    url_state.write_to_url(name_key, st.session_state[name_key], "")
    placeholder = REAL["penguins"](), "penguins()"
    if current is None:
        if missing := missing_file(prefix):
            st.warning(t("table.gone", name=html.escape_markdown(missing)), icon=":material/upload_file:")
        else:
            st.caption(t("table.none_yet"))
        return placeholder
    try:
        if isinstance(current.table, InvalidDataError):
            raise current.table
        if not current.label_columns:
            raise InvalidDataError("no_labels")
        label = selectbox(f"{prefix}_label", current.label_columns, str, name="label")
        numbers = [column for column in current.numeric_columns if column != label]
        if len(numbers) < 2:
            raise InvalidDataError("no_numbers")
        first = selectbox(f"{prefix}_x_table", numbers, str, name="x_axis")
        second = selectbox(f"{prefix}_y_table", [column for column in numbers if column != first], str, name="y_axis")
        data = table_dataset(current.table, first, second, label)
    except InvalidDataError as error:
        st.error(t(f"table.{error.reason}", **error.facts), icon=":material/error:")
        return placeholder
    left_out = len(current.table) - len(data.X)
    st.caption(t("table.read", name=html.escape_markdown(current.name), rows=len(data.X), left_out=left_out))
    return data, f"table_dataset(read_table(open({current.name!r}, 'rb').read()), {first!r}, {second!r}, {label!r})"


def _printable_name(name: str) -> str:
    return printable_text(name, MAX_FILE_NAME_LENGTH)


def missing_file(prefix: str) -> str:
    """Return the name of a file that the address has and the session does not; "" if there is none."""
    name: str = st.session_state.get(f"{prefix}_file_name", "")
    return "" if f"{prefix}_file" in st.session_state else name
