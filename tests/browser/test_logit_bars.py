"""The logit bars: the browser computes what core does, and the bars can be dragged, typed and moved by keys."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import sigmoid, softmax, softmax_cross_entropy
from tests.browser.app import ROOT, drag_first_bar, open_page
from tests.browser.idle import wait_until_idle
from ui.i18n.number_format import probability

SCRIPTS = ("exponential.js", "logit_bars/activations.js")
ACTIVATIONS = "\n".join((ROOT / "ui/components" / name).read_text("utf-8") for name in SCRIPTS)


def in_browser(view: Page, expression: str, argument: object) -> object:
    return view.evaluate(f"argument => {{ {ACTIVATIONS}\nreturn {expression}; }}", argument)


def shown(view: Page, name: str, count: int) -> list[float]:
    return [float(view.get_by_test_id(f"{name}-{k}").get_attribute("data-value") or "nan") for k in range(count)]


@pytest.mark.parametrize("temperature", [0.05, 0.7, 1.0, 20.0])
def test_the_browsers_activations_equal_core(view: Page, temperature: float) -> None:
    rng = np.random.default_rng(0)
    for scale in (1, 12, 1000):
        z = (rng.normal(size=7) * scale).tolist()
        p = in_browser(view, "softmax(argument[0], argument[1])", [z, temperature])
        np.testing.assert_allclose(p, softmax(z, temperature), rtol=0, atol=1e-12)
        np.testing.assert_allclose(in_browser(view, "sigmoid(argument)", z), sigmoid(z), rtol=0, atol=1e-12)


def test_probabilities_are_formatted_equally_in_browser_and_python(view: Page) -> None:
    values = [0.0, 1.0, 0.5, 0.7, 0.163, 0.0270123, 0.9, 0.0454, 4.54e-5, 0.9999092, 3e-9, 1 - 3e-9, 1e-300, 1 - 1e-16]
    assert in_browser(view, "argument.map(probabilityText)", values) == [probability(value) for value in values]


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
    expect(view.get_by_test_id("step-4-0")).to_have_text(probability(softmax([z, 2.8, -0.6])[0]))


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
    typed = view.get_by_role("spinbutton", name="Type the logit of Dog")
    typed.fill("3.25")
    typed.press("Enter")
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "3.25")
    wait_until_idle(view)
    assert "z_image=3.25%2C2.8%2C11.9" in view.url


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
