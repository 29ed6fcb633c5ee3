"""How long a page takes to stand on a warm server, beside the least a Streamlit page can be.

    python -m tests.benchmarks.first_view

The bare page has a slider and a chart, made by the same version of Streamlit. Each view is a reader's first: nothing is
in the browser's cache. Milliseconds from the address to what the page is for, median of the rounds, in which pages take
turns; and the ratio to the bare page.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.app import address_of, browsing, serving

ROUNDS = 9
BARE = """import streamlit as st
n = st.slider("n", 1, 50, 20)
st.line_chart([x * x for x in range(n)])
"""
STANDS = {
    "home": "[data-testid=probability-0]",
    "softmax_playground": "[data-testid=probability-0]",
    "loss_explorer": "[data-testid=curves-at]",
    "live_training": "[data-testid=stage-loss][data-value]",
    "softmax_vs_sigmoid": "[data-testid=stage-loss][data-value]",
}
"""What each page is for."""
BARE_STANDS = "[data-testid=stVegaLiteChart] :is(canvas, svg)"
SEEN_AT = """selector => {
  const find = (root) => root.querySelector(selector) ?? [...root.querySelectorAll("*")]
    .map((element) => element.shadowRoot && find(element.shadowRoot)).find(Boolean);
  return find(document)?.getClientRects().length ? performance.now() : null;
}"""
"""When an element is there to be seen, in the page's own time; asked at each frame."""


def first_view(browser: Browser, address: str, stands: str) -> float:
    """Milliseconds until an element is seen, in a browser that has been nowhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    view = context.new_page()
    view.goto(address, wait_until="commit")
    took = float(view.wait_for_function(SEEN_AT, arg=stands, timeout=60_000).json_value())
    context.close()
    return took


def main() -> None:
    """Print a line for each page."""
    with TemporaryDirectory() as folder, browsing() as browser:
        script = Path(folder) / "bare.py"
        script.write_text(BARE)
        with serving(script) as bare, serving() as base:
            pages = {"a slider and a chart": (bare, BARE_STANDS)}
            pages |= {name: (address_of(base, name, lang="en"), stands) for name, stands in STANDS.items()}
            for address, stands in pages.values():
                first_view(browser, address, stands)
            times: dict[str, list[float]] = {name: [] for name in pages}
            for _ in range(ROUNDS):
                for name, (address, stands) in pages.items():
                    times[name].append(first_view(browser, address, stands))
    least, *_ = (median(taken) for taken in times.values())
    print(f"{'':24}{'ms':>8}{'ratio':>8}")
    for name, taken in times.items():
        print(f"{name:24}{median(taken):8.0f}{median(taken) / least:8.2f}")


if __name__ == "__main__":
    main()
