"""Numbers as text, in the same format on every page. The components use the same rules in JavaScript."""

from __future__ import annotations

import math

MINUS = "−"


def probability(p: float) -> str:
    """Return a probability p as text, such as 0.700, 0.0000454 or 0.9999092.

    There are enough decimals to show three significant digits of both p and 1 − p; p < 10⁻⁶ is written as m×10ⁿ.
    Exactly 0 and 1 become "≈ 0" and "≈ 1": softmax never reaches 0 or 1, but float64 rounds to them.
    """
    distance = min(p, 1 - p)
    if p == 0 or p == 1:
        return f"≈ {p:.0f}"
    if p < 1e-6:
        return exponential(p)
    return f"{p:.{2 + math.ceil(-math.log10(max(distance, 1e-14)))}f}" if distance < 0.1 else f"{p:.3f}"


def decimal(value: float, digits: int = 3) -> str:
    """Return a number as text with `digits` decimals and a true minus sign.

    Numbers of size 10⁶ or more, or too small for `digits` decimals, are written as m×10ⁿ; infinity as ∞ or −∞.
    Numbers smaller than 10⁻¹² count as 0.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if abs(value) < 1e-12:  # a rounding error from terms that cancel
        value = 0.0
    if value != 0 and not 10.0**-digits <= abs(value) < 1e6:
        return exponential(value)
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) != 0 else text.lstrip("-")


def exponential(value: float) -> str:
    """Return a number as m×10ⁿ, with two decimals in m."""
    mantissa, exponent = f"{value:.2e}".split("e")
    superscript = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}×10{superscript}".replace("-", MINUS)
