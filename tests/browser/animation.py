"""Make the animated picture of the README from screenshots.

python -m tests.browser.animation
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from tests.browser.app import LANGUAGES, ROOT, launch_browser, new_context, open_page, run_app, scrub_to_step

SIZE = (1280, 720)
SMALL_SIZE = (800, 450)
STEPS = (*range(0, 20, 2), *range(20, 60, 4), *range(60, 181, 12))
LAST_MS = 1500


def main() -> None:
    """Save an animation per language, in projector mode: a bar is dragged, then a model is trained."""
    with run_app() as base, launch_browser() as browser:
        for language in LANGUAGES:
            view = new_context(browser, SIZE).new_page()
            frames = [*bars(view, base, language), *training(view, base, language)]
            view.close()
            pictures, durations = zip(*frames, strict=True)
            pictures[0].save(
                ROOT / f"docs/softmax-lab.{language}.webp", save_all=True, append_images=pictures[1:],
                duration=list(durations), loop=0, quality=62, method=6,
            )  # fmt: skip


def bars(view: Page, base: str, language: str) -> list[tuple[Image.Image, int]]:
    """Return frames, with their durations, while the logit of the third class goes up and halfway back."""
    open_page(view, base, "softmax_playground", lang=language, present="true")
    handle = view.get_by_test_id("logit-2")
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    view.mouse.move(x, y)
    view.mouse.down()
    frames = []
    for i in range(22):
        view.mouse.move(x + 9 * min(i, 30 - i), y)
        frames.append((picture(view), 80))
    view.mouse.up()
    return [*frames[:-1], (frames[-1][0], LAST_MS)]


def training(view: Page, base: str, language: str) -> list[tuple[Image.Image, int]]:
    """Return frames, with their durations, of training on the rings with quadratic features."""
    data = {"train_data": "rings", "expansion": "quadratic", "rate": "1"}
    open_page(view, base, "live_training", lang=language, present="true", **data)
    scrub_to_step(view, STEPS[-1])
    frames = []
    for step in STEPS:
        scrub_to_step(view, step)
        frames.append((picture(view), 90))
    return [*frames[:-1], (frames[-1][0], LAST_MS)]


def picture(view: Page) -> Image.Image:
    """Return a screenshot, reduced to the size of the animation."""
    return Image.open(BytesIO(view.screenshot())).convert("RGB").resize(SMALL_SIZE, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
