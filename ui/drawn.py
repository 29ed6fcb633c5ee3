"""Samples drawn by hand: kept in the session, and whole in the link.

A point is (x, y, class) with x and y on a grid of 4096 steps over the square, five letters of the link: 12 bits each
for x and y, 4 for the class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.datasets import MAX_CLASSES, Dataset
from core.errors import InvalidDataError
from ui import link
from ui.i18n import t

KEY = "points"
HALF = 6.0
"""The square one draws on reaches from −HALF to HALF both ways."""

MOST_POINTS = 2_000

Point = tuple[float, float, int]

START: tuple[Point, ...] = (
    (-3.5, 2.5, 0), (-2.5, 3.5, 0), (-2.0, 2.0, 0),
    (3.0, 3.0, 1), (2.0, 2.0, 1), (3.5, 1.5, 1),
    (-0.5, -3.0, 2), (0.5, -2.5, 2), (0.0, -4.0, 2),
)  # fmt: skip

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STEPS = 4095


def dataset() -> tuple[Dataset, str]:
    """The points as a data set, and the call that would make it; below, a way to add and remove them by keyboard."""
    link.adopt(KEY, decoded, on_grid(START))
    points: list[Point] = st.session_state[KEY]
    link.write(KEY, encoded(points), encoded(on_grid(START)))
    st.caption(t("drawn.how", most=MOST_POINTS))
    full = len(points) == MOST_POINTS
    if full:
        st.warning(t("drawn.full", most=MOST_POINTS), icon=":material/block:")
    columns = st.columns(3)
    columns[0].number_input("x₁", -HALF, HALF, 0.0, 0.5, key="point_x")
    columns[1].number_input("x₂", -HALF, HALF, 0.0, 0.5, key="point_y")
    columns[2].number_input(t("drawn.class"), 1, MAX_CLASSES, 1, key="point_class")
    st.button(t("drawn.add"), on_click=_press, args=(points, [], True), width="stretch", disabled=full)
    if st.session_state.get("point_chosen", 1) > len(points):
        st.session_state["point_chosen"] = len(points)
    i = st.number_input(t("drawn.chosen", count=len(points)), 1, len(points), len(points), key="point_chosen") - 1
    before, after = points[:i], points[i + 1 :]
    st.caption(t("drawn.stands", x=f"{points[i][0]:.2f}", y=f"{points[i][1]:.2f}", number=points[i][2] + 1))
    st.button(t("drawn.move"), on_click=_press, args=(before, after, True), width="stretch")
    st.button(
        t("drawn.remove"), on_click=_press, args=(before, after, False), width="stretch", disabled=len(points) == 1
    )
    st.button(t("drawn.start"), on_click=_press, args=(START, [], False), width="stretch")
    labels = np.array([label for _, _, label in points], dtype=np.intp)
    K = max(2, int(labels.max()) + 1)
    X = np.array([[a, b] for a, b, _ in points], dtype=np.float64)
    data = Dataset(X, labels, tuple(f"class_{k + 1}" for k in range(K)), ("x1", "x2"))
    call = f"Dataset(np.array({X.tolist()}), np.array({labels.tolist()}), {data.classes}, {data.features})"
    return data, call


def _press(before: Sequence[object], after: Sequence[object], with_one: bool) -> None:
    """Make these the points, in between them, if so, the one that the fields describe by now."""
    fields = (st.session_state["point_x"], st.session_state["point_y"], st.session_state["point_class"] - 1)
    take([*before, *([fields] if with_one else []), *after])


def take(points: Sequence[object]) -> bool:
    """Make these the points if they are good ones; says whether they were."""
    try:
        good = checked(points)
    except InvalidDataError:
        return False
    st.session_state[KEY] = good
    return True


def take_message(message: object) -> bool:
    """Take the points the stage sends, if it sends any."""
    points = message.get(KEY) if isinstance(message, Mapping) else None
    return isinstance(points, list) and take(points)


def checked(points: Sequence[object]) -> list[Point]:
    """Points on the grid. Raises InvalidDataError("points") for anything else than 1 … MOST_POINTS of them."""
    if not 1 <= len(points) <= MOST_POINTS:
        raise InvalidDataError("points", count=len(points))
    good: list[Point] = []
    for point in points:
        match point:
            case (int() | float() as x, int() | float() as y, int() as k) if not isinstance(k, bool) and (
                abs(x) <= HALF and abs(y) <= HALF and 0 <= k < MAX_CLASSES
            ):
                good.append((float(x), float(y), int(k)))
            case _:
                raise InvalidDataError("points")
    return on_grid(good)


def on_grid(points: Sequence[Point]) -> list[Point]:
    """Points moved to where the link can say they are."""
    return [(_value(_step(x)), _value(_step(y)), k) for x, y, k in points]


def encoded(points: Sequence[Point]) -> str:
    """Points as letters for a link."""
    numbers = [(_step(x) << 16) | (_step(y) << 4) | k for x, y, k in points]
    return "".join(_LETTERS[(number >> shift) & 63] for number in numbers for shift in (24, 18, 12, 6, 0))


def decoded(text: str) -> list[Point] | None:
    """The points that letters stand for, or None if they stand for none."""
    if len(text) % 5 or len(text) > 5 * MOST_POINTS or not set(text) <= set(_LETTERS):
        return None
    points: list[Point] = []
    for start in range(0, len(text), 5):
        number = 0
        for letter in text[start : start + 5]:
            number = number << 6 | _LETTERS.index(letter)
        if number >> 28:
            return None
        points.append((_value(number >> 16 & _STEPS), _value(number >> 4 & _STEPS), number & 15))
    try:
        return checked(points)
    except InvalidDataError:
        return None


def _step(value: float) -> int:
    return round((value + HALF) / (2 * HALF) * _STEPS)


def _value(step: int) -> float:
    return step / _STEPS * 2 * HALF - HALF
