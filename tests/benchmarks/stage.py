"""Measure how smoothly the stage plays, and what it costs, in a browser with the server on the same machine.

    python -m tests.benchmarks.stage

For each case, over twenty seconds of play: frames per second, the 95th percentile and maximum of the intervals between
frames, the share of frames in which the step on screen moved, bytes received from the server per second, CPU time of
the server per second, and steps per second. The line "drawing nothing" has an empty page, for comparison. Then the time
from a key press to the first steps with the new α, and the frames from pressing play, pause or one step to its effect.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.app import launch_browser, new_context, open_page, run_app_process

SECONDS = 20
CASES: dict[str, dict[str, str]] = {
    "n=300 K=3 linear": {"train_data": "separable"},
    "n=300 K=3 cubic": {"train_data": "spirals", "expansion": "cubic"},
    "n=2000 K=10 cubic": {"train_data": "spirals", "expansion": "cubic", "train_n": "2000", "train_classes": "10"},
    "two models, linear": {"train_data": "separable", "compare": "rate"},
    "softmax, one-vs-rest": {"train_data": "spirals", "expansion": "cubic", "compare": "head"},
}
FAST = "n=300 K=3 linear"
"""The case that is also played at 100×."""
RECORD_FRAMES = """() => {
    window.intervals = [];
    window.moved = 0;
    let before = null, shown = null;
    const stage = globalThis.softmaxLab?.stages.get("stage");
    const record = (now) => {
        if (before !== null) window.intervals.push(now - before);
        before = now;
        if (stage && stage.player.shown !== shown) window.moved += 1;
        shown = stage?.shown;
        requestAnimationFrame(record);
    };
    requestAnimationFrame(record);
}"""


def frame_statistics(view: Page, seconds: float = SECONDS) -> tuple[float, float, float, float]:
    """Return frames per second, 95th percentile and maximum of the intervals in ms, and share of frames that moved."""
    view.evaluate(RECORD_FRAMES)
    view.wait_for_timeout(seconds * 1000)
    intervals, moved = view.evaluate("[window.intervals, window.moved]")
    intervals.sort()
    rate = len(intervals) / (sum(intervals) / 1000)
    return rate, intervals[int(0.95 * len(intervals))], intervals[-1], moved / len(intervals)


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return the CPU time that a process has used, in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


AWAIT_CHANGE = """() => {
    const stage = globalThis.softmaxLab.stages.get("stage"), before = stage.revision.number;
    window.took = null;
    document.addEventListener("keydown", () => {
        const start = performance.now(), changedAt = stage.player.shown;
        const check = () => {
            const isShown = stage.revision.number > before && stage.player.shown > changedAt + 1;
            if (isShown) window.took = performance.now() - start;
            else requestAnimationFrame(check);
        };
        check();
    }, { once: true, capture: true });
}"""


def times_to_change(view: Page, changes: int = 9) -> list[float]:
    """Return the milliseconds from each key press that changes α during play to the first frame with the new α."""
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


COUNT_FRAMES = """([name, done]) => new Promise((resolve) => {
    const stage = globalThis.softmaxLab.stages.get("stage"), finished = new Function("stage", "from", `return ${done}`);
    requestAnimationFrame(() => {
        const from = stage.player.shown;
        let frames = 0;
        stage.context.named(name).click();
        const check = () => (finished(stage, from) ? resolve(frames) : (frames++, requestAnimationFrame(check)));
        check();
    });
})"""
PRESSES = {
    "play": ("play", "stage.player.shown > from"),
    "pause": ("play", "!stage.player.playing"),
    "one step": ("step-forward", "stage.player.shown === from + 1"),
}


def frames_to_effect(view: Page, times: int = 9) -> dict[str, int]:
    """Return the most frames from pressing each button to the frame that shows the effect."""
    most = dict.fromkeys(PRESSES, 0)
    for _ in range(times):
        for name, (button, done) in PRESSES.items():
            view.wait_for_timeout(300)
            most[name] = max(most[name], view.evaluate(COUNT_FRAMES, [button, done]))
    return most


def main() -> None:
    """Print the lines of each case."""
    with run_app_process() as (base, process), launch_browser() as browser:
        titles = ("frames/s", "95 % ms", "longest", "moved %", "KB/s", "CPU ms/s", "steps/s")
        print(f"{'':22}" + "".join(f"{title:>10}" for title in titles))
        view = new_context(browser).new_page()
        print(f"{'drawing nothing':22}" + "".join(f"{value:10.1f}" for value in frame_statistics(view)[:3]))
        for name, parameters in CASES.items():
            view = new_context(browser).new_page()
            received = [0]

            def count(payload: str | bytes, received: list[int] = received) -> None:
                received[0] += len(payload)

            view.on("websocket", lambda socket, count=count: socket.on("framereceived", count))
            open_page(view, base, "live_training", **parameters)

            def line(title: str, seconds: float, view: Page = view, received: list[int] = received) -> None:
                received[0], cpu_before = 0, cpu_seconds(process)
                before = int(view.get_by_test_id("stage-step").inner_text())
                *intervals, moved = frame_statistics(view, seconds)
                steps = int(view.get_by_test_id("stage-step").inner_text()) - before
                cpu = (cpu_seconds(process) - cpu_before) / seconds * 1000
                numbers = (*intervals, moved * 100, received[0] / seconds / 1000, cpu, steps / seconds)
                print(f"{title:22}" + "".join(f"{value:10.1f}" for value in numbers))

            view.get_by_test_id("stage-play").click()
            view.wait_for_timeout(1000)
            line(name, SECONDS)
            times = times_to_change(view)
            print(f"{'  a change of α shows':22}{times[len(times) // 2]:10.0f} ms median, {times[-1]:.0f} ms at most")
            view.get_by_test_id("stage-play").click()
            effects = ", ".join(f"{button} {frames}" for button, frames in frames_to_effect(view).items())
            print(f"{'  frames to effect':22}{effects}")
            if name == FAST:
                view.get_by_test_id("stage-reset").click()
                view.get_by_role("button", name="100×").click()
                view.get_by_test_id("stage-play").click()
                view.wait_for_timeout(300)
                line("  at 100×", 2.5)
            view.close()


if __name__ == "__main__":
    main()
