"""Controls whose values are in the link and outlive a change of page or language.

A key names the control in the session and in the link (see `ui.link`). Its label is the catalogue's `control.<name>`
and its help, where there is one, `help.<name>`, by the key's own name unless another is given. Options are
language-neutral, and a page asks the catalogue for what they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from core.datasets import DRAWN, REAL, Dataset, measurements
from ui import link
from ui.i18n import catalogue, language, t

Option = TypeVar("Option")
Number = TypeVar("Number", int, float)

LARGEST_SEED = 9_999


def choice(
    key: str,
    options: Sequence[Option],
    called: Callable[[Option], str],
    *,
    name: str = "",
    on_change: Callable[[], None] | None = None,
) -> Option:
    """One of several, from a list that opens; the first to begin with."""
    _adopt_option(key, options, options[0])
    value = st.selectbox(
        t(f"control.{name or key}"), options, format_func=called, key=key, help=_help(name or key),
        on_change=on_change, persist_state="session",
    )  # fmt: skip
    return _written(key, value, options[0])


def segments(key: str, options: Sequence[Option], called: Callable[[Option], str], default: int = 0) -> Option:
    """One of few, all in view."""
    _adopt_option(key, options, options[default])
    value = st.segmented_control(
        t(f"control.{key}"), options, format_func=called, key=key, help=_help(key), required=True,
        persist_state="session",
    )  # fmt: skip
    return _written(key, options[default] if value is None else value, options[default])


def stops(key: str, options: Sequence[float], default: float) -> float:
    """A number from a scale of chosen stops, for what is felt in ratios."""
    _adopt_option(key, options, default)
    value = st.select_slider(
        t(f"control.{key}"), options, format_func=_text, key=key, help=_help(key), persist_state="session"
    )
    return _written(key, value, default)


def slider(key: str, low: Number, high: Number, default: Number, step: Number, *, name: str = "") -> Number:
    """A number on an even scale."""
    _adopt_number(key, low, high, default)
    value = st.slider(
        t(f"control.{name or key}"), low, high, step=step, key=key, help=_help(name or key), persist_state="session"
    )
    return _written(key, value, default)


def seed(key: str, *, name: str = "") -> int:
    """A seed one can type or step through."""
    _adopt_number(key, 0, LARGEST_SEED, 0)
    value = st.number_input(
        t(f"control.{name or key}"), 0, LARGEST_SEED, step=1, key=key, help=_help(name or key), persist_state="session"
    )
    return _written(key, int(value or 0), 0)


def switch(key: str) -> bool:
    """On or off, off to begin with."""
    _adopt_option(key, (False, True), False)
    value = st.toggle(t(f"control.{key}"), key=key, help=_help(key), persist_state="session", width="content")
    return _written(key, value, False)


def dataset(prefix: str, sets: Sequence[str]) -> tuple[Dataset, str]:
    """Choose a data set and shape it: its features if it is real; size, classes, noise and seed if it is drawn.

    Gives the data, and the call of `core.datasets` that made them.
    """
    chosen = choice(f"{prefix}_data", sets, lambda name: t(f"dataset.{name}"), name="data")
    if chosen in REAL:
        columns = measurements(chosen)
        first = choice(f"{prefix}_x", columns, lambda column: t(f"feature.{column}"), name="x_axis")
        others = [column for column in columns if column != first]
        second = choice(f"{prefix}_y_{first}", others, lambda column: t(f"feature.{column}"), name="y_axis")
        return REAL[chosen]((first, second)), f"{chosen}({(first, second)})"
    n = slider(f"{prefix}_n", 30, 600, 300, 10, name="samples")
    K = slider(f"{prefix}_classes", 2, 6, 3, 1, name="classes")
    noise = slider(f"{prefix}_noise", 0.0, 1.0, 0.3, 0.05, name="noise")
    arguments = n, K, noise, seed(f"{prefix}_seed", name="data_seed")
    return DRAWN[chosen](*arguments), f"{DRAWN[chosen].__name__}{arguments}"


def class_names(data: Dataset) -> list[str]:
    """What the classes of a data set are called in the reader's language."""
    return [
        t("class.numbered", number=k + 1) if name.startswith("class_") else t(f"class.{name}")
        for k, name in enumerate(data.classes)
    ]


def _help(key: str) -> str | None:
    return catalogue(language()).get(f"help.{key}")


def _adopt_option(key: str, options: Sequence[Option], default: Option) -> None:
    link.adopt(key, {_text(option): option for option in options}.get, default)
    if st.session_state[key] not in options:
        st.session_state[key] = default


def _adopt_number(key: str, low: Number, high: Number, default: Number) -> None:
    def parse(text: str) -> Number | None:
        value = link.number(text, low, high)
        return None if value is None else type(default)(value)

    link.adopt(key, parse, default)


def _written(key: str, value: Option, default: Option) -> Option:
    link.write(key, None if value == default else _text(value))
    return value


def _text(value: object) -> str:
    """A value as it stands in a link."""
    return f"{value:g}" if isinstance(value, float) else str(value).lower()
