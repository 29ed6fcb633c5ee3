"""Controls whose values are in the link and outlive a change of page or language.

A key names the control in the session and in the link (see `ui.link`). Its label is the catalogue's `control.<name>`
and its help, where there is one, `help.<name>`, by the key's own name unless another is given. Options are
language-neutral, and a page asks the catalogue for what they are called.

The value is kept under the key and the widget under a key of its own for each language, since Streamlit knows a chosen
option by its label and would go on showing it in the old language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import streamlit as st
from pandas import DataFrame
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.csv_import import MAX_BYTES, MAX_ROWS, label_columns, numeric_columns, read_table, table_dataset
from core.datasets import DRAWN, FIXED, REAL, Dataset, measurements
from core.errors import InvalidDataError
from ui import drawn, link, markup
from ui.i18n import catalogue, language, t

Option = TypeVar("Option")
Number = TypeVar("Number", int, float)

LARGEST_SEED = 9_999
LONGEST_FILE_NAME = 80
OWN_TABLE, OWN_POINTS = OWN = ("table", "points")
"""The data sets that are a file of the reader's, and points drawn by hand."""


def choice(key: str, options: Sequence[Option], called: Callable[[Option], str], *, name: str = "") -> Option:
    """One of several, from a list that opens; the first to begin with."""
    _adopt_option(key, options, options[0])
    st.selectbox(**_labelled(name or key), options=options, format_func=called, **_tied(key))
    return _written(key, options[0])


def segments(
    key: str, options: Sequence[Option], called: Callable[[Option], str], default: int = 0, *, bare: bool = False
) -> Option:
    """One of few, all in view; `bare` shows its label to screen readers only."""
    _adopt_option(key, options, options[default])
    st.segmented_control(
        **_labelled(key), options=options, format_func=called, required=True, **_tied(key),
        label_visibility="collapsed" if bare else "visible",
    )  # fmt: skip
    return _written(key, options[default])


def answer(key: str, options: Sequence[Option], called: Callable[[Option], str]) -> Option | None:
    """One of few, all in view; none until the reader has chosen."""
    _adopt_option(key, (None, *options), None)
    st.segmented_control(**_labelled(key), options=options, format_func=called, **_tied(key))
    return _written(key, None)


def stops(key: str, options: Sequence[float], default: float) -> float:
    """A number from a scale of chosen stops, for what is felt in ratios."""
    _adopt_option(key, options, default)
    st.select_slider(**_labelled(key), options=options, format_func=_text, **_tied(key))
    return _written(key, default)


def slider(key: str, low: Number, high: Number, default: Number, step: Number, *, name: str = "") -> Number:
    """A number on an even scale."""
    _adopt_number(key, low, high, default)
    st.slider(**_labelled(name or key), min_value=low, max_value=high, step=step, **_tied(key))
    return _written(key, default)


def seed(key: str, *, name: str = "") -> int:
    """A seed one can type or step through."""
    _adopt_number(key, 0, LARGEST_SEED, 0)
    st.number_input(**_labelled(name or key), min_value=0, max_value=LARGEST_SEED, step=1, **_tied(key))
    return _written(key, 0)


def text(key: str, label: str, stand_in: str, longest: int) -> str:
    """A short line one may write, shown under a label of its own; `stand_in` while it is empty, as to begin with."""
    link.adopt(key, lambda written: _tidy(written, longest), "")
    st.session_state[key] = _tidy(st.session_state[key], longest)
    st.text_input(label, placeholder=stand_in, max_chars=longest, **_tied(key))
    link.write(key, st.session_state[key], "")
    return st.session_state[key] or stand_in


def switch(key: str) -> bool:
    """On or off, off to begin with."""
    _adopt_option(key, (False, True), False)
    st.toggle(**_labelled(key), width="content", **_tied(key))
    return _written(key, False)


def fold(key: str, label: str) -> ExpanderContainer:
    """What one opens to read on, shut to begin with; what is dear to draw need be there only if it is `open`."""
    _adopt_option(key, (False, True), False)
    folded = st.expander(label, **_tied(key))
    _written(key, False)
    return folded


def dataset(prefix: str, sets: Sequence[str], above: DeltaGenerator, below: DeltaGenerator) -> tuple[Dataset, str]:
    """Choose a data set (`above`) and shape it (`below`): two features of a real one, size, K, noise and seed if drawn.

    Gives the data, and the call of `core.datasets` that made them.
    """
    with above:
        chosen = choice(f"{prefix}_data", sets, lambda name: t(f"dataset.{name}"), name="data")
    with below:
        if chosen == OWN_TABLE:
            return _own_table(prefix)
        if chosen == OWN_POINTS:
            return drawn.dataset()
        if chosen in FIXED:
            return FIXED[chosen](), f"{FIXED[chosen].__name__}()"
        return _real(prefix, chosen) if chosen in REAL else _drawn(prefix, chosen)


def _real(prefix: str, chosen: str) -> tuple[Dataset, str]:
    columns = measurements(chosen)
    first = choice(f"{prefix}_x_{chosen}", columns, lambda column: t(f"feature.{column}"), name="x_axis")
    others = [column for column in columns if column != first]
    second = choice(f"{prefix}_y_{first}", others, lambda column: t(f"feature.{column}"), name="y_axis")
    return REAL[chosen]((first, second)), f"{chosen}({(first, second)})"


def _drawn(prefix: str, chosen: str) -> tuple[Dataset, str]:
    n = slider(f"{prefix}_n", 30, 2000, 300, 10, name="samples")
    K = slider(f"{prefix}_classes", 2, 10, 3, 1, name="classes")
    noise = slider(f"{prefix}_noise", 0.0, 1.0, 0.3, 0.05, name="noise")
    arguments = n, K, noise, seed(f"{prefix}_seed", name="data_seed")
    return DRAWN[chosen](*arguments), f"{DRAWN[chosen].__name__}{arguments}"


class OwnTable(NamedTuple):
    """A file of the reader's, read once: what Streamlit knows it by, its name, and the table or what is wrong with it.

    And the columns that could be classes, and those of numbers.
    """

    file: str
    name: str
    table: DataFrame | InvalidDataError
    labels: Sequence[str] = ()
    numbers: Sequence[str] = ()

    @classmethod
    def of(cls, upload: UploadedFile) -> OwnTable:
        """What is in an uploaded file."""
        try:
            table = read_table(upload.getvalue())
        except InvalidDataError as error:
            return cls(upload.file_id, upload.name, error)
        return cls(upload.file_id, upload.name, table, label_columns(table), numeric_columns(table))


def _own_table(prefix: str) -> tuple[Dataset, str]:
    """A data set from a CSV file; until there is a good one, a stand-in, and a sentence that says what is needed.

    Of the file the link has the name alone, so that one who opens it hears which file is missing.
    """
    key, named = f"{prefix}_file", f"{prefix}_file_name"
    link.adopt(named, lambda written: _tidy(written, LONGEST_FILE_NAME), "")
    uploaded = st.file_uploader(t("control.file"), type=["csv", "tsv", "txt"], help=t("help.file"))
    st.caption(t("table.limits", megabytes=MAX_BYTES // 1_000_000, rows=f"{MAX_ROWS:,}"))
    own: OwnTable | None = st.session_state.get(key)
    if uploaded is not None and (own is None or own.file != uploaded.file_id):
        own = st.session_state[key] = OwnTable.of(uploaded)
        st.session_state[named] = _tidy(uploaded.name, LONGEST_FILE_NAME)
    link.write(named, st.session_state[named], "")
    stand_in = REAL["penguins"](), "penguins()"
    if own is None:
        if missing := missing_table(prefix):
            st.warning(t("table.gone", name=markup.plain(missing)), icon=":material/upload_file:")
        else:
            st.caption(t("table.none_yet"))
        return stand_in
    try:
        if isinstance(own.table, InvalidDataError):
            raise own.table
        if not own.labels:
            raise InvalidDataError("no_labels")
        label = choice(f"{prefix}_label", own.labels, str, name="label")
        numbers = [column for column in own.numbers if column != label]
        if len(numbers) < 2:
            raise InvalidDataError("no_numbers")
        first = choice(f"{prefix}_x_table", numbers, str, name="x_axis")
        second = choice(f"{prefix}_y_table", [column for column in numbers if column != first], str, name="y_axis")
        data = table_dataset(own.table, first, second, label)
    except InvalidDataError as error:
        st.error(t(f"table.{error.reason}", **error.facts), icon=":material/error:")
        return stand_in
    left_out = len(own.table) - len(data.X)
    st.caption(t("table.read", name=markup.plain(own.name), rows=len(data.X), left_out=left_out))
    return data, f"table_dataset(read_table(open({own.name!r}, 'rb').read()), {first!r}, {second!r}, {label!r})"


def is_own(prefix: str) -> bool:
    """Whether the reader brings the data, as far as is known before the page's choice of data is drawn."""
    key = f"{prefix}_data"
    return st.session_state.get(key, st.query_params.get(key)) in OWN


def missing_table(prefix: str) -> str:
    """The name of the reader's file that was shown, or is in a link, and is not in the session; "" if there is none."""
    name: str = st.session_state.get(f"{prefix}_file_name", "")
    return "" if f"{prefix}_file" in st.session_state else name


def feature_names(data: Dataset) -> list[str]:
    """What its features are called."""
    return list(data.features) if data.named else [t(f"feature.{name}") for name in data.features]


def held_out(data: Dataset) -> float:
    """The share of samples to keep out of training: none to begin with, and none of a set too small to share."""
    percent = slider("held_out", 0, 50, 0, 5)
    return percent / 100 if len(data.X) >= 10 else 0.0


def class_names(data: Dataset) -> list[str]:
    """What the classes of a data set are called in the reader's language."""
    if data.named:
        return list(data.classes)
    return [
        t("class.numbered", number=k + 1) if name.startswith("class_") else t(f"class.{name}")
        for k, name in enumerate(data.classes)
    ]


def _labelled(name: str) -> dict[str, Any]:
    """A widget's label, and its help if there is one."""
    return {"label": t(f"control.{name}"), "help": catalogue(language()).get(f"help.{name}")}


def _tied(key: str) -> dict[str, Any]:
    """What ties a widget to the value under `key`: it starts from it, and a change goes back there."""
    widget = f"{key}:{language()}"
    if st.session_state.get(widget) != st.session_state[key]:
        st.session_state[widget] = st.session_state[key]

    def take() -> None:
        value = st.session_state.get(widget)
        if value is not None:  # an emptied number field keeps its last value; a page just left has none any more
            st.session_state[key] = value

    return {"key": widget, "on_change": take}


def _adopt_option(key: str, options: Sequence[Option], default: Option) -> None:
    link.adopt(key, {_text(option): option for option in options}.get, default)
    if st.session_state[key] not in options:
        st.session_state[key] = default


def _adopt_number(key: str, low: Number, high: Number, default: Number) -> None:
    def parse(text: str) -> Number | None:
        value = link.number(text, low, high)
        return None if value is None else type(default)(value)

    link.adopt(key, parse, default)
    if not low <= st.session_state[key] <= high:
        st.session_state[key] = default


def _written(key: str, default: Option) -> Option:
    """The value under `key`, once it stands in the link."""
    value: Option = st.session_state[key]
    link.write(key, _text(value), _text(default))
    return value


def _tidy(written: str, longest: int) -> str:
    """Printable characters, single spaces, and no more than `longest` of them."""
    return "".join(c for c in " ".join(written.split()) if c.isprintable())[:longest]


def _text(value: object) -> str:
    """A value as it stands in a link."""
    return f"{value:g}" if isinstance(value, float) else str(value).lower()
