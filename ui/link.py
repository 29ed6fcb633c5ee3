"""The link as the second home of what a reader has set: whoever opens it sees the same.

Streamlit can bind a widget to a query parameter, but writes the option's label there, in the reader's language. Here
a value is written the same in every language. It lives in the session under its key; before a control is drawn, the
link's text is adopted where it has changed since it was last written; afterwards the value is written back, unless it
is the default. What cannot be read as a value is dropped without a word.

A browser that is behind sends, with what the reader has just done, a link that we have since overwritten. Such an echo
is no news: a text that we have replaced is news again once the browser has sent the newer one, or once the reader has
gone somewhere (`arrive`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Value = TypeVar("Value")

_WRITTEN = ":written"
_REPLACED = ":replaced"
_AT = "link_at"

ECHOES = 16
"""How many of the texts it has replaced under a key a browser may still send; it lags by a few at most."""


def arrive(page: str) -> None:
    """Take whatever the link says for news where the reader has come from another page, or through the history."""
    context = get_script_run_ctx()
    by_history = context is not None and getattr(context, "is_history_navigation", True)
    if by_history or st.session_state.get(_AT) != page:
        for key in [key for key in st.session_state if str(key).endswith(_REPLACED)]:
            del st.session_state[key]
    st.session_state[_AT] = page


def adopt(key: str, parse: Callable[[str], Value | None], default: Value) -> None:
    """Set the session's value from the link if the link has news, else to the default if there is none yet."""
    text = news(key)
    value = None if text is None else parse(text)
    if value is not None:
        st.session_state[key] = value
    st.session_state.setdefault(key, default)


def news(key: str) -> str | None:
    """What the link says under a key, if that is not what was last written there, nor an echo of it."""
    text = st.query_params.get(key)
    if text == st.session_state.get(_written(key)):
        st.session_state.pop(key + _REPLACED, None)
        return None
    return None if text in _replaced(key) else text


def overrule(values: Mapping[str, object]) -> None:
    """Set values of the session, whatever the link says that has not been read yet."""
    for key, value in values.items():
        st.session_state[key] = value
        st.session_state[_written(key)] = st.query_params.get(key)


def write(key: str, text: str, default: str) -> None:
    """Put a value's text into the link; a default need not stand there, but may if the link has it."""
    _replace(key, text)
    st.session_state[_written(key)] = text
    if st.query_params.get(key, default) != text:
        st.query_params[key] = text


def forget(key: str) -> None:
    """Take what the link says under a key for news, whatever was last written there."""
    st.session_state.pop(_written(key), None)
    st.session_state.pop(key + _REPLACED, None)


def remove(key: str) -> None:
    """Let the link say nothing under a key."""
    _replace(key, None)
    st.session_state.pop(_written(key), None)
    st.query_params.pop(key, None)


def open_anew(texts: Mapping[str, str], kept: Sequence[str]) -> None:
    """Let the link say just this, and all values it does not speak of be the defaults, except those under `kept`."""
    known = [str(key).removesuffix(_WRITTEN) for key in st.session_state if str(key).endswith(_WRITTEN)]
    for key in known:
        if key not in kept:
            forget(key)
            st.session_state.pop(key, None)
    if st.query_params.to_dict() != texts:
        st.query_params.from_dict(texts)


def held_numbers(key: str, default: Sequence[float], low: float, high: float) -> list[float]:
    """Numbers that a component holds rather than a widget: as many as the default has, each in low … high."""

    def parse(text: str) -> list[float] | None:
        numbers = [value for part in text.split(",") if (value := number(part, low, high)) is not None]
        return numbers if len(numbers) == text.count(",") + 1 == len(default) else None

    adopt(key, parse, list(default))
    if len(st.session_state[key]) != len(default):
        st.session_state[key] = list(default)
    values: list[float] = st.session_state[key]
    write(key, as_text(values), as_text(default))
    return values


def path_of(page: str) -> str:
    """The file of a page, as Streamlit's links want it."""
    return f"pages/{page}.py"


def as_text(numbers: Sequence[float]) -> str:
    """Numbers as they stand in a link."""
    return ",".join(f"{value:.6g}" for value in numbers)


def number(text: str, low: float, high: float) -> float | None:
    """A number in low … high, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def _written(key: str) -> str:
    return key + _WRITTEN


def _replaced(key: str) -> tuple[str, ...]:
    replaced: tuple[str, ...] = st.session_state.get(key + _REPLACED, ())
    return replaced


def _replace(key: str, text: str | None) -> None:
    """Note that what was last written under a key no longer holds."""
    before = st.session_state.get(_written(key))
    if before not in (None, text):
        st.session_state[key + _REPLACED] = (*_replaced(key), before)[-ECHOES:]
