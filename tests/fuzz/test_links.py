"""Any link opens a page without faults."""

from __future__ import annotations

import pytest

from tests.fuzz import links
from tests.fuzz.links import KEYS, MARKUP, Link, is_name
from tests.pages.conftest import PAGES

CASES = 100
INVALID_VALUES = ("nan", "1e400", "-1", "z" * 10_000, *MARKUP)


@pytest.mark.parametrize("first", range(0, CASES, 10))
def test_any_link_opens_a_page_without_faults(first: int) -> None:
    for number in range(first, first + 10):
        case = links.link(number)
        assert links.faults(case, reload=number % 5 == 0) == [], case


@pytest.mark.parametrize("value", INVALID_VALUES, ids=lambda value: value[:12])
@pytest.mark.parametrize("page", PAGES)
def test_a_link_with_only_invalid_values_opens_a_page_without_faults(page: str, value: str) -> None:
    parameters = {key: value for key in KEYS[page] if key not in ("train_data", "part") and not is_name(key)}
    assert links.faults(Link(page, parameters)) == []
