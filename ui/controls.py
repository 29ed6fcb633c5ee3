"""Controls whose values are in the link and outlive a change of page or language.

A key names the control in the session and in the link. Its label is the catalogue's `control.<name>` and its help,
where there is one, `help.<name>`, by the key's own name unless another is given. Options are language-neutral, and a
page asks the catalogue for what they are called.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from core.datasets import DRAWN, REAL, Dataset, measurements
from ui.i18n import catalogue, language, t

Option = TypeVar("Option")

SEEDS = range(10_000)


def choice(
    key: str,
    options: Sequence[Option],
    called: Callable[[Option], str],
    *,
    name: str = "",
    on_change: Callable[[], None] | None = None,
) -> Option:
    """One of several, from a list that opens; the first to begin with."""
    value = st.selectbox(
        t(f"control.{name or key}"), options, format_func=called, key=key, help=_help(name or key), on_change=on_change,
        bind="query-params", persist_state="session",
    )  # fmt: skip
    return options[0] if value is None else value


def segments(key: str, options: Sequence[Option], called: Callable[[Option], str], default: int = 0) -> Option:
    """One of few, all in view."""
    value = st.segmented_control(
        t(f"control.{key}"), options, default=options[default], format_func=called, key=key, help=_help(key),
        required=True, bind="query-params", persist_state="session",
    )  # fmt: skip
    return options[default] if value is None else value


def slider(key: str, low: float, high: float, default: float, step: float, *, name: str = "") -> float:
    """A number on an even scale."""
    return st.slider(
        t(f"control.{name or key}"), low, high, default, step, key=key, help=_help(name or key),
        bind="query-params", persist_state="session",
    )  # fmt: skip


def whole(key: str, low: int, high: int, default: int, step: int = 1, *, name: str = "") -> int:
    """A whole number on an even scale."""
    return st.slider(
        t(f"control.{name or key}"), low, high, default, step, key=key, help=_help(name or key),
        bind="query-params", persist_state="session",
    )  # fmt: skip


def stops(key: str, options: Sequence[float], default: float) -> float:
    """A number from a scale of chosen stops, for what is felt in ratios."""
    return st.select_slider(
        t(f"control.{key}"), options, default, format_func=lambda stop: f"{stop:g}", key=key, help=_help(key),
        bind="query-params", persist_state="session",
    )  # fmt: skip


def seed(key: str, *, name: str = "") -> int:
    """A seed one can type or step through."""
    value = st.number_input(
        t(f"control.{name or key}"), SEEDS[0], SEEDS[-1], 0, key=key, help=_help(name or key),
        bind="query-params", persist_state="session",
    )  # fmt: skip
    return int(value)


def numbers_in_link(key: str, default: Sequence[float], low: float, high: float, lengths: range) -> list[float]:
    """Numbers held by a component rather than a widget: from the link where it was changed, else from the session.

    Anything in the link that is not such a list of numbers is dropped.
    """
    written = f"{key}:written"
    in_link = st.query_params.get(key)
    if in_link is not None and in_link != st.session_state.get(written):
        numbers = _parse(in_link)
        if numbers and len(numbers) in lengths:
            st.session_state[key] = [min(max(number, low), high) for number in numbers]
    if len(st.session_state.get(key, ())) not in lengths:
        st.session_state[key] = list(default)
    return list(st.session_state[key])


def write_to_link(key: str, numbers: Sequence[float]) -> None:
    """Put a component's numbers into the link."""
    text = as_link(numbers)
    st.session_state[f"{key}:written"] = text
    if st.query_params.get(key) != text:
        st.query_params[key] = text


def as_link(numbers: Sequence[float]) -> str:
    """Numbers as they stand in a link."""
    return ",".join(f"{number:.6g}" for number in numbers)


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
    n = whole(f"{prefix}_n", 30, 600, 300, 10, name="samples")
    K = whole(f"{prefix}_classes", 2, 6, 3, name="classes")
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


def _parse(text: str) -> list[float] | None:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    return numbers if all(math.isfinite(number) for number in numbers) else None
