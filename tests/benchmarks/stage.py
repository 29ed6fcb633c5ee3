"""How smoothly the stage plays, and what it costs, in a browser with the server on the same machine.

    python -m tests.benchmarks.stage

For each case, over twenty seconds of play at 1×: frames a second, the 95th percentile and the longest of the intervals
between frames, bytes received from the server, processor time the server spent, and steps a second. The first line is
the same browser drawing nothing, to compare with. And how long after the key a change of α shows.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.app import browsing, open_page, serving_process

SECONDS = 20
CASES: dict[str, dict[str, str]] = {
    "n=300 K=3 linear": {"train_data": "separable"},
    "n=300 K=3 cubic": {"train_data": "spirals", "expansion": "cubic"},
    "n=2000 K=10 cubic": {"train_data": "spirals", "expansion": "cubic", "train_n": "2000", "train_classes": "10"},
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


def processor_time(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


AWAIT_CHANGE = """() => {
    const stage = globalThis.softmaxLab.stages.get("stage"), before = stage.turn;
    window.took = null;
    document.addEventListener("keydown", () => {
        const start = performance.now(), changedAt = stage.shown;
        const look = () => {
            if (stage.turn > before && stage.shown > changedAt + 1) window.took = performance.now() - start;
            else requestAnimationFrame(look);
        };
        look();
    }, { once: true, capture: true });
}"""


def times_to_change(view: Page, changes: int = 9) -> list[float]:
    """Milliseconds from the key that changes α, in mid-run, to the frame that has steps taken under the new one."""
    times = []
    slider = view.get_by_test_id("stage-rate")
    for number in range(changes):
        view.wait_for_timeout(700)
        slider.focus()
        view.evaluate(AWAIT_CHANGE)
        view.keyboard.press("ArrowRight" if number % 2 == 0 else "ArrowLeft")
        view.wait_for_function("window.took !== null")
        times.append(float(view.evaluate("window.took")))
    return sorted(times)


def main() -> None:
    """Print a line for each case."""
    with serving_process() as (base, process), browsing() as browser:
        titles = ("frames/s", "95 % ms", "longest", "KB/s", "CPU ms/s", "steps/s")
        print(f"{'':20}" + "".join(f"{title:>10}" for title in titles))
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
            received[0], busy = 0, processor_time(process)
            before = int(view.get_by_test_id("stage-step").inner_text())
            frames, most, longest = watched(view)
            steps = int(view.get_by_test_id("stage-step").inner_text()) - before
            spent = (processor_time(process) - busy) / SECONDS * 1000
            rate = received[0] / SECONDS / 1000
            print(f"{name:20}{frames:10.1f}{most:10.1f}{longest:10.1f}{rate:10.1f}{spent:10.1f}{steps / SECONDS:10.1f}")
            times = times_to_change(view)
            print(f"{'  a change of α shows':20}{times[len(times) // 2]:10.0f} ms median, {times[-1]:.0f} ms at most")
            view.close()


if __name__ == "__main__":
    main()
