"""The derivation of ŷ − y: one line per press, the numbers of the bars, and classes that light up in both."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import objective, one_hot, softmax, softmax_cross_entropy
from tests.browser.app import drag_first_bar, open_page, wait_for_page
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import overflow
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability
from ui.loss.derivation_view import INPUTS, OTHER_LOGITS, OTHER_TARGETS

Z = [1.5, -0.5, 0.25, 2.0]
LINK = {"lang": "en", "loss_view": "derivation", "loss_z": "1.5,-0.5,0.25,2"}


def line(view: Page, i: int) -> list[str]:
    return [view.get_by_test_id(f"derivation-{i}-{k}").inner_text() for k in range(4)]


def assert_lines(view: Page, z: list[float], target: int) -> None:
    """Assert that all five lines have the numbers of core."""
    loss, gradient = softmax_cross_entropy(z, target)
    p = softmax(z)
    expect(view.get_by_test_id(f"derivation-0-{target}")).to_have_text(format_probability(float(p[target])))
    for i in (0, 1):
        expect(view.get_by_test_id(f"derivation-loss-{i}")).to_have_text(format_decimal(float(loss)))
    terms = view.get_by_test_id("derivation-loss-1").locator("..").locator(".term").all_inner_texts()
    assert [float(text.strip("()").replace("−", "-")) for text in terms] == np.round(
        [z[target], *np.exp(z)], 3
    ).tolist()
    assert line(view, 2) == ["−1" if k == target else "0" for k in range(4)]
    assert line(view, 3) == [format_probability(float(value)) for value in p]
    assert line(view, 4) == [format_decimal(float(value)) for value in gradient]


def test_each_press_shows_the_next_line_and_the_link_keeps_the_lines(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", **LINK)
    rows = view.locator("table.derivation tbody tr")
    next_line = view.get_by_role("button", name=catalogue("en")["loss.next_line"])
    for count in range(1, 5):
        expect(rows).to_have_count(count)
        next_line.click()
        wait_until_idle(view)
    expect(rows).to_have_count(5)
    expect(next_line).to_be_disabled()
    assert_lines(view, Z, 1)
    assert "derivation_lines=5" in view.url
    view.reload()
    wait_for_page(view)
    expect(rows).to_have_count(5)
    view.get_by_role("button", name=catalogue("en")["loss.first_line"]).click()
    expect(rows).to_have_count(1)


def test_the_lines_follow_a_bar_while_it_is_dragged(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", **LINK, derivation_lines="5", target="3")
    assert_lines(view, Z, 3)
    drag_first_bar(view)
    z = float(view.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    assert z > 5
    shares = softmax([z, *Z[1:]])
    assert line(view, 3)[1:] == [format_probability(float(value)) for value in shares[1:]]
    assert line(view, 4)[3] == format_decimal(float(shares[3] - 1))
    view.mouse.up()


def test_pointing_at_a_term_lights_its_class_up_in_the_bars_and_in_all_lines(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", **LINK, derivation_lines="5")
    row = view.locator(".row", has=view.get_by_test_id("logit-2"))
    view.get_by_test_id("derivation-1-2").hover()
    expect(row).to_have_class("row highlighted")
    for i in range(1, 5):
        expect(view.get_by_test_id(f"derivation-{i}-2")).to_have_class("highlighted" if i > 1 else "term highlighted")
    view.get_by_test_id("derivation-4-0").focus()
    expect(view.locator(".row", has=view.get_by_test_id("logit-0"))).to_have_class("row highlighted")
    view.keyboard.press("ArrowRight")
    expect(view.get_by_test_id("derivation-4-1")).to_be_focused()
    view.locator(".row", has=view.get_by_test_id("logit-3")).hover()
    expect(view.get_by_test_id("derivation-3-3")).to_have_class("highlighted")


def assert_weight_lines(view: Page, z: list[float], target: int) -> None:
    """Assert that the six lines have the gradients of core for the samples whose first one has the logits z."""
    Z, Y = np.vstack([z, OTHER_LOGITS]), one_hot([target, *OTHER_TARGETS], 4)
    parameters = np.linalg.solve(np.column_stack([INPUTS, np.ones(3)]), Z)
    W, b = parameters[:2], parameters[2]
    _, weights, bias = objective(INPUTS, Y, W, b)
    _, one, _ = objective(INPUTS[:1], Y[:1], W, b)
    errors = softmax(Z) - Y
    for i, matrix in ((0, errors), (2, one), (4, weights)):
        for row, numbers in enumerate(matrix):
            prefix = "2-0" if i == 2 else str(i)
            for k, number in enumerate(numbers):
                expect(view.get_by_test_id(f"derivation-{prefix}-{row}-{k}")).to_have_text(format_decimal(number))
    assert line(view, 5) == [format_decimal(number) for number in bias]
    expect(view.get_by_test_id("derivation-mean-3")).to_have_text(format_decimal(weights[0, target]))


def test_the_second_part_ends_at_the_gradients_of_w_and_b_and_follows_the_bars(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", **LINK, target="3")
    view.get_by_role("radio", name=catalogue("en")["loss.part_weights"]).click()
    wait_until_idle(view)
    headings = view.locator("table.derivation tbody th:not(.label)")
    for count in range(1, 6):
        expect(headings).to_have_count(count)
        view.get_by_role("button", name=catalogue("en")["loss.next_line"]).click()
        wait_until_idle(view)
    expect(headings).to_have_count(6)
    assert "weights_lines=6" in view.url
    assert_weight_lines(view, Z, 3)
    drag_first_bar(view)
    z = float(view.get_by_test_id("logit-0").get_attribute("aria-valuenow") or "nan")
    assert_weight_lines(view, [z, *Z[1:]], 3)
    view.mouse.up()


def test_pointing_at_a_gradient_lights_the_inputs_and_errors_up_that_make_it(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", **LINK, derivation_part="weights", weights_lines="6")
    view.get_by_test_id("derivation-4-1-2").hover()
    lit = {f"0-{i}-2" for i in range(3)} | {f"1-{i}-1" for i in range(3)} | {"2-0-1-2", "4-1-2", "5-2"}
    expect(view.locator("table.derivation .highlighted")).to_have_count(len(lit))
    for name in lit:
        expect(view.get_by_test_id(f"derivation-{name}").first).to_have_class(re.compile("highlighted"))
    expect(view.locator(".row", has=view.get_by_test_id("logit-2"))).to_have_class("row highlighted")
    view.get_by_test_id("derivation-1-0-0").hover()
    expect(view.locator(".row.highlighted")).to_have_count(0)
    expect(view.get_by_test_id("derivation-4-0-3")).to_have_class("highlighted")


@pytest.mark.parametrize("part", [{"derivation_lines": "5"}, {"derivation_part": "weights", "weights_lines": "6"}])
def test_the_derivation_fits_a_phone(base: str, new_view: NewView, part: dict[str, str]) -> None:
    view = new_view((390, 844), has_touch=True, is_mobile=True)
    open_page(view, base, "loss_explorer", **{**LINK, "lang": "ja"}, **part)
    assert overflow(view) <= 0
