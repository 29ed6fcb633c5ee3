"""Numbers as texts, by ui.i18n.number_format."""

from __future__ import annotations

from ui.i18n.number_format import decimal, exponential, probability

VALUES = (
    0.0, 1.0, -1.0, 0.5, -0.0004, 0.00012345, 1e-13, -1e-13, 999_999.4, 1e6, -2.5e8, 3.14159, 0.1, 0.05, 0.95,
    0.9995, 0.99999999, 1e-7, 0.000_002, 1e-300, 12.0,
)  # fmt: skip


def samples() -> list[dict[str, object]]:
    """Return the texts of each value; None where a format is not meant for it."""
    return [
        {
            "value": value,
            "decimal": decimal(value),
            "exponential": exponential(value) if value else None,
            "probability": probability(value) if 0 <= value <= 1 else None,
        }
        for value in VALUES
    ]
