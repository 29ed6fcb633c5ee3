"""Numbers as text, by ui.i18n.number_format."""

from __future__ import annotations

from ui.i18n.number_format import format_decimal, format_exponential, format_general, format_probability

SMALL = (3e-9, 1 - 3e-9, 1e-300, 1 - 1e-16)
PROBABILITIES = (0.0, 1.0, 0.5, 0.7, 0.163, 0.0270123, 0.9, 0.0454, 4.54e-5, 0.9999092, 0.999999, 0.9999991, *SMALL)
NUMBERS = (0.0, -0.0, 1e-13, 0.5, -1.25, -2.0004, 2.8, 0.0004, -1e-7, 99999.4, 1e5, -407286.75, -123.4567, 1e-300)


def samples() -> dict[str, object]:
    """Return probabilities and other numbers, with their texts."""
    return {
        "probability": [[p, format_probability(p)] for p in PROBABILITIES],
        "exponential": [[value, format_exponential(value)] for value in NUMBERS if value],
        "general": [
            [value, format_general(value)] for value in (*NUMBERS, 1e-4, 9e-5, 999999.5, 1234567.0, -1.00001e-7)
        ],
        "decimal": [[value, digits, format_decimal(value, digits)] for value in NUMBERS for digits in (2, 3, 4)],
    }
