"""Points drawn by the user, kept in the session and in the address.

A point is (x, y, class). x and y lie on a grid of 4096 × 4096 points over a square. The address has five base-64
characters per point: 12 bits for x, 12 for y and 4 for the class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError
from ui.i18n import t
from ui.state import edit_history, url_state
from ui.state.number_input import NumberRange, number_input, parse_number

POINTS = "points"
HALF_WIDTH = 6.0
"""The square reaches from −HALF_WIDTH to HALF_WIDTH in x and y."""

MAX_POINTS = 2_000

Point = tuple[float, float, int]

START_POINTS: tuple[Point, ...] = (
    (-3.5, 2.5, 0), (-2.5, 3.5, 0), (-2.0, 2.0, 0),
    (3.0, 3.0, 1), (2.0, 2.0, 1), (3.5, 1.5, 1),
    (-0.5, -3.0, 2), (0.5, -2.5, 2), (0.0, -4.0, 2),
)  # fmt: skip

FIELDS = {
    "point_x": NumberRange(-HALF_WIDTH, HALF_WIDTH),
    "point_y": NumberRange(-HALF_WIDTH, HALF_WIDTH),
    "point_class": NumberRange(1, MAX_CLASSES, whole=True),
}
"""Fields for a point: session key and accepted numbers."""

CHOSEN, COUNT = "point_chosen", "point_count"
"""Session keys: the field for the number of the point to change; the number of points when this field was last set."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STEPS = 4095


def edit_points() -> tuple[Dataset, str]:
    """Draw the form in which points are added, moved and removed. Synchronise the points with the address.

    Return the data set, and Python code that makes the same data set.
    """
    url_state.sync_from_url(POINTS, decode, snap_to_grid(START_POINTS))
    points: list[Point] = st.session_state[POINTS]
    url_state.write_to_url(POINTS, encode(points), encode(snap_to_grid(START_POINTS)))
    _set_initial_texts(len(points))
    st.caption(t("drawn.how", most=f"{MAX_POINTS:,}"))
    full = len(points) == MAX_POINTS
    if full:
        st.warning(t("drawn.full", most=f"{MAX_POINTS:,}"), icon=":material/block:")
    for column, (key, numbers), label in zip(
        st.columns(3), FIELDS.items(), ("x₁", "x₂", t("drawn.class")), strict=True
    ):
        number_input(key, label, numbers, column=column)
    button = partial(st.button, on_click=_replace_points, width="stretch")
    button(t("drawn.add"), args=(points, [], True), disabled=full)
    chosen = number_input(CHOSEN, t("drawn.chosen", count=len(points)), NumberRange(1, len(points), whole=True))
    if chosen is not None:
        i = int(chosen) - 1
        st.caption(t("drawn.stands", x=f"{points[i][0]:.2f}", y=f"{points[i][1]:.2f}", number=points[i][2] + 1))
        before, after = points[:i], points[i + 1 :]
        button(t("drawn.move"), args=(before, after, True))
        button(t("drawn.remove"), args=(before, after, False), disabled=len(points) == 1)
    if len(points) == 1:
        st.caption(t("stage.lastPoint"))
    button(t("drawn.start"), args=(START_POINTS, [], False))
    return _dataset(points)


def _set_initial_texts(n_points: int) -> None:
    """Set the initial texts of the fields. If the number of points has changed, select a point that exists."""
    for key, text in zip(FIELDS, ("0", "0", "1"), strict=True):
        st.session_state.setdefault(key, text)
    if st.session_state.get(COUNT) != n_points or CHOSEN not in st.session_state:
        chosen = parse_number(st.session_state.get(CHOSEN, ""))
        st.session_state[CHOSEN] = str(int(min(chosen or n_points, n_points)))
        st.session_state[COUNT] = n_points


def _dataset(points: Sequence[Point]) -> tuple[Dataset, str]:
    """Return the data set of the points and the code that makes it."""
    labels = np.array([label for _, _, label in points], dtype=np.intp)
    K = max(2, int(labels.max()) + 1)
    X = np.array([[a, b] for a, b, _ in points], dtype=np.float64)
    data = Dataset(X, labels, tuple(f"class_{k + 1}" for k in range(K)), ("x1", "x2"))
    call = f"Dataset(np.array({X.tolist()}), np.array({labels.tolist()}), {data.classes}, {data.features})"
    return data, call


def _replace_points(before: Sequence[object], after: Sequence[object], insert: bool) -> None:
    """Set the points in the session to `before` followed by `after`.

    If `insert` is true, put the point in the form between them, or do nothing if a field of the form is invalid. The
    field itself shows a message about that.
    """
    if not insert:
        set_points([*before, *after])
        return
    x, y, number = (numbers.parse(st.session_state[key]) for key, numbers in FIELDS.items())
    if x is not None and y is not None and number is not None:
        set_points([*before, (x, y, int(number) - 1), *after])


def set_points(points: Sequence[object]) -> bool:
    """Set the points in the session if all are valid. Return whether they have been set."""
    try:
        edit_history.set_undoable(POINTS, checked_points(points))
    except InvalidDataError:
        return False
    return True


def set_points_from_message(message: object) -> bool:
    """Set the points in the session to those in a message from the stage. Return whether they have been set."""
    points = message.get(POINTS) if isinstance(message, Mapping) else None
    return isinstance(points, list) and set_points(points)


def checked_points(points: Sequence[object]) -> list[Point]:
    """Return the points moved to the grid.

    Raises InvalidDataError("points") if a point is invalid, or if there are not 1 … MAX_POINTS points.
    """
    if not 1 <= len(points) <= MAX_POINTS:
        raise InvalidDataError("points", count=len(points))
    checked: list[Point] = []
    for point in points:
        match point:
            case (int() | float() as x, int() | float() as y, int() as k) if not isinstance(k, bool) and (
                abs(x) <= HALF_WIDTH and abs(y) <= HALF_WIDTH and 0 <= k < MAX_CLASSES
            ):
                checked.append((float(x), float(y), int(k)))
            case _:
                raise InvalidDataError("points")
    return snap_to_grid(checked)


def snap_to_grid(points: Sequence[Point]) -> list[Point]:
    """Return the points, each moved to the nearest point of the grid."""
    return [(_from_grid(_to_grid(x)), _from_grid(_to_grid(y)), k) for x, y, k in points]


def encode(points: Sequence[Point]) -> str:
    """Return the points as text for the address."""
    numbers = [(_to_grid(x) << 16) | (_to_grid(y) << 4) | k for x, y, k in points]
    return "".join(_LETTERS[(number >> shift) & 63] for number in numbers for shift in (24, 18, 12, 6, 0))


def decode(text: str) -> list[Point] | None:
    """Return the points encoded in a text, or None if it is invalid."""
    if len(text) % 5 or len(text) > 5 * MAX_POINTS or not set(text) <= set(_LETTERS):
        return None
    points: list[Point] = []
    for start in range(0, len(text), 5):
        number = 0
        for letter in text[start : start + 5]:
            number = number << 6 | _LETTERS.index(letter)
        if number >> 28:
            return None
        points.append((_from_grid(number >> 16 & _STEPS), _from_grid(number >> 4 & _STEPS), number & 15))
    try:
        return checked_points(points)
    except InvalidDataError:
        return None


def _to_grid(value: float) -> int:
    return round((value + HALF_WIDTH) / (2 * HALF_WIDTH) * _STEPS)


def _from_grid(step: int) -> float:
    return step / _STEPS * 2 * HALF_WIDTH - HALF_WIDTH
