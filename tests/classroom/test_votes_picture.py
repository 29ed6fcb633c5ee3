"""The picture of the votes on a question."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

import pytest

from ui.classroom.votes_picture import COLUMNS, HEIGHT_OF_BAR, votes_svg, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def elements(picture: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(f"{SVG}{name}"))


def test_first_and_second_vote_are_side_by_side_as_long_as_their_shares() -> None:
    picture = votes_svg("Which?", ["one", "two"], [(3, 1), (0, 4)], ["Vote 1", "Vote 2"], right=1)
    bars = [float(bar.attrib["width"]) for bar in elements(picture, "rect") if bar.get("height") == str(HEIGHT_OF_BAR)]
    assert bars[0] == pytest.approx(3 * bars[2], abs=0.2)
    assert bars[3] == pytest.approx(4 * bars[2], abs=0.2)
    texts = [text.text for text in elements(picture, "text")]
    assert texts[0] == "Which?"
    assert "✓ two" in texts
    assert "3 · 75 % (Vote 1)" in texts
    assert "4 · 100 % (Vote 2)" in texts


def test_texts_stay_texts() -> None:
    hostile = "</text><script>x()</script> & \x00\x0b\ud800\"'"
    picture = votes_svg(hostile, [hostile, "B"], [(1, 0)], ["Vote 1"], right=None)
    assert elements(picture, "script") == []
    assert "</text><script>x()</script> & \"'" in [text.text for text in elements(picture, "text")]


def test_a_vote_without_answers_is_drawn() -> None:
    assert "0 · 0 %" in [text.text for text in elements(votes_svg("", ["A", "B"], [(0, 0)], ["1"], None), "text")]


@pytest.mark.parametrize("text", ["long words of a question " * 12, "日本語の長い質問文です。" * 12, "x" * 300, "短い"])
def test_long_texts_are_broken_into_lines(text: str) -> None:
    lines = wrapped(text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    widths = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines]
    assert max(widths) <= COLUMNS
