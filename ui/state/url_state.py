"""Two-way synchronisation of session state with the query parameters of the address.

Streamlit can bind a widget to a query parameter, but then writes the option's label, which depends on the language.
Here the text of a value is the same in every language, and the session key is the name of the query parameter:

1. Before a widget is drawn, `sync_from_url` reads the query parameter if it has changed since it was last written. Text
   that cannot be parsed is ignored.
2. After the widget is drawn, `write_to_url` writes the value. Default values are left out.

A slow browser may send a query parameter that the server has replaced meanwhile. Such stale text is ignored until the
browser has sent the newer text, or until the user opens another page or navigates in the history (`begin_page`).

A link inside the app opens the same picture as in a new session: `begin_page` resets all values that its query
parameters do not have. The navigation has no query parameters; it keeps all values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Value = TypeVar("Value")

SNAPSHOT = "url_snapshot"
"""Session key of the UrlSnapshot."""

STALE_VALUES_KEPT = 16
"""Number of earlier texts per key that are recognised as stale."""


@dataclass
class UrlSnapshot:
    """The texts that Python has written into the address.

    page: the page on screen.
    openings: how many lecture steps, questions and links were opened.
    is_reset: whether this run has replaced the address. The browser may still send the old one.
    written: per key, the text last written.
    replaced: per key, earlier texts, which are stale.

    The session holds all of these as one value, because each access to the session is slow.
    """

    page: str = ""
    openings: int = 0
    is_reset: bool = False
    written: dict[str, str | None] = field(default_factory=dict)
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self, key: str, text: str | None) -> None:
        """Record a text as written; the text written before it becomes stale."""
        previous = self.written.get(key)
        if previous not in (None, text):
            self.replaced[key] = (*self.replaced.get(key, ()), previous)[-STALE_VALUES_KEPT:]
        self.written[key] = text

    def reset(self, key: str, text: str | None) -> None:
        """Let the next sync read `text`. All earlier texts become stale."""
        earlier = (*self.replaced.get(key, ()), self.written.pop(key, None))
        self.replaced[key] = tuple(one for one in earlier if one not in (None, text))[-STALE_VALUES_KEPT:]


def begin_page(page: str, keep: Sequence[str]) -> None:
    """Prepare the session for a run of a page.

    If a link or the browser's Back or Forward button has led here from another page, take all values from the address,
    except those of the keys in `keep`. After a change of the page or a use of these buttons, no text is stale any more.
    """
    context, snapshot = get_script_run_ctx(), _snapshot()
    by_history = context is not None and getattr(context, "is_history_navigation", True)
    is_other_page, parameters = snapshot.page != page, st.query_params.to_dict()
    snapshot.is_reset = False
    if by_history or is_other_page:
        snapshot.replaced.clear()
    if is_other_page and (by_history or not parameters.keys() <= {*keep}):
        reset_to(parameters, keep)
        count_opening()
    snapshot.page = page


def expect_link() -> None:
    """Make the next `begin_page` take all values from the address, even if the page stays the same."""
    _snapshot().page = ""


def sync_from_url(key: str, parse: Callable[[str], Value | None], default: Value) -> None:
    """Set the session value `key` from the query parameter `key`, if the parameter has changed.

    `parse` converts the text, or returns None if it is invalid; invalid text is ignored. A missing session value is set
    to the default.
    """
    text = changed_in_url(key)
    value = None if text is None else parse(text)
    if value is not None:
        st.session_state[key] = value
    st.session_state.setdefault(key, default)


def changed_in_url(key: str) -> str | None:
    """Return the text of a query parameter, or None if it is missing, stale or equal to the text last written."""
    text, snapshot = st.query_params.get(key), _snapshot()
    if text == snapshot.written.get(key):
        if not snapshot.is_reset:
            snapshot.replaced.pop(key, None)  # the browser now has the latest text
        return None
    return None if text in snapshot.replaced.get(key, ()) else text


def is_synced(key: str) -> bool:
    """Return whether the address has the text that was last written for this key."""
    return key in _snapshot().written and changed_in_url(key) is None


def set_state(values: Mapping[str, object]) -> None:
    """Set session values. They take precedence over query parameters that have not been read yet."""
    for key, value in values.items():
        st.session_state[key] = value
        _snapshot().written[key] = st.query_params.get(key)


def write_to_url(key: str, text: str, default: str) -> None:
    """Write the text of a value into the address.

    `default` is the text of the default value, which is written only if the address already has the key.
    """
    _snapshot().write(key, text)
    if st.query_params.get(key, default) != text:
        st.query_params[key] = text


def force_sync(key: str, text: str | None = None) -> None:
    """Make the next sync read the query parameter even if it has not changed.

    `text` is the value that the parameter will have then, by default its present one.
    """
    _snapshot().reset(key, st.query_params.get(key) if text is None else text)


def remove_from_url(key: str) -> None:
    """Remove a query parameter from the address. The text written last becomes stale."""
    snapshot = _snapshot()
    snapshot.write(key, None)
    del snapshot.written[key]
    st.query_params.pop(key, None)


def reset_to(parameters: Mapping[str, str], keep: Sequence[str]) -> None:
    """Replace all query parameters of the address, and delete the synchronised session values not in `keep`.

    The next sync sets each deleted value from the new query parameters, or to its default.
    """
    snapshot = _snapshot()
    snapshot.is_reset = True
    for key in {*snapshot.written, *snapshot.replaced} - {*keep}:
        snapshot.reset(key, parameters.get(key))
        st.session_state.pop(key, None)
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)


def count_opening() -> None:
    """Increase the number of opened lecture steps, questions and links; components then stop playing."""
    _snapshot().openings += 1


def openings() -> int:
    """Return how many lecture steps, questions and links were opened in this session."""
    return _snapshot().openings


def synced_numbers(key: str, default: Sequence[float], low: float, high: float) -> list[float]:
    """Synchronise a list of numbers in the session with the address, clip them to low … high, and return the list.

    The list has as many numbers as `default`; a list of another length is replaced by the default.
    """

    def parse(text: str) -> list[float] | None:
        numbers = parse_numbers(text, low, high)
        return numbers if numbers and len(numbers) == len(default) else None

    sync_from_url(key, parse, list(default))
    if len(st.session_state[key]) != len(default):
        st.session_state[key] = list(default)
    values = [min(max(value, low), high) for value in st.session_state[key]]
    st.session_state[key] = values
    write_to_url(key, numbers_to_text(values), numbers_to_text(default))
    return values


def numbers_to_text(numbers: Sequence[float]) -> str:
    """Return numbers as text for the address, separated by commas."""
    return ",".join(f"{value:.6g}" for value in numbers)


def parse_number(text: str, low: float, high: float) -> float | None:
    """Return the number that a text contains, or None unless it is a number in low … high."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def parse_numbers(text: str, low: float, high: float) -> list[float] | None:
    """Return the numbers in a text, which are separated by commas, or None unless each is a number in low … high."""
    numbers = [value for part in text.split(",") if (value := parse_number(part, low, high)) is not None]
    return numbers if len(numbers) == text.count(",") + 1 else None


def _snapshot() -> UrlSnapshot:
    """Return the session's snapshot; a new session gets an empty one."""
    snapshot: UrlSnapshot = st.session_state.setdefault(SNAPSHOT, UrlSnapshot())
    return snapshot
