"""In contrast themes (forced-colors) and on paper, all that can be read or dragged stands out from its background."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.app import open_page
from tests.browser.conftest import NewView, in_turn

A4 = (718, 1000)
"""Size of a page between its margins, in px."""

MIN_CONTRAST = 3.0
MIN_SHARE = 0.005
"""Least share of a control's pixels that must contrast with its background."""

SEGMENTS = "[data-variant=segmented_control]"
TOGGLE = "[data-testid=stCheckbox] label > div >> nth=0"
CONTROLS = {
    "softmax": ("softmax_playground", {"softmax_view": "geometry"},
                (".track", ".handle", ".meter", "[data-testid=temperature]", TOGGLE, ".simplex svg", ".sigmoid svg")),
    "loss": ("loss_explorer", {"loss_view": "distance"},
             ("[data-testid=stSlider]", "i.solid", "i.hatched", ".track", ".meter")),
    "curves": ("loss_explorer", {"loss_view": "against"}, (".plot", ".legend-entry svg")),
    "surface": ("loss_explorer", {"loss_view": "surface"}, (".surface .view", "[data-testid=stSlider]")),
    "training": ("live_training", {"step": "40", "view": "2"},
                 (".plane", ".loss-curve", ".side-view", "[data-testid=stage-scrub]", "[data-testid=stage-rate]")),
    "crosshair": ("softmax_vs_sigmoid", {}, (".plane", ".outputs .meter")),
    "reliability": ("softmax_vs_sigmoid", {"part": "belief"}, (".calibration svg", ".calibration canvas")),
}  # fmt: skip
"""Per name: page, query parameters, and selectors of what must stand out."""

CHOICES = {
    "language": ("softmax_playground", {}, f"{SEGMENTS}[aria-checked=true]", f"{SEGMENTS}[aria-checked=false]"),
    "speed": ("live_training", {}, ".speed-buttons [aria-pressed=true]", ".speed-buttons [aria-pressed=false]"),
    "side view": (
        "live_training",
        {"view": "1"},
        ".side-view-buttons [aria-pressed=true]",
        ".side-view-buttons [aria-pressed=false]",
    ),
    "kind": (
        "loss_explorer",
        {"loss_view": "surface"},
        ".view-buttons [aria-pressed=true]",
        ".view-buttons [aria-pressed=false]",
    ),
}
"""Per name: page, query parameters, and selectors of a chosen option and of another one."""

Colour = tuple[int, int, int]


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, by WCAG."""
    channels = [value / 255 for value in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast of two colours, 1 … 21, by WCAG."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def pixels(screenshot: bytes) -> Counter[Colour]:
    """Return the colours of a picture, with their numbers of pixels."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    found = picture.getcolors(picture.width * picture.height) or []
    return Counter({colour: n for n, colour in found})


def colours_of(view: Page, element: Locator, margin: int = 4) -> Counter[Colour]:
    """Return the colours of an element's pixels and of a margin around it, with their numbers."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    area = {"x": box["x"] - margin, "y": box["y"] - margin,
            "width": box["width"] + 2 * margin, "height": box["height"] + 2 * margin}  # fmt: skip
    return pixels(view.screenshot(clip=area, animations="disabled"))


def share_that_stands_out(colours: Counter[Colour]) -> float:
    """Return the share of pixels that contrast with the most frequent colour."""
    background, _ = colours.most_common(1)[0]
    return sum(n for colour, n in colours.items() if contrast(colour, background) >= MIN_CONTRAST) / colours.total()


@pytest.mark.parametrize(("name", "scheme"), in_turn(CONTROLS, options=("light", "dark")))
def test_controls_and_pictures_stand_out_in_a_contrast_theme(
    base: str, new_view: NewView, name: str, scheme: str
) -> None:
    page, parameters, selectors = CONTROLS[name]
    view = new_view(forced_colors="active", color_scheme=scheme)
    open_page(view, base, page, **parameters, lang="en")
    shares = {selector: share_that_stands_out(colours_of(view, view.locator(selector).first)) for selector in selectors}
    assert {selector: share for selector, share in shares.items() if share < MIN_SHARE} == {}


@pytest.mark.parametrize(("name", "scheme"), in_turn(CHOICES, options=("light", "dark")))
def test_the_chosen_option_differs_from_the_others_in_a_contrast_theme(
    base: str, new_view: NewView, name: str, scheme: str
) -> None:
    page, parameters, chosen, other = CHOICES[name]
    view = new_view(forced_colors="active", color_scheme=scheme)
    open_page(view, base, page, **parameters, lang="en")
    options = [colours_of(view, view.locator(selector).first, margin=0) for selector in (chosen, other)]
    backgrounds = [colours.most_common(1)[0][0] for colours in options]
    assert contrast(*backgrounds) >= MIN_CONTRAST
    assert share_that_stands_out(options[0]) >= MIN_SHARE  # its text


PRINTED = [
    ("softmax_playground", {"softmax_view": "lecture"}),
    ("loss_explorer", {}),
    ("live_training", {"step": "40", "take": "true"}),
    ("softmax_vs_sigmoid", {"part": "labels"}),
    ("glossary", {}),
]

OVERLAPS = """() => {
    const found = [], texts = [...document.querySelectorAll(".stApp :is(h1, h2, p, .scroll-x, .callout, summary)")];
    const all = texts.map((element) => [element, element.getBoundingClientRect()]);
    const boxes = all.filter(([element, box]) => box.height > 1 && element.checkVisibility());
    boxes.forEach(([element, box], i) => boxes.slice(i + 1).forEach(([other, { left, right, top, bottom }]) => {
        if (element.contains(other) || other.contains(element)) return;
        const across = Math.min(box.right, right) - Math.max(box.left, left);
        const down = Math.min(box.bottom, bottom) - Math.max(box.top, top);
        if (across > 2 && down > 2) found.push([element, other].map((text) => text.textContent.slice(0, 30)));
    }));
    return found;
}"""


@pytest.mark.parametrize(("page", "parameters"), PRINTED, ids=[page for page, _ in PRINTED])
def test_the_dark_theme_prints_light_with_whole_tables(
    base: str, new_view: NewView, page: str, parameters: dict[str, str]
) -> None:
    view = new_view(color_scheme="dark")
    open_page(view, base, page, **parameters, lang="en")
    view.emulate_media(media="print", color_scheme="dark")
    view.set_viewport_size({"width": A4[0], "height": A4[1]})
    assert pixels(view.screenshot()).most_common(1)[0][0] == (255, 255, 255)
    code, links = view.locator("p code:visible"), view.locator(".scroll-x a:visible")
    for text in [*view.locator(":is(h1, .intro, h2):visible").all(), *code.all()[:1], *links.all()[:1]]:
        colours = colours_of(view, text)
        assert luminance(colours.most_common(1)[0][0]) > 0.9
        assert share_that_stands_out(colours) >= MIN_SHARE, text.inner_text()
    cut = "(tables) => tables.filter((table) => table.scrollWidth > table.clientWidth + 1).map((t) => t.textContent)"
    assert view.locator(".scroll-x").evaluate_all(cut) == []
    assert view.evaluate(OVERLAPS) == []
    view.emulate_media(media="screen", color_scheme=None)
