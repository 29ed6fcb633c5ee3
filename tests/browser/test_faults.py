"""Faults between browser and server: afterwards the same picture, or a word in the reader's language and one click."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import FeatureMap, penguins, train
from tests.browser.app import (
    LANGUAGES,
    ROOT,
    expect_no_traceback,
    open_page,
    stage_number,
    stand_at,
    texts_of,
    wait_for_page,
    wait_for_step,
    wait_until,
)
from tests.browser.conftest import NewView
from tests.browser.faults import STEPS_A_SECOND, Line, Server, expect_connected, expect_in_play, line, server, sessions
from tests.browser.idle import wait_until_idle

TEXTS = {code: texts_of(code) for code in LANGUAGES}
PENGUINS = penguins()
X = FeatureMap.fit(PENGUINS.X)(PENGUINS.X)


NOTE_BOXES = """() => {
    window.boxes = 0;
    const isBox = (node) => node.matches?.("[role=dialog]") || node.querySelector?.("[role=dialog]");
    const note = (changes) => { boxes += changes.flatMap((change) => [...change.addedNodes]).filter(isBox).length; };
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def app() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture
def wire(base: str) -> Iterator[Line]:
    with line(urlsplit(base).port or 80) as between:
        yield between


def press(view: Page, name: str) -> None:
    view.get_by_test_id(f"stage-{name}").click()


def lost_words(view: Page, language: str) -> None:
    """The bar over the page says in the reader's language that the connection is lost, and nothing does in English."""
    words = TEXTS[language]["connection"]
    expect(view.get_by_role("alert").get_by_text(words["lost"])).to_be_visible(timeout=15_000)
    expect(view.get_by_role("button", name=words["reload"])).to_be_visible()
    expect(view.get_by_test_id("stStatusWidget")).to_have_text(TEXTS[language]["streamlit"]["connecting"])


def loss_of_core(step: int, batch: int | None = None) -> float:
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=step, batch_size=batch)
    return float(run.losses[step])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_play_goes_on_by_itself_after_the_server_was_killed_and_started_again(
    app: Server, view: Page, language: str
) -> None:
    open_page(view, app.address, "live_training", lang=language, batch="16")
    press(view, "play")
    wait_for_step(view, 40)
    view.evaluate(NOTE_BOXES)
    app.kill()
    lost_words(view, language)
    expect(view.get_by_text(TEXTS[language]["stage"]["waiting"])).to_be_visible(timeout=15_000)
    held = stage_number(view, "step")
    wait_until(lambda: view.evaluate("boxes") > 0, "Streamlit's box over the page")
    expect(view.get_by_role("dialog")).to_have_count(0)
    assert stage_number(view, "step") == held
    app.start()
    expect_in_play(view)
    expect(view.get_by_text(TEXTS[language]["stage"]["waiting"])).to_have_count(0)
    expect(view.get_by_role("alert").get_by_text(TEXTS[language]["connection"]["lost"])).to_have_count(0)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert step > held
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    assert f"step={step}" in view.url
    expect_no_traceback(view)


@pytest.mark.slow
def test_what_was_turned_on_the_way_and_while_nobody_heard_is_kept(app: Server, view: Page, new_view: NewView) -> None:
    open_page(view, app.address, "live_training", lang="en")
    rate = view.get_by_role("slider", name="Learning rate")
    press(view, "play")
    wait_for_step(view, 30)
    rate.press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 30)
    app.kill()
    expect(view.locator("[data-testid=stApp]")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    rate.press("ArrowRight")
    turned = rate.get_attribute("aria-valuenow") or rate.input_value()
    app.start()
    expect_connected(view)
    expect_in_play(view)
    press(view, "play")
    wait_until_idle(view)
    assert (rate.get_attribute("aria-valuenow") or rate.input_value()) == turned
    assert len(parse_qs(urlsplit(view.url).query)["past"][0].split(";")) == 2
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    for name in ("step", "loss", "accuracy"):
        assert stage_number(other, name) == stage_number(view, name)


@pytest.mark.slow
def test_the_first_thing_one_does_after_a_restart_is_heard(app: Server, view: Page) -> None:
    open_page(view, app.address, "live_training", lang="en", step="40")
    app.kill()
    app.start()
    expect_connected(view)
    wait_until_idle(view)
    view.get_by_role("combobox", name="Features").click()
    view.get_by_role("option", name="Quadratic").click()
    wait_until_idle(view)
    assert "expansion=quadratic" in view.url
    press(view, "play")
    expect_in_play(view)
    press(view, "play")


def test_a_cut_line_loses_no_step(wire: Line, view: Page) -> None:
    open_page(view, wire.address, "live_training", lang="ja", batch="16")
    press(view, "play")
    wait_for_step(view, 20)
    wire.cut()
    lost_words(view, "ja")
    wire.mend()
    expect_connected(view)
    expect_in_play(view)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    stand_at(view, 7)
    assert stage_number(view, "loss") == loss_of_core(7, batch=16)


def test_going_to_an_unknown_step_without_a_line_says_that_it_waits_and_arrives(wire: Line, view: Page) -> None:
    open_page(view, wire.address, "live_training", lang="en")
    wire.cut()
    lost_words(view, "en")
    view.get_by_test_id("stage-scrub").evaluate(
        "range => { range.value = 180; range.dispatchEvent(new Event('input')); }"
    )
    expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_be_visible(timeout=15_000)
    wire.mend()
    expect(view.get_by_test_id("stage-step")).to_have_text("180", timeout=20_000)
    wait_until_idle(view)
    expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_have_count(0)
    assert stage_number(view, "loss") == loss_of_core(180)


def test_a_reload_in_mid_play_opens_where_one_was(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", batch="16", speed="1")
    press(view, "play")
    wait_for_step(view, 100)
    before = stage_number(view, "step")
    view.reload()
    wait_for_page(view)
    step = int(stage_number(view, "step"))
    assert step >= before - 1.5 * STEPS_A_SECOND
    assert f"step={step}" in view.url
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    expect(view.get_by_test_id("stage-batch").locator("option:checked")).to_have_text("16")


@pytest.mark.slow
def test_a_reload_without_a_server_stands_once_there_is_one(app: Server, view: Page) -> None:
    """What was on screen when it was lost is in the address, though the server never heard of it."""
    open_page(view, app.address, "live_training", lang="en", batch="16")
    press(view, "play")
    wait_for_step(view, 40)
    app.kill()
    expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_be_visible(timeout=15_000)
    press(view, "play")
    expect(view).to_have_url(re.compile(f"step={stage_number(view, 'step'):.0f}(&|$)"))
    step, loss = int(stage_number(view, "step")), stage_number(view, "loss")
    app.start()
    view.reload()
    wait_for_page(view)
    assert (stage_number(view, "step"), stage_number(view, "loss")) == (step, loss)
    assert loss == loss_of_core(step, batch=16)


def test_two_tabs_of_one_link_do_not_disturb_each_other(base: str, new_view: NewView) -> None:
    first, second = new_view(), new_view()
    for tab in (first, second):
        open_page(tab, base, "live_training", lang="en", step="40")
    second.get_by_role("combobox", name="Features").click()
    second.get_by_role("option", name="Quadratic").click()
    wait_until_idle(second)
    stand_at(second, 25)
    quadratic = train(FeatureMap.fit(PENGUINS.X, "quadratic")(PENGUINS.X), PENGUINS.labels, learning_rate=0.3, steps=25)
    assert stage_number(second, "loss") == quadratic.losses[25]
    first.bring_to_front()
    press(first, "step-forward")
    expect(first.get_by_test_id("stage-step")).to_have_text("41")
    assert stage_number(first, "loss") == loss_of_core(41)
    expect(first.get_by_role("combobox", name="Features")).to_have_value(TEXTS["en"]["expansion"]["linear"])
    assert stage_number(second, "step") == 25


def test_back_leads_to_the_step_one_left(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="40")
    stand_at(view, 90)
    view.get_by_role("banner").get_by_role("link", name="Loss", exact=True).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])
    wait_until_idle(view)
    view.go_back()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["live_training"]["title"])
    wait_for_page(view)
    assert (stage_number(view, "step"), stage_number(view, "loss")) == (90, loss_of_core(90))


def test_another_page_in_mid_play_and_back(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    press(view, "play")
    wait_for_step(view, 60)
    left = stage_number(view, "step")
    banner = view.get_by_role("banner")
    banner.get_by_role("link", name="Loss", exact=True).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])
    wait_until_idle(view)
    expect_no_traceback(view)
    banner.get_by_role("link", name="Training", exact=True).click()
    wait_for_page(view)
    step = int(stage_number(view, "step"))
    assert step >= left
    assert stage_number(view, "loss") == loss_of_core(step)


def table(rows: int = 40) -> bytes:
    rng = np.random.default_rng(0)
    lines = [f"{x:.3f},{y:.3f},{name}" for name, at in (("a", 0), ("b", 3)) for x, y in rng.normal(at, 1, (rows, 2))]
    return "\n".join(["u,v,kind", *lines]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_long_sleep_points_are_there_and_a_file_is_named_that_is_not(view: Page, language: str) -> None:
    texts = TEXTS[language]
    with server(ROOT / "app.py", "--server.disconnectedSessionTTL", "1") as app, line(app.port) as wire:
        open_page(view, wire.address, "live_training", lang=language, train_data="table")
        file = {"name": "my *table*.csv", "mimeType": "text/csv", "buffer": table()}
        view.locator("input[type=file]").set_input_files(file)
        expect(view.get_by_text("my *table*.csv").last).to_be_visible()
        wait_until_idle(view)
        stand_at(view, 60)
        loss = stage_number(view, "loss")
        wire.cut()
        lost_words(view, language)
        wait_until(lambda: sessions(app.address) == 0, "the end of the session", 60)
        wire.mend()
        expect_connected(view)
        gone = view.get_by_text(texts["table"]["gone"].format(name="my *table*.csv"))
        expect(gone).to_be_visible(timeout=15_000)
        view.reload()
        wait_for_page(view)
        expect(gone).to_be_visible()
        view.locator("input[type=file]").set_input_files(file)
        expect(gone).to_have_count(0)
        wait_until_idle(view)
        wait_for_page(view)
        assert (stage_number(view, "step"), stage_number(view, "loss")) == (60, loss)


@pytest.mark.slow
def test_drawn_points_outlive_the_server(app: Server, view: Page) -> None:
    open_page(view, app.address, "live_training", lang="en", train_data="points")
    box = view.locator(".points").bounding_box()
    assert box is not None
    view.get_by_role("button", name="Add a point of class 4").click()
    view.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.75)
    wait_until_idle(view)
    stand_at(view, 30)
    loss = stage_number(view, "loss")
    app.kill()
    app.start()
    expect_connected(view)
    wait_until_idle(view)
    press(view, "step-forward")
    press(view, "step-back")
    wait_until_idle(view)
    assert (stage_number(view, "step"), stage_number(view, "loss")) == (30, loss)
    expect(view.locator(".legend")).to_contain_text("Class 4")


@pytest.mark.slow
def test_a_new_version_of_the_app_takes_over_an_open_page(view: Page, tmp_path: Path) -> None:
    for part in ("app.py", "core", "pages", "ui", ".streamlit"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    stage, feed = (tmp_path / "ui/components/training_stage" / name for name in ("stage.js", "feed.js"))
    with server(tmp_path / "app.py") as app:
        open_page(view, app.address, "live_training", lang="en", batch="16", mathematics="true")
        press(view, "play")
        wait_for_step(view, 30)
        app.kill()
        expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_be_visible(timeout=15_000)
        held, loss = stage_number(view, "step"), stage_number(view, "loss")
        stage.write_text(stage.read_text("utf-8") + "\n// another version\n", "utf-8")
        feed.write_text(feed.read_text("utf-8") + "\n// another version\n", "utf-8")
        lesson = tmp_path / "ui/i18n/locales/en/lessons/gradient.md"
        lesson.write_text("A new lesson.\n\n" + lesson.read_text("utf-8"), "utf-8")
        app.start()
        expect_connected(view)
        expect(view.get_by_text("A new lesson.")).to_be_attached(timeout=15_000)
        wait_until_idle(view)
        assert (stage_number(view, "step"), stage_number(view, "loss")) == (held, loss)
        press(view, "play")
        expect_in_play(view)
        press(view, "play")
        wait_until_idle(view)
        step = int(stage_number(view, "step"))
        assert stage_number(view, "loss") == loss_of_core(step, batch=16)
        expect_no_traceback(view)
