"""Numbers as text, the same on every page. The logit bars write theirs by the same rules in JavaScript."""

from __future__ import annotations

import math

MINUS = "−"


def probability(p: float) -> str:
    """Three significant digits of p or of its distance from 1, whichever is smaller: 0.700, 0.0000454, 0.9999092.

    What float64 rounds to 0 or 1, which softmax never reaches, is written ≈ 0 or ≈ 1.
    """
    nearest = min(p, 1 - p)
    if p == 0 or p == 1:
        return f"≈ {p:.0f}"
    if p < 1e-6:
        return exponential(p)
    return f"{p:.{2 + math.ceil(-math.log10(max(nearest, 1e-14)))}f}" if nearest < 0.1 else f"{p:.3f}"


def decimal(value: float, digits: int = 3) -> str:
    """A number with a true minus sign, in powers of ten where it is very large or very small; inf as ∞."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if abs(value) < 1e-12:  # what is left where sums that cancel were rounded
        value = 0.0
    if value != 0 and not 10.0**-digits <= abs(value) < 1e6:
        return exponential(value)
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) != 0 else text.lstrip("-")


def exponential(value: float) -> str:
    """A number as m×10ⁿ."""
    mantissa, exponent = f"{value:.2e}".split("e")
    superscript = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}×10{superscript}".replace("-", MINUS)
