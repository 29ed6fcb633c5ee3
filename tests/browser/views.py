"""Everything the app can show, as links: what holds of one view should hold of all."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.app import address_of, settle, stand

UNFOLDED = """async () => {
    const main = document.querySelector("[data-testid=stMain]");
    const opening = () => document.getAnimations()
        .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity);
    for (let before = -1; before !== main.scrollHeight;) {
        before = main.scrollHeight;
        await Promise.all(opening().map((animation) => animation.finished.catch(() => null)));
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }
}"""
"""Waits until what opens has opened: on its way it lies over what stands below."""


class View(NamedTuple):
    """A page, and what its link sets there."""

    page: str
    parameters: dict[str, str]

    @property
    def name(self) -> str:
        """Page and settings, for a test's name."""
        return " ".join([self.page, *self.parameters.values()])

    def open(self, view: Page, base: str, **parameters: str) -> None:
        """Open it, with what it folds away unfolded."""
        view.goto(address_of(base, self.page, **{**self.parameters, **parameters}))
        stand(view, self.page)
        view.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((folded) => folded.click())")
        settle(view)
        expect(view.get_by_test_id("stSkeleton")).to_have_count(0)  # in place of what is yet to be loaded
        view.evaluate(UNFOLDED)


VIEWS = [
    View("home", {}),
    *(
        View("softmax_playground", {"softmax_view": name, "softmax_prompt": "hot", "softmax_guess": "uniform"})
        for name in ("steps", "geometry", "sharpness", "jacobian", "precision", "lecture")
    ),
    *(
        View("loss_explorer", {"loss_view": name})
        for name in ("price", "against", "surface", "likelihood", "distance", "check")
    ),
    View("loss_explorer", {"loss_view": "surface", "surface_solid": "1"}),
    View("live_training", {"train_data": "penguins", "step": "20", "view": "2"}),
    View("live_training", {"train_data": "rings", "compare": "rate", "panel": "sample"}),
    View("live_training", {"train_data": "points", "compare": "head", "panel": "confusion"}),
    View("live_training", {"train_data": "table", "panel": "by_hand", "view": "3"}),
    View("softmax_vs_sigmoid", {"part": "exclusive"}),
    View("softmax_vs_sigmoid", {"part": "labels"}),
    View("softmax_vs_sigmoid", {"part": "belief"}),
    View("softmax_vs_sigmoid", {"part": "whole"}),
    View("softmax_vs_sigmoid", {"part": "guide", "guide_several": "no", "guide_more": "yes"}),
    View("softmax_playground", {"lecture": "shift"}),
    View("live_training", {"lecture": "rate"}),
]

PROJECTED = [
    View("loss_explorer", {"lecture": "pull", "present": "true"}),
    View("softmax_vs_sigmoid", {"part": "exclusive", "present": "true"}),
    View("live_training", {"train_data": "penguins", "present": "true"}),
]
"""In projector mode, which is for a large screen."""
