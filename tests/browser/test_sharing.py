"""What is shared opens the same for somebody else: link, QR code, frame."""

from __future__ import annotations

import re

import pytest
import segno
from playwright.sync_api import Page, expect

from tests.browser.app import address_of, open_page, stand_at
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from ui.data.drawn_points import encode

SHARE = re.compile("Share|共有")


def shared_link(view: Page) -> str:
    """The link the dialog offers."""
    view.get_by_role("button", name=SHARE).click()
    link = view.get_by_role("dialog").locator("code").first.inner_text()
    view.keyboard.press("Escape")
    expect(view.get_by_role("dialog")).to_have_count(0)
    return link.strip()


def play_with_the_bars(view: Page, base: str) -> None:
    open_page(view, base, "softmax_playground", lang="ja", scenario="news", softmax_view="geometry")
    view.get_by_test_id("logit-2").focus()
    for _ in range(7):
        view.keyboard.press("ArrowRight")
    view.get_by_test_id("temperature").evaluate("""(range) => {
      range.value = 0.7;
      for (const event of ["input", "change"]) range.dispatchEvent(new Event(event));
    }""")
    wait_until_idle(view)


def roll_on_the_surface(view: Page, base: str) -> None:
    open_page(view, base, "loss_explorer", lang="en", loss_view="surface")
    for _ in range(3):
        view.get_by_test_id("surface-step").click()
        wait_until_idle(view)


def change_a_run_on_its_way(view: Page, base: str) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="rings", expansion="quadratic")
    stand_at(view, 40)
    view.get_by_test_id("stage-rate").focus()
    view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    stand_at(view, 90)
    view.get_by_test_id("stage-batch").select_option(index=2)
    wait_until_idle(view)
    stand_at(view, 120)


def put_the_crosshair_somewhere(view: Page, base: str) -> None:
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="exclusive")
    view.locator(".plane .points").first.focus()
    for _ in range(6):
        view.keyboard.press("ArrowUp")
    wait_until_idle(view)


SEEN = {
    play_with_the_bars: (
        "[data-testid^=probability-]", "[data-testid^=logit-] .value", "[data-testid=sigmoid-reading]", ".typed",
    ),
    roll_on_the_surface: (
        "[data-testid=surface-loss]", "[data-testid=surface-steps]", "[data-testid=surface-u]", ".surface td",
    ),
    change_a_run_on_its_way: (
        "[data-testid=stage-step]", "[data-testid=stage-loss]", "[data-testid=stage-accuracy]", ".dial b",
    ),
    put_the_crosshair_somewhere: (
        ".probe td b", "[data-testid=stage-step]", "[data-testid=stage-loss]", "[data-testid=stage-loss-2]",
    ),
}  # fmt: skip


def standing(view: Page, selectors: tuple[str, ...]) -> dict[str, list[str]]:
    """Texts, values and unrounded numbers of what one sees."""
    read = "all => all.map(one => [one.textContent, one.value ?? '', one.dataset.value ?? ''].join('|'))"
    return {selector: view.locator(selector).evaluate_all(read) for selector in selectors}


@pytest.mark.parametrize("play", SEEN)
def test_a_link_restores_what_was_done_in_a_fresh_browser_in_its_language(  # type: ignore[no-untyped-def]
    base: str, view: Page, new_view: NewView, play
) -> None:
    play(view, base)
    before, link = standing(view, SEEN[play]), shared_link(view)
    assert all(before.values())
    heading = view.get_by_role("heading", level=1).inner_text()
    other = new_view(locale="fr-FR")
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text(heading)
    other.locator(SEEN[play][0]).first.wait_for(state="attached")
    wait_until_idle(other)
    assert standing(other, SEEN[play]) == before
    assert other.evaluate("document.documentElement.lang") == ("ja" if "lang=ja" in link else "en")


def test_the_code_is_as_high_as_the_projectors_screen_and_leaves_projector_mode_here(base: str, view: Page) -> None:
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


def test_the_code_is_that_of_the_link_beside_it(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="news")
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    code = segno.make(dialog.locator("code").first.inner_text().strip(), micro=False, error="l", boost_error=True)
    picture = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    expect(dialog.get_by_role("img", name="QR code of the link")).to_have_attribute("src", picture)


@pytest.mark.parametrize(
    ("points", "drawn", "said"),
    [(100, True, None), (400, True, "fine-grained"), (700, False, "too long for a QR code")],
)
def test_a_long_link_makes_a_fine_code_or_says_that_there_is_none(
    base: str, view: Page, points: int, drawn: bool, said: str | None
) -> None:
    text = encode([(i % 60 / 5 - 6, i // 60 / 5 - 5, i % 3) for i in range(points)])
    open_page(view, base, "live_training", lang="en", train_data="points", points=text)
    view.get_by_role("button", name=SHARE).click()
    dialog = view.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code of the link")).to_have_count(int(drawn))
    expect(dialog).to_contain_text("embed=true")
    if said:
        expect(dialog).to_contain_text(said)
    else:
        expect(dialog).not_to_contain_text("fine-grained")


def test_the_frame_offered_opens_what_is_on_screen(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="spirals")
    stand_at(view, 25)
    view.get_by_role("button", name=SHARE).click()
    snippet = view.get_by_role("dialog").locator("code").last.inner_text()
    view.set_content(snippet)
    expect(view.frame_locator("iframe").get_by_test_id("stage-step")).to_have_text("25", timeout=20_000)
    frame = view.frames[1]
    assert frame.evaluate("document.documentElement.lang") == "ja"
    assert view.locator("iframe").get_attribute("title")
    assert address_of(base, "live_training") in frame.url
