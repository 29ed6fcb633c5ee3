"""Digits that the user has drawn and labelled, kept in the session, and their file.

The file is JSON: {"version": 1, "digits": [{"label": 5, "counts": [64 whole numbers, 0 … 16]}, …]}.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.activations import Floats
from ui.digits.model import MAX_COUNT

VERSION = 1
MAX_DIGITS = 200
MAX_FILE_BYTES = 200_000
N_PIXELS, N_CLASSES = 64, 10

_KEY = "own_digits"


@dataclass(frozen=True)
class OwnDigit:
    """An image of 64 counts, 0 … 16, and its label."""

    counts: tuple[int, ...]
    label: int


class DigitsFileError(ValueError):
    """A file that is refused. `reason` is the name of the text for the user, `digits.file_<reason>`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def own_digits() -> tuple[OwnDigit, ...]:
    """Return the digits of this session."""
    digits: tuple[OwnDigit, ...] = st.session_state.get(_KEY, ())
    return digits


def set_own_digits(digits: Sequence[OwnDigit]) -> None:
    """Replace the digits of this session."""
    st.session_state[_KEY] = tuple(digits)


def add_own_digit(counts: Floats, label: int) -> None:
    """Add a digit, unless there are MAX_DIGITS already."""
    if len(own_digits()) < MAX_DIGITS:
        set_own_digits([*own_digits(), OwnDigit(tuple(int(count) for count in counts), label)])


def as_arrays(digits: Sequence[OwnDigit]) -> tuple[Floats, NDArray[np.intp]]:
    """Return the images (n, 64) and the labels (n,)."""
    images = np.array([digit.counts for digit in digits], dtype=np.float64).reshape(-1, N_PIXELS)
    return images, np.array([digit.label for digit in digits], dtype=np.intp)


def to_file(digits: Sequence[OwnDigit]) -> str:
    """Return the text of the file."""
    entries = [{"label": digit.label, "counts": list(digit.counts)} for digit in digits]
    return json.dumps({"version": VERSION, "digits": entries})


def from_file(data: bytes) -> list[OwnDigit]:
    """Return the digits in a file. Raises DigitsFileError if it is not such a file."""
    if len(data) > MAX_FILE_BYTES:
        raise DigitsFileError("large")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise DigitsFileError("unreadable") from None
    if not isinstance(content, dict) or not isinstance(content.get("digits"), list):
        raise DigitsFileError("unreadable")
    if not _is_whole(content.get("version"), VERSION, VERSION):
        raise DigitsFileError("version")
    if len(content["digits"]) > MAX_DIGITS:
        raise DigitsFileError("large")
    return [_digit_from(entry) for entry in content["digits"]]


def _digit_from(entry: object) -> OwnDigit:
    match entry:
        case {"label": label, "counts": [*counts]} if len(counts) == N_PIXELS:
            if _is_whole(label, 0, N_CLASSES - 1) and all(_is_whole(count, 0, MAX_COUNT) for count in counts):
                return OwnDigit(tuple(counts), label)
    raise DigitsFileError("digit")


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
