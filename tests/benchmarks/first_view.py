"""Measure how long each page takes to load, compared with a minimal Streamlit page.

    python -m tests.benchmarks.first_view

The minimal page has a slider and a chart. The server is warm, the browser's cache is empty. Prints the milliseconds
until the page's main element is visible (median over rounds; each round opens every page once), the ratio to the
minimal page, and the KB received until then without the WebSocket; the same over a network with 100 ms of delay and
1.6 Mbit/s, also behind nginx and from app.py, whose scripts are not compressed.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.browser import nginx
from tests.browser.app import ROOT, address_of, launch_browser, run_app

CASES = {
    "fast network": ("server.py", "fast", 9),
    "slow network": ("server.py", "slow", 3),
    "slow, behind nginx": ("nginx", "slow", 3),
    "slow, app.py": ("app.py", "slow", 3),
}
"""Server, network and rounds."""
SLOW_NETWORK = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
"""In ms and bytes per second; the delay does not apply to the WebSocket."""
MINIMAL_PAGE = """import streamlit as st
n = st.slider("n", 1, 50, 20)
st.line_chart([x * x for x in range(n)])
"""
MAIN_ELEMENTS = {
    "home": "[data-testid=probability-0]",
    "softmax_playground": "[data-testid=probability-0]",
    "loss_explorer": "[data-testid=curves-at]",
    "live_training": "[data-testid=stage-loss][data-value]",
    "softmax_vs_sigmoid": "[data-testid=stage-loss][data-value]",
    "digits": "[data-testid=digit-answer]",
}
"""Each page's main element."""
MINIMAL_PAGE_ELEMENT = "[data-testid=stVegaLiteChart] :is(canvas, svg)"
VISIBLE_AT = """selector => {
  const find = (root) => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
    .map((element) => element.shadowRoot && find(element.shadowRoot)).find(Boolean);
  return find(document)?.getClientRects().length ? performance.now() : null;
}"""
"""Function that returns the time since the page's start if an element is visible, else null."""


class FirstView(NamedTuple):
    """Time until an element is visible, and what the browser has received until then, without the WebSocket."""

    milliseconds: float
    kilobytes: float


def first_view(browser: Browser, address: str, selector: str, network: str = "fast") -> FirstView:
    """Open a page in a browser with an empty cache, and wait until an element is visible."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    view = context.new_page()
    session = context.new_cdp_session(view)
    received: list[float] = []
    session.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    session.send("Network.enable")
    if network == "slow":
        session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    view.goto(address, wait_until="commit")
    milliseconds = float(view.wait_for_function(VISIBLE_AT, arg=selector, timeout=120_000).json_value())
    context.close()
    return FirstView(milliseconds, sum(received) / 1000)


def measure(browser: Browser, pages: dict[str, tuple[str, str]], network: str, rounds: int) -> dict[str, FirstView]:
    """Return the medians for pages with these addresses and main elements."""
    views: dict[str, list[FirstView]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, (address, selector) in pages.items():
            views[name].append(first_view(browser, address, selector, network))
    return {name: FirstView(*map(median, zip(*measured, strict=True))) for name, measured in views.items()}


def main() -> None:
    """Print one line per page."""
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        script = folder / "minimal.py"
        script.write_text(MINIMAL_PAGE)
        browser = running.enter_context(launch_browser())
        minimal, app = running.enter_context(run_app(script)), running.enter_context(run_app())
        servers = {
            "server.py": app,
            "nginx": running.enter_context(nginx.in_front_of([app], folder, folder / "requests.log")),
            "app.py": running.enter_context(run_app(ROOT / "app.py")),
        }
        for title, (server, network, rounds) in CASES.items():
            pages = {"a slider and a chart": (minimal, MINIMAL_PAGE_ELEMENT)}
            for name, selector in MAIN_ELEMENTS.items():
                pages[name] = address_of(servers[server], name, lang="en"), selector
            measure(browser, pages, "fast", 1)
            medians = measure(browser, pages, network, rounds)
            print(f"{title:24}{'ms':>8}{'ratio':>8}{'KB':>8}")
            for name, (milliseconds, kilobytes) in medians.items():
                ratio = milliseconds / medians["a slider and a chart"].milliseconds
                print(f"{name:24}{milliseconds:8.0f}{ratio:8.2f}{kilobytes:8.0f}", flush=True)


if __name__ == "__main__":
    main()
