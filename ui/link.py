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
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Value = TypeVar("Value")

NOTES = "link_notes"
"""Where the session has what it knows of the link."""

ECHOES = 16
"""How many of the texts it has replaced under a key a browser may still send; it lags by a few at most."""


@dataclass
class Notes:
    """What the link was last made to say under each key, the texts that this replaced, and for which page that was.

    They are one value of the session: to look up a value there takes longer than all that is done with these.
    """

    page: str = ""
    written: dict[str, str | None] = field(default_factory=dict)
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self, key: str, text: str | None) -> None:
        """Note a text, and that what was written before no longer holds."""
        before = self.written.get(key)
        if before not in (None, text):
            self.replaced[key] = (*self.replaced.get(key, ()), before)[-ECHOES:]
        self.written[key] = text

    def forget(self, key: str) -> None:
        """Know of no text under a key."""
        self.written.pop(key, None)
        self.replaced.pop(key, None)


def arrive(page: str) -> None:
    """Take whatever the link says for news where the reader has come from another page, or through the history."""
    context, notes = get_script_run_ctx(), _notes()
    by_history = context is not None and getattr(context, "is_history_navigation", True)
    if by_history or notes.page != page:
        notes.replaced.clear()
    notes.page = page


def adopt(key: str, parse: Callable[[str], Value | None], default: Value) -> None:
    """Set the session's value from the link if the link has news, else to the default if there is none yet."""
    text = news(key)
    value = None if text is None else parse(text)
    if value is not None:
        st.session_state[key] = value
    st.session_state.setdefault(key, default)


def news(key: str) -> str | None:
    """What the link says under a key, if that is not what was last written there, nor an echo of it."""
    text, notes = st.query_params.get(key), _notes()
    if text == notes.written.get(key):
        notes.replaced.pop(key, None)
        return None
    return None if text in notes.replaced.get(key, ()) else text


def overrule(values: Mapping[str, object]) -> None:
    """Set values of the session, whatever the link says that has not been read yet."""
    for key, value in values.items():
        st.session_state[key] = value
        _notes().written[key] = st.query_params.get(key)


def write(key: str, text: str, default: str) -> None:
    """Put a value's text into the link; a default need not stand there, but may if the link has it."""
    _notes().write(key, text)
    if st.query_params.get(key, default) != text:
        st.query_params[key] = text


def forget(key: str) -> None:
    """Take what the link says under a key for news, whatever was last written there."""
    _notes().forget(key)


def remove(key: str) -> None:
    """Let the link say nothing under a key."""
    notes = _notes()
    notes.write(key, None)
    del notes.written[key]
    st.query_params.pop(key, None)


def open_anew(texts: Mapping[str, str], kept: Sequence[str]) -> None:
    """Let the link say just this, and all values it does not speak of be the defaults, except those under `kept`."""
    notes = _notes()
    for key in [key for key in notes.written if key not in kept]:
        notes.forget(key)
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


def _notes() -> Notes:
    """The session's."""
    notes: Notes | None = st.session_state.get(NOTES)
    if notes is None:
        notes = st.session_state[NOTES] = Notes()
    return notes
