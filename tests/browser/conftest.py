from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.app import browsing, new_context, serving

PHONE: dict[str, Any] = {"size": (390, 844), "has_touch": True, "is_mobile": True}


Size = tuple[int, int]


class NewView(Protocol):
    """Gives an empty page in a window of this size; other options are those of a browser context.

    A `script` runs in it before any of the app's.
    """

    def __call__(self, size: Size = (1280, 800), script: str = "", **options: Any) -> Page: ...


class Pages:
    """Pages that tests use one after another: opening the app in a new one takes twice as long."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._idle: dict[str, list[Page]] = defaultdict(list)

    @contextmanager
    def lend(self) -> Iterator[NewView]:
        """Pages for one test; they are emptied after it."""
        lent: list[tuple[str, Size, Page]] = []

        def new_view(size: Size = (1280, 800), script: str = "", **options: Any) -> Page:
            key = f"{size} {script} {options}"
            if key not in self._contexts:
                self._contexts[key] = new_context(self._browser, size, **options)
                if script:
                    self._contexts[key].add_init_script(script)
            page = self._idle[key].pop() if self._idle[key] else self._contexts[key].new_page()
            lent.append((key, size, page))
            return page

        yield new_view
        for key, (width, height), page in lent:
            page.mouse.up()
            page.mouse.move(width - 1, height - 1)  # where nothing opens under it
            page.goto("about:blank")
            page.set_viewport_size({"width": width, "height": height})
            self._idle[key].append(page)


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def new_view(pages: Pages) -> Iterator[NewView]:
    with pages.lend() as new_view:
        yield new_view


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
