"""Projector mode and embedding in a slide: size of the text, and what is in view without scrolling."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.app import LANGUAGES, address_of, open_page
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import overflow

PROJECTOR = (1280, 720)
MIN_FONT_SIZE = 18.0
"""On a screen with a height of 720 px, in px."""

TRAINING = (
    "stage-play", "stage-scrub", "stage-step", "stage-loss", "stage-accuracy", ".plane", "canvas.curve", ".dial",
)  # fmt: skip
CROSSHAIR = (*TRAINING, "stage-loss-2", "stage-accuracy-2", ".probe tr")
BARS = (".row.head", "logit-0", "probability-0", "temperature", "shift")
CURVE = ("curves-at", "curves-point", ".plot", "figure .entry")


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
    "training, one's own points": training((*TRAINING, ".tools button"), train_data="points"),
    "training, ten classes": training(train_data="separable", train_classes="10", held_out="20", panel="sample"),
    "training, by hand": training(panel="by_hand"),
    "training, confusion": training(panel="confusion"),
    "comparison, exclusive": State("softmax_vs_sigmoid", {}, CROSSHAIR),
    "comparison, labels": State("softmax_vs_sigmoid", {"part": "labels"}, (*TRAINING, "stage-loss-2")),
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

OUT_OF_VIEW = """
(element) => {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const shown = width === 0 || (left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1);
  return shown ? null : [left, top, right, bottom].map(Math.round).join(" ");
}
"""


def selector_of(name: str) -> str:
    kind = name.partition(":")[0]
    return kind if kind.startswith((".", "canvas", "figure")) else f"[data-testid={kind}]"


def out_of_view(view: Page | Frame, names: tuple[str, ...]) -> list[str]:
    """List the elements that are missing or not entirely in view; `name:2` is the third element of that name."""
    missing = []
    for name in names:
        kind, _, number = name.partition(":")
        found = view.locator(selector_of(kind)).all()
        found = found[int(number) : int(number) + 1] if number else found
        boxes = [box for element in found if (box := element.evaluate(OUT_OF_VIEW))]
        missing += [f"{name} {box}" for box in boxes] if found else [f"{name} is missing"]
    return missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_texts_are_large_and_the_stage_is_in_view(base: str, new_view: NewView, name: str, language: str) -> None:
    page, parameters, in_view = STATES[name]
    view = new_view(PROJECTOR, RECORD_CANVAS_FONTS)
    open_page(view, base, page, **parameters, present="true", lang=language)
    for first in in_view[:1]:
        view.locator(selector_of(first)).first.wait_for()
    assert view.evaluate(SMALL_TEXTS, MIN_FONT_SIZE) == []
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
        assert view.evaluate(SMALL_TEXTS, MIN_FONT_SIZE * size[1] / 720) == []
        assert out_of_view(view, in_view) == []
        box = view.locator(".plane, .view").first.bounding_box()
        assert box is not None
        boxes.append(box)
    assert boxes[1]["height"] > 1.45 * boxes[0]["height"]


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
