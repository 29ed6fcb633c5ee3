"""The guided lecture by button, presenter remote, keyboard and link, in both languages and on a phone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import LANGUAGES, address_of, expect_no_traceback, open_page, texts_of, wait_until
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import axe_faults
from tests.browser.page_elements import overflow
from ui.lecture.steps import Step, load_steps

TEXTS = {code: texts_of(code) for code in LANGUAGES}
STEPS = list(load_steps("en").values())


def open_step(view: Page, base: str, name: str, language: str = "en", **parameters: str) -> Step:
    step = load_steps(language)[name]
    view.goto(address_of(base, step.page, lang=language, lecture=name, **parameters))
    view.wait_for_selector(".lecture-title")
    expect_step(view, step)
    return step


def expect_step(view: Page, step: Step) -> None:
    """Wait until a step is open; assert that the address has its page and its settings."""
    expect(view.locator(".lecture-title")).to_contain_text(step.title, timeout=20_000)
    wait_until_idle(view)
    address = urlsplit(view.url)
    parameters = {key: values[0] for key, values in parse_qs(address.query).items()}
    assert address.path == f"/{step.page}"
    assert parameters["lecture"] == step.name
    assert {key: parameters.get(key) for key in step.state} == dict(step.state)
    expect_no_traceback(view)


def height_of(element: Locator) -> float:
    box = element.bounding_box()
    return box["height"] if box else 0.0


def press(view: Page, name: str) -> None:
    view.locator(f".st-key-lecture_{name} button").click()


def test_the_whole_lecture_works_with_a_presenter_remote_and_is_accessible(base: str, view: Page) -> None:
    open_page(view, base, "home", lang="en")
    start = view.get_by_role("button", name=TEXTS["en"]["lecture"]["start"])
    start.focus()
    view.keyboard.press("Enter")
    for number, step in enumerate(STEPS, start=1):
        expect_step(view, step)
        expect(view.locator(".lecture-title")).to_contain_text(f"{number} / {len(STEPS)}")
        assert axe_faults(view) == [], step.name
        view.keyboard.press(str(list(step.options).index(step.right) + 1))
        expect(view.locator(".st-key-lecture_text")).to_contain_text(f"✓ {TEXTS['en']['predict']['right']}")
        wait_until_idle(view)
        expect_no_traceback(view)
        assert axe_faults(view) == [], f"{step.name}, answered"
        if number < len(STEPS):
            view.keyboard.press("PageDown")
    view.keyboard.press("PageUp")
    expect_step(view, STEPS[-2])
    view.keyboard.press("PageDown")
    expect_step(view, STEPS[-1])
    view.keyboard.press("PageDown")
    expect(view.get_by_role("dialog")).to_contain_text(f"{len(STEPS)} of {len(STEPS)}")
    assert axe_faults(view) == [], "the end"


def test_the_end_counts_right_guesses_and_leads_to_missed_steps(base: str, view: Page) -> None:
    first, last = STEPS[0], STEPS[-1]
    open_step(view, base, first.name)
    wrong = next(i for i, option in enumerate(first.options, start=1) if option != first.right)
    view.keyboard.press(str(wrong))
    expect(view.locator(".st-key-lecture_text")).to_contain_text("✗")
    view.locator(".st-key-lecture_navigation [data-testid=stPopover] button").click()
    view.get_by_role("button", name=f"{last.section}. {TEXTS['en']['home'][f'section_{last.section}']}").last.click()
    for step in [step for step in STEPS if step.section == last.section][:-1]:
        expect_step(view, step)
        view.keyboard.press("PageDown")
    expect_step(view, last)
    press(view, "next")
    dialog = view.get_by_role("dialog")
    expect(dialog).to_contain_text("0 of 1")
    expect(dialog).to_contain_text(str(len(STEPS) - 1))
    dialog.get_by_role("button", name=f"1. {first.title}").click()
    title, text = view.locator(".lecture-title"), view.locator(".st-key-lecture_text")
    expect(title).to_contain_text(first.title)
    expect(text).to_contain_text("✗")
    press(view, "next")
    expect_step(view, STEPS[1])
    press(view, "back")
    expect(title).to_contain_text(first.title)
    expect(text).to_contain_text("✗")
    view.locator(".st-key-lecture_again button").click()
    expect_step(view, first)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["side_by_side", "threshold", "choose"])
def test_an_answer_moves_nothing_below_the_panel(base: str, view: Page, name: str, language: str) -> None:
    step = open_step(view, base, name, language)
    panel = view.locator(".st-key-lecture")
    before = height_of(panel)
    view.keyboard.press(str(list(step.options).index(step.right) + 1))
    expect(view.locator(".st-key-lecture_text")).to_contain_text("✓")
    wait_until_idle(view)
    assert height_of(panel) == pytest.approx(before, abs=1)


def test_dragging_a_bar_moves_nothing_below_it(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en")
    bars = view.get_by_test_id("logit-bars")
    before = height_of(bars)
    for logits in ("2.8,2.8,2.8", "-3,-3,9", "9,9,0"):
        open_page(view, base, "softmax_playground", lang="en", z_image=logits)
        assert height_of(bars) == before


def test_a_presenter_remote_works_after_a_click_on_a_bar_but_not_while_typing(base: str, view: Page) -> None:
    open_step(view, base, "scale")
    view.locator("input.number-input").first.click()
    view.keyboard.press("PageDown")
    view.keyboard.press("3")
    wait_until_idle(view)
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["scale"].title)
    view.get_by_test_id("logit-0").click()
    view.keyboard.press("PageDown")
    expect_step(view, load_steps("en")["sigmoid"])


def test_arrow_keys_change_the_lecture_step_unless_there_is_a_stage(base: str, view: Page) -> None:
    open_step(view, base, "pull")
    view.keyboard.press("ArrowRight")
    expect_step(view, load_steps("en")["error"])
    view.keyboard.press("ArrowLeft")
    expect_step(view, load_steps("en")["pull"])
    open_step(view, base, "boundary")
    view.keyboard.press("ArrowRight")
    expect(view.get_by_test_id("stage-step")).to_have_text("1")
    wait_until_idle(view)
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["boundary"].title)


def test_arrow_keys_on_a_control_do_not_change_the_lecture_step(base: str, view: Page) -> None:
    open_step(view, base, "scale")
    bar = view.get_by_test_id("logit-0")
    bar.focus()
    view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    expect(bar).not_to_have_attribute("aria-valuenow", "1.2")
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("en")["scale"].title)


def test_the_next_button_keeps_the_focus_across_pages(base: str, view: Page) -> None:
    open_step(view, base, "which_one")
    view.locator(".st-key-lecture_next button").focus()
    for name in ("side_by_side", "threshold", "one_function"):
        view.keyboard.press("Enter")
        expect_step(view, load_steps("en")[name])
        expect(view.locator(".st-key-lecture_next button")).to_be_focused()


def test_question_mark_opens_the_list_of_keys(base: str, view: Page) -> None:
    open_step(view, base, "which_one")
    view.keyboard.press("?")
    dialog = view.get_by_role("dialog")
    expect(dialog).to_contain_text("PageDown")
    expect(dialog).to_contain_text(TEXTS["en"]["lecture"]["keys_arrows"])
    view.keyboard.press("PageDown")
    wait_until_idle(view)
    expect(view.locator(".lecture-title")).to_contain_text(STEPS[0].title)
    view.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_lecture_can_be_left_and_continued_from_home(base: str, view: Page) -> None:
    step = open_step(view, base, "minus_log")
    press(view, "leave")
    expect(view.locator(".lecture-title")).to_have_count(0)
    wait_until_idle(view)
    assert "lecture" not in view.url
    view.get_by_role("banner").get_by_role("link", name=TEXTS["en"]["home"]["nav"], exact=True).click()
    wait_until_idle(view)
    assert "lecture" not in view.url
    view.get_by_role("button", name=step.title).click()
    expect_step(view, step)


def test_the_lecture_can_be_continued_from_another_page(base: str, view: Page) -> None:
    step = open_step(view, base, "rule")
    view.get_by_role("link", name=TEXTS["en"]["whole"]["loss_see"]).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])
    wait_until_idle(view)
    view.get_by_role("button", name=TEXTS["en"]["lecture"]["return"]).click()
    expect_step(view, step)


def test_again_resets_the_controls_and_the_question(base: str, view: Page) -> None:
    step = open_step(view, base, "boundary")
    view.locator(f".st-key-lecture_boundary_{step.right} button").click()
    expect(view.get_by_test_id("stage-step")).to_have_text("2000")
    wait_until_idle(view)
    view.get_by_role("slider", name="Learning").fill("0")
    wait_until_idle(view)
    press(view, "again")
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    expect_step(view, step)
    expect(view.locator(".st-key-lecture_text")).not_to_contain_text("✓")
    assert "lecture_guess" not in view.url


def test_a_link_restores_the_step_and_the_answer(base: str, view: Page, new_view: NewView) -> None:
    step = open_step(view, base, "which_one")
    view.locator(f".st-key-lecture_which_one_{step.right} button").click()
    expect(view.get_by_test_id("probability-1")).to_have_text("0.492")
    wait_until_idle(view)
    other = new_view(locale="ja-JP")
    other.goto(view.url)
    expect(other.locator(".lecture-title")).to_contain_text(step.title)
    expect(other.get_by_test_id("probability-1")).to_have_text("0.492")
    expect(other.locator(".st-key-lecture_text")).to_contain_text("0.810 to 0.492")


def test_switching_the_language_keeps_the_step_and_the_answer(base: str, view: Page) -> None:
    open_step(view, base, "scale")
    view.locator(".st-key-lecture_scale_sharper button").click()
    wait_until_idle(view)
    view.get_by_role("radio", name="日本語").click()
    expect(view.locator(".lecture-title")).to_contain_text(load_steps("ja")["scale"].title)
    wait_until_idle(view)
    assert "lecture=scale" in view.url
    assert "lecture_guess=sharper" in view.url
    expect(view.get_by_test_id("logit-1")).to_have_attribute("aria-valuenow", "5.6")
    view.keyboard.press("PageDown")
    expect_step(view, load_steps("ja")["sigmoid"])


def test_the_browsers_back_button_returns_to_the_previous_step(base: str, view: Page) -> None:
    open_page(view, base, "home", lang="en")
    view.get_by_role("button", name=TEXTS["en"]["lecture"]["start"]).click()
    expect_step(view, STEPS[0])
    for step in STEPS[1:4]:
        press(view, "next")
        expect_step(view, step)
    for step in STEPS[2::-1]:
        view.go_back()
        expect_step(view, step)
    view.go_back()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["home"]["title"])
    wait_until_idle(view)
    assert urlsplit(view.url).path == "/"
    expect_no_traceback(view)


def test_a_menu_opens_the_first_step_of_a_section(base: str, view: Page) -> None:
    open_step(view, base, "which_one")
    view.get_by_role("button", name=TEXTS["en"]["home"]["section_1"]).click()
    view.get_by_role("button", name=f"4. {TEXTS['en']['home']['section_4']}").click()
    expect_step(view, next(step for step in STEPS if step.section == 4))


def test_all_steps_fit_a_phone_and_can_be_collapsed(base: str, phone: Page) -> None:
    open_step(phone, base, STEPS[0].name, "ja")
    for step in load_steps("ja").values():
        expect_step(phone, step)
        assert overflow(phone) <= 0, step.name
        if step.name != STEPS[-1].name:
            press(phone, "next")
    before = phone.locator(".st-key-lecture").bounding_box()
    phone.get_by_role("button", name=TEXTS["ja"]["lecture"]["fold"]).click()
    expect(phone.locator(".st-key-lecture_text")).to_be_hidden()
    after = phone.locator(".st-key-lecture").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] < before["height"] / 2
    phone.locator(".st-key-lecture_back button").click()
    expect_step(phone, list(load_steps("ja").values())[-2])
    expect(phone.locator(".st-key-lecture_text")).to_be_visible()


@pytest.mark.parametrize("key", ["b", "."])
def test_a_key_collapses_the_step_to_enlarge_the_stage_in_projector_mode(
    base: str, new_view: NewView, key: str
) -> None:
    view = new_view((1280, 720))
    open_page(view, base, "live_training", lang="en", present="true", lecture="curves")
    plane = view.locator(".plane").first
    before = plane.bounding_box()
    view.keyboard.press(key)
    expect(view.locator(".st-key-lecture_text")).to_be_hidden()
    assert before is not None
    wait_until(lambda: height_of(plane) > max(1.2 * before["height"], 300), "a larger plane")
    wait_until_idle(view)
    player = view.get_by_test_id("stage-play").bounding_box()
    assert player is not None
    assert player["y"] + player["height"] <= 720
    view.keyboard.press(key)
    expect(view.locator(".st-key-lecture_text")).to_be_visible()
    view.keyboard.press(key)
    view.keyboard.press("PageDown")
    expect(view.locator(".st-key-lecture_text")).to_be_visible()


@pytest.mark.parametrize("name", [step.name for step in STEPS if step.page == "live_training"])
def test_the_play_button_is_in_view_below_a_step_on_a_laptop(base: str, view: Page, name: str) -> None:
    open_step(view, base, name)
    box = view.get_by_test_id("stage-play").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800


def scroll_down(view: Page, pixels: int) -> float:
    """Scroll the page with the mouse wheel; return how far it is scrolled."""
    view.mouse.move(640, 500)
    view.mouse.wheel(0, pixels)
    wait_until(lambda: scrolled(view) > 0, "the page is scrolled")
    wait_until_idle(view)
    return scrolled(view)


def scrolled(view: Page) -> float:
    return float(view.locator("[data-testid=stMain]").evaluate("main => main.scrollTop"))


@pytest.mark.parametrize("name", ["sigmoid", "one_hot", "pull", "several", "rate"])
def test_an_answer_leaves_the_page_where_it_is(base: str, view: Page, name: str) -> None:
    step = open_step(view, base, name)
    before = scroll_down(view, 120)
    view.keyboard.press(str(list(step.options).index(step.right) + 1))
    expect(view.locator(".st-key-lecture_text")).to_contain_text(f"✓ {TEXTS['en']['predict']['right']}")
    wait_until_idle(view)
    assert scrolled(view) == before


@pytest.mark.parametrize("name", ["side_by_side", "shapes", "rate", "boundary", "several"])
def test_the_next_step_shows_its_state_though_the_stage_plays(base: str, view: Page, name: str) -> None:
    step = open_step(view, base, name)
    following = STEPS[STEPS.index(step) + 1]
    shown = view.get_by_test_id("stage-step")
    start = int(shown.inner_text())
    view.get_by_test_id("stage-play").click()
    wait_until(lambda: int(shown.inner_text()) > start + 60, "the stage plays")
    press(view, "next")
    expect_step(view, following)
    for key in ("step", "versus_step"):
        if key in following.state:
            expect(shown).to_have_text(following.state[key])
            expect(view.get_by_test_id("stage-play")).to_have_text("▶")


def test_next_works_though_the_stage_sends_a_message_at_this_moment(base: str, view: Page) -> None:
    step = open_step(view, base, "rate")
    view.evaluate(
        """() => {
            const feed = softmaxLab.feeds.get("stage_feed"), {send} = feed;
            feed.send = (message) => {
                send(message);
                document.querySelector(".st-key-lecture_next button").click();
            };
        }"""
    )
    view.get_by_test_id("stage-play").click()
    expect_step(view, STEPS[STEPS.index(step) + 1])
