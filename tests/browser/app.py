"""Start the app and a browser, and use the app in the browser."""

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
from ui.i18n import LOCALES, languages

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "server.py"
PAGES = ("home", "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid", "digits", "glossary")
LANGUAGES = languages()


@contextmanager
def run_app(script: Path = SERVER) -> Iterator[str]:
    """Run the app, or another script, on a free port; yield its address."""
    with run_app_process(script) as (address, _):
        yield address


def free_port() -> int:
    """Return a port that no process listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_app_process(
    script: Path = SERVER, port: int | None = None, *options: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run the app, or another script, on a port, by default a free one; yield its address and its process."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    command += options
    environment = {**os.environ, "MALLOC_ARENA_MAX": "1"}  # as in the Makefile and the Dockerfile
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=script.parent, env=environment, **quiet) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address)
            yield address, process
        finally:
            process.terminate()


@contextmanager
def launch_browser() -> Iterator[Browser]:
    """Launch Chromium. Raises AssertionError, which names what to install, if there is none."""
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
    """Return the address of a page with these query parameters."""
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"{base}/{'' if page == 'home' else page}?{query}"


def open_page(view: Page, base: str, page: str, /, **parameters: str) -> None:
    """Open a page and wait until it has a heading and is idle."""
    view.goto(address_of(base, page, **parameters))
    wait_for_page(view)


def wait_for_page(view: Page) -> None:
    """Wait until a page has a heading and is idle."""
    view.wait_for_selector("h1")
    wait_until_idle(view)


def wait_until(condition: Callable[[], bool], description: str, seconds: float = 30) -> None:
    """Poll until a condition holds. Raises AssertionError with the description after `seconds` seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not after {seconds:g} s: {description}"
        time.sleep(0.01)


def stage_number(view: Page, name: str) -> float:
    """Return the step, loss or accuracy on the stage, unrounded if available."""
    element = view.get_by_test_id(f"stage-{name}")
    return float(element.get_attribute("data-value") or element.inner_text())


def wait_for_step(view: Page, step: float) -> None:
    """Wait until the playing stage shows this step or a later one."""
    wait_until(lambda: stage_number(view, "step") >= step, f"step {step:g}")


def play_until_step(view: Page, step: float) -> None:
    """Play until the stage shows this step or a later one, then pause."""
    view.get_by_test_id("stage-play").click()
    wait_for_step(view, step)
    view.get_by_test_id("stage-play").click()
    wait_until_idle(view)


def scrub_to_step(view: Page, step: int) -> None:
    """Move the stage's slider to a step and wait until the step is shown."""
    view.get_by_test_id("stage-scrub").evaluate(
        "(range, step) => { range.value = step; range.dispatchEvent(new Event('input')); }", step
    )
    expect(view.get_by_test_id("stage-step")).to_have_text(str(step))
    wait_until_idle(view)


def drag_first_bar(view: Page) -> None:
    """Drag the first bar to 0.9 of its track, without releasing it."""
    box = view.locator(".track").first.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    view.mouse.move(box["x"] + box["width"] * 0.6, y)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] * 0.9, y)


def expect_no_traceback(view: Page) -> None:
    """Assert that the page shows no exception, no NaN and no undefined value."""
    assert list(number_faults(view)) == []


def wait_until_healthy(address: str, seconds: int = 60) -> None:
    """Wait until the app answers. Raises TimeoutError after `seconds` seconds."""
    for _ in range(4 * seconds):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health").close()
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"the app did not answer within {seconds} seconds")


def swipe(phone: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Move a finger from one point of the screen to another, where it rests, so that the page does not scroll on."""
    touch = phone.context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start[0], "y": start[1]}]})
    for share in (0.1, 0.25, 0.5, 0.75, *[1] * 12):
        point = {axis: start[i] + share * (end[i] - start[i]) for i, axis in enumerate("xy")}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        phone.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def touch(view: Page, points: list[tuple[float, float]], end: str = "touchEnd") -> None:
    """Put a finger down at the first point, move it to the others, and lift it, or cancel the touch."""
    session = view.context.new_cdp_session(view)
    for i, (x, y) in enumerate(points):
        kind = "touchMove" if i else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": end, "touchPoints": []})
    session.detach()
