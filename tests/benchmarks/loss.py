"""Measure how soon the loss page responds to dragging, in a browser with the server on the same machine.

    python -m tests.benchmarks.loss

For each view: frames from a move of the pointer to the redrawn number (1 is the next frame), and milliseconds from the
release until nothing on the page changes any more. While the point rolls down the surface, as a map and as a solid:
frames per second, and the 95th percentile and maximum of the intervals between frames. The line "drawing nothing" has
an empty page, for comparison.
"""

from __future__ import annotations

from statistics import median

from playwright.sync_api import Locator, Page

from tests.benchmarks.drag_response import RECORD_DRAG
from tests.benchmarks.stage import frame_statistics
from tests.browser.app import launch_browser, new_context, open_page, run_app

DRAGS = 15
MOVES = 6
SECONDS = 8
QUIET_MS = 700
VIEWS = {
    "price": ("curves-point", "curves-at"),
    "against": ("curves-point", "curves-at"),
    "surface": ("surface-point", "surface-loss"),
    "surface, solid": ("surface-point", "surface-loss"),
    "likelihood": ("curves-point", "curves-at"),
    "distance": ("logit-1", "probability-1"),
    "check": ("curves-point", "curves-at"),
}
"""For each view, the test ids of the element that is dragged and of the number that changes with it."""


def drag_repeatedly(view: Page, handle: Locator, number: Locator) -> tuple[list[int], list[float]]:
    """Return the frames from each move to its redraw, and the milliseconds from each release to the last change."""
    number.evaluate(RECORD_DRAG)
    rests = []
    for drag in range(DRAGS):
        box = handle.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        view.mouse.move(x, y)
        view.mouse.down()
        for move in range(MOVES):
            view.mouse.move(x + (12 if drag % 2 else -12) * (move + 1), y + (6 if drag % 2 else -6) * (move + 1))
            view.wait_for_timeout(40)
        view.mouse.up()
        view.wait_for_timeout(QUIET_MS)
        rests.append(float(view.evaluate("window.changedAt - window.releasedAt")))
    return [int(frames) for frames in view.evaluate("window.framesTaken")], sorted(rests)


def smoothness(view: Page) -> str:
    """Return frames per second, and the 95th percentile and maximum of the intervals in ms, as table cells."""
    return "".join(f"{figure:10.1f}" for figure in frame_statistics(view, SECONDS)[:3])


def main() -> None:
    """Print one line per case."""
    with run_app() as base, launch_browser() as browser:
        print(f"{'':20}{'frames':>10}{'most':>10}{'rest ms':>10}{'worst':>10}")
        for name, (handle, number) in VIEWS.items():
            view = new_context(browser, (1280, 1400)).new_page()
            which, _, solid = name.partition(", ")
            open_page(view, base, "loss_explorer", lang="en", loss_view=which, surface_solid="1" if solid else "0")
            frames, rests = drag_repeatedly(view, view.get_by_test_id(handle).first, view.get_by_test_id(number).first)
            print(f"{name:20}{median(frames):10.0f}{max(frames):10d}{median(rests):10.0f}{rests[-1]:10.0f}")
            view.close()
        print(f"\n{'':20}{'frames/s':>10}{'95 % ms':>10}{'longest':>10}")
        view = new_context(browser).new_page()
        print(f"{'drawing nothing':20}{smoothness(view)}")
        for name, solid in (("rolling, map", "0"), ("rolling, solid", "1")):
            open_page(
                view, base, "loss_explorer", lang="en", loss_view="surface", surface_solid=solid, surface_rate="0.1"
            )
            view.get_by_test_id("surface-play").click()
            print(f"{name:20}{smoothness(view)}")
        view.close()


if __name__ == "__main__":
    main()
