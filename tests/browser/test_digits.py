"""The digits page reads what is drawn, and shows the numbers of core."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import softmax, split
from core.digit_image import Preprocessing
from tests.benchmarks.stage import received_bytes
from tests.browser.app import open_page, texts_of, touch
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.test_comparison_parts import expect_measures
from tests.drawn_digits import DrawnDigit, drawn_digits
from ui.digits.calibration import FITTING_SHARE
from ui.digits.drawing import FIVE, Drawing, parse_switched
from ui.digits.learning import KEPT_STEPS, shared_run
from ui.digits.model import READ_OF_100, SPLIT_SEED, trained_model
from ui.digits.questions import SCRIBBLE

DRAWN = {(one.digit, one.style): one for one in drawn_digits()}
"""One drawing per style."""


def draw(view: Page, drawn: DrawnDigit, release_last: bool = True) -> None:
    """Draw the strokes with the mouse; without `release_last`, the button stays down at the end."""
    box = view.get_by_test_id("digit-pad").bounding_box()
    assert box is not None
    for i, stroke in enumerate(drawn.strokes):
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        view.mouse.move(*places[0])
        view.mouse.down()
        for place in places[1:]:
            view.mouse.move(*place)
        if release_last or i < len(drawn.strokes) - 1:
            view.mouse.up()


def values(view: Page, name: str) -> np.ndarray:
    """Return the numbers of the ten digits."""
    shown = [view.get_by_test_id(f"digit-{name}-{k}").get_attribute("data-value") for k in range(10)]
    return np.array([float(value or "nan") for value in shown])


def value(view: Page, name: str) -> float:
    return float(view.get_by_test_id(f"digit-{name}").get_attribute("data-value") or "nan")


def drawing_in_address(view: Page) -> Drawing:
    query = {name: texts[0] for name, texts in parse_qs(urlsplit(view.url).query).items()}
    flags = {name: query.get(name, "true") == "true" for name in ("deslant", "resize", "even_ink")}
    return Drawing(query.get("strokes", ""), parse_switched(query.get("switched", "")) or (), Preprocessing(**flags))


def expect_output_of_core(view: Page) -> np.ndarray:
    """Assert that image, logits and probabilities are those of the drawing in the address; return the logits."""
    counts = drawing_in_address(view).counts()
    shown = [float(view.get_by_test_id(f"digit-pixel-{j}").get_attribute("data-value") or "nan") for j in range(64)]
    np.testing.assert_array_equal(shown, counts)
    logits = trained_model().parameters.logits(counts[None] / 16)[0]
    np.testing.assert_allclose(values(view, "logit"), logits, atol=1e-9)
    np.testing.assert_allclose(values(view, "probability"), softmax(logits), atol=1e-9)
    assert value(view, "answer") == logits.argmax()
    return np.asarray(logits)


def test_the_sum_of_the_probabilities_of_a_scribble_is_1(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=SCRIBBLE)
    expect(view.get_by_test_id("digit-probability-sum")).to_have_text("1.000")
    assert value(view, "probability-sum") == pytest.approx(values(view, "probability").sum())
    view.get_by_role("button", name=texts_of("en")["digit"]["clear"], exact=True).click()
    expect(view.get_by_test_id("digit-probability-sum")).to_have_text("–")


@pytest.mark.parametrize("style", [(0, 1), (2, 1), (3, 1), (4, 0), (7, 1)], ids=str)
def test_a_drawn_digit_is_read_while_it_is_drawn(base: str, view: Page, style: tuple[int, int]) -> None:
    drawn = DRAWN[style]
    open_page(view, base, "digits", lang="en")
    draw(view, drawn, release_last=False)
    assert value(view, "answer") == drawn.digit
    before = values(view, "logit")
    view.mouse.up()
    wait_until_idle(view)
    np.testing.assert_allclose(expect_output_of_core(view), before, atol=3)  # the release may add a last point
    assert value(view, "answer") == drawn.digit


def test_an_empty_square_has_no_answer(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en")
    expect(view.get_by_test_id("digit-answer")).to_have_text(texts_of("en")["digit"]["empty"])
    assert np.isnan(values(view, "probability")).all()


def test_undo_takes_back_a_stroke_and_what_was_cleared(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE)
    texts = texts_of("en")["digit"]
    undo, clear = (view.get_by_role("button", name=texts[name], exact=True) for name in ("undo", "clear"))
    before = values(view, "logit")
    clear.click()
    expect(view.get_by_test_id("digit-answer")).to_have_text(texts["empty"])
    undo.click()
    np.testing.assert_array_equal(values(view, "logit"), before)
    undo.click()
    wait_until_idle(view)
    assert FIVE.startswith(drawing_in_address(view).strokes[:-1])
    expect_output_of_core(view)
    undo.click()
    expect(undo).to_be_disabled()
    expect(clear).to_be_disabled()


def test_a_pixel_switched_by_keyboard_shows_and_adds_its_share(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE)
    before = expect_output_of_core(view)
    first, second = np.argsort(before)[::-1][:2]
    pixel = view.get_by_test_id("digit-pixel-0")
    pixel.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        view.keyboard.press(key)
    shares = view.get_by_test_id("digit-reading").get_attribute("data-values") or ""
    x, W = drawing_in_address(view).counts() / 16, trained_model().parameters.weights
    expected = x[18] * np.array([W[18, first], W[18, second], W[18, first] - W[18, second]])
    np.testing.assert_allclose([float(share) for share in shares.split(",")], expected, atol=1e-9)
    view.keyboard.press("Space")
    wait_until_idle(view)
    assert drawing_in_address(view).switched == (18,)
    after = expect_output_of_core(view)
    changed = drawing_in_address(view).counts()[18] / 16 - x[18]
    np.testing.assert_allclose(after - before, changed * W[18], atol=1e-9)
    view.keyboard.press("Enter")
    np.testing.assert_allclose(values(view, "logit"), before, atol=1e-9)


def test_a_digit_can_be_drawn_by_switching_pixels_alone(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en")
    for row in range(8):
        for column in (3, 4):
            view.get_by_test_id(f"digit-pixel-{8 * row + column}").click()
    wait_until_idle(view)
    expect_output_of_core(view)
    assert value(view, "answer") == 1


def test_the_sums_of_the_pictures_are_the_logits(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="ja", strokes=FIVE)
    first, second = np.sort(expect_output_of_core(view))[::-1][:2]
    sums = [value(view, f"sum-{name}") for name in ("first", "second", "difference")]
    np.testing.assert_allclose(sums, [first, second, first - second], atol=1e-9)


def test_a_shifted_digit_is_read_as_core_reads_it(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE)
    image = drawing_in_address(view).counts().reshape(8, 8)
    shifted = [np.hstack([np.zeros((8, by)), image[:, : 8 - by]]).ravel() / 16 for by in range(4)]
    logits = trained_model().parameters.logits(np.array(shifted))
    answers = logits.argmax(axis=1)
    np.testing.assert_allclose([value(view, f"shift-logit-{by}") for by in range(4)], logits[:, 5], atol=1e-9)
    assert (logits[1:, 5] < logits[0, 5]).all()  # "z falls"
    assert [value(view, f"shift-answer-{by}") for by in range(4)] == answers.tolist()
    assert answers[0] == 5
    assert set(answers[1:]).isdisjoint({5})


def test_a_step_can_be_left_out_and_the_link_keeps_it(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE)
    before = values(view, "logit")
    view.get_by_test_id("digit-even_ink").uncheck()
    wait_until_idle(view)
    after = expect_output_of_core(view)
    assert np.abs(after - before).max() > 0.1
    rate = texts_of("en")["digit"]["rate"].format(rate=READ_OF_100["110"])
    expect(view.get_by_test_id("digit-rate")).to_have_text(rate)
    view.reload()
    expect(view.get_by_test_id("digit-even_ink")).not_to_be_checked()
    np.testing.assert_allclose(values(view, "logit"), after, atol=1e-9)


def test_a_finger_draws_and_does_not_scroll_the_page(base: str, new_view: NewView) -> None:
    phone = new_view((390, 844), has_touch=True, is_mobile=True)
    open_page(phone, base, "digits", lang="ja")
    box = phone.get_by_test_id("digit-pad").bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    touch(phone, [(x, box["y"] + share * box["height"]) for share in np.linspace(0.9, 0.1, 12)])
    wait_until_idle(phone)
    assert phone.get_by_test_id("digit-pad").bounding_box() == box
    expect_output_of_core(phone)
    assert value(phone, "answer") == 1


def expect_step_of_core(view: Page, step: int) -> None:
    """Assert that the player shows this step of the run with the default settings, as core computes it."""
    curves, at = shared_run(1.0, 0, 0.001).curves(), KEPT_STEPS.index(step)
    assert value(view, "training-step") == step
    shown = [
        value(view, f"training-{part}-{name}") for part in ("training", "held_out") for name in ("loss", "accuracy")
    ]
    measures = (curves.losses, curves.accuracies, curves.held_out_losses, curves.held_out_accuracies)
    np.testing.assert_allclose(shown, [measure[step] for measure in measures], atol=1e-6)
    x = drawing_in_address(view).counts() / 16
    logits = x @ curves.weights[at].reshape(64, 10) + curves.bias[at]
    assert value(view, "training-reading") == logits.argmax()


def test_the_player_stops_only_at_exact_steps_and_the_link_keeps_the_step(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE, learning="true")
    play, back, forward = (view.get_by_test_id(f"digit-training-{name}") for name in ("play", "back", "next"))
    expect(back).to_be_disabled()
    play.press("Space")
    expect(view.get_by_test_id("digit-training-step")).not_to_have_attribute("data-value", "0")
    play.press("Space")
    wait_until_idle(view)
    stopped = int(value(view, "training-step"))
    expect_step_of_core(view, stopped)
    forward.click()
    wait_until_idle(view)
    expect_step_of_core(view, KEPT_STEPS[KEPT_STEPS.index(stopped) + 1])
    back.click()
    wait_until_idle(view)
    expect_step_of_core(view, stopped)
    slider = view.get_by_test_id("digit-training-scrub")
    slider.press("End")
    wait_until_idle(view)
    expect_step_of_core(view, 500)
    expect(forward).to_be_disabled()
    slider.press("ArrowLeft")
    wait_until_idle(view)
    view.reload()
    wait_until_idle(view)
    expect_step_of_core(view, 480)


def test_the_browser_plays_without_the_server(base: str, view: Page) -> None:
    received = received_bytes(view)
    open_page(view, base, "digits", lang="en", strokes=FIVE, learning="true", digit_step="260")
    wait_until_idle(view)
    received[0] = 0
    view.get_by_test_id("digit-training-play").press("Enter")
    expect(view.get_by_test_id("digit-training-step")).to_have_attribute("data-value", re.compile("^3[5-9].$"))
    assert received[0] == 0


def test_playback_ends_at_the_last_step_and_begins_again(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="ja", strokes=FIVE, learning="true", digit_step="460")
    play = view.get_by_test_id("digit-training-play")
    play.click()
    expect(view.get_by_test_id("digit-training-step")).to_have_attribute("data-value", "500")
    wait_until_idle(view)
    expect_step_of_core(view, 500)
    play.click()
    expect(view.get_by_test_id("digit-training-step")).not_to_have_attribute("data-value", "500")


def test_a_click_on_the_confusion_matrix_opens_the_digits_of_the_cell(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", errors="true")
    wait_until_idle(view)
    plot = view.locator(".st-key-digit_errors_chart .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    view.mouse.click(box["x"] + 0.95 * box["width"], box["y"] + 0.15 * box["height"])
    wait_until_idle(view)
    expect(view.locator(".pictures figcaption").first).to_contain_text("1 → 9")
    query = parse_qs(urlsplit(view.url).query)
    assert (query["true_digit"], query["read_digit"]) == (["1"], ["9"])


def test_the_temperature_changes_the_confidence_of_held_out_digits_and_is_in_the_link(base: str, view: Page) -> None:
    model = trained_model()
    test, _ = split(model.held_out, FITTING_SHARE, SPLIT_SEED)
    logits = model.parameters.logits(test.X / 16)
    open_page(view, base, "digits", lang="en", errors="true", digit_t="0.5")
    expect_measures(view, "before", logits, test.labels, 1.0)
    expect_measures(view, "now", logits, test.labels, 0.5)
    expect(view.locator(".calibration canvas")).to_have_count(0)  # 64 pixels have no plane
    view.get_by_test_id("temperature").press("Home")
    wait_until_idle(view)
    expect_measures(view, "now", logits, test.labels, 0.05)
    assert parse_qs(urlsplit(view.url).query)["digit_t"] == ["0.05"]


def test_the_page_reads_with_the_model_that_was_trained_on(base: str, view: Page) -> None:
    open_page(view, base, "digits", lang="en", strokes=FIVE, teaching="true", own_label="3", own_weight="20")
    assert value(view, "answer") == 5
    for name in ("teach_add", "teach_train"):
        view.locator(f".st-key-{name} button").press("Enter")
        wait_until_idle(view)
    assert value(view, "answer") == 3
    expect(view.get_by_test_id("digit-rate")).to_have_text("")  # it is known for the first model only
    view.locator(".st-key-teach_forget button").press("Enter")
    wait_until_idle(view)
    expect_output_of_core(view)
    expect(view.get_by_test_id("digit-rate")).not_to_have_text("")
