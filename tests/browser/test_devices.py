"""On a phone, a tablet, a laptop, a large screen, and enlarged to 200 %: every view, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.app import LANGUAGES, settle
from tests.browser.seen import overflow, targets
from tests.browser.views import VIEWS, View

FINGER = {"phone": (390, 844), "tablet": (768, 1024)}
MOUSE = {"laptop": (1280, 720), "large screen": (1920, 1080), "1280×800 at 200 %": (640, 400)}
LEAST, LEAST_ON_STAGE = 24, 44
"""The side of a target in CSS pixels: of any, and under a finger of the stage's and of what is dragged."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
@pytest.mark.parametrize("sizes", [FINGER, MOUSE], ids=["finger", "mouse"])
def test_everything_fits_and_can_be_pressed(
    base: str, browser: Browser, sizes: dict[str, tuple[int, int]], shown: View, language: str
) -> None:
    touch = sizes is FINGER
    (width, height), *_ = sizes.values()
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
    view = context.new_page()
    shown.open(view, base, lang=language)
    for name, (width, height) in sizes.items():
        view.set_viewport_size({"width": width, "height": height})
        settle(view)
        assert overflow(view) <= 0, name
        for control in targets(view):
            assert not control["over"], (name, control)
            if not control["inText"]:
                least = LEAST_ON_STAGE if touch and control["large"] else LEAST
                assert min(control["width"], control["height"]) >= least - 0.5, (name, control)
    context.close()
