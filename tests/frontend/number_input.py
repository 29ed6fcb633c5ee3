"""Texts typed into fields for numbers, by ui.state.number_input."""

from __future__ import annotations

from ui.state.number_input import parse_number

NUMBERS = (
    "1,5", "１．５", "１，５", "−2", "－２", "-2", "＋３", "1e-3", "1E3", "１ｅ３", "  7 ", "\u3000４\u3000",
    "\u00a05\u202f", ".5", "5.", ",5", "-0", "007", "1e-400", "1,500", "+.5e+1", "\t8\n",
)  # fmt: skip
REFUSED = (
    "", " ", "x", "1.5.2", "1,5,2", "1 000", "1_000", "--1", "−", "+", ".", ",", "e5", "1e", "1e5.5", "1e400", "nan",
    "inf", "Infinity", "∞", "½", "10²", "①", "٣", "三", "0x10", "1/2", "5%", "1’000", "- 2", "2 m", "1n", "1..",
    "\u200b1", "\v1", "1" * 40 + "x",
)  # fmt: skip


def samples() -> list[list[object]]:
    """Return each text with its number, or None if it is refused."""
    return [[text, parse_number(text)] for text in (*NUMBERS, *REFUSED)]
