"""Recorded links still show the same numbers (see recorded_links.py)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.app import open_page, wait_until
from tests.browser.recorded_links import FILE, LINKS, UNSTABLE, read_numbers

RECORDED: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))


def name_of(link: dict[str, Any]) -> str:
    return " ".join([link["page"], *(f"{key}={value}" for key, value in link["parameters"].items())])


PARAMETERS = [
    pytest.param(link, id=name_of(link), marks=[] if i % 4 == 0 else pytest.mark.slow)
    for i, link in enumerate(RECORDED)
]
"""Every fourth link is opened in `make test`, all of them in `make test-all`."""


def test_every_link_is_recorded() -> None:
    assert [(link["page"], link["parameters"]) for link in RECORDED] == LINKS


@pytest.mark.parametrize("link", PARAMETERS)
def test_a_link_shows_the_recorded_numbers(base: str, view: Page, link: dict[str, Any]) -> None:
    open_page(view, base, link["page"], **link["parameters"], lang="en")
    wait_until(
        lambda: read_numbers(view)["values"].keys() == link["values"].keys(), f"the numbers {list(link['values'])}"
    )
    found = read_numbers(view)
    assert found["values"].keys() == link["values"].keys()
    if (link["page"], link["parameters"]) in UNSTABLE:
        assert found["values"]["stage-step"] == link["values"]["stage-step"]
        assert len(found["cells"]) == len(link["cells"])
        return
    for key, values in link["values"].items():
        assert found["values"][key] == pytest.approx(values, rel=1e-9, abs=1e-12), key
    assert found["cells"] == pytest.approx(link["cells"], rel=1e-9, abs=1e-12)
