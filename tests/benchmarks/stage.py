"""How smoothly the stage plays, and what it costs, in a browser with the server on the same machine.

    python -m tests.benchmarks.stage

For each case: frames a second, the 95th percentile and the longest of the intervals between frames, and bytes received
from the server, over ten seconds of play at 1×. The first line is the same browser drawing nothing, to compare with.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.app import browsing, open_page, serving

SECONDS = 10
CASES: dict[str, dict[str, str]] = {
    "n=300 K=3 linear": {"train_data": "separable"},
    "n=300 K=3 cubic": {"train_data": "spirals", "expansion": "cubic"},
    "n=600 K=6 rbf": {"train_data": "spirals", "expansion": "rbf", "train_n": "600", "train_classes": "6"},
}
RECORD = """() => {
    window.intervals = [];
    let before = null;
    const note = (now) => {
        if (before !== null) window.intervals.push(now - before);
        before = now;
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}"""


def watched(view: Page) -> tuple[float, float, float]:
    """Frames a second, 95th percentile and longest interval in ms, over the time of watching."""
    view.evaluate(RECORD)
    view.wait_for_timeout(SECONDS * 1000)
    intervals = sorted(view.evaluate("window.intervals"))
    return len(intervals) / (sum(intervals) / 1000), intervals[int(0.95 * len(intervals))], intervals[-1]


def main() -> None:
    """Print a line for each case."""
    with serving() as base, browsing() as browser:
        print(f"{'':20}{'frames/s':>10}{'95 % ms':>10}{'longest':>10}{'KB/s':>10}{'steps/s':>10}")
        view = browser.new_page(viewport={"width": 1280, "height": 800})
        print(f"{'drawing nothing':20}" + "{:10.1f}{:10.1f}{:10.1f}".format(*watched(view)))
        for name, parameters in CASES.items():
            view = browser.new_page(viewport={"width": 1280, "height": 800})
            received = [0]

            def count(payload: str | bytes, received: list[int] = received) -> None:
                received[0] += len(payload)

            view.on("websocket", lambda socket, count=count: socket.on("framereceived", count))
            open_page(view, base, "live_training", **parameters)
            view.get_by_test_id("stage-play").click()
            view.wait_for_timeout(1000)
            received[0] = 0
            before = int(view.get_by_test_id("stage-step").inner_text())
            frames, most, longest = watched(view)
            steps = int(view.get_by_test_id("stage-step").inner_text()) - before
            rate = received[0] / SECONDS / 1000
            print(f"{name:20}{frames:10.1f}{most:10.1f}{longest:10.1f}{rate:10.1f}{steps / SECONDS:10.1f}")
            view.close()


if __name__ == "__main__":
    main()
