"""Which columns of a table the model is trained on: the two on the plane, or more."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.datasets import Dataset
from core.errors import InvalidDataError
from core.table_import import MAX_FEATURES, Table, feature_columns, numbers_rows
from ui.i18n import t
from ui.look import html
from ui.state.widgets import multiselect, selectbox

TWO, ALL = "two", "all"


def trains_on_all(prefix: str) -> bool:
    """Draw a control that selects the columns to train on. Return whether they are more than the two on the plane."""
    return selectbox(f"{prefix}_columns", (TWO, ALL), lambda name: t(f"table.train_on_{name}"), name="columns") == ALL


def choose_columns(prefix: str, table: Table, label: str) -> tuple[list[str], bool]:
    """Return the columns from which the axes can be chosen, and whether to train on all of them.

    Draw the controls that a table with more than two columns of numbers needs. Raises InvalidDataError("no_numbers") or
    ("few_columns").
    """
    numbers = feature_columns(table, label)
    if len(numbers) < 2:
        raise InvalidDataError("no_numbers")
    if len(numbers) == 2 or not trains_on_all(prefix):
        return numbers, False
    useful = [name for name in numbers if not numbers_rows(table, name)]
    used = multiselect(f"{prefix}_used", numbers, useful[:MAX_FEATURES], MAX_FEATURES, name="used")
    if len(numbers) > MAX_FEATURES:
        st.caption(t("table.most_columns", most=MAX_FEATURES, columns=len(numbers)))
    if len(used) < 2:
        raise InvalidDataError("few_columns")
    return used, True


def name_constant_columns(data: Dataset) -> None:
    """Draw a sentence that names the features with the same value in all samples, if there are any."""
    constant = [html.escape_markdown(data.features[i]) for i in np.flatnonzero(np.ptp(data.X, axis=0) == 0)]
    if constant:
        st.caption(t("table.constant", columns=", ".join(constant)))
