from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.app import browsing, new_context, serving

PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}


class NewView(Protocol):
    """Opens an empty page in a window of this size; other options are those of a browser context."""

    def __call__(self, size: tuple[int, int] = (1280, 800), **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def contexts() -> dict[str, BrowserContext]:
    """One browser context per set of options: its cache halves the time that opening a page takes."""
    return {}


@pytest.fixture
def new_view(browser: Browser, contexts: dict[str, BrowserContext]) -> Iterator[NewView]:
    pages: list[Page] = []

    def open_empty(size: tuple[int, int] = (1280, 800), **options: Any) -> Page:
        key = f"{size} {options}"
        if key not in contexts:
            contexts[key] = new_context(browser, size, **options)
        pages.append(contexts[key].new_page())
        return pages[-1]

    yield open_empty
    for page in pages:
        page.close()


@pytest.fixture
def view(new_view: NewView) -> Page:
    return new_view(locale="en-GB")


@pytest.fixture
def phone(new_view: NewView) -> Page:
    return new_view(**PHONE, locale="en-GB")


@pytest.fixture
def other_view(browser: Browser) -> Iterator[Page]:
    """A page in another browser, which shares nothing with the first."""
    context = new_context(browser)
    yield context.new_page()
    context.close()
