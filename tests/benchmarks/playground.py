"""Measure how soon the playground responds to dragging, in a browser with the server on the same machine.

    python -m tests.benchmarks.playground

For each view below the bars: frames from a move of the pointer to the new probability (1 is the next frame), and
milliseconds from the release of a bar to the last change of anything on the page.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.benchmarks.drag_response import RECORD_DRAG
from tests.browser.app import launch_browser, new_context, open_page, run_app
from tests.browser.idle import wait_until_idle
from ui.softmax.views import VIEWS

DRAGS = 15
CASES = {"K = 3": {}, "K = 10": {"scenario": "ocr", "classes_ocr": "10"}}


def drag_repeatedly(view: Page) -> tuple[list[int], list[float]]:
    """Return the frames from each move to its redraw, and the milliseconds from each release to the last change."""
    view.get_by_test_id("probability-0").evaluate(RECORD_DRAG)
    box = view.locator(".track").first.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    rests = []
    for drag in range(DRAGS):
        start = 0.4 + 0.01 * drag
        view.mouse.move(box["x"] + box["width"] * start, y)
        view.mouse.down()
        for step in range(1, 6):
            view.mouse.move(box["x"] + box["width"] * (start + 0.03 * step), y)
            view.wait_for_timeout(30)
        view.mouse.up()
        view.wait_for_timeout(900)
        rests.append(float(view.evaluate("window.changedAt - window.releasedAt")))
    return view.evaluate("window.framesTaken"), sorted(rests)


def main() -> None:
    """Print one line per view."""
    with run_app() as base, launch_browser() as browser:
        titles = ("moves", "frames: median", "worst", "rest ms: median", "worst")
        print(f"{'':20}" + "".join(f"{title:>17}" for title in titles))
        for case, parameters in CASES.items():
            for name in VIEWS:
                view = new_context(browser).new_page()
                open_page(view, base, "softmax_playground", softmax_view=name, **parameters)
                wait_until_idle(view)
                frames, rests = drag_repeatedly(view)
                frames.sort()
                numbers = (len(frames), frames[len(frames) // 2], frames[-1])
                times = (rests[len(rests) // 2], rests[-1])
                line = "".join(f"{n:17d}" for n in numbers) + "".join(f"{ms:17.0f}" for ms in times)
                print(f"{f'{name}, {case}':20}{line}")
                view.close()


if __name__ == "__main__":
    main()
