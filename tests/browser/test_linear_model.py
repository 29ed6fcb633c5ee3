"""The model of slide 3.1: what is dragged or typed changes z and ŷ at once, and they are those of core."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import Parameters, softmax
from tests.browser.app import address_of, open_page, wait_for_page
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import overflow
from ui.i18n import catalogue
from ui.lecture.steps import load_steps
from ui.softmax.model_view import DEFAULT_PENGUIN, trained_model


def open_model(view: Page, base: str, **parameters: str) -> None:
    open_page(view, base, "softmax_playground", **{"lang": "en", "softmax_view": "model", **parameters})


def values(view: Page, name: str, count: int) -> np.ndarray:
    elements = (view.get_by_test_id(f"{name}-{k}") for k in range(count))
    return np.array([float(element.get_attribute("data-value") or "nan") for element in elements])


def assert_shown(view: Page, measured: tuple[float, float], weights: list[list[float]]) -> None:
    """Assert that x, z and ŷ on screen are those that core computes."""
    x = trained_model()[1]([measured])
    z = Parameters.from_stacked(np.array(weights)).logits(x)[0]
    np.testing.assert_allclose(values(view, "x", 2), x[0], atol=1e-12)
    np.testing.assert_allclose(values(view, "z", 3), z, atol=1e-12)
    np.testing.assert_allclose(values(view, "p", 3), softmax(z), atol=1e-12)


def changed(weights: list[list[float]], row: int, k: int, value: float) -> list[list[float]]:
    copy = [list(one) for one in weights]
    copy[row][k] = value
    return copy


def drag_slider(view: Page, name: str, share: float) -> float:
    """Move a slider's handle to a share of its track, without releasing it. Return the slider's value."""
    slider = view.get_by_test_id(name)
    box = slider.bounding_box()
    assert box is not None
    low, high, value = (float(slider.evaluate(f"node => node.{part}")) for part in ("min", "max", "value"))
    view.mouse.move(box["x"] + 8 + (box["width"] - 16) * (value - low) / (high - low), box["y"] + box["height"] / 2)
    view.mouse.down()
    view.mouse.move(box["x"] + 8 + (box["width"] - 16) * share, box["y"] + box["height"] / 2, steps=4)
    return float(slider.input_value())


def test_a_weight_is_dragged_and_z_and_probabilities_follow_before_it_is_released(base: str, view: Page) -> None:
    open_model(view, base)
    trained = trained_model()[2]
    assert_shown(view, DEFAULT_PENGUIN, trained)
    weight = drag_slider(view, "weight-0-1", 0.9)
    assert weight > 4
    assert_shown(view, DEFAULT_PENGUIN, changed(trained, 0, 1, weight))
    assert "model_w" not in view.url
    view.mouse.up()
    wait_until_idle(view)
    assert "model_w" in view.url
    assert_shown(view, DEFAULT_PENGUIN, changed(trained, 0, 1, weight))
    view.reload()
    wait_for_page(view)
    assert_shown(view, DEFAULT_PENGUIN, changed(trained, 0, 1, weight))


def test_a_measurement_is_dragged_and_the_model_sees_it_standardised(base: str, view: Page) -> None:
    open_model(view, base)
    length = drag_slider(view, "measured-0", 0.1)
    assert length < 36
    assert_shown(view, (length, DEFAULT_PENGUIN[1]), trained_model()[2])
    view.mouse.up()
    wait_until_idle(view)
    assert "model_x1" in view.url


def test_a_bias_is_typed_and_the_trained_weights_come_back(base: str, view: Page) -> None:
    open_model(view, base)
    trained, reset = trained_model()[2], view.get_by_test_id("reset-weights")
    expect(reset).to_be_disabled()
    field = view.get_by_test_id("weight-2-0-typed")
    field.fill("2,29")
    field.press("Enter")
    wait_until_idle(view)
    assert_shown(view, DEFAULT_PENGUIN, changed(trained, 2, 0, 2.29))
    reset.click()
    assert_shown(view, DEFAULT_PENGUIN, trained)
    wait_until_idle(view)
    expect(reset).to_be_disabled()
    assert_shown(view, DEFAULT_PENGUIN, trained)


def test_a_weight_that_is_no_number_in_the_range_is_refused_with_a_reason(base: str, view: Page) -> None:
    open_model(view, base)
    field = view.get_by_test_id("weight-0-0-typed")
    field.fill("9")
    field.press("Enter")
    refused = catalogue("en")["number.refused"].format(low="−6", high="6", text="9")
    expect(view.get_by_role("alert").filter(has_text=refused)).to_be_visible()
    assert_shown(view, DEFAULT_PENGUIN, trained_model()[2])


def test_arrow_keys_move_a_weight(base: str, view: Page) -> None:
    open_model(view, base)
    view.get_by_test_id("weight-1-2").focus()
    view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    assert_shown(view, DEFAULT_PENGUIN, changed(trained_model()[2], 1, 2, -1.9))
    expect(view.get_by_test_id("weight-1-2")).to_have_attribute("aria-valuetext", "−1.90")


def test_answering_the_step_raises_the_bias_on_screen(base: str, view: Page) -> None:
    step = load_steps("en")["model"]
    view.goto(address_of(base, step.page, lang="en", lecture=step.name))
    wait_for_page(view)
    assert_shown(view, DEFAULT_PENGUIN, trained_model()[2])
    view.get_by_role("button", name=step.options[step.right]).click()
    wait_until_idle(view)
    assert_shown(view, DEFAULT_PENGUIN, changed(trained_model()[2], 2, 0, 2.29))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_model_fits_a_phone(base: str, new_view: NewView, language: str) -> None:
    view = new_view((390, 844), has_touch=True, is_mobile=True)
    open_model(view, base, lang=language, model_x1="30", model_w="-6,6,6,-6,-6,6,-6,6,-6")
    assert overflow(view) <= 0
