"""The app as a process of its own, and what a reader does with it in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.idle import TRACK_ACTIVITY, wait_until_idle
from tests.browser.page_elements import number_faults
from ui.i18n import LOCALES

ROOT = Path(__file__).parents[2]
PAGES = ("home", "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid")
LANGUAGES = ("en", "ja")


@contextmanager
def serving(script: Path = ROOT / "app.py") -> Iterator[str]:
    """The app, or another, on a free port; gives its address."""
    with serving_process(script) as (address, _):
        yield address


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving_process(
    script: Path = ROOT / "app.py", port: int | None = None, *options: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app, or another, on a port, by default a free one; gives its address and its process."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    command += options
    environment = {**os.environ, "MALLOC_ARENA_MAX": "1"}  # as the Makefile and the Dockerfile have it
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=script.parent, env=environment, **quiet) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address)
            yield address, process
        finally:
            process.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium. Fails, and says what to install, where there is none."""
    path = chromium.find()
    assert path, "no Chromium: install Debian's `chromium`, or run python -m tests.browser.chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


def new_context(browser: Browser, size: tuple[int, int] = (1280, 800), **options: Any) -> BrowserContext:
    """Return a browser context with empty cache and storage, whose pages `wait_until_idle` can wait for."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    context.add_init_script(TRACK_ACTIVITY)
    return context


def texts_of(code: str) -> dict[str, dict[str, str]]:
    """Return all short texts of a language, by section and name."""
    files = (LOCALES / code).glob("*.toml")
    return {section: texts for file in files for section, texts in tomllib.loads(file.read_text("utf-8")).items()}


def address_of(base: str, page: str, /, **parameters: str) -> str:
    """The address of a page with what its link says."""
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"{base}/{'' if page == 'home' else page}?{query}"


def open_page(view: Page, base: str, page: str, /, **parameters: str) -> None:
    """Open a page and wait until it is there and idle."""
    view.goto(address_of(base, page, **parameters))
    wait_for_page(view)


def wait_for_page(view: Page) -> None:
    """Wait until a page is there and idle."""
    view.wait_for_selector("h1")
    wait_until_idle(view)


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Poll until a condition holds. After `seconds`, raise AssertionError that names `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not after {seconds:g} s: {what}"
        time.sleep(0.01)


def stage_number(view: Page, name: str) -> float:
    """The step, loss or accuracy on the stage, unrounded where the stage knows it."""
    element = view.get_by_test_id(f"stage-{name}")
    return float(element.get_attribute("data-value") or element.inner_text())


def wait_for_step(view: Page, step: float) -> None:
    """Wait until the playing stage shows this step or a later one."""
    wait_until(lambda: stage_number(view, "step") >= step, f"step {step:g}")


def play_until_step(view: Page, step: float) -> None:
    """Let the stage play until it shows this step or a later one, then pause it."""
    view.get_by_test_id("stage-play").click()
    wait_for_step(view, step)
    view.get_by_test_id("stage-play").click()
    wait_until_idle(view)


def stand_at(view: Page, step: int) -> None:
    """Scrub the stage to a step and wait until it is there."""
    view.get_by_test_id("stage-scrub").evaluate(
        "(range, step) => { range.value = step; range.dispatchEvent(new Event('input')); }", step
    )
    expect(view.get_by_test_id("stage-step")).to_have_text(str(step))
    wait_until_idle(view)


def take_hold(view: Page) -> None:
    """Take the first bar in hand and move it to 0.9 of its track, without letting go."""
    box = view.locator(".track").first.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    view.mouse.move(box["x"] + box["width"] * 0.6, y)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] * 0.9, y)


def expect_no_traceback(view: Page) -> None:
    """Neither an exception box nor NaN anywhere on the page."""
    assert list(number_faults(view)) == []


def wait_until_healthy(address: str, seconds: int = 60) -> None:
    """Wait until the app answers there. Raises TimeoutError once the seconds have passed."""
    for _ in range(4 * seconds):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health").close()
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"the app did not answer within {seconds} seconds")
