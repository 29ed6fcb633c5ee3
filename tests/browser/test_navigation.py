"""Navigation between pages, language, links, and a server that has just started."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import LANGUAGES, PAGES, expect_no_traceback, open_page, play_until_step, run_app, texts_of
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import Watcher

TEXTS = {code: texts_of(code) for code in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_opens_every_page_in_the_same_language(base: str, view: Page, language: str) -> None:
    open_page(view, base, "home", lang=language)
    for name in PAGES[1:] + PAGES[:1]:
        view.get_by_role("banner").get_by_role("link", name=TEXTS[language][name]["nav"], exact=True).click()
        expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS[language][name]["title"])
        wait_until_idle(view)
        expect_no_traceback(view)
        assert view.evaluate("document.documentElement.lang") == language
        assert f"lang={language}" in view.url


def test_the_title_has_a_whole_row_on_a_phone(base: str, phone: Page) -> None:
    open_page(phone, base, "loss_explorer", lang="ja")
    title, switch = phone.locator("h1").bounding_box(), phone.get_by_text("English", exact=True).bounding_box()
    assert title is not None
    assert switch is not None
    assert title["width"] > 340
    assert title["y"] + title["height"] <= switch["y"]


def test_no_action_sends_a_request_to_another_host(base: str, view: Page) -> None:
    with Watcher(view) as watcher:
        open_page(view, base, "live_training", lang="en", train_data="separable")
        play_until_step(view, 20)
        view.get_by_text(TEXTS["en"]["training"]["take"]).click()
        for name in ("script", "history", "animation"):
            with view.expect_download(timeout=90_000):
                view.get_by_role("button", name=TEXTS["en"]["take"][name]).click()
        with view.expect_download():
            view.get_by_role("button", name=TEXTS["en"]["stage"]["png"]).click()
        open_page(view, base, "softmax_playground", lang="en")
        view.get_by_test_id("play-temperature").click()
        view.get_by_role("button", name="Share").click()
        expect(view.get_by_role("dialog")).to_be_visible()
    assert watcher.faults() == []


def test_switching_the_language_keeps_every_control(base: str, view: Page) -> None:
    open_page(
        view, base, "live_training", lang="en", train_data="rings", expansion="quadratic", rate="1", train_n="120"
    )
    before = {part for part in urlsplit(view.url).query.split("&") if not part.startswith("lang")}
    view.get_by_role("radio", name="日本語").click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["ja"]["live_training"]["title"])
    wait_until_idle(view)
    assert {part for part in urlsplit(view.url).query.split("&") if not part.startswith("lang")} == before
    expect(view.get_by_role("combobox").first).to_have_value(TEXTS["ja"]["dataset"]["rings"])


def test_the_browsers_language_is_used_if_the_link_has_none(base: str, new_view: NewView) -> None:
    view = new_view(locale="ja-JP")
    open_page(view, base, "loss_explorer")
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["ja"]["loss_explorer"]["title"])
    open_page(view, base, "loss_explorer", lang="en")
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])


def test_controls_keep_their_values_after_a_visit_to_another_page(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="news", z_news="1,2,3,4")
    view.get_by_role("banner").get_by_role("link", name="Loss", exact=True).click()
    wait_until_idle(view)
    view.get_by_role("banner").get_by_role("link", name="Softmax", exact=True).click()
    expect(view.get_by_test_id("logit-3")).to_have_attribute("aria-valuenow", "4")
    wait_until_idle(view)
    assert "scenario=news" in view.url


def test_an_example_on_the_home_page_opens_with_its_numbers(base: str, view: Page) -> None:
    open_page(view, base, "home", lang="en")
    view.get_by_role("link", name="Softmax(10, 0, 0)").click()
    expect(view.get_by_test_id("probability-0")).to_have_text("0.9999092")
    expect(view.get_by_test_id("probability-1")).to_have_text("0.0000454")
    view.get_by_role("banner").get_by_role("link", name="Home", exact=True).click()
    view.get_by_role("link", name="loss 1.609").click()
    expect(view.get_by_test_id("loss")).to_contain_text("1.609")


def test_a_link_opens_on_a_server_that_has_just_started(view: Page) -> None:
    with run_app() as fresh:
        open_page(view, fresh, "live_training", lang="ja", train_data="rings")
        expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["ja"]["live_training"]["title"])
        expect(view.get_by_role("banner").get_by_role("link")).to_have_count(len(PAGES))
        assert "train_data=rings" in view.url


def test_stage_and_main_controls_are_in_view_without_scrolling(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    for element in (
        view.get_by_test_id("stage-play"),
        view.get_by_test_id("stage-loss"),
        view.get_by_role("slider", name="Learning"),
    ):
        box = element.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800


def test_sharing_offers_the_current_link(base: str, view: Page) -> None:
    open_page(view, base, "softmax_playground", lang="en", scenario="news")
    view.get_by_role("button", name="Share").click()
    dialog = view.get_by_role("dialog")
    expect(dialog).to_contain_text("scenario=news")
    expect(dialog).to_contain_text("lang=en")
    expect(dialog.get_by_role("img", name="QR code of the link")).to_be_visible()
