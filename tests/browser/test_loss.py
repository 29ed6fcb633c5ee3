"""The loss page: dragging the point on the curve and the point on the surface."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import softmax, softmax_cross_entropy
from tests.browser.app import open_page, touch, wait_until
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from ui.components.loss_surface import MAX_DIFFERENCE, SurfaceState
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal
from ui.loss.surface_view import logits_after_steps


def number(view: Page, name: str) -> float:
    return float(view.get_by_test_id(name).first.get_attribute("data-value") or "nan")


def centre(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag_by(view: Page, element: Locator, dx: float, dy: float) -> None:
    """Drag an element without releasing it."""
    element.scroll_into_view_if_needed()
    x, y = centre(element)
    view.mouse.move(x, y)
    view.mouse.down()
    view.mouse.move(x + dx, y + dy)
    view.evaluate("() => new Promise(requestAnimationFrame)")


# ---- the curve ----


def test_loss_slope_and_bars_follow_the_point_while_it_is_dragged(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    assert number(view, "curves-at") == pytest.approx(0.5)
    drag_by(view, view.get_by_test_id("curves-point"), -150, -30)
    p = number(view, "curves-at")
    assert 0.1 < p < 0.4
    assert number(view, "curve-0-0") == pytest.approx(-np.log(p), abs=1e-12)
    expect(view.get_by_test_id("slope-0-0")).to_have_text(f"= {format_decimal(-1 / p)}")
    beside_bar = float(view.get_by_test_id("probability-1").get_attribute("data-value") or "nan")
    assert beside_bar == pytest.approx(p, abs=1e-4)
    assert "loss_z" not in view.url
    before = [float(view.get_by_test_id(f"logit-{k}").get_attribute("aria-valuenow") or "nan") for k in range(4)]
    view.mouse.up()
    wait_until_idle(view)
    after = [float(view.get_by_test_id(f"logit-{k}").get_attribute("aria-valuenow") or "nan") for k in range(4)]
    np.testing.assert_allclose(softmax(after)[1], p, atol=1e-4)
    np.testing.assert_allclose(np.delete(after, 1), np.delete(before, 1), atol=1e-4)
    assert number(view, "curves-at") == pytest.approx(p, abs=1e-4)
    assert "loss_z" in view.url
    view.reload()
    view.wait_for_selector("[data-testid=curves-at][data-value]")
    assert number(view, "curves-at") == pytest.approx(p, abs=1e-4)


def test_the_point_on_the_curve_follows_a_bar_while_it_is_dragged(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    drag_by(view, view.get_by_test_id("logit-1"), 40, 0)
    p = float(view.get_by_test_id("probability-1").get_attribute("data-value") or "nan")
    assert p > 0.6
    assert number(view, "curves-at") == pytest.approx(p, abs=0.0026)
    view.mouse.up()
    wait_until_idle(view)
    assert number(view, "curves-at") == pytest.approx(p, abs=1e-6)


def test_an_example_sets_the_bars_and_the_point(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    view.get_by_role("button", name="ŷ = [0.1, 0.7, 0.1, 0.1]").click()
    wait_until_idle(view)
    assert number(view, "curves-at") == pytest.approx(0.7, abs=1e-12)
    expect(view.get_by_test_id("curve-0-0")).to_have_text("0.357")


def test_the_point_can_be_dragged_along_the_steep_part_of_the_curve(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    drag_by(view, view.get_by_test_id("curves-point"), -330, -230)
    assert number(view, "curves-at") < 0.02
    view.mouse.up()


def test_the_point_can_be_moved_by_keyboard_within_the_limits_of_the_bars(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_z="11,12,11,11")
    point = view.get_by_role("slider", name=catalogue("en")["loss.true_probability"])
    point.focus()
    start = number(view, "curves-at")
    point.press("ArrowLeft")
    assert start - 0.0051 < number(view, "curves-at") < start
    point.press("PageDown")
    assert number(view, "curves-at") < start - 0.03
    point.press("End")  # the logit is limited to 12, its initial value; the point may stop within a step of it
    assert start - 0.005 < number(view, "curves-at") <= start + 1e-9
    point.press("Home")
    wait_until_idle(view)
    assert number(view, "curves-at") == pytest.approx(0.005, abs=1e-5)
    expect(view.get_by_test_id("probability-1")).to_have_text("0.00500")
    expect(point).to_be_focused()
    expect(point).to_have_attribute("aria-valuetext", re.compile(r"= 0.00500, −log p = 5\.298"))


def test_losses_and_gradients_follow_the_same_point_in_two_plots(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="against")
    drag_by(view, view.get_by_test_id("curves-point"), -230, 0)
    p = number(view, "curves-at")
    assert p < 0.1
    assert number(view, "curve-0-0") == pytest.approx(-np.log(p), abs=1e-12)
    assert number(view, "curve-1-0") == pytest.approx(1 - p, abs=1e-12)
    assert number(view, "curve-1-1") < 0.3 < number(view, "curve-1-0")
    view.mouse.up()
    wait_until_idle(view)
    view.get_by_role("radio", name="margin m").click()
    wait_until_idle(view)
    assert number(view, "curves-at") < 0
    assert number(view, "curve-1-0") == pytest.approx(1 - p, abs=1e-4)


def test_the_value_sent_is_the_value_shown_when_the_link_adds_one_between_the_others(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="likelihood", guess="0.405")
    view.get_by_test_id("curves-point").first.focus()
    assert number(view, "curves-at") == 0.405
    for _ in range(4):
        view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    assert number(view, "curves-at") == pytest.approx(0.44)
    assert "guess=0.44" in view.url


def test_no_rapid_press_of_an_arrow_key_is_lost(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="likelihood")
    view.get_by_test_id("curves-point").first.focus()
    for pause in (0, 0, 160, 0, 200, 0, 0, 180, 0, 0):  # milliseconds; after 150 a change is sent
        view.keyboard.press("ArrowRight", delay=pause)
        view.keyboard.press("PageUp")
        view.keyboard.press("PageDown")
    assert number(view, "curves-at") == pytest.approx(0.5)
    wait_until_idle(view)
    assert number(view, "curves-at") == pytest.approx(0.5)
    assert "guess=0.5" in view.url


# ---- the surface ----


@pytest.mark.parametrize("solid", ["0", "1"])
def test_the_point_on_the_surface_can_be_dragged(base: str, view: Page, solid: str) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface", surface_solid=solid)
    before = number(view, "surface-u"), number(view, "surface-v")
    drag_by(view, view.get_by_test_id("surface-point"), 30, -60)
    u, v = number(view, "surface-u"), number(view, "surface-v")
    assert (u, v) != before
    assert number(view, "surface-loss") == pytest.approx(softmax_cross_entropy([u, v, 0], 0)[0], abs=1e-12)
    point, handle = centre(view.get_by_test_id("surface-point")), view.get_by_test_id("surface-point")
    assert "surface_from" not in view.url
    view.mouse.up()
    wait_until_idle(view)
    assert f"surface_from={u:g}%2C{v:g}" in view.url
    assert centre(handle) == pytest.approx(point, abs=1.5)
    expect(view.get_by_role("table").filter(has_text="−α(ŷ − y)")).to_contain_text(format_decimal(u))


def test_a_click_on_the_map_moves_the_point_there(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    box = view.get_by_test_id("surface-view").bounding_box()
    assert box is not None
    view.mouse.click(box["x"] + 200, box["y"] + 200)
    wait_until_idle(view)
    x, y = centre(view.get_by_test_id("surface-point"))
    assert (x, y) == pytest.approx((box["x"] + 200, box["y"] + 200), abs=1)


def test_the_point_on_the_surface_can_be_moved_by_keyboard(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    point = view.get_by_test_id("surface-point")
    point.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp", "ArrowUp", "Shift+ArrowDown"):
        point.press(key)
    assert (number(view, "surface-u"), number(view, "surface-v")) == pytest.approx((-2.9, 2.2))
    wait_until_idle(view)
    assert "surface_from=-2.9%2C2.2" in view.url
    expect(point).to_have_attribute("aria-label", re.compile("z₁ − z₃ = −2.90, z₂ − z₃ = 2.20"))


def test_steps_on_the_surface_equal_core_and_none_is_lost(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface", surface_rate="0.5")
    for _ in range(5):
        view.get_by_test_id("surface-step").click()
    wait_until_idle(view)
    assert number(view, "surface-steps") == 5
    z = logits_after_steps(SurfaceState((-4.0, 3.0), 5, False, ()), 0, 0.5)
    assert number(view, "surface-u") == pytest.approx(z[0] - z[2], abs=1e-12)
    assert number(view, "surface-loss") == pytest.approx(softmax_cross_entropy(z, 0)[0], abs=1e-12)
    assert "surface_steps=5" in view.url
    expect(view.get_by_role("table").filter(has_text="−α(ŷ − y)")).to_contain_text(format_decimal(z[0]))
    view.get_by_test_id("surface-back").click()
    wait_until_idle(view)
    assert (number(view, "surface-steps"), number(view, "surface-u")) == (0, -4)


def test_the_point_rolls_until_the_probability_is_nearly_one(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface", surface_rate="5")
    view.get_by_test_id("surface-play").click()
    expect(view.get_by_test_id("surface-play")).to_contain_text("Pause")
    losses = [number(view, "surface-loss")]

    def has_rolled() -> bool:
        losses.append(number(view, "surface-loss"))
        return number(view, "surface-steps") >= 5

    wait_until(has_rolled, "five steps down")
    assert losses == sorted(losses, reverse=True)
    view.get_by_test_id("surface-play").click()
    wait_until_idle(view)
    stopped = number(view, "surface-steps")
    assert stopped >= 5
    assert f"surface_steps={stopped:g}" in view.url
    view.get_by_test_id("surface-play").click()
    expect(view.get_by_test_id("surface-play")).to_contain_text("Play", timeout=30_000)
    wait_until_idle(view)
    assert number(view, "surface-loss") < -np.log(0.999)


def test_with_reduced_motion_the_point_jumps(base: str, new_view: NewView) -> None:
    view = new_view(reduced_motion="reduce")
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    view.get_by_test_id("surface-play").click()
    steps = {number(view, "surface-steps")}

    def has_jumped() -> bool:
        steps.add(number(view, "surface-steps"))
        return len(steps) >= 4

    wait_until(has_jumped, "three jumps")
    view.get_by_test_id("surface-play").click()
    assert np.diff(sorted(steps)).min() >= 1
    view.get_by_test_id("surface-step").click()
    view.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert number(view, "surface-steps") == max(steps) + 1


def test_the_camera_is_kept_when_controls_change_and_restored_from_the_link(
    base: str, view: Page, other_view: Page
) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    view.get_by_test_id("surface-solid").click()
    view.get_by_test_id("surface-zoom-in").click()
    surface = view.get_by_test_id("surface-view")
    box = surface.bounding_box()
    assert box is not None
    view.mouse.move(box["x"] + 30, box["y"] + 30)
    view.mouse.down()
    view.mouse.move(box["x"] + 90, box["y"] + 10)
    view.mouse.up()
    wait_until_idle(view)
    camera = surface.get_attribute("data-camera")
    assert camera is not None
    turn, tilt, zoom, *_ = map(float, camera.split(","))
    assert (turn, zoom) == (pytest.approx(1.0), 2)
    assert tilt < 0.65
    picture = surface.evaluate("canvas => canvas.toDataURL()")
    slider = view.get_by_role("slider", name="Learning rate α")
    slider.focus()
    slider.press("ArrowRight")
    wait_until_idle(view)
    view.get_by_test_id("surface-step").click()
    wait_until_idle(view)
    assert surface.evaluate("canvas => canvas.toDataURL()") == picture
    view.get_by_role("radio", name="2", exact=True).click()
    wait_until_idle(view)
    view.get_by_role("radio", name="日本語").click()
    wait_until_idle(view)
    assert surface.get_attribute("data-camera") == camera
    other = other_view
    other.goto(view.url)
    other.wait_for_selector("[data-testid=surface-view][data-camera]")
    wait_until_idle(other)
    restored = other.get_by_test_id("surface-view").get_attribute("data-camera") or ""
    np.testing.assert_allclose(list(map(float, restored.split(","))), list(map(float, camera.split(","))), atol=1e-3)
    for name in ("surface-u", "surface-v", "surface-loss", "surface-steps"):
        assert number(other, name) == pytest.approx(number(view, name), abs=1e-4)


def test_the_solid_can_be_turned_by_keyboard(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface", surface_solid="1")
    surface = view.get_by_role("img", name=catalogue("en")["surface.solidAlt"])
    surface.focus()
    surface.press("ArrowRight")
    surface.press("ArrowUp")
    surface.press("+")
    turn, tilt, zoom, *_ = map(float, (surface.get_attribute("data-camera") or "").split(","))
    assert (turn, tilt, zoom) == pytest.approx((0.7, 0.75, 2))
    assert number(view, "surface-u") == -4


@pytest.mark.timed
def test_the_answer_to_a_question_is_animated(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_prompt="steps", loss_view="surface")
    view.get_by_role("button", name=catalogue("en")["predict.loss_steps_first"], exact=True).click()
    view.wait_for_function(
        "() => { const b = document.querySelector('.st-key-quiz'); return b && b.innerText.includes('Right.'); }"
    )
    wait_until(lambda: 0 < number(view, "surface-steps") < 8, "a step of the animation")
    wait_until_idle(view)
    assert number(view, "surface-steps") == 8


# ---- touch and limits ----


def line(x: float, y: float, dx: float, dy: float) -> list[tuple[float, float]]:
    """Return 11 points from (x, y) to (x + dx, y + dy)."""
    return [(x + dx * i / 10, y + dy * i / 10) for i in range(11)]


def in_view(element: Locator) -> tuple[float, float]:
    """Scroll to an element in the middle of the screen; return its centre."""
    element.evaluate("element => element.scrollIntoView({block: 'center'})")
    return centre(element)


@pytest.mark.parametrize(
    ("link", "element", "numbers"),
    [
        ({"loss_view": "likelihood"}, ".plot >> nth=0", ("curves-at",)),
        ({"loss_view": "surface"}, "[data-testid=surface-view]", ("surface-u", "surface-v")),
        ({"loss_view": "surface", "surface_solid": "1"}, "[data-testid=surface-view]", ("surface-u", "surface-v")),
    ],
)
def test_a_vertical_swipe_scrolls_the_page_and_changes_nothing(
    base: str, phone: Page, link: dict[str, str], element: str, numbers: tuple[str, ...]
) -> None:
    open_page(phone, base, "loss_explorer", lang="en", **link)
    plot = phone.locator(element)
    x, y = in_view(plot)
    before, address = [number(phone, name) for name in numbers], phone.url
    camera = plot.get_attribute("data-camera")
    touch(phone, line(x + 90, y, 8, -200))
    wait_until_idle(phone)
    assert centre(plot)[1] < y - 100
    assert [number(phone, name) for name in numbers] == before
    assert plot.get_attribute("data-camera") == camera
    assert phone.url == address


def test_a_finger_drags_the_point_on_a_curve_and_a_tap_moves_it(base: str, phone: Page) -> None:
    open_page(phone, base, "loss_explorer", lang="en", loss_view="likelihood")
    x, y = in_view(phone.get_by_test_id("curves-point").first)
    touch(phone, line(x, y, 60, -60))
    wait_until_idle(phone)
    dragged = number(phone, "curves-at")
    assert dragged > 0.5
    assert f"guess={dragged:g}" in phone.url
    x, y = in_view(phone.locator(".plot").first)
    touch(phone, line(x, y, -110, 3))
    wait_until_idle(phone)
    swiped = number(phone, "curves-at")
    assert swiped < dragged
    phone.touchscreen.tap(x + 60, y)
    wait_until_idle(phone)
    tapped = number(phone, "curves-at")
    assert tapped > swiped
    assert f"guess={tapped:g}" in phone.url


def test_a_cancelled_touch_restores_the_point(base: str, phone: Page) -> None:
    open_page(phone, base, "loss_explorer", lang="en", loss_view="likelihood")
    x, y = in_view(phone.get_by_test_id("curves-point").first)
    touch(phone, line(x, y, 60, 0), "touchCancel")
    wait_until_idle(phone)
    assert number(phone, "curves-at") == 0.4
    assert "guess" not in phone.url
    open_page(phone, base, "loss_explorer", lang="en")
    x, y = in_view(phone.get_by_test_id("curves-point"))
    touch(phone, line(x, y, -60, 0), "touchCancel")
    wait_until_idle(phone)
    beside_bar = float(phone.get_by_test_id("probability-1").get_attribute("data-value") or "nan")
    assert (number(phone, "curves-at"), beside_bar) == pytest.approx((0.5, 0.5), abs=1e-4)
    open_page(phone, base, "loss_explorer", lang="en", loss_view="surface")
    x, y = in_view(phone.get_by_test_id("surface-point"))
    touch(phone, line(x, y, 60, 30), "touchCancel")
    wait_until_idle(phone)
    assert (number(phone, "surface-u"), number(phone, "surface-v")) == (-4, 3)
    assert "surface_from" not in phone.url


def test_a_finger_drags_the_point_on_the_surface_and_turns_the_camera(base: str, phone: Page) -> None:
    open_page(phone, base, "loss_explorer", lang="en", loss_view="surface", surface_solid="1")
    x, y = in_view(phone.get_by_test_id("surface-point"))
    touch(phone, line(x, y, 30, -40))
    wait_until_idle(phone)
    u, v = number(phone, "surface-u"), number(phone, "surface-v")
    assert (u, v) != (-4, 3)
    assert f"surface_from={u:g}%2C{v:g}" in phone.url
    surface = phone.get_by_test_id("surface-view")
    x, y = in_view(surface)
    touch(phone, line(x - 100, y + 100, 75, 10))
    turn, tilt, *_ = map(float, (surface.get_attribute("data-camera") or "").split(","))
    assert (turn, tilt) == (pytest.approx(1.1, abs=0.06), 0.65)  # the first pixels of a touch are not a drag
    wait_until_idle(phone)
    assert (number(phone, "surface-u"), number(phone, "surface-v")) == (u, v)
    assert "surface_camera=1.0" in phone.url


def test_a_tap_moves_the_point_and_a_swipe_elsewhere_scrolls(base: str, phone: Page) -> None:
    view = phone
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    box = view.get_by_test_id("surface-view").bounding_box()
    assert box is not None
    view.touchscreen.tap(box["x"] + 200, box["y"] + 150)
    wait_until_idle(view)
    assert centre(view.get_by_test_id("surface-point")) == pytest.approx((box["x"] + 200, box["y"] + 150), abs=1.5)
    touch = "element => getComputedStyle(element).touchAction"
    assert view.get_by_test_id("surface-view").evaluate(touch) == "pan-y"
    assert view.get_by_test_id("surface-point").evaluate(touch) == "none"


def test_the_point_can_be_dragged_to_the_corners_of_the_plane(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface", surface_target="1")
    for dx, dy, u, v in ((-900, 900, -MAX_DIFFERENCE, -MAX_DIFFERENCE), (900, -900, MAX_DIFFERENCE, MAX_DIFFERENCE)):
        drag_by(view, view.get_by_test_id("surface-point"), dx, dy)
        assert (number(view, "surface-u"), number(view, "surface-v")) == (u, v)
        view.mouse.up()
        wait_until_idle(view)
    np.testing.assert_allclose(
        [float(view.locator("[data-testid=loss-surface] td[data-value]").nth(k).get_attribute("data-value") or "nan")
         for k in range(3)],
        softmax([MAX_DIFFERENCE, MAX_DIFFERENCE, 0]), atol=1e-12,
    )  # fmt: skip


def test_numbers_of_python_are_pale_until_they_follow_the_point(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="price")
    table = view.locator(".st-key-following_terms")
    expect(table).to_have_css("opacity", "1")
    point = view.get_by_test_id("curves-point")
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    view.mouse.move(x, y)
    view.mouse.down()
    view.mouse.move(x - 60, y, steps=4)
    expect(table).to_have_css("opacity", "0.35")
    view.mouse.up()
    wait_until_idle(view)
    expect(table).to_have_css("opacity", "1")
    loss = float(view.get_by_test_id("loss").get_attribute("data-value") or "nan")
    expect(table).to_contain_text(f"{loss:.3f} = L")


@pytest.mark.parametrize("action", ["answer", "again"])
def test_an_answer_and_put_back_stop_the_point_that_rolls(base: str, view: Page, action: str) -> None:
    open_page(view, base, "loss_explorer", lang="en", lecture="descent")
    table, steps = view.locator(".st-key-following_step"), view.get_by_test_id("surface-steps")
    view.get_by_test_id("surface-play").click()
    wait_until(lambda: int(steps.get_attribute("data-value") or 0) >= 3, "step 3")
    expect(table).to_have_css("opacity", "0.35")
    view.locator(f".st-key-lecture_{ {'answer': 'descent_first', 'again': 'again'}[action] } button").click()
    expect(steps).to_have_attribute("data-value", {"answer": "8", "again": "0"}[action])
    wait_until_idle(view)
    expect(steps).to_have_attribute("data-value", {"answer": "8", "again": "0"}[action])
    expect(view.get_by_test_id("surface-play")).to_contain_text("▶")
    expect(table).to_have_css("opacity", "1")
    assert f"surface_steps={ {'answer': 8, 'again': 0}[action] }" in view.url
