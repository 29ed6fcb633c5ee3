"""Sharing: link, QR code and frame restore what is on screen."""

from __future__ import annotations

import re

import pytest
import segno
from playwright.sync_api import Page, expect

from tests.browser.app import address_of, open_page, scrub_to_step
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from ui.data.drawn_points import encode

SHARE = re.compile("Share|共有")


def shared_link(view: Page) -> str:
    """Return the link in the share dialog."""
    view.get_by_role("button", name=SHARE).click()
    link = view.get_by_role("dialog").locator("code").first.inner_text()
    view.keyboard.press("Escape")
    expect(view.get_by_role("dialog")).to_have_count(0)
    return link.strip()


def change_logits_and_temperature(view: Page, base: str) -> None:
    open_page(view, base, "softmax_playground", lang="ja", scenario="news", softmax_view="geometry")
    view.get_by_test_id("logit-2").focus()
    for _ in range(7):
        view.keyboard.press("ArrowRight")
    view.get_by_test_id("temperature").evaluate("""(range) => {
      range.value = 0.7;
      for (const event of ["input", "change"]) range.dispatchEvent(new Event(event));
    }""")
    wait_until_idle(view)


def take_steps_on_the_surface(view: Page, base: str) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    for _ in range(3):
        view.get_by_test_id("surface-step").click()
        wait_until_idle(view)


def change_settings_during_a_run(view: Page, base: str) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="rings", expansion="quadratic")
    scrub_to_step(view, 40)
    view.get_by_test_id("stage-rate").focus()
    view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    scrub_to_step(view, 90)
    view.get_by_test_id("stage-batch").select_option(index=2)
    wait_until_idle(view)
    scrub_to_step(view, 120)


def move_the_crosshair(view: Page, base: str) -> None:
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="exclusive")
    view.locator(".plane .points").first.focus()
    for _ in range(6):
        view.keyboard.press("ArrowUp")
    wait_until_idle(view)


COMPARED = {
    change_logits_and_temperature: (
        "[data-testid^=probability-]", "[data-testid^=logit-] .value", "[data-testid=sigmoid-reading]", ".number-input",
    ),
    take_steps_on_the_surface: (
        "[data-testid=surface-loss]", "[data-testid=surface-steps]", "[data-testid=surface-u]", ".surface td",
    ),
    change_settings_during_a_run: (
        "[data-testid=stage-step]", "[data-testid=stage-loss]", "[data-testid=stage-accuracy]", ".setting b",
    ),
    move_the_crosshair: (
        ".outputs td b", "[data-testid=stage-step]", "[data-testid=stage-loss]", "[data-testid=stage-loss-2]",
    ),
}  # fmt: skip


def contents(view: Page, selectors: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the texts, values and unrounded numbers of the elements of each selector."""
    read = "all => all.map(one => [one.textContent, one.value ?? '', one.dataset.value ?? ''].join('|'))"
    return {selector: view.locator(selector).evaluate_all(read) for selector in selectors}


@pytest.mark.parametrize("change", COMPARED)
def test_a_link_restores_the_changes_and_the_language_in_another_browser(  # type: ignore[no-untyped-def]
    base: str, view: Page, new_view: NewView, change
) -> None:
    change(view, base)
    before, link = contents(view, COMPARED[change]), shared_link(view)
    assert all(before.values())
    heading = view.get_by_role("heading", level=1).inner_text()
    other = new_view(locale="fr-FR")
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text(heading)
    other.locator(COMPARED[change][0]).first.wait_for(state="attached")
    wait_until_idle(other)
    assert contents(other, COMPARED[change]) == before
    assert other.evaluate("document.documentElement.lang") == ("ja" if "lang=ja" in link else "en")


def test_the_qr_code_fills_the_projectors_screen_and_its_link_is_without_projector_mode(base: str, view: Page) -> None:
    view.set_viewport_size({"width": 1280, "height": 720})
    open_page(view, base, "softmax_playground", lang="en", scenario="news", present="true")
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    box = dialog.get_by_role("img", name="QR code of the link").bounding_box()
    assert box is not None
    assert box["height"] > 0.88 * 720
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 720
    expect(dialog).to_contain_text("scenario=news")
    expect(dialog).not_to_contain_text("present=true")


def test_the_qr_code_has_the_link_beside_it(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="news")
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    code = segno.make(dialog.locator("code").first.inner_text().strip(), micro=False, error="l", boost_error=True)
    picture = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    expect(dialog.get_by_role("img", name="QR code of the link")).to_have_attribute("src", picture)


@pytest.mark.parametrize(
    ("points", "has_code", "message"),
    [(100, True, None), (400, True, "small dots"), (700, False, "too long for a QR code")],
)
def test_a_long_link_has_a_fine_qr_code_or_none_with_a_message(
    base: str, view: Page, points: int, has_code: bool, message: str | None
) -> None:
    text = encode([(i % 60 / 5 - 6, i // 60 / 5 - 5, i % 3) for i in range(points)])
    open_page(view, base, "live_training", lang="en", train_data="points", points=text)
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code of the link")).to_have_count(int(has_code))
    expect(dialog).to_contain_text("embed=true")
    if message:
        expect(dialog).to_contain_text(message)
    else:
        expect(dialog).not_to_contain_text("small dots")


def test_the_frame_restores_what_is_on_screen(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="spirals")
    scrub_to_step(view, 25)
    view.get_by_role("button", name=SHARE).click()
    snippet = view.get_by_role("dialog").locator("code").last.inner_text()
    view.set_content(snippet)
    expect(view.frame_locator("iframe").get_by_test_id("stage-step")).to_have_text("25", timeout=20_000)
    frame = view.frames[1]
    expect(view.frame_locator("iframe").locator("html")).to_have_attribute("lang", "ja")
    assert view.locator("iframe").get_attribute("title")
    assert address_of(base, "live_training") in frame.url


def test_the_link_can_be_copied_by_keyboard(base: str, new_view: NewView) -> None:
    view = new_view(permissions=["clipboard-read", "clipboard-write"])
    open_page(view, base, "softmax_playground", lang="en", scenario="news")
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    copy = dialog.get_by_role("button", name="Copy the link")
    expect(copy).to_be_visible()
    wait_until_idle(view)
    for _ in range(12):
        if copy.evaluate("button => document.activeElement === button"):
            break
        view.keyboard.press("Tab")
    expect(copy).to_be_focused()
    view.keyboard.press("Enter")
    expect(dialog.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert view.evaluate("navigator.clipboard.readText()") == dialog.locator("code").first.inner_text().strip()


def test_the_link_can_be_copied_without_https(base: str, new_view: NewView) -> None:
    hidden = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    view = new_view(script=f"{hidden} document.addEventListener('copy', () => (window.copied = true));")
    open_page(view, base, "softmax_playground", lang="ja", scenario="news")
    view.get_by_role("button", name=SHARE).click()
    copy = view.get_by_role("dialog").get_by_role("button", name="リンクをコピー")
    copy.click()
    expect(view.get_by_role("dialog").get_by_role("status").filter(has_text="コピーしました")).to_be_visible()
    assert view.evaluate("window.copied")
    expect(copy).to_be_focused()
