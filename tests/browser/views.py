"""All views of the app, one line each; test_views.py checks each of them."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.app import address_of, wait_for_page
from tests.browser.idle import wait_until_idle
from ui.digits import drawing

OPEN_EXPANDERS = "document.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())"


class View(NamedTuple):
    """A page and the query parameters of its link."""

    page: str
    parameters: dict[str, str]

    @property
    def name(self) -> str:
        """Page and parameters, for the name of a test."""
        return " ".join([self.page, *self.parameters.values()])

    @property
    def is_projected(self) -> bool:
        """Whether the view is in projector mode, which is for large screens."""
        return "present" in self.parameters

    def open(self, view: Page, base: str, **parameters: str) -> None:
        """Open the page, and all expanders on it."""
        view.goto(address_of(base, self.page, **{**self.parameters, **parameters}))
        wait_for_page(view)
        view.evaluate(OPEN_EXPANDERS)
        wait_until_idle(view)


VIEWS = [
    View("home", {}),
    *(
        View("softmax_playground", {"softmax_view": name, "softmax_prompt": "hot", "softmax_guess": "uniform"})
        for name in ("steps", "geometry", "sharpness", "jacobian", "precision", "lecture")
    ),
    View("softmax_playground", {"softmax_view": "model"}),
    *(
        View("loss_explorer", {"loss_view": name})
        for name in ("price", "against", "surface", "likelihood", "distance", "check")
    ),
    View("loss_explorer", {"loss_view": "derivation", "derivation_lines": "5"}),
    View("loss_explorer", {"loss_view": "derivation", "derivation_part": "weights", "weights_lines": "6"}),
    View("loss_explorer", {"loss_view": "against", "losses": "cross_entropy,squared,linear"}),
    View("loss_explorer", {"loss_view": "surface", "surface_solid": "1"}),
    View("live_training", {"train_data": "penguins", "step": "20", "view": "2"}),
    View("live_training", {"train_data": "rings", "compare": "rate", "panel": "sample"}),
    View("live_training", {"train_data": "iris", "train_columns": "all", "held_out": "20", "panel": "sample"}),
    View("live_training", {"train_data": "points", "compare": "head", "panel": "confusion"}),
    View("live_training", {"train_data": "table", "panel": "by_hand", "view": "3"}),
    View("softmax_vs_sigmoid", {"part": "exclusive"}),
    View("softmax_vs_sigmoid", {"part": "labels"}),
    View("softmax_vs_sigmoid", {"part": "belief"}),
    View("softmax_vs_sigmoid", {"part": "whole"}),
    View("softmax_vs_sigmoid", {"part": "guide", "guide_several": "no", "guide_more": "yes"}),
    View("digits", {}),
    View("digits", {"strokes": drawing.FIVE, "switched": "0,9", "digits_prompt": "one", "digits_guess": "sides"}),
    View("digits", {"strokes": drawing.FIVE, "present": "true"}),
    View("digits", {"errors": "true", "learning": "true", "teaching": "true", "digit_step": "40"}),
    View("glossary", {}),
    View("softmax_playground", {"lecture": "shift"}),
    View("live_training", {"lecture": "rate"}),
    View("loss_explorer", {"lecture": "pull", "present": "true"}),
    View("softmax_vs_sigmoid", {"part": "exclusive", "present": "true"}),
    View("live_training", {"train_data": "penguins", "present": "true"}),
]
