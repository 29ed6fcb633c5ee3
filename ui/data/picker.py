"""Widgets that select a data set and its settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.datasets import FIXED, REAL, SYNTHETIC, Dataset, measurements
from ui.data import drawn_points
from ui.data.columns import trains_on_all
from ui.data.upload import uploaded_dataset
from ui.i18n import t
from ui.state.widgets import seed_input, selectbox, slider

OWN_TABLE, OWN_POINTS = OWN = ("table", "points")
"""Names of the data sets that the user provides: an uploaded file, and drawn points."""


def choose_dataset(
    prefix: str,
    names: Sequence[str],
    selection: DeltaGenerator,
    settings: DeltaGenerator,
    *,
    more_features: bool = False,
) -> tuple[Dataset, str]:
    """Draw a selectbox for the data set in `selection`, and widgets for its settings in `settings`.

    The settings are the two features of a real data set, or size, number of classes, noise and seed of a synthetic one.
    `names` are the data sets to choose from. The session keys of the widgets begin with `prefix`, except those for
    drawn points. With `more_features`, a real data set can have more than two features; the first two are the axes of
    the plane. Return the data set, and Python code that makes the same data set.
    """
    with selection:
        name = selectbox(f"{prefix}_data", names, lambda name: t(f"dataset.{name}"), name="data")
    with settings:
        if name == OWN_TABLE:
            return uploaded_dataset(prefix)
        if name == OWN_POINTS:
            return drawn_points.edit_points()
        if name in FIXED:
            st.caption(t("hint.fixed"))
            return FIXED[name](), f"{FIXED[name].__name__}()"
        return _real_dataset(prefix, name, more_features) if name in REAL else _synthetic_dataset(prefix, name)


def _real_dataset(prefix: str, name: str, more_features: bool) -> tuple[Dataset, str]:
    columns = measurements(name)
    first = selectbox(f"{prefix}_x_{name}", columns, lambda column: t(f"feature.{column}"), name="x_axis")
    others = [column for column in columns if column != first]
    second = selectbox(f"{prefix}_y_{first}", others, lambda column: t(f"feature.{column}"), name="y_axis")
    features: tuple[str, ...] = (first, second)
    if more_features and trains_on_all(prefix):
        features += tuple(column for column in others if column != second)
    return REAL[name](features), f"{name}({features})"


def _synthetic_dataset(prefix: str, name: str) -> tuple[Dataset, str]:
    n = slider(f"{prefix}_n", 30, 2000, 300, 10, name="samples")
    K = slider(f"{prefix}_classes", 2, 10, 3, 1, name="classes")
    noise = slider(f"{prefix}_noise", 0.0, 1.0, 0.3, 0.05, name="noise")
    arguments = n, K, noise, seed_input(f"{prefix}_seed", name="data_seed")
    return SYNTHETIC[name](*arguments), f"{SYNTHETIC[name].__name__}{arguments}"


def is_own_data(prefix: str) -> bool:
    """Return whether the selected data set is provided by the user (see OWN).

    `prefix` is the one passed to `choose_dataset`. This function can be called before `choose_dataset`.
    """
    key = f"{prefix}_data"
    return st.session_state.get(key, st.query_params.get(key)) in OWN


def shown_name(prefix: str, data: Dataset) -> str:
    """Return the name of the selected data set, or "penguins" if they are shown because the user's file is missing."""
    name: str = st.session_state[f"{prefix}_data"]
    return "penguins" if name == OWN_TABLE and not data.named else name


def file_name_part(prefix: str, data: Dataset) -> str:
    """Return the name of the data set, or of the uploaded file, for the names of files to download."""
    name = shown_name(prefix, data)
    if name != OWN_TABLE:
        return name
    stem = PurePath(st.session_state[f"{prefix}_file_name"]).stem
    return re.sub(r"\W+", "-", stem).strip("-") or name


def feature_names(data: Dataset) -> list[str]:
    """Return the names of the features in the user's language."""
    return list(data.features) if data.named else [t(f"feature.{name}") for name in data.features]


def held_out_share(data: Dataset) -> float:
    """Draw a slider for the share of held-out samples, 0 by default, and return the share (0 … 0.5).

    The share is 0 if the data set has fewer than 10 samples.
    """
    percent = slider("held_out", 0, 50, 0, 5)
    return percent / 100 if len(data.X) >= 10 else 0.0


def class_names(data: Dataset) -> list[str]:
    """Return the names of the classes in the user's language."""
    if data.named:
        return list(data.classes)
    return [
        t("class.numbered", number=k + 1) if name.startswith("class_") else t(f"class.{name}")
        for k, name in enumerate(data.classes)
    ]
