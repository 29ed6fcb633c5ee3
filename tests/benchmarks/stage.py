"""Measure how smoothly the stage plays, and what it costs, in a browser with the server on the same machine.

    python -m tests.benchmarks.stage

For each case, over twenty seconds of play: frames per second, the 95th and 99.9th percentiles and the maximum of the
intervals between frames, the share of frames in which the step on screen moved, bytes received from the server per
second, CPU time of the server per second, and steps per second. The line "drawing nothing" has an empty page, for
comparison; it and one case are also medians of five runs, with the browser's processor as it is and slowed down. Then
the time from a key press to the first steps with the new α, the frames from pressing play, pause or one step to its
effect, and the bytes received over the WebSocket for a first view and after a change that reruns the page.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.app import launch_browser, new_context, open_page, run_app_process
from tests.browser.idle import wait_until_idle

SECONDS = 20
RUNS = 5
SLOWDOWN = 4
CASES: dict[str, dict[str, str]] = {
    "n=300 K=3 linear": {"train_data": "separable"},
    "n=300 K=3 cubic": {"train_data": "spirals", "expansion": "cubic"},
    "n=2000 K=10 cubic": {"train_data": "spirals", "expansion": "cubic", "train_n": "2000", "train_classes": "10"},
    "two models, linear": {"train_data": "separable", "compare": "rate"},
    "softmax, one-vs-rest": {"train_data": "spirals", "expansion": "cubic", "compare": "head"},
}
MEASURED_CLOSELY = "n=300 K=3 linear"
"""The case of the further lines."""


class Case(NamedTuple):
    """A page, the server's process, and the bytes that the page has received."""

    view: Page
    process: subprocess.Popen[bytes]
    received: list[int]


RECORD_FRAMES = """() => {
    window.intervals = [];
    window.moved = 0;
    let before = null, shown = null;
    const stage = globalThis.softmaxLab?.stages.get("stage");
    const nextFrame = globalThis.pageActivity?.nextFrame ?? requestAnimationFrame; // not counted as drawing
    const record = (now) => {
        if (before !== null) window.intervals.push(now - before);
        before = now;
        if (stage && stage.player.shown !== shown) window.moved += 1;
        shown = stage?.player.shown;
        nextFrame(record);
    };
    nextFrame(record);
}"""


def frame_statistics(view: Page, seconds: float = SECONDS) -> tuple[float, ...]:
    """Return frames per second, 95th and 99.9th percentile and maximum of the intervals in ms, and % that moved."""
    view.evaluate(RECORD_FRAMES)
    view.wait_for_timeout(seconds * 1000)
    intervals, moved = view.evaluate("[window.intervals, window.moved]")
    intervals.sort()
    rate = len(intervals) / (sum(intervals) / 1000)
    percentiles = (intervals[int(share * len(intervals))] for share in (0.95, 0.999))
    return rate, *percentiles, intervals[-1], 100 * moved / len(intervals)


def print_medians(title: str, view: Page, slowdown: int) -> None:
    """Print the medians of the frame statistics over RUNS runs, with a slower processor."""
    session = view.context.new_cdp_session(view)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    runs = [frame_statistics(view) for _ in range(RUNS)]
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    name = f"{title}, slowed {slowdown}×" if slowdown > 1 else title
    print(f"{name:32}" + "".join(f"{median(values):10.1f}" for values in zip(*runs, strict=True)))


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


def received_bytes(view: Page) -> list[int]:
    """Return a list whose only entry counts the bytes that the page receives over its WebSocket."""
    received = [0]

    def count(payload: str | bytes) -> None:
        received[0] += len(payload)

    view.on("websocket", lambda socket: socket.on("framereceived", count))
    return received


def count_rows(case: Case) -> None:
    """From now on, also count the bytes of rows, which a playing stage receives over HTTP."""

    def count(event: dict[str, int]) -> None:
        case.received[0] += event["dataLength"]

    session = case.view.context.new_cdp_session(case.view)
    session.on("Network.dataReceived", count)
    session.send("Network.enable")


def print_line(case: Case, title: str, seconds: float) -> None:
    """Print the frame statistics, and bytes, CPU time and steps per second."""
    case.received[0], cpu_before = 0, cpu_seconds(case.process)
    before = int(case.view.get_by_test_id("stage-step").inner_text())
    frames = frame_statistics(case.view, seconds)
    steps = int(case.view.get_by_test_id("stage-step").inner_text()) - before
    cpu = (cpu_seconds(case.process) - cpu_before) / seconds * 1000
    numbers = (*frames, case.received[0] / seconds / 1000, cpu, steps / seconds)
    print(f"{title:32}" + "".join(f"{value:10.1f}" for value in numbers))


def print_fast_speed_and_bytes(case: Case, first_view: int) -> None:
    """Print the line at 100×, and the bytes of the first view and of a change that reruns the page."""
    view = case.view
    view.get_by_test_id("stage-reset").click()
    view.get_by_role("button", name="100×").click()
    view.get_by_test_id("stage-play").click()
    view.wait_for_timeout(300)
    print_line(case, "  at 100×", 2.5)
    wait_until_idle(view)
    case.received[0] = 0
    view.get_by_role("combobox", name="Compare").click()
    view.get_by_role("option").nth(1).click()
    wait_until_idle(view)
    print(f"{'  KB received':32}{first_view / 1000:10.1f} first view, {case.received[0] / 1000:.1f} another setting")


def main() -> None:
    """Print the lines of each case."""
    with run_app_process() as (base, process), launch_browser() as browser:
        titles = ("frames/s", "95 % ms", "99.9 %", "longest", "moved %", "KB/s", "CPU ms/s", "steps/s")
        print(f"{'':32}" + "".join(f"{title:>10}" for title in titles))
        view = new_context(browser).new_page()
        for slowdown in (1, SLOWDOWN):
            print_medians("drawing nothing", view, slowdown)
        for name, parameters in CASES.items():
            view = new_context(browser).new_page()
            case = Case(view, process, received_bytes(view))
            open_page(view, base, "live_training", lang="en", **parameters)
            first_view = case.received[0]
            count_rows(case)
            view.get_by_test_id("stage-play").click()
            view.wait_for_timeout(1000)
            print_line(case, name, SECONDS)
            if name == MEASURED_CLOSELY:
                for slowdown in (1, SLOWDOWN):
                    print_medians(f"  median of {RUNS}", view, slowdown)
            times = times_to_change(view)
            print(f"{'  a change of α shows':32}{times[len(times) // 2]:10.0f} ms median, {times[-1]:.0f} ms at most")
            view.get_by_test_id("stage-play").click()
            effects = ", ".join(f"{button} {frames}" for button, frames in frames_to_effect(view).items())
            print(f"{'  frames to effect':32}{effects}")
            if name == MEASURED_CLOSELY:
                print_fast_speed_and_bytes(case, first_view)
            view.close()


if __name__ == "__main__":
    main()
