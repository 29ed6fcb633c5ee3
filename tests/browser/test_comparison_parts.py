"""The comparison page: reliability diagram, summary table and guide."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import cross_entropy, fit_temperature, reliability, softmax, train
from core.features import FeatureMap
from tests.browser.app import LANGUAGES, expect_no_traceback, open_page, touch
from tests.browser.idle import wait_until_idle
from tests.browser.test_loss import line
from ui.comparison import reliability as reliability_view
from ui.i18n import catalogue

OVERFIT = {"part": "belief", "belief": "rbf", "believers": "30"}


def overfitted() -> tuple[np.ndarray, np.ndarray, float]:
    """Return the overfitted model's logits and labels of the test samples, and T fitted on validation samples."""
    samples = reliability_view.draw_samples(30)
    phi = FeatureMap.fit(samples.training.X, "rbf")
    run = train(phi(samples.training.X), samples.training.labels, learning_rate=1.0, steps=2000)
    fitted = fit_temperature(run.parameters.logits(phi(samples.validation.X)), samples.validation.labels)
    return run.parameters.logits(phi(samples.test.X)), samples.test.labels, fitted


def expect_measures(view: Page, column: str, z: np.ndarray, labels: np.ndarray, temperature: float) -> None:
    """Assert that a column of the table has the numbers of core."""
    P = softmax(z, temperature)
    expected = {
        "error": reliability(P, labels).error,
        "nll": cross_entropy(P, labels),
        "confidence": P.max(axis=1).mean(),
        "accuracy": np.mean(P.argmax(axis=1) == labels),
    }
    for name, value in expected.items():
        cell = view.get_by_test_id(f"{column}-{name}")
        assert float(cell.get_attribute("data-value") or "nan") == pytest.approx(value, abs=1e-9), name
        assert cell.inner_text() == f"{value:.3f}"


def temperature_shown(view: Page) -> float:
    return float(view.get_by_test_id("calibration").get_attribute("data-temperature") or "nan")


def temperature_in_link(view: Page) -> float:
    return float(parse_qs(urlsplit(view.url).query).get("belief_t", ["1"])[0])


def test_the_diagram_follows_the_temperature_while_it_is_dragged(base: str, view: Page) -> None:
    z, labels, _ = overfitted()
    open_page(view, base, "softmax_vs_sigmoid", lang="en", **OVERFIT)
    expect_measures(view, "before", z, labels, 1.0)
    expect_measures(view, "now", z, labels, 1.0)
    box = view.get_by_test_id("temperature").bounding_box()
    assert box is not None
    dots = view.locator("circle.now")
    before = dots.last.get_attribute("cy")
    view.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    T = temperature_shown(view)
    assert 4 < T < 10
    expect_measures(view, "now", z, labels, T)
    expect_measures(view, "before", z, labels, 1.0)
    assert dots.last.get_attribute("cy") != before
    assert temperature_in_link(view) == 1
    view.mouse.up()
    wait_until_idle(view)
    assert temperature_in_link(view) == pytest.approx(T)
    expect(view.get_by_text("T has changed no prediction")).to_be_visible()


def test_fit_t_sets_the_temperature_with_the_smallest_nll_each_time(base: str, view: Page) -> None:
    z, labels, fitted = overfitted()
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="belief")
    for _ in range(2):
        view.get_by_role("button", name=catalogue("en")["versus.overfit"]).click()
        expect(view.get_by_text("Too sure: mean confidence is 0.95")).to_be_visible()
        expect(view.get_by_test_id("calibration")).to_have_attribute("data-temperature", "1")
        view.get_by_role("button", name="Fit T").click()
        first_digits = re.compile(re.escape(f"{fitted:.9g}"[:-1]))
        expect(view.get_by_test_id("calibration")).to_have_attribute("data-temperature", first_digits)
        wait_until_idle(view)
        assert temperature_in_link(view) == pytest.approx(fitted, rel=1e-5)
        expect_measures(view, "now", z, labels, temperature_shown(view))


def test_the_temperature_can_be_changed_by_keyboard(base: str, view: Page) -> None:
    open_page(view, base, "softmax_vs_sigmoid", lang="en", **OVERFIT)
    slider = view.get_by_role("slider", name="Temperature")
    slider.focus()
    for _ in range(10):
        view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    assert temperature_shown(view) == pytest.approx(400 ** (10 / 260), rel=0.005)
    assert temperature_in_link(view) == temperature_shown(view)
    assert (slider.get_attribute("aria-valuetext") or "").startswith(f"T = {temperature_shown(view):g}, expected")
    view.keyboard.press("Home")
    wait_until_idle(view)
    assert temperature_in_link(view) == 0.05


def test_a_link_restores_the_temperature(base: str, view: Page) -> None:
    z, labels, _ = overfitted()
    open_page(view, base, "softmax_vs_sigmoid", lang="en", belief_t="5", **OVERFIT)
    expect_measures(view, "now", z, labels, 5.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_asks_two_questions_and_opens_the_matching_example(base: str, view: Page, language: str) -> None:
    texts = catalogue(language)
    open_page(view, base, "softmax_vs_sigmoid", lang=language, part="guide")
    expect(view.get_by_text(texts["guide.softmax_why"])).to_have_count(0)
    for question, answer in (("guide_several", "no"), ("guide_more", "yes")):
        group = view.get_by_role("radiogroup", name=texts[f"control.{question}"])
        group.get_by_role("radio", name=texts[f"class.{answer}"]).click()
        wait_until_idle(view)
    assert "guide_several=no" in view.url
    assert "guide_more=yes" in view.url
    expect(view.get_by_text(texts["guide.softmax_why"])).to_be_visible()
    view.get_by_role("link", name=texts["guide.fault"]).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(texts["softmax_playground.title"])
    wait_until_idle(view)
    assert "scenario=fault" in view.url
    expect(view.get_by_test_id("logit-3")).to_have_attribute("aria-valuenow", "0.8")
    expect_no_traceback(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_the_table_opens_its_view_in_the_same_session(base: str, view: Page, language: str) -> None:
    texts = catalogue(language)
    open_page(view, base, "softmax_vs_sigmoid", lang=language, part="whole")
    view.evaluate("window.stayed = true")
    expect(view.get_by_role("table").first.get_by_role("rowheader")).to_have_count(8)
    view.get_by_role("link", name=texts["whole.loss_see"]).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(texts["loss_explorer.title"])
    wait_until_idle(view)
    expect(view.get_by_test_id("loss")).to_contain_text("0.357")
    assert view.evaluate("window.stayed")
    view.go_back()
    wait_until_idle(view)
    view.get_by_role("link", name=texts["whole.problem_see"]).click()
    expect(view.get_by_text(texts["guide.begin"].split("\n")[0])).to_be_visible()
    expect_no_traceback(view)


def test_the_temperature_can_be_fitted_by_touch(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_vs_sigmoid", lang="en", part="belief")
    phone.get_by_role("button", name=catalogue("en")["calibration.fit"]).tap()
    expect(phone.get_by_test_id("calibration")).not_to_have_attribute("data-temperature", "1")


def test_a_swipe_that_begins_on_the_temperature_scrolls_and_changes_nothing(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_vs_sigmoid", lang="en", part="belief")
    slider = phone.get_by_test_id("temperature")
    slider.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2
    touch(phone, line(x, y, 8, -200))
    wait_until_idle(phone)
    after = slider.bounding_box()
    assert after is not None
    assert after["y"] < box["y"] - 100
    assert (temperature_shown(phone), temperature_in_link(phone)) == (1, 1)
    assert slider.input_value() == "130"


def test_a_finger_drags_the_temperature(base: str, phone: Page) -> None:
    open_page(phone, base, "softmax_vs_sigmoid", lang="en", part="belief")
    slider = phone.get_by_test_id("temperature")
    slider.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch(phone, line(x, y, box["width"] * 0.25, 3))
    wait_until_idle(phone)
    assert 3 < temperature_shown(phone) < 6
    assert temperature_in_link(phone) == temperature_shown(phone)


def test_the_guides_link_to_its_own_page_opens_it_as_in_a_new_session(base: str, view: Page) -> None:
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="labels", overlap="0.9", labels_step="7")
    for key, answer in (("part", "versus.part_guide"), ("guide_several", "class.yes")):
        view.locator(f"[class*=st-key-{key}]").get_by_role("radio", name=catalogue("en")[answer]).click()
        wait_until_idle(view)
    view.locator(".st-key-guide_photos button").click()
    expect(view.get_by_test_id("stage-step")).to_have_text("300")
    wait_until_idle(view)
    assert "part=labels" in view.url
    assert "overlap" not in view.url
