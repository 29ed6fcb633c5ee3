"""A class with free questions and questions of pages; its results, another computer, and a student's way back."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import open_page, texts_of
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import axe_faults
from tests.browser.page_elements import overflow
from tests.browser.test_classroom import POLL_MS, STEP, base, new_browser, open_class, options, secrets, start_class

__all__ = ["base", "new_browser", "secrets"]  # fixtures

EN, JA = texts_of("en"), texts_of("ja")
FORWARD = ".st-key-class_forward button"


def forward(view: Page) -> None:
    """Press the clicker's key after the page has become idle."""
    wait_until_idle(view)
    view.keyboard.press("PageDown")
    wait_until_idle(view)


def vote(phone: Page, index: int) -> None:
    expect(options(phone).nth(index)).to_be_enabled(timeout=POLL_MS)
    wait_until_idle(phone)
    options(phone).nth(index).click()
    expect(options(phone).nth(index)).to_contain_text("●")
    wait_until_idle(phone)


def open_phone(new_browser: NewView, base: str, code: str, language: str = "en") -> Page:
    phone = new_browser((390, 844), locale={"en": "en-GB", "ja": "ja-JP"}[language], has_touch=True, is_mobile=True)
    open_page(phone, base, "join", code=code)
    return phone


def ask_typed(view: Page, text: str, answers: list[str], right: str = "") -> None:
    """Type a question into the dialog and ask it."""
    view.locator(".st-key-class_new button").click()
    dialog = view.get_by_role("dialog")
    dialog.get_by_label(EN["classroom"]["question"], exact=True).fill(text)
    dialog.get_by_text(EN["classroom"]["typed"], exact=True).click()
    dialog.locator("textarea").fill("\n".join(answers))
    dialog.locator("textarea").press("Control+Enter")
    wait_until_idle(view)
    assert axe_faults(view) == []
    if right:
        dialog.locator(".st-key-class_right input").click()
        view.get_by_role("option", name=right, exact=True).click()
        wait_until_idle(view)
    dialog.locator(".st-key-class_ask_typed button").click()
    expect(dialog).to_be_hidden(timeout=POLL_MS)
    wait_until_idle(view)


def save(view: Page, selector: str, folder: Path) -> bytes:
    """Press a download button and return the file."""
    with view.expect_download() as download:
        view.locator(f"{selector} button").click()
    download.value.save_as(folder / "file")
    return (folder / "file").read_bytes()


def test_a_typed_question_on_any_page_then_picture_end_and_results(
    base: str, new_browser: NewView, tmp_path: Path
) -> None:
    laptop = new_browser((1280, 800), locale="en-GB")
    open_page(laptop, base, "loss_explorer", lang="en", loss_view="surface")
    phone = open_phone(new_browser, base, start_class(laptop))
    ask_typed(laptop, "Is <b>this</b> surface convex?", ["Yes & always", "No"], right="No")
    expect(phone.locator(".st-key-class_question")).to_contain_text("Is <b>this</b> surface convex?", timeout=POLL_MS)
    vote(phone, 0)
    forward(laptop)
    expect(laptop.locator(".bars.votes")).to_contain_text("1 (100 %)", timeout=POLL_MS)
    laptop.locator(".st-key-class_again button").click()
    expect(phone.locator("body")).to_contain_text(EN["classroom"]["second_vote"], timeout=POLL_MS)
    vote(phone, 1)
    forward(laptop)
    forward(laptop)
    expect(laptop.locator(".bars.votes")).to_contain_text("✓ No", timeout=POLL_MS)
    assert axe_faults(laptop) == []
    laptop.get_by_role("button", name=EN["classroom"]["more"]).click()
    picture = ElementTree.fromstring(save(laptop, ".st-key-class_picture_1", tmp_path))
    assert {"Yes & always", "✓ No", "1 · 100 % (Vote 2)"} <= {text.text for text in picture.iter() if text.text}
    expect(phone.locator("body")).to_contain_text(f"✓ {EN['predict']['right']}", timeout=POLL_MS)
    expect(phone.get_by_role("link", name=EN["classroom"]["picture"])).to_have_attribute(
        "href", re.compile("loss_view=surface")
    )
    laptop.locator(".st-key-class_end button").click()
    laptop.get_by_role("link", name=EN["classroom"]["results"]).click()
    laptop.wait_for_url("**/class_results?*")
    expect(laptop.locator(".st-key-class_result_1")).to_contain_text("Is <b>this</b> surface convex?")
    expect(laptop.locator(".st-key-class_result_1 .bars")).to_contain_text("Vote 2 1 (100 %)")
    wait_until_idle(laptop)
    assert axe_faults(laptop) == []
    laptop.reload()
    expect(laptop.locator(".st-key-class_result_1")).to_be_visible(timeout=POLL_MS)
    assert b"Yes & always,0,1,1.000" in save(laptop, ".st-key-class_download", tmp_path)


def test_a_pages_question_goes_to_phones_and_its_picture_has_a_way_back(base: str, new_browser: NewView) -> None:
    laptop = new_browser((1280, 800), locale="en-GB")
    open_page(laptop, base, "softmax_playground", lang="en")
    code = start_class(laptop)
    phone = open_phone(new_browser, base, code, "ja")
    laptop.locator(".st-key-class_ask_page button").click()
    expect(options(phone).nth(1)).to_contain_text(JA["predict"]["softmax_shift_stays"], timeout=POLL_MS)
    vote(phone, 0)
    forward(laptop)
    forward(laptop)
    expect(laptop.locator(".st-key-quiz .callout")).to_contain_text("✓", timeout=POLL_MS)
    expect(phone.locator("body")).to_contain_text(f"✗ {JA['predict']['wrong']}", timeout=POLL_MS)
    wait_until_idle(phone)
    assert axe_faults(phone) == []
    phone.get_by_role("link", name=JA["classroom"]["picture"]).click()
    phone.wait_for_url(f"**/softmax_playground?*class={code}*")
    wait_until_idle(phone)
    phone.reload()
    back = phone.get_by_role("link", name=JA["classroom"]["back_to_class"])
    expect(back).to_be_visible(timeout=POLL_MS)
    wait_until_idle(phone)
    assert JA["classroom"]["moved_on"] not in phone.locator("body").inner_text()
    phone.get_by_role("button", name=JA["predict"]["softmax_shift_stays"]).click()
    expect(phone.locator(".st-key-quiz .callout")).to_contain_text("✓", timeout=POLL_MS)
    forward(laptop)
    expect(phone.locator(".st-key-class_banner")).to_contain_text(JA["classroom"]["moved_on"], timeout=POLL_MS)
    expect(phone.locator(".st-key-quiz .callout")).to_be_visible()
    wait_until_idle(phone)
    assert overflow(phone) == 0
    assert axe_faults(phone) == []
    back.click()
    phone.wait_for_url(f"**/join?*code={code}*")
    expect(phone.locator("body")).to_contain_text(JA["classroom"]["waiting"], timeout=POLL_MS)


def test_going_back_in_the_lecture_takes_the_question_from_the_phones(base: str, new_browser: NewView) -> None:
    laptop = new_browser((1280, 800), locale="en-GB")
    open_page(laptop, base, "softmax_vs_sigmoid", lecture="side_by_side", lang="en")
    phone = open_phone(new_browser, base, start_class(laptop))
    forward(laptop)
    expect(options(phone)).not_to_have_count(0, timeout=POLL_MS)
    laptop.keyboard.press("PageUp")
    expect(phone.locator("body")).to_contain_text(EN["classroom"]["waiting"], timeout=POLL_MS)
    expect(laptop.locator(FORWARD)).to_contain_text(EN["classroom"]["ask"], timeout=POLL_MS)


def test_another_computer_continues_the_class_with_the_key_that_is_shown_once(base: str, new_browser: NewView) -> None:
    laptop, desktop = (new_browser((1280, 800), locale="en-GB") for _ in range(2))
    code = open_class(laptop, base)
    forward(laptop)
    laptop.get_by_role("button", name=EN["classroom"]["more"]).click()
    laptop.locator(".st-key-class_move button").click()
    expect(laptop.locator(".st-key-class_end")).to_be_hidden(timeout=POLL_MS)  # the menu does not cover the key
    key = laptop.get_by_role("dialog").get_by_test_id("stCode").inner_text(timeout=POLL_MS).strip()
    wait_until_idle(laptop)
    assert axe_faults(laptop) == []
    open_page(desktop, base, STEP.page, lecture=STEP.name, lang="en")
    desktop.locator(".st-key-class_start button").click()
    desktop.get_by_text(EN["classroom"]["elsewhere"], exact=True).click()
    desktop.get_by_label(EN["classroom"]["key"], exact=True).fill(key.lower())
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".join-code strong")).to_have_text(code, timeout=POLL_MS)
    expect(desktop.locator(FORWARD)).to_contain_text(EN["classroom"]["show_votes"])
    assert all(key not in view.url for view in (laptop, desktop))
    desktop.reload()
    expect(desktop.locator(".join-code strong")).to_have_text(code, timeout=POLL_MS)
    laptop.reload()
    expect(laptop.locator(".st-key-class_start button")).to_be_visible(timeout=POLL_MS)
    expect(laptop.locator(".join-code")).to_have_count(0)
    assert key not in laptop.content()


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600)])
def test_in_projector_mode_a_free_question_and_its_votes_are_in_view(
    base: str, new_browser: NewView, size: tuple[int, int]
) -> None:
    laptop = new_browser(size, locale="en-GB")
    open_page(laptop, base, "live_training", lang="en", present="true")
    start_class(laptop)
    ask_typed(laptop, "Which boundary comes next?", ["A straight line", "A curve", "None"], right="A curve")
    for shown in (".st-key-class_asked", ".bars.votes", ".bars.votes"):
        for selector in (".join-code", ".st-key-class .qr", FORWARD, shown):
            box = laptop.locator(selector).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= size[1], selector
        forward(laptop)
    assert overflow(laptop) == 0
