"""Take the screenshots of the README and of docs/.

python -m tests.browser.screenshots
"""

from __future__ import annotations

from typing import NamedTuple

from tests.browser.app import LANGUAGES, ROOT, launch_browser, new_context, open_page, run_app, scrub_to_step
from ui.digits.drawing import FIVE

FOLDER = ROOT / "docs/screenshots"
LAPTOP, PROJECTOR = (1280, 800), (1280, 720)


class Picture(NamedTuple):
    """A page, the query parameters of its link, the step of its stage, and the size of the screen."""

    page: str
    parameters: dict[str, str]
    step: int | None = None
    screen: tuple[int, int] = LAPTOP


PICTURES = {
    "home": Picture("home", {}),
    "softmax_playground": Picture("softmax_playground", {"scenario": "news"}),
    "loss_explorer": Picture("loss_explorer", {}),
    "loss_surface": Picture("loss_explorer", {"loss_view": "surface", "surface_solid": "1", "surface_steps": "6"}),
    "live_training": Picture("live_training", {"train_data": "spirals", "expansion": "cubic", "rate": "1"}, 160),
    "two_rates": Picture("live_training", {"train_data": "overlapping", "compare": "rate", "rate_b": "10"}, 60),
    "softmax_vs_sigmoid": Picture("softmax_vs_sigmoid", {}),
    "belief": Picture("softmax_vs_sigmoid", {"part": "belief", "belief": "rbf", "believers": "30", "belief_t": "3"}),
    "digits": Picture("digits", {"strokes": FIVE}),
    "projector": Picture(
        "live_training", {"train_data": "rings", "expansion": "quadratic", "present": "true"}, 60, PROJECTOR
    ),
}  # fmt: skip
"""Screenshots by name of the file."""


def main() -> None:
    """Take each screenshot in each language, in the light theme."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with run_app() as base, launch_browser() as browser:
        for language in LANGUAGES:
            for name, (page, parameters, step, (width, height)) in PICTURES.items():
                view = new_context(browser, (width, height)).new_page()
                open_page(view, base, page, **parameters, lang=language)
                if step is not None:
                    scrub_to_step(view, step)
                view.screenshot(path=FOLDER / f"{name}.{language}.png")
                view.close()


if __name__ == "__main__":
    main()
