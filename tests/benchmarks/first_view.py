"""Measure how long each page takes to load, compared with a minimal Streamlit page.

    python -m tests.benchmarks.first_view

The minimal page has a slider and a chart. The server is warm, the browser's cache is empty. Prints the milliseconds
until the page's main element is visible (median over rounds; each round opens every page once) and the ratio to the
minimal page; the same over a network with 100 ms of delay and 1.6 Mbit/s.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.app import address_of, launch_browser, run_app

ROUNDS = {"fast": 9, "slow": 3}
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


def first_view(browser: Browser, address: str, selector: str, network: str = "fast") -> float:
    """Return the milliseconds until an element is visible, in a browser with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    view = context.new_page()
    if network == "slow":
        session = context.new_cdp_session(view)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    view.goto(address, wait_until="commit")
    milliseconds = float(view.wait_for_function(VISIBLE_AT, arg=selector, timeout=60_000).json_value())
    context.close()
    return milliseconds


def main() -> None:
    """Print one line per page."""
    with TemporaryDirectory() as folder, launch_browser() as browser:
        script = Path(folder) / "minimal.py"
        script.write_text(MINIMAL_PAGE)
        with run_app(script) as minimal, run_app() as base:
            pages = {"a slider and a chart": (minimal, MINIMAL_PAGE_ELEMENT)}
            pages |= {name: (address_of(base, name, lang="en"), selector) for name, selector in MAIN_ELEMENTS.items()}
            for address, selector in pages.values():
                first_view(browser, address, selector)
            for network, rounds in ROUNDS.items():
                times: dict[str, list[float]] = {name: [] for name in pages}
                for _ in range(rounds):
                    for name, (address, selector) in pages.items():
                        times[name].append(first_view(browser, address, selector, network))
                medians = {name: median(milliseconds) for name, milliseconds in times.items()}
                print(f"{f'{network} network':24}{'ms':>8}{'ratio':>8}")
                for name, milliseconds in medians.items():
                    print(f"{name:24}{milliseconds:8.0f}{milliseconds / medians['a slider and a chart']:8.2f}")


if __name__ == "__main__":
    main()
