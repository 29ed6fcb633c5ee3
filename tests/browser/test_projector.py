"""Projector mode and embedding in a slide: size of the text, and what is in view without scrolling."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import LANGUAGES, PAGES, address_of, open_page
from tests.browser.conftest import NewView, in_turn
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import out_of_view, overflow, selector_of
from ui.digits import drawing

PROJECTOR = (1280, 720)
MIN_FONT_SIZE = 18.0
"""On a screen with a height of 720 px, in px."""

TRAINING = (
    "stage-play", "stage-scrub", "stage-step", "stage-loss", "stage-accuracy", ".plane", "canvas.curve", ".setting",
)  # fmt: skip
CROSSHAIR = (*TRAINING, "stage-loss-2", "stage-accuracy-2", ".outputs tr")
BARS = (".row.header", "logit-0", "probability-0", "temperature", "shift")
MODEL = ("measured-0", "measured-1", "weight-2-2", "z-0", "p-2")
CURVE = ("curves-at", "curves-point", ".plot", "figure .legend-entry")


class State(NamedTuple):
    """A page, the query parameters of its link, and the elements that must be in view, by test id or selector."""

    page: str
    parameters: dict[str, str]
    in_view: tuple[str, ...] = ()


def training(in_view: tuple[str, ...] = TRAINING, **parameters: str) -> State:
    return State("live_training", {"step": "60", **parameters}, in_view)


STATES = {
    "home": State("home", {}),
    **{
        f"softmax, {name}": State("softmax_playground", {"softmax_view": name}, BARS)
        for name in ("steps", "geometry", "sharpness", "jacobian", "precision", "lecture")
    },
    "softmax, model": State("softmax_playground", {"softmax_view": "model"}, MODEL),
    "softmax, ten classes": State("softmax_playground", {"classes_image": "10"}, (*BARS[:-1], "logit-9")),
    "loss, price": State("loss_explorer", {}, CURVE),
    "loss, against": State("loss_explorer", {"loss_view": "against"}, CURVE),
    "loss, surface": State(
        "loss_explorer", {"loss_view": "surface"}, ("surface-view", "surface-loss", "surface-step", "surface-play")
    ),
    "loss, solid": State("loss_explorer", {"loss_view": "surface", "surface_solid": "1"}, ("surface-view",)),
    "loss, likelihood": State("loss_explorer", {"loss_view": "likelihood"}, ("curves-at:0", ".plot:0", ".plot:1")),
    "loss, distance": State("loss_explorer", {"loss_view": "distance"}, (".bars.neutral", ".bars:0")),
    "loss, check": State("loss_explorer", {"loss_view": "check"}, CURVE),
    "training": training(),
    "training, W and b": training((*TRAINING, ".parameters"), view="1"),
    "training, arrows": training((*TRAINING, ".drawing"), view="2"),
    "training, simplex": training((*TRAINING, ".drawing"), view="3"),
    "training, two rates": training((*TRAINING, "stage-loss-2"), compare="rate"),
    "training, one's own points": training((*TRAINING, ".toolbar button"), train_data="points"),
    "training, ten classes": training(train_data="separable", train_classes="10", held_out="20", panel="sample"),
    "training, by hand": training(panel="by_hand"),
    "training, confusion": training(panel="confusion"),
    "digits": State("digits", {"strokes": drawing.FIVE}, ("digit-pad", "digit-pixels", "digit-answer", ".outputs tr")),
    "comparison, exclusive": State("softmax_vs_sigmoid", {}, CROSSHAIR),
    "comparison, labels": State("softmax_vs_sigmoid", {"part": "labels"}, (*TRAINING, "stage-loss-2", ".outputs tr")),
    "comparison, belief": State("softmax_vs_sigmoid", {"part": "belief"}, (".calibration svg", "temperature")),
    "comparison, whole": State("softmax_vs_sigmoid", {"part": "whole"}),
    "comparison, guide": State("softmax_vs_sigmoid", {"part": "guide", "guide_several": "yes"}),
}

RECORD_CANVAS_FONTS = """
globalThis.canvasFonts = new Map();
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
  const { a, b } = this.getTransform();
  const size = (parseFloat(this.font.match(/([\\d.]+)px/)[1]) * Math.hypot(a, b)) / devicePixelRatio;
  if (this.canvas.isConnected) canvasFonts.set(`canvas: ${text}`, size);
  return fill.call(this, text, ...where);
};
"""

SMALL_TEXTS = """
(minimum) => {
  const found = [], ancestors = (element) => {
    const all = [];
    for (let up = element; up; up = up.parentElement ?? up.getRootNode().host) all.push(getComputedStyle(up));
    return all;
  };
  const hidden = (style) =>
    style.visibility === "hidden" || style.opacity === "0" || style.clipPath === "inset(50%)";
  const check = (text, element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || ancestors(element).some(hidden)) return;
    const matrix = element.ownerSVGElement ? element.getScreenCTM() : { a: 1, b: 0 };
    const size = parseFloat(getComputedStyle(element).fontSize) * Math.hypot(matrix.a, matrix.b);
    if (size < minimum - 0.05) found.push(`${size.toFixed(1)} ${element.tagName} ${text.trim().slice(0, 40)}`);
  };
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.shadowRoot) visit(node.shadowRoot);
      if (node.matches?.("input:not([type=range]), select, textarea")) check(node.value, node);
      if (node.nodeType !== Node.TEXT_NODE || !node.data.replace(/[\\s\u200b]/g, "") || !node.parentElement) continue;
      if (!node.parentElement.closest("style, script, option, .katex-mathml")) check(node.data, node.parentElement);
    }
  };
  visit(document.body);
  for (const [text, size] of canvasFonts) if (size < minimum - 0.05) found.push(`${size.toFixed(1)} ${text}`);
  return found;
}
"""


def draw_again(view: Page, size: tuple[int, int] = PROJECTOR) -> None:
    """Let canvases draw again, and forget labels that they drew before the styles of projector mode had arrived."""
    view.evaluate("canvasFonts.clear()")
    for width in (size[0] - 8, size[0]):
        view.set_viewport_size({"width": width, "height": size[1]})
        wait_until_idle(view)


@pytest.mark.parametrize(("name", "language"), in_turn(STATES))
def test_texts_are_large_and_the_stage_is_in_view(base: str, new_view: NewView, name: str, language: str) -> None:
    page, parameters, in_view = STATES[name]
    view = new_view(PROJECTOR, RECORD_CANVAS_FONTS)
    open_page(view, base, page, **parameters, present="true", lang=language)
    for first in in_view[:1]:
        view.locator(selector_of(first)).first.wait_for()
    draw_again(view)
    assert view.evaluate(SMALL_TEXTS, MIN_FONT_SIZE) == []
    assert out_of_view(view, in_view) == []
    assert overflow(view) <= 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "in_view"),
    [
        ("loss, surface", ("surface-loss", "surface-point")),
        ("comparison, exclusive", ("stage-play", "stage-scrub")),
        ("comparison, labels", ("stage-play", "stage-scrub", ".outputs tr")),
    ],
)
def test_on_a_low_screen_the_loss_and_the_player_are_in_view(
    base: str, new_view: NewView, name: str, in_view: tuple[str, ...], language: str
) -> None:
    page, parameters, _ = STATES[name]
    view = new_view((1024, 600))
    open_page(view, base, page, **parameters, present="true", lang=language)
    view.locator(selector_of(in_view[0])).first.wait_for()
    assert out_of_view(view, in_view) == []
    assert overflow(view) <= 0


def test_small_text_is_found_in_html_svg_and_canvases(new_view: NewView) -> None:
    view = new_view(PROJECTOR, RECORD_CANVAS_FONTS)
    view.goto("data:text/html,<p style='font-size:17px'>text</p><svg width='50' height='50' viewBox='0 0 99 99'>"
              "<text y='50' font-size='30'>svg</text></svg><input style='font-size:9px' value='field'><canvas></canvas>"
              "<p style='font-size:18px'>large</p><div></div>")  # fmt: skip
    view.evaluate("""() => {
      const context = document.querySelector("canvas").getContext("2d");
      context.font = "12px serif";
      context.fillText("drawn", 0, 0);
      document.querySelector("div").attachShadow({ mode: "open" }).innerHTML = "<b style='font-size:9px'>shadow</b>";
    }""")
    found = view.evaluate(SMALL_TEXTS, MIN_FONT_SIZE)
    assert [line.split()[-1] for line in found] == ["text", "svg", "field", "shadow", "drawn"]


@pytest.mark.parametrize("name", ["training", "comparison, exclusive", "loss, surface"])
def test_a_larger_screen_shows_everything_larger(base: str, new_view: NewView, name: str) -> None:
    page, parameters, in_view = STATES[name]
    boxes = []
    for size in (PROJECTOR, (1920, 1080)):
        view = new_view(size, RECORD_CANVAS_FONTS)
        open_page(view, base, page, **parameters, present="true", lang="en")
        draw_again(view, size)
        assert view.evaluate(SMALL_TEXTS, MIN_FONT_SIZE * size[1] / 720) == []
        assert out_of_view(view, in_view) == []
        box = view.locator(".plane, .view").first.bounding_box()
        assert box is not None
        boxes.append(box)
    assert boxes[1]["height"] > 1.45 * boxes[0]["height"]


@pytest.mark.parametrize("size", [(2560, 1440), (3840, 2160)])
def test_on_a_large_screen_controls_are_larger_than_their_type(
    base: str, new_view: NewView, size: tuple[int, int]
) -> None:
    view = new_view(size)
    open_page(view, base, "live_training", present="true", lang="en")
    controls = view.locator(
        ".controls button, .side-view-buttons button, .setting select, .setting button, .picture-buttons button"
    )
    cut = """(elements) => elements.filter((element) => {
        const least = 1.2 * parseFloat(getComputedStyle(element).fontSize);
        return element.clientHeight < least || element.scrollHeight > element.clientHeight + 1;
    }).map((element) => element.textContent)"""
    assert controls.evaluate_all(cut) == []
    scrub = view.get_by_test_id("stage-scrub").bounding_box()
    assert scrub is not None
    assert scrub["height"] > 44 * 1.8
    assert overflow(view) <= 0


@pytest.mark.parametrize(("page", "language"), in_turn(PAGES))
def test_on_a_small_projector_title_and_sentence_do_not_overlap(
    base: str, new_view: NewView, page: str, language: str
) -> None:
    for size in ((1024, 600), (800, 600)):
        view = new_view(size)
        open_page(view, base, page, present="true", lang=language)
        title, sentence = (view.locator(selector).bounding_box() for selector in ("h1", ".intro"))
        assert title is not None
        assert sentence is not None
        assert title["y"] + title["height"] <= sentence["y"] + 1


@pytest.mark.parametrize("size", [(1024, 600), (800, 600)])
def test_on_a_small_projector_two_models_and_their_losses_are_legible(
    base: str, new_view: NewView, size: tuple[int, int]
) -> None:
    view = new_view(size)
    ten_classes = {"train_data": "separable", "train_classes": "10", "compare": "rate"}
    open_page(view, base, "live_training", **ten_classes, present="true", lang="en", step="40")
    parts = ("canvas.curve", ".stage .legend", ".plane", ".controls")
    curve, legend, plane, controls = (view.locator(part).first.bounding_box() for part in parts)
    assert curve is not None
    assert legend is not None
    assert plane is not None
    assert controls is not None
    assert min(curve["height"], plane["height"]) > 0.3 * size[1]
    assert curve["y"] + curve["height"] <= legend["y"] + 1
    assert plane["y"] + plane["height"] <= legend["y"] + 1
    assert legend["y"] + legend["height"] <= controls["y"] + 1


@pytest.mark.parametrize("size", [(1024, 600), (800, 600)])
@pytest.mark.parametrize("part", ["exclusive", "labels"])
def test_on_a_small_projector_planes_and_loss_beside_a_table_of_outputs_are_legible(
    base: str, new_view: NewView, part: str, size: tuple[int, int]
) -> None:
    view = new_view(size)
    open_page(view, base, "softmax_vs_sigmoid", part=part, present="true", lang="en")
    parts = (".outputs", "canvas.curve", ".stage .legend", ".plane")
    table, curve, legend, plane = (view.locator(part).first.bounding_box() for part in parts)
    assert table is not None
    assert curve is not None
    assert legend is not None
    assert plane is not None
    assert curve["height"] > 0.25 * size[1]
    assert plane["height"] > 0.4 * size[1]
    assert table["y"] + table["height"] <= curve["y"] + 1
    assert max(box["y"] + box["height"] for box in (curve, plane)) <= legend["y"] + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outputs_that_an_answer_names_are_in_view_before_and_after_it(
    base: str, new_view: NewView, language: str
) -> None:
    view = new_view(PROJECTOR)
    open_page(view, base, "softmax_vs_sigmoid", present="true", lang=language, lecture="several")
    in_view = (".outputs tr", ".plane", "canvas.curve", "stage-play", "stage-scrub")
    numbers = view.locator(".outputs td b")
    expect(numbers.first).to_have_text("0.333")
    assert out_of_view(view, in_view) == []
    view.keyboard.press("2")
    expect(view.get_by_test_id("stage-step")).to_have_text("300")
    wait_until_idle(view)
    assert out_of_view(view, in_view) == []
    shown = numbers.all_inner_texts()[:4]
    assert [f"{float(number):.2f}" for number in shown[::2]] == ["0.55", "0.45"]
    assert shown[1::2] == ["0.998", "0.997"]
    plane, curve = (view.locator(part).first.bounding_box() for part in (".plane", "canvas.curve"))
    assert plane is not None
    assert curve is not None
    assert plane["height"] > 0.37 * 720
    assert curve["height"] > 0.18 * 720


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_projector_shows_the_whole_stage_of_one_model(base: str, new_view: NewView, language: str) -> None:
    view = new_view((1024, 600))
    page, parameters, in_view = STATES["training, ten classes"]
    open_page(view, base, page, **parameters, present="true", lang=language)
    assert out_of_view(view, in_view) == []


def test_the_plane_takes_most_of_the_height(base: str, new_view: NewView) -> None:
    view = new_view(PROJECTOR)
    open_page(view, base, "live_training", present="true", lang="en")
    box = view.locator(".plane").bounding_box()
    assert box is not None
    assert box["height"] > 0.62 * 720


def test_the_navigation_is_hidden_until_it_has_the_focus(base: str, new_view: NewView) -> None:
    view = new_view(PROJECTOR)
    open_page(view, base, "live_training", present="true", lang="en")
    link = view.get_by_role("banner").get_by_role("link", name="Loss", exact=True)
    below = "element => element.getBoundingClientRect().bottom"
    assert link.evaluate(below) < 10
    link.focus()
    wait_until_idle(view)
    assert link.evaluate(below) > 20


FRAMED = {name: STATES[name] for name in ("softmax, steps", "loss, surface", "training", "comparison, exclusive")}


@pytest.mark.parametrize("name", FRAMED)
def test_a_frame_in_a_slide_shows_only_the_stage(base: str, new_view: NewView, name: str) -> None:
    view = new_view(PROJECTOR)
    page, parameters, in_view = FRAMED[name]
    address = address_of(base, page, **parameters, lang="en", embed="true")
    view.goto(f"{base}/_stcore/health")  # a slide from the same host
    view.set_content(f'<h1>Slide</h1><iframe src="{address}" width="960" height="540" style="border:0"></iframe>')
    frame = view.frames[1]
    frame.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")
    frame.locator(".plane, .bars, .surface").first.wait_for()
    wait_until_idle(frame)
    assert out_of_view(frame, in_view) == []
    for chrome in ("stHeader", "stToolbar", "stSidebar"):
        assert not frame.get_by_test_id(chrome).first.is_visible()
    for tool in ("Share", "English"):
        assert frame.get_by_text(tool, exact=True).count() == 0
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")  # only stMain scrolls
    assert frame.evaluate(
        "(main => main.scrollWidth <= main.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    )
