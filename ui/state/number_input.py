"""Text fields for numbers. They accept the same texts as the fields of ui/frontend/src/shared/number_input.js.

`st.number_input` is not used, because browsers drop unknown characters from number fields: "−2" with the minus sign
that this app prints would become "2".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.number_columns import TO_ASCII
from ui.i18n import t
from ui.i18n.number_format import format_general
from ui.look import html

_NUMBER = re.compile(r"[ \t\r\n]*([+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?)[ \t\r\n]*", re.IGNORECASE)
MAX_LENGTH = 30
"""Maximum length of a text quoted in a message; longer ones are cut."""


class NumberRange(NamedTuple):
    """The numbers that a field accepts: `low` to `high`, only whole ones if `whole`."""

    low: float
    high: float
    whole: bool = False

    def parse(self, text: str) -> float | None:
        """Return the number in a text, or None if the text is not a number in the range."""
        value = parse_number(text)
        is_valid = value is not None and self.low <= value <= self.high and (value % 1 == 0 or not self.whole)
        return value if is_valid else None

    def fault(self, label: str, text: str) -> str:
        """Return an error message in Markdown: `text`, in the field `label`, is not a number in the range."""
        reason = "empty" if not text.strip() else "whole" if self.whole else "refused"
        shown = html.escape_markdown(text.strip()[:MAX_LENGTH])
        fault = t(f"number.{reason}", low=format_general(self.low), high=format_general(self.high), text=shown)
        return t("number.field", label=label, fault=fault)


def number_input(
    key: str,
    label: str,
    numbers: NumberRange,
    *,
    column: DeltaGenerator | None = None,
    on_change: Callable[[], None] | None = None,
    help_text: str | None = None,
) -> float | None:
    """Draw a text field in `column`, by default in the current container. Return the number in the field.

    The text is the session value of `key`. If it is not a number in the range, draw a message in the current container
    and return None.
    """
    text = (column or st).text_input(label, key=key, on_change=on_change, help=help_text)
    value = numbers.parse(text)
    if value is None:
        st.error(numbers.fault(label, text))
    return value


def parse_number(text: str) -> float | None:
    """Return the number in a text, or None if the text is not a number.

    Reads a decimal point or comma, an exponent, full-width characters, the minus sign "−", and spaces around all.
    """
    found = _NUMBER.fullmatch(text.translate(TO_ASCII))
    value = float(found[1].replace(",", ".")) if found else math.nan
    return value + 0.0 if math.isfinite(value) else None  # + 0.0 turns −0 into 0
