"""Checks that every view must pass, with a mouse and with touch, in one language each; in `make test-all` in both."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.app import LANGUAGES
from tests.browser.conftest import PHONE, NewView, in_turn
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import RECORD_CANVAS_TEXTS, Watcher, axe_faults, faults, keyboard_faults, layout_faults
from tests.browser.views import VIEWS, View

LAPTOP = {"size": (1280, 720)}
TABLET: ViewportSize = {"width": 768, "height": 1024}
OTHER_SCREENS = {"large screen": (1920, 1080), "1280×800 at 200 %": (640, 400)}

NOT_PROJECTED = [case for case in VIEWS if not case.is_projected]
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize(("case", "language"), in_turn(VIEWS))
def test_a_view_has_no_faults_with_a_mouse(base: str, new_view: NewView, case: View, language: str) -> None:
    view = new_view(**LAPTOP, script=RECORD_CANVAS_TEXTS)
    with Watcher(view) as watcher:
        case.open(view, base, lang=language)
        found = faults(view, case.page, language, touch=False)
        found += keyboard_faults(view)
    assert found + watcher.faults() == []


@pytest.mark.parametrize(("case", "language"), in_turn(NOT_PROJECTED, first=1))
def test_a_view_has_no_faults_with_touch(base: str, new_view: NewView, case: View, language: str) -> None:
    """Check a phone in the dark theme (with the mouse it is the light one), then the layout of a tablet."""
    view = new_view(**PHONE, script=RECORD_CANVAS_TEXTS, color_scheme="dark")
    with Watcher(view) as watcher:
        case.open(view, base, lang=language)
        found = faults(view, case.page, language, touch=True)
        view.set_viewport_size(TABLET)
        wait_until_idle(view)
        found += [f"tablet: {fault}" for fault in layout_faults(view, touch=True)]
    assert found + watcher.faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("case", NOT_PROJECTED, ids=lambda case: case.name)
@each_language
@pytest.mark.parametrize("screen", OTHER_SCREENS)
def test_a_view_fits_every_screen(base: str, new_view: NewView, case: View, language: str, screen: str) -> None:
    view = new_view(OTHER_SCREENS[screen])
    case.open(view, base, lang=language)
    assert list(layout_faults(view, touch=False)) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", VIEWS, ids=lambda case: case.name)
@each_language
def test_a_view_is_accessible_in_the_dark_theme(base: str, new_view: NewView, case: View, language: str) -> None:
    view = new_view(color_scheme="dark")
    case.open(view, base, lang=language)
    assert axe_faults(view) == []
