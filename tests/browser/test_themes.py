"""Canvases are drawn again as soon as the theme changes, by the main menu or by the system's setting."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.app import new_context, open_page, wait_for_page, wait_until
from tests.browser.views import View

NO_INTERVALS = "window.setInterval = () => 0;"

PICTURES = """() => {
    const within = (element) => element.shadowRoot ? all(element.shadowRoot) : [];
    const all = (root) => [...root.querySelectorAll("canvas"), ...[...root.querySelectorAll("*")].flatMap(within)];
    return all(document).filter((canvas) => canvas.offsetWidth).map((canvas) => canvas.toDataURL());
}"""

VIEWS = [
    View("live_training", {"train_data": "separable", "step": "40", "view": "2"}),
    View("loss_explorer", {"loss_view": "against"}),
    View("loss_explorer", {"loss_view": "surface"}),
    View("softmax_vs_sigmoid", {"part": "belief"}),
]


@pytest.fixture
def light_view(browser: Browser) -> Iterator[Page]:
    """Provide a page with the light theme of the system, in which no interval ever calls its function."""
    context = new_context(browser, color_scheme="light")
    context.add_init_script(NO_INTERVALS)
    yield context.new_page()
    context.close()


def pictures(view: Page) -> list[np.ndarray]:
    """Return each visible canvas as an array (rows, columns, 4) of red, green, blue and alpha."""
    contents = [b64decode(address.split(",")[1]) for address in view.evaluate(PICTURES)]
    return [np.asarray(Image.open(BytesIO(content)).convert("RGBA")).astype(int) for content in contents]


def differ(first: np.ndarray, second: np.ndarray) -> bool:
    """Return whether two pictures differ by more than 10 of 255 on average where something is drawn.

    The edges alone differ by less: Chromium smooths them in another way after some time.
    """
    if first.shape != second.shape:
        return True
    drawn = (first[..., 3] > 0) | (second[..., 3] > 0)
    return bool(np.abs(first - second)[drawn].mean() > 10)


def show_the_same(first: list[np.ndarray], second: list[np.ndarray]) -> bool:
    return len(first) == len(second) and not any(map(differ, first, second))


def choose_theme(view: Page, name: str) -> None:
    view.get_by_test_id("stMainMenuButton").click()
    view.get_by_test_id(f"stMainMenuItem-theme-{name}").click()
    view.keyboard.press("Escape")


@pytest.mark.parametrize("case", VIEWS, ids=lambda case: case.name)
def test_canvases_follow_the_theme_without_polling(base: str, light_view: Page, case: View) -> None:
    view = light_view
    open_page(view, base, case.page, **case.parameters, lang="en")
    light = pictures(view)
    assert light
    view.emulate_media(color_scheme="dark")
    view.reload()
    wait_for_page(view)
    dark = pictures(view)
    assert all(differ(before, after) for before, after in zip(light, dark, strict=True))
    view.emulate_media(color_scheme="light")
    wait_until(lambda: show_the_same(pictures(view), light), "light canvases after a change of the system's setting")
    choose_theme(view, "Dark")
    wait_until(lambda: show_the_same(pictures(view), dark), "dark canvases after a choice in the menu")
    choose_theme(view, "Light")
    wait_until(lambda: show_the_same(pictures(view), light), "light canvases after a choice in the menu")
