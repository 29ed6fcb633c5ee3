"""Whatever a link says, it opens a page as it should be."""

from __future__ import annotations

import pytest

from tests.fuzz import links
from tests.fuzz.links import KEYS, MARKUP, Link, is_name
from tests.pages.conftest import PAGES

CASES = 100
ALL_WRONG = ("nan", "1e400", "-1", "z" * 10_000, *MARKUP)


@pytest.mark.parametrize("first", range(0, CASES, 10))
def test_any_link_opens_a_page_as_it_should_be(first: int) -> None:
    for number in range(first, first + 10):
        case = links.link(number)
        assert links.faults(case, again=number % 5 == 0) == [], case


@pytest.mark.parametrize("value", ALL_WRONG, ids=lambda value: value[:12])
@pytest.mark.parametrize("page", PAGES)
def test_a_link_that_is_wrong_in_everything_opens_it_too(page: str, value: str) -> None:
    says = {key: value for key in KEYS[page] if key not in ("train_data", "part") and not is_name(key)}
    assert links.faults(Link(page, says)) == []
