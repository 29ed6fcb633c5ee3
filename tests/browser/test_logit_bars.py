"""The logit bars can be dragged, typed and moved by keys, and show the numbers of core."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import softmax, softmax_cross_entropy
from tests.browser.app import LANGUAGES, drag_first_bar, open_page, texts_of, touch
from tests.browser.idle import wait_until_idle
from ui.i18n.number_format import format_probability


def shown(view: Page, name: str, count: int) -> list[float]:
    return [float(view.get_by_test_id(f"{name}-{k}").get_attribute("data-value") or "nan") for k in range(count)]


def test_probabilities_follow_a_bar_while_it_is_dragged(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    drag_first_bar(view)
    view.evaluate("() => new Promise(requestAnimationFrame)")
    z = float(view.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    assert z == pytest.approx(-12 + 24 * 0.9, abs=0.15)
    np.testing.assert_allclose(shown(view, "probability", 3), softmax([z, 2.8, -0.6]), rtol=0, atol=1e-12)
    assert "z_image" not in view.url
    view.mouse.up()
    wait_until_idle(view)
    assert f"z_image={z:g}" in view.url
    expect(view.get_by_test_id("step-4-0")).to_have_text(format_probability(softmax([z, 2.8, -0.6])[0]))


def test_a_logit_can_be_changed_by_keyboard_and_by_typing(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    handle = view.get_by_test_id("logit-2")
    handle.focus()
    for key, value in (
        ("ArrowRight", "-0.5"),
        ("PageUp", "0.5"),
        ("Home", "-12"),
        ("End", "12"),
        ("ArrowLeft", "11.9"),
    ):
        handle.press(key)
        expect(handle).to_have_attribute("aria-valuenow", value)
    typed = view.get_by_role("textbox", name="Type the logit of Dog")
    typed.fill("3.25")
    typed.press("Enter")
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "3.25")
    wait_until_idle(view)
    assert "z_image=3.25%2C2.8%2C11.9" in view.url


@pytest.mark.parametrize(("text", "z"), [("−2", "-2"), ("1,5", "1.5"), ("１．５", "1.5"), ("1e-1", "0.1"), ("-0", "0")])
def test_a_logit_can_be_typed_in_every_way(base: str, view: Page, text: str, z: str) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    typed = view.get_by_role("textbox", name="Type the logit of Dog")
    typed.fill(text)
    typed.press("Enter")
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", z)
    expect(typed).to_have_value(z)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_no_logit_gets_a_message_and_changes_nothing(base: str, view: Page, language: str) -> None:
    open_page(view, base, "softmax_playground", lang=language, scenario="image")
    texts, typed = texts_of(language)["number"], view.locator("input.number-input").first
    for text, reason in (("x", "refused"), ("15", "refused"), ("1.5.2", "refused"), ("", "empty")):
        typed.fill(text)
        typed.press("Tab")
        message = texts[reason].format(text=text, low="−12", high="12")
        expect(view.get_by_role("alert").get_by_text(message)).to_be_visible()
        expect(typed).to_have_attribute("aria-invalid", "true")
        expect(typed).to_have_value(text)
        expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "1.2")
    wait_until_idle(view)
    assert "z_image" not in view.url
    typed.fill("２")
    typed.press("Enter")
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "2")
    expect(typed).not_to_have_attribute("aria-invalid", "true")
    expect(view.locator(".invalid:visible")).to_have_count(0)


def test_a_refused_text_is_replaced_once_its_value_changes(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    typed = view.get_by_role("textbox", name="Number: Temperature T")
    typed.fill("0")
    typed.press("Enter")
    expect(typed).to_have_attribute("aria-invalid", "true")
    view.get_by_test_id("temperature").press("End")
    expect(typed).to_have_value("20")
    expect(typed).not_to_have_attribute("aria-invalid", "true")


def test_the_temperature_changes_the_probabilities(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    slider = view.get_by_test_id("temperature")
    slider.focus()
    for key, expected in (("Home", softmax([1.2, 2.8, -0.6], 0.05)), ("End", softmax([1.2, 2.8, -0.6], 20))):
        slider.press(key)
        wait_until_idle(view)
        np.testing.assert_allclose(shown(view, "probability", 3), expected, rtol=0, atol=1e-12)
    assert "temperature=20" in view.url
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "18.1")
    wait_until_idle(view)
    assert "temperature=18.1" in view.url


def test_a_preset_shows_the_probabilities_of_the_slide(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="news")
    view.get_by_role("button", name="ŷ = [0.1, 0.7, 0.2]").click()
    for k, p in enumerate(("0.100", "0.700", "0.200")):
        expect(view.get_by_test_id(f"probability-{k}")).to_have_text(p)


def test_the_loss_beside_the_bars_equals_core(base: str, view: Page) -> None:
    z = [2.0, -1.0, 0.5, 3.0]
    open_page(view, base, "loss_explorer", lang="en", loss_z=",".join(map(str, z)), target="2")
    loss, slope = softmax_cross_entropy(z, 2)
    assert float(view.get_by_test_id("loss").get_attribute("data-value") or "nan") == pytest.approx(loss, abs=1e-12)
    for k in range(4):
        expect(view.get_by_test_id(f"error-{k}")).to_have_text(f"{slope[k]:+.3f}".replace("-", "−"))


# ---- keys and touch ----


def logit(view: Page, k: int) -> float:
    return float(view.get_by_test_id(f"logit-{k}").get_attribute("aria-valuenow") or "nan")


def bar(view: Page, k: int) -> tuple[float, float, float]:
    """Scroll to a bar; return its left end, width and middle height."""
    track = view.locator(".track").nth(k)
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    return box["x"], box["width"], box["y"] + box["height"] / 2


def test_no_rapid_press_of_an_arrow_key_is_lost(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    handle = view.get_by_test_id("logit-0")
    handle.focus()
    for pause in (0, 0, 160, 0, 200, 0, 0, 180, 0, 0):  # milliseconds; after 150 a change is sent
        view.keyboard.press("ArrowRight", delay=pause)
        view.keyboard.press("PageUp")
        view.keyboard.press("PageDown")
    expect(handle).to_have_attribute("aria-valuenow", "2.2")
    wait_until_idle(view)
    expect(handle).to_have_attribute("aria-valuenow", "2.2")
    assert "z_image=2.2%2C" in view.url


@pytest.mark.parametrize("target", ["bar", "slider"])
def test_a_swipe_that_begins_on_a_bar_scrolls_and_changes_nothing(base: str, phone: Page, target: str) -> None:
    open_page(phone, base, "softmax_playground", lang="en", scenario="image")
    before = shown(phone, "probability", 3)
    track = phone.locator(".track").nth(1) if target == "bar" else phone.get_by_test_id("temperature")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2
    touch(phone, [(x, y), *((x + i, y - 20 * i) for i in range(1, 11))])
    wait_until_idle(phone)
    after = track.bounding_box()
    assert after is not None
    assert after["y"] < box["y"] - 100
    assert shown(phone, "probability", 3) == before
    assert "z_image" not in phone.url
    assert "temperature" not in phone.url


def test_a_finger_that_moves_sideways_drags_a_bar_and_a_tap_sets_it(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_playground", lang="en", scenario="image")
    x, width, y = bar(phone, 1)
    touch(phone, [(x + width * share, y + 3 * share) for share in (0.5, 0.55, 0.6, 0.7, 0.75)])
    assert logit(phone, 1) == pytest.approx(6, abs=0.15)
    wait_until_idle(phone)
    x, width, y = bar(phone, 0)
    touch(phone, [(x + width * 0.25, y)])
    assert logit(phone, 0) == pytest.approx(-6, abs=0.15)
    wait_until_idle(phone)
    assert f"z_image={logit(phone, 0):g}%2C{logit(phone, 1):g}%2C-0.6" in phone.url


def test_a_finger_moves_the_temperature_and_a_tap_sets_it(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_playground", lang="en", scenario="image")
    slider = phone.get_by_test_id("temperature")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    x, width, y = box["x"], box["width"], box["y"] + box["height"] / 2

    def temperature() -> float:
        wait_until_idle(phone)
        return float(slider.get_attribute("aria-valuetext") or "nan")

    touch(phone, [(x + width * share, y + 3 * share) for share in (0.5, 0.55, 0.6, 0.7, 0.75)])
    dragged = temperature()
    assert 3 < dragged < 6
    assert f"temperature={dragged:g}" in phone.url
    touch(phone, [(x + width * 0.25, y)])
    tapped = temperature()
    assert 0.1 < tapped < 0.4
    assert f"temperature={tapped:g}" in phone.url


def test_a_cancelled_touch_restores_the_bar(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_playground", lang="en", scenario="image")
    x, width, y = bar(phone, 1)
    touch(phone, [(x + width * share, y) for share in (0.5, 0.55, 0.6, 0.7)], "touchCancel")
    assert logit(phone, 1) == 2.8
    wait_until_idle(phone)
    assert "z_image" not in phone.url


def test_a_press_of_the_mouse_sets_a_bar_at_once(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    x, width, y = bar(view, 1)
    view.mouse.move(x + width * 0.25, y)
    view.mouse.down()
    assert logit(view, 1) == pytest.approx(-6, abs=0.15)
    expect(view.get_by_test_id("logit-1")).to_be_focused()
    view.mouse.up()
    expect(view.get_by_test_id("logit-1")).to_be_focused()
    wait_until_idle(view)
    assert f"z_image=1.2%2C{logit(view, 1):g}" in view.url
