"""How smoothly the stage plays, and what it costs, in a browser with the server on the same machine.

    python -m tests.benchmarks.stage

For each case, over twenty seconds of play: frames a second, the 95th percentile and the longest of the intervals
between frames, bytes received from the server, processor time the server spent, steps a second, and the share of
frames in which the step on screen moved. The first line is the same browser drawing nothing, to compare with. Then how
long after the key a change of α shows, and how many frames after the press play, pause and one step do.
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
    "two models, linear": {"train_data": "separable", "compare": "rate"},
    "softmax, one-vs-rest": {"train_data": "spirals", "expansion": "cubic", "compare": "head"},
}
FAST = "n=300 K=3 linear"
"""The case that is also played at 100×: over as many seconds as it has steps for."""
RECORD = """() => {
    window.intervals = [];
    window.moved = 0;
    let before = null, shown = null;
    const stage = globalThis.softmaxLab?.stages.get("stage");
    const note = (now) => {
        if (before !== null) window.intervals.push(now - before);
        before = now;
        if (stage && stage.shown !== shown) window.moved += 1;
        shown = stage?.shown;
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}"""


def watched(view: Page, seconds: float = SECONDS) -> tuple[float, float, float, float]:
    """Frames a second, 95th percentile and longest interval in ms, share of frames that moved, while watching."""
    view.evaluate(RECORD)
    view.wait_for_timeout(seconds * 1000)
    intervals, moved = view.evaluate("[window.intervals, window.moved]")
    intervals.sort()
    rate = len(intervals) / (sum(intervals) / 1000)
    return rate, intervals[int(0.95 * len(intervals))], intervals[-1], moved / len(intervals)


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


FRAMES_TO = """([name, done]) => new Promise((resolve) => {
    const stage = globalThis.softmaxLab.stages.get("stage"), finished = new Function("stage", "from", `return ${done}`);
    requestAnimationFrame(() => {
        const from = stage.shown;
        let frames = 0;
        stage.named(name).click();
        const look = () => (finished(stage, from) ? resolve(frames) : (frames++, requestAnimationFrame(look)));
        look();
    });
})"""
PRESSES = {
    "play": ("play", "stage.shown > from"),
    "pause": ("play", "!stage.playing"),
    "one step": ("step-forward", "stage.shown === from + 1"),
}


def frames_to_answer(view: Page, times: int = 9) -> dict[str, int]:
    """The most frames between a press and the frame that shows its effect; at 1× play moves on a frame later."""
    most = dict.fromkeys(PRESSES, 0)
    for _ in range(times):
        for name, (button, done) in PRESSES.items():
            view.wait_for_timeout(300)
            most[name] = max(most[name], view.evaluate(FRAMES_TO, [button, done]))
    return most


def main() -> None:
    """Print a line or two for each case."""
    with serving_process() as (base, process), browsing() as browser:
        titles = ("frames/s", "95 % ms", "longest", "moved %", "KB/s", "CPU ms/s", "steps/s")
        print(f"{'':22}" + "".join(f"{title:>10}" for title in titles))
        view = browser.new_page(viewport={"width": 1280, "height": 800})
        print(f"{'drawing nothing':22}" + "".join(f"{value:10.1f}" for value in watched(view)[:3]))
        for name, parameters in CASES.items():
            view = browser.new_page(viewport={"width": 1280, "height": 800})
            received = [0]

            def count(payload: str | bytes, received: list[int] = received) -> None:
                received[0] += len(payload)

            view.on("websocket", lambda socket, count=count: socket.on("framereceived", count))
            open_page(view, base, "live_training", **parameters)

            def line(title: str, seconds: float, view: Page = view, received: list[int] = received) -> None:
                received[0], busy = 0, processor_time(process)
                before = int(view.get_by_test_id("stage-step").inner_text())
                *intervals, moved = watched(view, seconds)
                steps = int(view.get_by_test_id("stage-step").inner_text()) - before
                spent = (processor_time(process) - busy) / seconds * 1000
                numbers = (*intervals, moved * 100, received[0] / seconds / 1000, spent, steps / seconds)
                print(f"{title:22}" + "".join(f"{value:10.1f}" for value in numbers))

            view.get_by_test_id("stage-play").click()
            view.wait_for_timeout(1000)
            line(name, SECONDS)
            times = times_to_change(view)
            print(f"{'  a change of α shows':22}{times[len(times) // 2]:10.0f} ms median, {times[-1]:.0f} ms at most")
            view.get_by_test_id("stage-play").click()
            answers = ", ".join(f"{what} {frames}" for what, frames in frames_to_answer(view).items())
            print(f"{'  frames to answer':22}{answers}")
            if name == FAST:
                view.get_by_test_id("stage-reset").click()
                view.get_by_role("button", name="100×").click()
                view.get_by_test_id("stage-play").click()
                view.wait_for_timeout(300)
                line("  at 100×", 2.5)
            view.close()


if __name__ == "__main__":
    main()
