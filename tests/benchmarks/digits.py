"""Measure how smoothly the player of the digits page plays, and what it costs, in a browser on the server's machine.

    python -m tests.benchmarks.digits

Over eight seconds of play, with the browser's processor as it is and slowed down: frames per second, the 95th and
99.9th percentiles and the maximum of the intervals between frames, bytes received from the server per second, and CPU
time of the server per second. The lines "drawing nothing" have the page before play, for comparison. Then the bytes
that the page receives when the player's panel is opened, when it stops, and when the step forward is pressed.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.benchmarks.stage import SLOWDOWN, Case, cpu_seconds, frame_statistics, received_bytes
from tests.browser.app import launch_browser, new_context, open_page, run_app_process
from tests.browser.idle import wait_until_idle
from ui.digits.drawing import FIVE

SECONDS = 8
"""The player needs about eleven seconds for the whole run."""


def print_line(case: Case, title: str) -> None:
    """Print the frame statistics, and bytes and CPU time per second."""
    case.received[0], cpu_before = 0, cpu_seconds(case.process)
    *frames, _ = frame_statistics(case.view, SECONDS)
    cpu = (cpu_seconds(case.process) - cpu_before) / SECONDS * 1000
    numbers = (*frames, case.received[0] / SECONDS / 1000, cpu)
    print(f"{title:32}" + "".join(f"{value:10.1f}" for value in numbers))


def play(view: Page) -> None:
    """Play from the beginning."""
    view.get_by_test_id("digit-training-scrub").press("Home")
    wait_until_idle(view)
    view.get_by_test_id("digit-training-play").click()


def kilobytes_after(case: Case, name: str) -> str:
    """Press a button of the player. Return how many KB the page receives."""
    case.received[0] = 0
    case.view.get_by_test_id(f"digit-training-{name}").click()
    wait_until_idle(case.view)
    return f"{case.received[0] / 1000:.1f} {name}"


def main() -> None:
    """Print the lines."""
    with run_app_process() as (base, process), launch_browser() as browser:
        view = new_context(browser).new_page()
        case = Case(view, process, received_bytes(view))
        open_page(view, base, "digits", lang="en", strokes=FIVE)
        case.received[0] = 0
        view.get_by_text("Watch the model learn").click()
        view.get_by_test_id("digit-training-play").wait_for()
        wait_until_idle(view)
        opened = f"{case.received[0] / 1000:.1f} panel"
        session = view.context.new_cdp_session(view)
        titles = ("frames/s", "95 % ms", "99.9 %", "longest", "KB/s", "CPU ms/s")
        print(f"{'':32}" + "".join(f"{title:>10}" for title in titles))
        for slowdown in (1, SLOWDOWN):
            session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
            suffix = f", slowed {slowdown}×" if slowdown > 1 else ""
            print_line(case, f"drawing nothing{suffix}")
            play(view)
            print_line(case, f"playing{suffix}")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        print(f"{'KB received':32}{opened}, {kilobytes_after(case, 'play')}, {kilobytes_after(case, 'next')}")


if __name__ == "__main__":
    main()
