"""Undo and redo of session values that the user sets by hand.

The history has the earlier values, each with its session key, in the order of the changes. A new history begins when
the user opens a lecture step, a question or a link.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import streamlit as st

from ui.state import url_state

HISTORY = "edit_history"
"""Session key of the EditHistory."""

MAX_CHANGES = 100

Change = tuple[str, object]
"""A session key, and the value that undo or redo restores."""


@dataclass
class EditHistory:
    """Changes that can be undone, and changes that can be redone; the last one of each list comes first.

    `opening` is the value of `url_state.openings` when the history began.
    """

    opening: int
    undoable: list[Change] = field(default_factory=list)
    redoable: list[Change] = field(default_factory=list)


def set_undoable(key: str, value: object) -> None:
    """Set a session value so that the change can be undone."""
    if st.session_state.get(key) == value:
        return
    history = _history()
    history.undoable.append((key, st.session_state.get(key)))
    del history.undoable[:-MAX_CHANGES]
    history.redoable.clear()
    url_state.set_state({key: value})


def can_undo(keys: Collection[str]) -> bool:
    """Return whether a change of one of these keys can be undone."""
    return _next(_history().undoable, keys) is not None


def can_redo(keys: Collection[str]) -> bool:
    """Return whether a change of one of these keys can be redone."""
    return _next(_history().redoable, keys) is not None


def undo(keys: Collection[str]) -> bool:
    """Undo the last change of one of these keys. Return whether there was one."""
    return _move(_history().undoable, _history().redoable, keys)


def redo(keys: Collection[str]) -> bool:
    """Redo the last undone change of one of these keys. Return whether there was one."""
    return _move(_history().redoable, _history().undoable, keys)


def apply_message(message: object, keys: Collection[str]) -> bool:
    """Undo or redo if a message from a component asks for it. Return whether something was changed."""
    command = message.get("history") if isinstance(message, Mapping) else None
    return undo(keys) if command == "undo" else redo(keys) if command == "redo" else False


def _history() -> EditHistory:
    """Return the history. Begin a new one if a lecture step, question or link has been opened since the last call."""
    history = st.session_state.get(HISTORY)
    if not isinstance(history, EditHistory) or history.opening != url_state.openings():
        history = st.session_state[HISTORY] = EditHistory(url_state.openings())
    return history


def _next(changes: list[Change], keys: Collection[str]) -> int | None:
    """Return the index of the last change of one of these keys, or None."""
    return next((i for i in reversed(range(len(changes))) if changes[i][0] in keys), None)


def _move(source: list[Change], target: list[Change], keys: Collection[str]) -> bool:
    i = _next(source, keys)
    if i is None:
        return False
    key, value = source.pop(i)
    target.append((key, st.session_state.get(key)))
    url_state.set_state({key: value})
    return True
