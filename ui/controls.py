"""Controls whose values are in the link and outlive a change of page or language.

A key names the control in the session and in the link (see `ui.link`). Its label is the catalogue's `control.<name>`
and its help, where there is one, `help.<name>`, by the key's own name unless another is given. Options are
language-neutral, and a page asks the catalogue for what they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

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
) -> Option:
    """One of several, from a list that opens; the first to begin with."""
    _adopt_option(key, options, options[0])
    value = st.selectbox(
        t(f"control.{name or key}"), options, format_func=called, key=key, help=_help(name or key),
        persist_state="session",
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


def dataset(prefix: str, sets: Sequence[str], above: DeltaGenerator, below: DeltaGenerator) -> tuple[Dataset, str]:
    """Choose a data set (`above`) and shape it (`below`): two features of a real one, else size, K, noise and seed.

    Gives the data, and the call of `core.datasets` that made them.
    """
    with above:
        chosen = choice(f"{prefix}_data", sets, lambda name: t(f"dataset.{name}"), name="data")
    with below:
        return _real(prefix, chosen) if chosen in REAL else _drawn(prefix, chosen)


def _real(prefix: str, chosen: str) -> tuple[Dataset, str]:
    columns = measurements(chosen)
    first = choice(f"{prefix}_x_{chosen}", columns, lambda column: t(f"feature.{column}"), name="x_axis")
    others = [column for column in columns if column != first]
    second = choice(f"{prefix}_y_{first}", others, lambda column: t(f"feature.{column}"), name="y_axis")
    return REAL[chosen]((first, second)), f"{chosen}({(first, second)})"


def _drawn(prefix: str, chosen: str) -> tuple[Dataset, str]:
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
