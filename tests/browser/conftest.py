from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.app import LANGUAGES, launch_browser, new_context, run_app

expect.set_options(timeout=30_000)  # on a busy machine, a rerun of the page takes several seconds

Size = tuple[int, int]

PHONE: dict[str, Any] = {"size": (390, 844), "has_touch": True, "is_mobile": True}


def in_turn(cases: Iterable[Any], first: int = 0, options: Iterable[str] = LANGUAGES) -> list[Any]:
    """Return parameters (case, option) of a test, by default with a language as the option.

    `make test` checks each case with one option: the first case with number `first`, the next one with the next number.
    `make test-all` checks all cases with all options.
    """
    all_options = list(options)
    return [
        pytest.param(
            case, option, marks=[] if (i - j + first) % len(all_options) == 0 else pytest.mark.slow,
            id=f"{getattr(case, 'name', case)}-{option}",
        )
        for i, case in enumerate(cases)
        for j, option in enumerate(all_options)
    ]  # fmt: skip


class NewView(Protocol):
    """Return an empty page in a window of this size; the other options are those of a browser context.

    `script` runs in the page before the app's scripts.
    """

    def __call__(self, size: Size = (1280, 800), script: str = "", **options: Any) -> Page: ...


class Pages:
    """Pool of browser pages that tests reuse, since opening the app in a new page takes twice as long.

    Pages with the same options share cookies, storage and the HTTP cache.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._unused: dict[str, list[Page]] = defaultdict(list)

    @contextmanager
    def for_test(self) -> Iterator[NewView]:
        """Provide pages for one test and make them ready for the next one."""
        used: list[tuple[str, Size, Page]] = []

        def create(size: Size = (1280, 800), script: str = "", **options: Any) -> Page:
            key = f"{size} {script} {sorted(options.items())}"
            if key not in self._contexts:
                self._contexts[key] = new_context(self._browser, size, **options)
                if script:
                    self._contexts[key].add_init_script(script)
            page = self._unused[key].pop() if self._unused[key] else self._contexts[key].new_page()
            used.append((key, size, page))
            return page

        yield create
        for key, (width, height), page in used:
            try:
                page.goto("about:blank")
                page.set_viewport_size({"width": width, "height": height})
                page.mouse.up()
                page.mouse.move(width - 1, height - 1)  # so that no tooltip opens
            except Error:
                page.close()
            else:
                self._unused[key].append(page)


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with run_app() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launch_browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def new_view(pages: Pages) -> Iterator[NewView]:
    with pages.for_test() as create:
        yield create


@pytest.fixture
def view(new_view: NewView) -> Page:
    return new_view(locale="en-GB")


@pytest.fixture
def phone(new_view: NewView) -> Page:
    return new_view(**PHONE, locale="en-GB")


@pytest.fixture
def other_view(browser: Browser) -> Iterator[Page]:
    """Provide a page with its own cookies, storage and cache."""
    context = new_context(browser)
    yield context.new_page()
    context.close()
