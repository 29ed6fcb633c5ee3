"""What is dragged and what answers it are in view together, on a laptop and on a projector, without scrolling."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.browser.app import open_page
from tests.browser.conftest import NewView, in_turn
from tests.browser.page_elements import out_of_view, selector_of
from ui.digits import drawing

SCREENS = {(1280, 800): {}, (1280, 720): {"present": "true"}}
"""Sizes of the window, with the query parameters of the mode."""


class Case(NamedTuple):
    """A page, the query parameters of its link, what can be dragged, and what answers: by test ID or selector."""

    page: str
    parameters: dict[str, str]
    handles: tuple[str, ...]
    answers: tuple[str, ...]


def softmax(view: str, *answers: str) -> Case:
    handles = ("logit-0", "logit-1", "logit-2", "temperature", "shift")
    return Case("softmax_playground", {"softmax_view": view}, handles, ("probability-0", *answers))


def loss(view: str, *answers: str) -> Case:
    return Case("loss_explorer", {"loss_view": view}, ("logit-0", "logit-3"), ("loss", *answers))


def training(**parameters: str) -> Case:
    handles = ("stage-play", "stage-scrub", ".setting")
    return Case("live_training", {"step": "40", **parameters}, handles, (".plane", "canvas.curve", "stage-loss"))


STAGE = ("stage-play", "stage-scrub", ".setting")
MODEL_HANDLES, MODEL_ANSWERS = ("measured-0", "weight-0-0", "weight-2-2"), ("z-0", "z-2", "p-0", "p-2")
CASES = {
    "home": Case("home", {}, ("logit-0", "logit-2"), ("probability-0", "probability-2")),
    "steps": softmax("steps", ".view table:0"),
    "geometry": softmax("geometry", ".simplex svg", ".sigmoid svg"),
    "sigmoid step": Case("softmax_playground", {"lecture": "sigmoid"}, ("logit-0", "logit-1"), (".sigmoid svg",)),
    "sharpness": softmax("sharpness", ".stat-cards"),
    "jacobian": softmax("jacobian", "table.heatmap"),
    "model": Case("softmax_playground", {"softmax_view": "model"}, MODEL_HANDLES, MODEL_ANSWERS),
    "model step": Case("softmax_playground", {"lecture": "model"}, MODEL_HANDLES, MODEL_ANSWERS),
    "properties": softmax("lecture", ".stat-cards"),
    "price": loss("price", "curves-point", ".plot"),
    "other losses": loss("against", "curves-point", ".plot"),
    "distance": Case("loss_explorer", {"loss_view": "distance"}, ("logit-0",), ("probability-3", ".bars.neutral")),
    "gradient check": loss("check", "curves-point", ".plot"),
    "surface": Case("loss_explorer", {"loss_view": "surface"}, ("surface-point",), ("surface-view", "surface-loss")),
    "likelihood": Case("loss_explorer", {"loss_view": "likelihood"}, ("curves-point:0",), (".plot:0", ".plot:1")),
    "training": training(),
    "two rates": training(compare="rate"),
    "one against the rest": Case("softmax_vs_sigmoid", {}, STAGE, (".plane",)),
    "several labels": Case("softmax_vs_sigmoid", {"part": "labels"}, STAGE, (".plane", "canvas.curve", ".outputs")),
    "digits step": Case("digits", {"lecture": "ocr"}, ("digit-pad", "digit-pixels"), ("digit-answer", ".outputs")),
    "digits": Case("digits", {"strokes": drawing.FIVE}, ("digit-pad", "digit-pixels"), ("digit-answer", ".outputs")),
    "reliability": Case("softmax_vs_sigmoid", {"part": "belief"}, ("temperature",), (".calibration svg",)),
}


@pytest.mark.parametrize(("name", "language"), in_turn(CASES))
def test_what_is_dragged_and_what_answers_it_are_in_view_together(
    base: str, new_view: NewView, name: str, language: str
) -> None:
    page, parameters, handles, answers = CASES[name]
    hidden = {}
    for size, mode in SCREENS.items():
        view = new_view(size)
        open_page(view, base, page, **parameters, **mode, lang=language)
        view.locator(selector_of(handles[0])).first.wait_for()
        hidden[size] = out_of_view(view, (*handles, *answers))
    assert hidden == {size: [] for size in SCREENS}
