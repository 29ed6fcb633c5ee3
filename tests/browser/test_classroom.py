"""A class of a lecturer and two phones: asked, answered, revealed; reload, another browser, a restarted server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.app import free_port, new_context, open_page, run_app_process, texts_of
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import axe_faults
from tests.browser.page_elements import overflow
from ui.lecture.steps import load_steps

STEP = load_steps("en")["which_one"]
POLL_MS = 15_000
"""Longest time until a phone shows a change."""


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide a secrets.toml with a database of its own."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "secrets.toml").write_text(f'[classroom]\ndatabase = "sqlite:///{folder}/classroom.sqlite"\n')
    return folder / "secrets.toml"


@pytest.fixture(scope="module")
def base(secrets: Path) -> Iterator[str]:
    with run_app_process(Path(__file__).parents[2] / "app.py", None, "--secrets.files", str(secrets)) as (address, _):
        yield address


@pytest.fixture
def new_browser(browser: Browser) -> Iterator[object]:
    """Return a function that opens a page with its own cookies and storage: each call is another person."""
    contexts = []

    def create(size: tuple[int, int] = (390, 844), **options: object) -> Page:
        contexts.append(new_context(browser, size, **options))
        return contexts[-1].new_page()

    yield create
    for context in contexts:
        context.close()


def open_class(view: Page, base: str, **parameters: str) -> str:
    """Open a lecture step and a session; return the session's code."""
    open_page(view, base, STEP.page, lecture=STEP.name, lang="en", **parameters)
    return start_class(view)


def start_class(view: Page) -> str:
    """Open a session on the page on screen; return its code."""
    view.locator(".st-key-class_start button").click()
    view.locator(".st-key-class_open button").click()
    code = view.locator(".join-code strong").inner_text(timeout=POLL_MS)
    wait_until_idle(view)
    return code


def options(view: Page) -> Locator:
    return view.locator("[class*=st-key-class_option_] button")


def answer(view: Page, index: int) -> None:
    expect(options(view)).to_have_count(len(STEP.options), timeout=POLL_MS)
    wait_until_idle(view)
    options(view).nth(index).click()
    expect(options(view).nth(index)).to_contain_text("●")
    wait_until_idle(view)


def test_a_class_answers_and_sees_the_right_answer(base: str, new_browser: NewView) -> None:
    laptop = new_browser((1280, 800), locale="en-GB")
    first = new_browser(locale="en-GB", has_touch=True, is_mobile=True)
    second = new_browser(locale="ja-JP", has_touch=True, is_mobile=True)
    code = open_class(laptop, base)
    assert code not in laptop.url
    for phone in (first, second):
        open_page(phone, base, "join", code=code)
    laptop.keyboard.press("PageDown")
    answer(first, 0)
    answer(second, 0)
    answer(second, 1)
    assert overflow(second) == 0
    assert axe_faults(second) == []
    expect(laptop.locator(".st-key-class_counts")).to_contain_text("2 joined · 2 answered", timeout=POLL_MS)
    second.reload()
    expect(options(second).nth(1)).to_contain_text("●", timeout=POLL_MS)
    laptop.keyboard.press("PageDown")
    expect(laptop.locator(".bars.votes")).to_contain_text("1 (50 %)", timeout=POLL_MS)
    expect(options(first).nth(0)).to_be_disabled(timeout=POLL_MS)
    assert "✓" not in first.locator("body").inner_text()
    wait_until_idle(laptop)
    assert axe_faults(laptop) == []
    laptop.keyboard.press("PageDown")
    expect(laptop.locator(".st-key-lecture_text")).to_contain_text("✓", timeout=POLL_MS)
    expect(first.locator("body")).to_contain_text(f"✗ {texts_of('en')['predict']['wrong']}", timeout=POLL_MS)
    expect(second.locator("body")).to_contain_text(f"✓ {texts_of('ja')['predict']['right']}", timeout=POLL_MS)
    wait_until_idle(laptop)
    laptop.keyboard.press("PageDown")
    expect(laptop.locator(".lecture-title")).to_contain_text("2 / ", timeout=POLL_MS)
    expect(options(first)).to_have_count(0, timeout=POLL_MS)


def test_the_code_on_home_opens_the_class_and_its_answer_the_picture(base: str, new_browser: NewView) -> None:
    laptop, phone = new_browser((1280, 800), locale="en-GB"), new_browser(locale="en-GB")
    code = open_class(laptop, base)
    open_page(phone, base, "home", lang="en")
    phone.locator("[data-testid=stForm] input").fill(code.lower())
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"**/join?code={code}*")
    for _ in range(3):
        laptop.locator(".st-key-class_forward button").click()
        wait_until_idle(laptop)
    phone.get_by_role("link", name=texts_of("en")["classroom"]["picture"]).click(timeout=POLL_MS)
    phone.wait_for_url(f"**/{STEP.page}?*")
    wait_until_idle(phone)
    assert "z_image=2.8%2C2.8%2C-0.6" in phone.url.replace(",", "%2C")


def test_answers_are_there_after_the_server_is_killed(secrets: Path, new_browser: NewView) -> None:
    laptop, phone = new_browser((1280, 800), locale="en-GB"), new_browser(locale="en-GB")
    app, port = Path(__file__).parents[2] / "app.py", free_port()
    with run_app_process(app, port, "--secrets.files", str(secrets)) as (base, process):
        code = open_class(laptop, base)
        open_page(phone, base, "join", code=code)
        laptop.locator(".st-key-class_forward button").click()
        answer(phone, 1)
        process.kill()
        for view in (laptop, phone):
            expect(view.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")).to_be_visible()
    with run_app_process(app, port, "--secrets.files", str(secrets)):
        for view in (laptop, phone):
            app_element = view.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")
            expect(app_element).to_be_visible(timeout=60_000)
            expect(view.locator(".connection-lost")).to_be_hidden(timeout=30_000)
        expect(laptop.locator(".st-key-class_counts")).to_contain_text("1 joined · 1 answered", timeout=60_000)
        expect(options(phone).nth(1)).to_contain_text("●", timeout=60_000)
        wait_until_idle(laptop)
        laptop.locator(".st-key-class_forward button").click()
        expect(laptop.locator(".bars.votes")).to_contain_text("1 (100 %)", timeout=POLL_MS)
        expect(options(phone).nth(0)).to_be_disabled(timeout=30_000)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600)])
def test_in_projector_mode_code_and_button_are_in_view(base: str, new_browser: NewView, size: tuple[int, int]) -> None:
    laptop = new_browser(size, locale="en-GB")
    open_class(laptop, base, present="true")
    for selector in (".join-code", ".st-key-class .qr", ".st-key-class_forward button"):
        box = laptop.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1], selector
    assert overflow(laptop) == 0
