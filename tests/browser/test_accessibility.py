"""Accessibility: screen readers, keyboard, reduced motion. Checks of every view are in test_views.py."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import LANGUAGES, PAGES, open_page, play_until_step, wait_for_step, wait_until
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import axe_faults, picture_texts
from tests.browser.views import View
from ui.i18n import catalogue


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ja", "dark")])
def test_axe_finds_no_violations_in_popovers_and_dialogs(
    base: str, new_view: NewView, language: str, scheme: str
) -> None:
    view, texts = new_view(color_scheme=scheme), catalogue(language)
    open_page(view, base, "softmax_playground", lang=language)
    view.get_by_role("button", name=texts["playground.classes"]).click()
    expect(view.get_by_test_id("stPopoverBody")).to_be_visible()
    wait_until_idle(view)
    assert axe_faults(view) == []
    view.keyboard.press("Escape")
    view.get_by_role("button", name=texts["app.share"]).click()
    expect(view.get_by_role("dialog")).to_be_visible()
    wait_until_idle(view)
    assert axe_faults(view) == []
    view.keyboard.press("Escape")
    expect(view.get_by_role("dialog")).to_be_hidden()
    open_page(view, base, "live_training", lang=language)
    view.get_by_role("button", name=f"{texts['stage.help']} {texts['control.rate']}").click()
    assert axe_faults(view) == []


def test_arrow_keys_move_between_the_views(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    view.get_by_role("radio", name="−log p").focus()
    view.keyboard.press("ArrowRight")
    view.keyboard.press("Space")
    wait_until_idle(view)
    expect(view.get_by_role("radio", name="Other losses")).to_be_focused()
    expect(view.get_by_role("radio", name="Other losses")).to_be_checked()
    assert "loss_view=against" in view.url


def test_escape_closes_the_help_of_a_setting(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    help_button = view.get_by_role("button", name="About: Learning rate α")
    help_button.focus()
    view.keyboard.press("Enter")
    expect(view.get_by_text(catalogue("en")["help.rate"])).to_be_visible()
    expect(help_button).to_have_attribute("aria-expanded", "true")
    view.keyboard.press("Escape")
    expect(view.get_by_text(catalogue("en")["help.rate"])).to_be_hidden()
    expect(help_button).to_have_attribute("aria-expanded", "false")
    expect(help_button).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_language_and_title(base: str, view: Page, language: str) -> None:
    texts = catalogue(language)
    open_page(view, base, "live_training", lang=language)
    view.evaluate(
        """() => {
            window.languages = new Set();
            const root = document.documentElement;
            const record = () => languages.add(root.lang);
            new MutationObserver(record).observe(root, { attributeFilter: ["lang"] });
        }"""
    )
    for name in PAGES:
        view.get_by_role("banner").get_by_role("link", name=texts[f"{name}.nav"], exact=True).click()
        expect(view.get_by_role("heading", level=1)).to_have_text(texts[f"{name}.title"])
        expect(view).to_have_title(texts["app.tab"].format(page=texts[f"{name}.nav"]))
    assert view.evaluate("[...languages]") in ([], [language])
    other = next(code for code in LANGUAGES if code != language)
    view.get_by_role("radio", name=catalogue(other)["app.language_name"]).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(catalogue(other)[f"{PAGES[-1]}.title"])
    expect(view.locator("html")).to_have_attribute("lang", other)
    expect(view).to_have_title(catalogue(other)["app.tab"].format(page=catalogue(other)[f"{PAGES[-1]}.nav"]))


def test_streamlits_own_texts_are_translated(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="table")
    expect(view.get_by_test_id("stFileUploader")).to_contain_text(catalogue("ja")["streamlit.upload"])
    view.get_by_test_id("stMainMenuButton").click()
    expect(view.get_by_text(catalogue("ja")["streamlit.print"], exact=True)).to_be_visible()
    view.keyboard.press("Escape")
    view.get_by_role("radio", name="English").click()
    wait_until_idle(view)
    expect(view.get_by_test_id("stFileUploader")).to_contain_text("Upload")
    expect(view.get_by_role("button", name="Help for Features").first).to_be_visible()


def test_the_stage_announces_its_step_only_after_pausing(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", train_data="separable")
    status = view.locator(".stage .status")
    expect(status).to_have_attribute("role", "status")
    status.evaluate(
        """(status) => { window.announced = [];
            new MutationObserver(() => announced.push(status.textContent)).observe(status, { childList: true }); }"""
    )
    view.get_by_test_id("stage-play").click()
    wait_for_step(view, 40)
    assert view.evaluate("announced") == []
    view.get_by_test_id("stage-play").click()
    step = view.get_by_test_id("stage-step").inner_text()
    expect(status).to_have_text(re.compile(rf"step {step}, loss \d\.\d+, accuracy [01]\.\d+"))
    assert len(view.evaluate("announced")) == 1


@pytest.mark.parametrize(
    ("case", "test_id"),
    [
        (View("live_training", {"train_data": "penguins", "view": "2"}), "stage-step-forward"),
        (View("loss_explorer", {"loss_view": "surface"}), "surface-step"),
        (View("loss_explorer", {"loss_view": "against"}), "curves-point"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_text_alternatives_of_pictures_are_updated(base: str, view: Page, case: View, test_id: str) -> None:
    case.open(view, base, lang="en")
    before = picture_texts(view)
    view.get_by_test_id(test_id).focus()
    view.keyboard.press("PageDown" if test_id == "curves-point" else "Enter")
    wait_until_idle(view)
    assert before
    assert all(old != new for old, new in zip(before, picture_texts(view), strict=True)), before


RECORD_VALUES = """(read) => {
    window.values = [];
    const record = () => { if (values.at(-1) !== read()) values.push(read()); pageActivity.nextFrame(record); };
    record();
}"""


@pytest.mark.timed
def test_with_reduced_motion_values_change_in_few_jumps(base: str, new_view: NewView) -> None:
    view = new_view((1280, 900), reduced_motion="reduce")
    open_page(view, base, "live_training", lang="en", train_data="separable")
    view.get_by_test_id("stage-step").evaluate(f"(step) => ({RECORD_VALUES})(() => Number(step.textContent))")
    play_until_step(view, 100)
    steps = view.evaluate("values")
    assert np.diff(steps).min() >= 25  # half a second at sixty steps per second
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="belief", belief="rbf", believers="60")
    diagram = view.get_by_test_id("calibration")
    diagram.evaluate(f"(diagram) => ({RECORD_VALUES})(() => diagram.dataset.temperature)")
    view.get_by_role("button", name="Fit T").click()
    wait_until(lambda: len(view.evaluate("values")) > 1, "another temperature")
    wait_until_idle(view)
    assert len(view.evaluate("values")) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_says_which_language_each_term_is_in(base: str, view: Page, language: str) -> None:
    open_page(view, base, "glossary", lang=language)
    (other,) = {*LANGUAGES} - {language}
    row = view.get_by_test_id("linked-table").locator("tbody tr").first
    expect(row.locator("th")).to_have_attribute("lang", language)
    expect(row.locator("td").first).to_have_attribute("lang", other)
    expect(row.locator("td").last).not_to_have_attribute("lang", re.compile(""))
