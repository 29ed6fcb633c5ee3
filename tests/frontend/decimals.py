"""Signed, small and large numbers as text, by ui.i18n.number_format."""

from __future__ import annotations

from ui.i18n.number_format import decimal

VALUES = (0.0, -0.0, 1e-13, -1e-4, 0.00012, 0.5, -0.5, -2.0004, 12.3456, 999999.5, 1e6, -1e7, 5e-324)


def samples() -> list[dict[str, object]]:
    """Return each value with its text."""
    return [{"value": value, "text": decimal(value)} for value in VALUES]
