"""The views of the playground: they follow the bars while these are dragged, and show the numbers of core."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import sigmoid, softmax, softmax_jacobian, softmax_steps
from tests.browser.app import address_of, drag_first_bar, open_page, wait_until
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import overflow
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability
from ui.lecture.steps import load_steps
from ui.softmax.views import VIEWS

Z = [1.2, 2.8, -0.6]


def values(view: Page, pattern: str, *shape: int) -> np.ndarray:
    cells = [view.get_by_test_id(pattern.format(*index)).get_attribute("data-value") for index in np.ndindex(*shape)]
    return np.array([float(cell or "nan") for cell in cells]).reshape(shape)


@pytest.fixture
def dragging(base: str, view: Page) -> Iterator[Page]:
    """Open the playground and drag the first bar to +9.6, without releasing it before the end of the test."""
    open_page(view, base, "softmax_playground", lang="en", temperature="2", softmax_view="steps")
    drag_first_bar(view)
    yield view
    view.mouse.up()


def test_steps_follow_a_bar_while_it_is_dragged(dragging: Page) -> None:
    z = float(dragging.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    assert z == pytest.approx(9.6, abs=0.15)
    steps = softmax_steps(np.array([z, 2.8, -0.6]) / 2)
    shown = values(dragging, "step-{}-{}", 5, 3)
    np.testing.assert_allclose(shown[2:], [steps.exponents, steps.exponentials, steps.probabilities], atol=1e-12)
    assert "z_image" not in dragging.url


def plain_cells(view: Page) -> list[list[str]]:
    """Return the texts of the table without the maximum subtracted: e^z and quotient per class."""
    return [[view.get_by_test_id(f"plain-{column}-{k}").inner_text() for column in (0, 1)] for k in range(3)]


def plain_texts(z: np.ndarray) -> list[list[str]]:
    def term(value: float) -> str:
        return f"{value:#.4g}" if 1e-3 <= value < 1 else format_decimal(value)

    steps = softmax_steps(z, subtract_maximum=False)
    return [
        [f"e{format_decimal(x, 2)} = {term(e)}", f"{term(e)} ÷ {term(steps.total)} = {format_probability(p)}"]
        for x, e, p in zip(steps.exponents, steps.exponentials, steps.probabilities, strict=True)
    ]


def test_two_moves_follow_a_bar_while_it_is_dragged(dragging: Page) -> None:
    z = float(dragging.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    assert plain_cells(dragging) == plain_texts(np.array([z, 2.8, -0.6]) / 2)


def test_with_1000_added_two_moves_overflow_and_subtracting_the_maximum_does_not(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="steps")
    before = values(view, "step-{}-{}", 5, 3)
    assert plain_cells(view) == plain_texts(np.array(Z))
    view.get_by_text(catalogue("en")["control.add_1000"]).click()
    wait_until_idle(view)
    undefined = f"∞ ÷ ∞ = {catalogue('en')['steps.undefined']}"
    assert plain_cells(view) == [[f"e{format_decimal(z + 1000, 2)} = ∞", undefined] for z in Z]
    after = values(view, "step-{}-{}", 5, 3)
    np.testing.assert_allclose(after[0], before[0] + 1000)
    np.testing.assert_allclose(after[2:], before[2:], atol=1e-12)
    expect(view.get_by_text(catalogue("en")["playground.overflow_note"])).to_be_visible()
    assert "add_1000" in view.url
    np.testing.assert_allclose(values(view, "probability-{}", 3), softmax(Z), atol=1e-12)


def test_pointing_at_an_exponential_highlights_its_class(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="steps")
    view.get_by_test_id("plain-0-2").hover()
    expect(view.locator(".row", has=view.get_by_test_id("logit-2"))).to_have_class("row highlighted")
    view.get_by_test_id("plain-0-0").focus()
    view.keyboard.press("ArrowDown")
    expect(view.get_by_test_id("plain-0-1")).to_be_focused()
    expect(view.locator(".row", has=view.get_by_test_id("logit-1"))).to_have_class("row highlighted")


def test_the_jacobian_follows_a_bar_and_highlights_its_column(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="jacobian", moved="3")
    expect(view.get_by_test_id("slope-0-2")).to_have_class("highlighted")
    view.mouse.move(5, 5)
    drag_first_bar(view)
    z = float(view.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    p = softmax([z, 2.8, -0.6])
    np.testing.assert_allclose(values(view, "slope-{}-{}", 3, 3), softmax_jacobian(p), atol=1e-12)
    expect(view.get_by_test_id("slope-1-0")).to_have_class("highlighted")
    expect(view.get_by_test_id("slope-0-2")).not_to_have_class("highlighted")
    view.mouse.up()
    wait_until_idle(view)
    assert "moved=1" in view.url


def test_pointing_at_a_number_highlights_its_term_and_its_bar(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", temperature="2")
    row = view.locator(".row", has=view.get_by_test_id("logit-1"))
    formula = view.get_by_test_id("steps-formula")
    expect(formula.locator(".highlighted")).to_have_count(0)
    view.get_by_test_id("step-3-1").hover()
    expect(row).to_have_class("row highlighted")
    expect(formula.locator(".term.highlighted")).to_have_count(2)  # in the numerator and in the denominator
    assert {term.get_attribute("data-k") for term in formula.locator(".term.highlighted").all()} == {"1"}
    expect(view.get_by_test_id("steps-in-words")).to_have_text("exp(0.000) = 1.000")
    view.get_by_test_id("step-0-0").focus()
    view.keyboard.press("ArrowRight")
    expect(view.get_by_test_id("step-1-0")).to_be_focused()
    expect(view.get_by_test_id("steps-in-words")).to_have_text("1.200 ÷ 2 = 0.600")
    expect(view.locator(".row", has=view.get_by_test_id("logit-0"))).to_have_class("row highlighted")


def test_at_a_low_temperature_probabilities_and_the_formulas_result_keep_their_place(base: str, view: Page) -> None:
    boxes = []
    for temperature in ("1", "0.05"):
        open_page(view, base, "softmax_playground", lang="en", temperature=temperature, moved="2")
        boxes.append([view.locator(".meter").nth(k).bounding_box() for k in range(3)])
    assert boxes[0] == boxes[1]
    label = view.get_by_test_id("probability-1")
    expect(label).to_have_text("> 0.999999")
    assert label.evaluate("(element) => element.scrollWidth <= element.clientWidth")
    formula, result = (
        view.get_by_test_id("steps-formula").locator(part).bounding_box() for part in (".fraction", "> :last-child")
    )
    assert formula is not None
    assert result is not None
    assert result["x"] >= formula["x"] + formula["width"]
    assert abs(result["y"] + result["height"] / 2 - formula["y"] - formula["height"] / 2) < 8
    expect(view.get_by_test_id("steps-formula")).to_contain_text("= > 0.999999")


def test_animating_the_shift_changes_logits_but_no_probability(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en")
    play = view.get_by_role("button", name="Play: Shift by c")
    before = values(view, "probability-{}", 3)

    def first_logit() -> float:
        return float(view.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")

    play.click()
    for reached in (2, 4):
        wait_until(lambda reached=reached: first_logit() > reached, f"a logit above {reached}")
    np.testing.assert_allclose(values(view, "probability-{}", 3), before, rtol=0, atol=1e-12)
    assert "shift_image" not in view.url
    view.get_by_role("button", name="Pause: Shift by c").click()
    wait_until_idle(view)
    c = float(view.get_by_test_id("shift").get_attribute("aria-valuetext") or "nan")
    z = [float(view.get_by_test_id(f"logit-{k}").get_attribute("aria-valuenow") or "nan") for k in range(3)]
    assert z == pytest.approx([value + c for value in Z])
    assert f"shift_image={c:g}" in view.url
    np.testing.assert_allclose(values(view, "probability-{}", 3), before, rtol=0, atol=1e-12)


@pytest.mark.timed
def test_animating_the_temperature_reaches_both_limits_and_returns(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="geometry")
    view.evaluate(
        """() => {
            window.path = [];
            document.addEventListener("softmax-lab:drawn", ({ detail }) => window.path.push(detail.temperature));
        }"""
    )
    view.get_by_test_id("play-temperature").click()
    expect(view.get_by_role("button", name="Play: Temperature T")).to_be_visible(timeout=15_000)
    path = view.evaluate("window.path")
    assert max(path) > 18
    assert min(path) < 0.06
    assert path[-1] == 1
    wait_until_idle(view)
    assert "temperature" not in view.url


def test_with_reduced_motion_sliders_jump_and_presets_are_not_animated(base: str, new_view: NewView) -> None:
    view = new_view(reduced_motion="reduce")
    open_page(view, base, "softmax_playground", lang="en")
    view.evaluate(
        """() => {
            window.drawn = new Set();
            document.addEventListener("softmax-lab:drawn", ({ detail }) => window.drawn.add(detail.temperature));
        }"""
    )
    view.get_by_test_id("play-temperature").click()
    wait_until(lambda: view.evaluate("window.drawn.size") == 3, "the third temperature")
    temperatures = np.sort(view.evaluate("[...window.drawn]"))
    assert (temperatures[1:] / temperatures[:-1]).min() > 1.2
    view.get_by_test_id("play-temperature").click()
    wait_until_idle(view)
    view.evaluate("window.drawn.clear()")
    view.get_by_role("button", name="Softmax(10, 0, 0)").click()
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "10")
    assert view.evaluate("window.drawn.size") == 1


def test_an_answer_moves_the_bars_and_marks_their_old_values(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_prompt="hot")
    expect(view.locator(".marker.before").first).to_be_hidden()
    view.get_by_role("button", name=catalogue("en")["predict.softmax_hot_uniform"]).click()
    expect(view.get_by_text("Right.")).to_be_visible()
    expect(view.get_by_test_id("temperature")).to_have_attribute("aria-valuetext", "20")
    mark = view.locator(".marker.before").nth(1)
    expect(mark).to_be_visible()
    assert f"{softmax(Z)[1] * 100:.2f}" in (mark.get_attribute("style") or "")
    np.testing.assert_allclose(values(view, "probability-{}", 3), softmax(Z, 20), rtol=0, atol=1e-12)


@pytest.mark.parametrize("device", ["pointer", "keyboard"])
def test_moving_the_point_on_the_simplex_moves_the_bars(base: str, view: Page, device: str) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="geometry", temperature="2")
    point = view.get_by_test_id("simplex-point")
    if device == "pointer":
        point.scroll_into_view_if_needed()
        box = point.locator(".dot").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        view.mouse.move(x, y)
        view.mouse.down()
        view.mouse.move(x + 40, y - 60, steps=3)
        after = box["x"] + 40, box["y"] - 60
        moved = point.locator(".dot").bounding_box()
        assert moved is not None
        assert (moved["x"], moved["y"]) == pytest.approx(after, abs=1)
        assert "z_image" not in view.url
        view.mouse.up()
    else:
        point.focus()
        view.keyboard.press("ArrowUp")
    wait_until_idle(view)
    z = [float(view.get_by_test_id(f"logit-{k}").get_attribute("aria-valuenow") or "nan") for k in range(3)]
    assert z != Z
    assert sum(z) == pytest.approx(sum(Z), abs=1e-3)
    on_simplex = [float(value) for value in (point.get_attribute("data-value") or "").split(",")]
    np.testing.assert_allclose(on_simplex, softmax(z, 2), rtol=0, atol=1e-12)
    assert "z_image" in view.url


def test_the_point_on_the_sigmoid_is_softmax_of_the_two_logits(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="binary", z_binary="3,-1", softmax_view="geometry")
    point = view.get_by_test_id("sigmoid-point")
    for key, z in (("", 4.0), ("PageDown", 3.0), ("ArrowRight", 3.1)):
        if key:
            point.focus()
            view.keyboard.press(key)
            wait_until_idle(view)
        expect(point).to_have_attribute("aria-valuenow", f"{z:g}")
        assert float(point.get_attribute("data-value") or "nan") == pytest.approx(float(sigmoid(z)), abs=1e-6)
        pair = float(view.get_by_test_id("sigmoid-reading").get_attribute("data-value") or "nan")
        first = float(view.get_by_test_id("probability-0").get_attribute("data-value") or "nan")
        assert pair == pytest.approx(first, abs=1e-12)
    expect(view.get_by_test_id("simplex-point")).to_have_count(0)


def test_a_link_restores_names_logits_and_temperature(base: str, view: Page, new_view: NewView) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="jacobian")
    view.get_by_text(catalogue("en")["playground.classes"]).click()
    name = view.get_by_role("textbox", name="Class 2")
    name.fill("Fox & hound")
    name.press("Enter")
    wait_until_idle(view)
    typed = view.get_by_role("textbox", name="Type the logit of Fox & hound")
    typed.fill("-1.5")
    typed.press("Enter")
    temperature = view.get_by_role("textbox", name="Number: Temperature T")
    temperature.fill("3.5")
    temperature.press("Enter")
    wait_until_idle(view)
    other = new_view(locale="ja-JP")
    other.goto(view.url)
    other.wait_for_selector("h1")
    wait_until_idle(other)
    expect(other.get_by_test_id("logit-1")).to_have_attribute("aria-valuenow", "-1.5")
    expect(other.get_by_test_id("temperature")).to_have_attribute("aria-valuetext", "3.5")
    expect(other.locator(".row .name").nth(2)).to_have_text("■ Fox & hound")
    np.testing.assert_array_equal(values(other, "slope-{}-{}", 3, 3), values(view, "slope-{}-{}", 3, 3))
    expect(other.get_by_test_id("slope-0-1")).to_have_class("highlighted")


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_with_ten_classes_fits_a_phone(base: str, phone: Page, name: str) -> None:
    open_page(phone, base, "softmax_playground", lang="en", softmax_view=name, classes_image="10")
    assert overflow(phone) <= 0
    expect(phone.get_by_test_id("play-temperature")).to_be_visible()
    assert catalogue("en")[f"playground.{name}_try"] in phone.inner_text("[data-testid=stMain]")


@pytest.mark.parametrize(("name", "following"), [("shift", "sharp"), ("scale", "sigmoid")])
@pytest.mark.parametrize("slider", ["shift", "temperature"])
def test_the_next_lecture_step_shows_its_values_though_a_slider_plays(
    base: str, view: Page, name: str, following: str, slider: str
) -> None:
    steps = load_steps("en")
    view.goto(address_of(base, "softmax_playground", lang="en", lecture=name))
    expect(view.locator(".lecture-title")).to_contain_text(steps[name].title)
    wait_until_idle(view)
    control = view.get_by_test_id(slider)
    start = control.get_attribute("aria-valuetext") or ""
    view.get_by_test_id(f"play-{slider}").click()
    expect(control).not_to_have_attribute("aria-valuetext", start)
    view.locator(".st-key-lecture_next button").click()
    expect(view.locator(".lecture-title")).to_contain_text(steps[following].title)
    expect(view.get_by_role("button", name="Pause")).to_have_count(0)
    state = steps[following].state
    z = [float(value) for value in state[f"z_{state['scenario']}"].split(",")]
    expect(view.locator(".handle")).to_have_count(len(z))
    for k, value in enumerate(z):
        expect(view.get_by_test_id(f"logit-{k}")).to_have_attribute("aria-valuenow", f"{value:g}")
    wait_until_idle(view)
    np.testing.assert_allclose(values(view, "probability-{}", len(z)), softmax(z), rtol=0, atol=1e-12)
    assert view.get_by_test_id("temperature").get_attribute("aria-valuetext") == "1"


def test_the_thumb_of_the_shift_stays_while_a_bar_is_dragged(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image")
    shift = view.get_by_test_id("shift")
    track = "range => [range.min, range.value, range.max].map(Number)"
    assert shift.evaluate(track) == [-12, 0, 12]
    drag_first_bar(view)
    view.evaluate("() => new Promise(requestAnimationFrame)")
    assert shift.evaluate(track) == [-12, 0, 12]
    view.mouse.up()
    wait_until_idle(view)
    assert shift.evaluate(track) == [-12, 0, 12]


def test_the_shift_ends_where_a_bar_would_leave_its_track(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="image", z_image="1,2,3")
    shift = view.get_by_test_id("shift")
    shift.focus()
    view.keyboard.press("End")
    expect(shift).to_have_attribute("aria-valuetext", "9")
    assert shift.evaluate("range => range.valueAsNumber") == 9
    assert view.get_by_test_id("logit-2").get_attribute("aria-valuenow") == "12"
    wait_until_idle(view)
    assert "shift_image=9" in view.url


def test_only_an_answer_is_compared_with_the_values_before_it(base: str, view: Page) -> None:
    view.goto(address_of(base, "softmax_playground", lang="en", lecture="one_function"))
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["one_function"].title)
    wait_until_idle(view)
    heading, before = view.locator(".row.header"), catalogue("en")["bars.before"]
    view.locator(".st-key-lecture_next button").click()
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["shift"].title)
    wait_until_idle(view)
    expect(heading).not_to_contain_text(before)
    view.locator(".st-key-lecture_shift_same button").click()
    expect(heading).to_contain_text(before)


@pytest.mark.parametrize("slider", ["shift", "temperature"])
def test_put_back_stops_a_playing_slider(base: str, view: Page, slider: str) -> None:
    view.goto(address_of(base, "softmax_playground", lang="en", lecture="shift"))
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["shift"].title)
    wait_until_idle(view)
    control = view.get_by_test_id(slider)
    start = control.get_attribute("aria-valuetext") or ""
    view.get_by_test_id(f"play-{slider}").click()
    expect(control).not_to_have_attribute("aria-valuetext", start)
    view.locator(".st-key-lecture_again button").click()
    expect(view.get_by_role("button", name="Pause")).to_have_count(0)
    expect(control).to_have_attribute("aria-valuetext", start)
    wait_until_idle(view)
    expect(view.get_by_test_id("logit-0")).to_have_attribute("aria-valuenow", "5")


def test_numbers_of_python_are_pale_while_a_slider_plays(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", softmax_view="sharpness")
    numbers = view.locator(".st-key-following_sharpness")
    expect(numbers).to_have_css("opacity", "1")
    view.get_by_test_id("play-temperature").click()
    expect(numbers).to_have_css("opacity", "0.35")
    view.get_by_test_id("play-temperature").click()
    wait_until_idle(view)
    expect(numbers).to_have_css("opacity", "1")
    T = view.get_by_test_id("temperature").get_attribute("aria-valuetext") or ""
    expect(numbers.locator("tr.highlighted")).to_contain_text(f"T = {T}")
