"""Numbers as text, in the same format on every page. The components use the same rules in JavaScript."""

from __future__ import annotations

import math

MINUS = "−"
NEAR_ONE = 0.999999
LARGE = 1e5
"""From this size on, numbers are written as m×10ⁿ."""


def format_probability(p: float) -> str:
    """Return a probability p as text, such as 0.700, 0.0000454 or 0.9999092.

    The text has about ten characters at most: p < 10⁻⁶ is written as m×10ⁿ, and p > 0.999999 as "> 0.999999". Exactly 0
    and 1 become "≈ 0" and "≈ 1": softmax never reaches 0 or 1, but float64 rounds to them.
    """
    distance = min(p, 1 - p)
    if p == 0 or p == 1:
        return f"≈ {p:.0f}"
    if p < 1e-6:
        return format_exponential(p)
    if p > NEAR_ONE:
        return f"> {NEAR_ONE}"
    return f"{p:.{2 + math.ceil(-math.log10(distance))}f}" if distance < 0.1 else f"{p:.3f}"


def subscript(number: int) -> str:
    """Return a number as subscript digits."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def format_decimal(value: float, digits: int = 3) -> str:
    """Return a number as text with `digits` decimals and a true minus sign.

    Large numbers (LARGE), and numbers too small for `digits` decimals, are written as m×10ⁿ; infinity as ∞ or −∞.
    Numbers smaller than 10⁻¹² count as 0.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if abs(value) < 1e-12:  # a rounding error from terms that cancel
        value = 0.0
    if value != 0 and not 10.0**-digits <= abs(value) < LARGE:
        return format_exponential(value)
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) != 0 else text.lstrip("-")


def format_exponential(value: float) -> str:
    """Return a number as m×10ⁿ, with two decimals in m."""
    return _with_superscript(f"{value:.2e}")


def format_general(value: float) -> str:
    """Return a number with up to six significant digits and a true minus sign, as m×10ⁿ if it is large or small."""
    return _with_superscript(f"{value + 0.0:g}")  # + 0.0 turns −0 into 0


def _with_superscript(text: str) -> str:
    """Return a number that Python has formatted, with a true minus sign, and an exponent as ×10ⁿ."""
    mantissa, e, exponent = text.replace("-", MINUS).partition("e")
    if not e:
        return mantissa
    power = str(int(exponent.replace(MINUS, "-"))).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}×10{power}"
