"""One inspection per view: what holds of every view is checked on each, in both languages, by mouse and by touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.app import LANGUAGES
from tests.browser.conftest import PHONE, NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import NOTE_CANVAS_TEXTS, Watcher, axe_faults, faults, keyboard_faults, layout_faults
from tests.browser.views import VIEWS, View

LAPTOP = {"size": (1280, 720)}
TABLET: ViewportSize = {"width": 768, "height": 1024}
OTHER_SCREENS = {"large screen": (1920, 1080), "1280×800 at 200 %": (640, 400)}

each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
@each_language
def test_a_view_is_without_fault_under_a_mouse(base: str, new_view: NewView, shown: View, language: str) -> None:
    view = new_view(**LAPTOP, script=NOTE_CANVAS_TEXTS)
    with Watcher(view) as watcher:
        shown.open(view, base, lang=language)
        found = faults(view, shown.page, language, touch=False)
        if language == "en":
            found += keyboard_faults(view)
    assert found + watcher.faults() == []


@pytest.mark.parametrize("shown", [shown for shown in VIEWS if not shown.is_projected], ids=lambda shown: shown.name)
@each_language
def test_a_view_is_without_fault_under_a_finger(base: str, new_view: NewView, shown: View, language: str) -> None:
    """In the dark theme, so that both themes are inspected; then as wide as a tablet."""
    view = new_view(**PHONE, script=NOTE_CANVAS_TEXTS, color_scheme="dark")
    with Watcher(view) as watcher:
        shown.open(view, base, lang=language)
        found = faults(view, shown.page, language, touch=True)
        view.set_viewport_size(TABLET)
        wait_until_idle(view)
        found += [f"tablet: {fault}" for fault in layout_faults(view, touch=True)]
    assert found + watcher.faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("shown", [shown for shown in VIEWS if not shown.is_projected], ids=lambda shown: shown.name)
@each_language
@pytest.mark.parametrize("screen", OTHER_SCREENS)
def test_a_view_fits_every_screen(base: str, new_view: NewView, shown: View, language: str, screen: str) -> None:
    view = new_view(OTHER_SCREENS[screen])
    shown.open(view, base, lang=language)
    assert list(layout_faults(view, touch=False)) == []


@pytest.mark.slow
@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
@each_language
def test_a_view_is_accessible_in_the_dark(base: str, new_view: NewView, shown: View, language: str) -> None:
    view = new_view(color_scheme="dark")
    shown.open(view, base, lang=language)
    assert axe_faults(view) == []
