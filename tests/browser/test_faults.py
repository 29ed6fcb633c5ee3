"""Faults between browser and server: the page reports them in the reader's language and recovers by itself."""

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
    scrub_to_step,
    stage_number,
    texts_of,
    wait_for_page,
    wait_for_step,
    wait_until,
)
from tests.browser.conftest import NewView
from tests.browser.faults import (
    STEPS_PER_SECOND,
    Proxy,
    Server,
    count_sessions,
    expect_connected,
    expect_playing,
    proxy_to,
    server,
)
from tests.browser.idle import wait_until_idle

TEXTS = {code: texts_of(code) for code in LANGUAGES}
PENGUINS = penguins()
X = FeatureMap.fit(PENGUINS.X)(PENGUINS.X)


COUNT_DIALOGS = """() => {
    window.dialogs = 0;
    const hasDialog = (node) => node.matches?.("[role=dialog]") || node.querySelector?.("[role=dialog]");
    const count = (changes) => {
        dialogs += changes.flatMap((change) => [...change.addedNodes]).filter(hasDialog).length;
    };
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def app() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture
def proxy(base: str) -> Iterator[Proxy]:
    with proxy_to(urlsplit(base).port or 80) as running:
        yield running


def press(view: Page, name: str) -> None:
    view.get_by_test_id(f"stage-{name}").click()


def expect_connection_lost(view: Page, language: str) -> None:
    """Wait until the page says in this language that the connection is lost."""
    words = TEXTS[language]["connection"]
    expect(view.get_by_role("alert").get_by_text(words["lost"])).to_be_visible(timeout=15_000)
    expect(view.get_by_role("button", name=words["reload"])).to_be_visible()
    expect(view.get_by_test_id("stStatusWidget")).to_have_text(TEXTS[language]["streamlit"]["connecting"])


def loss_of_core(step: int, batch: int | None = None) -> float:
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=step, batch_size=batch)
    return float(run.losses[step])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_playing_resumes_after_a_restart_of_the_server(app: Server, view: Page, language: str) -> None:
    open_page(view, app.address, "live_training", lang=language, batch="16")
    press(view, "play")
    wait_for_step(view, 40)
    view.evaluate(COUNT_DIALOGS)
    app.kill()
    expect_connection_lost(view, language)
    expect(view.get_by_text(TEXTS[language]["stage"]["waiting"])).to_be_visible(timeout=15_000)
    paused_at = stage_number(view, "step")
    wait_until(lambda: view.evaluate("dialogs") > 0, "Streamlit's dialog about the lost connection")
    expect(view.get_by_role("dialog")).to_have_count(0)
    assert stage_number(view, "step") == paused_at
    app.start()
    expect_playing(view)
    expect(view.get_by_text(TEXTS[language]["stage"]["waiting"])).to_have_count(0)
    expect(view.get_by_role("alert").get_by_text(TEXTS[language]["connection"]["lost"])).to_have_count(0)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert step > paused_at
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    assert f"step={step}" in view.url
    expect_no_traceback(view)


@pytest.mark.slow
def test_settings_changed_during_play_and_without_a_server_are_kept(app: Server, view: Page, new_view: NewView) -> None:
    open_page(view, app.address, "live_training", lang="en")
    rate = view.get_by_role("slider", name="Learning rate")
    press(view, "play")
    wait_for_step(view, 30)
    rate.press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 30)
    app.kill()
    expect(view.locator("[data-testid=stApp]")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    rate.press("ArrowRight")
    changed = rate.get_attribute("aria-valuenow") or rate.input_value()
    app.start()
    expect_connected(view)
    expect_playing(view)
    press(view, "play")
    wait_until_idle(view)
    assert (rate.get_attribute("aria-valuenow") or rate.input_value()) == changed
    assert len(parse_qs(urlsplit(view.url).query)["past"][0].split(";")) == 2
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    for name in ("step", "loss", "accuracy"):
        assert stage_number(other, name) == stage_number(view, name)


@pytest.mark.slow
def test_the_first_change_after_a_restart_of_the_server_is_applied(app: Server, view: Page) -> None:
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
    expect_playing(view)
    press(view, "play")


def test_no_step_is_lost_with_the_connection(proxy: Proxy, view: Page) -> None:
    open_page(view, proxy.address, "live_training", lang="ja", batch="16")
    press(view, "play")
    wait_for_step(view, 20)
    proxy.disconnect()
    expect_connection_lost(view, "ja")
    proxy.reconnect()
    expect_connected(view)
    expect_playing(view)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    scrub_to_step(view, 7)
    assert stage_number(view, "loss") == loss_of_core(7, batch=16)


def test_a_step_requested_without_a_connection_is_shown_after_reconnecting(proxy: Proxy, view: Page) -> None:
    open_page(view, proxy.address, "live_training", lang="en")
    proxy.disconnect()
    expect_connection_lost(view, "en")
    view.get_by_test_id("stage-scrub").evaluate(
        "range => { range.value = 180; range.dispatchEvent(new Event('input')); }"
    )
    expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_be_visible(timeout=15_000)
    proxy.reconnect()
    expect(view.get_by_test_id("stage-step")).to_have_text("180", timeout=20_000)
    wait_until_idle(view)
    expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_have_count(0)
    assert stage_number(view, "loss") == loss_of_core(180)


def test_a_reload_during_play_restores_the_step(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", batch="16", speed="1")
    press(view, "play")
    wait_for_step(view, 100)
    before = stage_number(view, "step")
    view.reload()
    wait_for_page(view)
    step = int(stage_number(view, "step"))
    assert step >= before - 1.5 * STEPS_PER_SECOND
    assert f"step={step}" in view.url
    assert stage_number(view, "loss") == loss_of_core(step, batch=16)
    expect(view.get_by_test_id("stage-batch").locator("option:checked")).to_have_text("16")


@pytest.mark.slow
def test_a_reload_restores_the_step_that_was_shown_without_a_server(app: Server, view: Page) -> None:
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


def test_two_tabs_with_the_same_link_are_independent(base: str, new_view: NewView) -> None:
    first, second = new_view(), new_view()
    for tab in (first, second):
        open_page(tab, base, "live_training", lang="en", step="40")
    second.get_by_role("combobox", name="Features").click()
    second.get_by_role("option", name="Quadratic").click()
    wait_until_idle(second)
    scrub_to_step(second, 25)
    quadratic = train(FeatureMap.fit(PENGUINS.X, "quadratic")(PENGUINS.X), PENGUINS.labels, learning_rate=0.3, steps=25)
    assert stage_number(second, "loss") == quadratic.losses[25]
    first.bring_to_front()
    press(first, "step-forward")
    expect(first.get_by_test_id("stage-step")).to_have_text("41")
    assert stage_number(first, "loss") == loss_of_core(41)
    expect(first.get_by_role("combobox", name="Features")).to_have_value(TEXTS["en"]["expansion"]["linear"])
    assert stage_number(second, "step") == 25


def test_going_back_restores_the_step(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="40")
    scrub_to_step(view, 90)
    view.get_by_role("banner").get_by_role("link", name="Loss", exact=True).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])
    wait_until_idle(view)
    view.go_back()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["live_training"]["title"])
    wait_for_page(view)
    assert (stage_number(view, "step"), stage_number(view, "loss")) == (90, loss_of_core(90))


def test_leaving_the_page_during_play_and_returning_keeps_the_step(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    press(view, "play")
    wait_for_step(view, 60)
    step_before = stage_number(view, "step")
    banner = view.get_by_role("banner")
    banner.get_by_role("link", name="Loss", exact=True).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(TEXTS["en"]["loss_explorer"]["title"])
    wait_until_idle(view)
    expect_no_traceback(view)
    banner.get_by_role("link", name="Training", exact=True).click()
    wait_for_page(view)
    step = int(stage_number(view, "step"))
    assert step >= step_before
    assert stage_number(view, "loss") == loss_of_core(step)


def table(rows: int = 40) -> bytes:
    rng = np.random.default_rng(0)
    lines = [f"{x:.3f},{y:.3f},{name}" for name, at in (("a", 0), ("b", 3)) for x, y in rng.normal(at, 1, (rows, 2))]
    return "\n".join(["u,v,kind", *lines]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_session_has_expired_a_missing_file_is_named_and_the_step_restored(view: Page, language: str) -> None:
    texts = TEXTS[language]
    with server(ROOT / "app.py", "--server.disconnectedSessionTTL", "1") as app, proxy_to(app.port) as proxy:
        open_page(view, proxy.address, "live_training", lang=language, train_data="table")
        file = {"name": "my *table*.csv", "mimeType": "text/csv", "buffer": table()}
        view.locator("input[type=file]").set_input_files(file)
        expect(view.get_by_text("my *table*.csv").last).to_be_visible()
        wait_until_idle(view)
        scrub_to_step(view, 60)
        loss = stage_number(view, "loss")
        proxy.disconnect()
        expect_connection_lost(view, language)
        wait_until(lambda: count_sessions(app.address) == 0, "the end of the session", 60)
        proxy.reconnect()
        expect_connected(view)
        missing = view.get_by_text(texts["table"]["gone"].format(name="my *table*.csv"))
        expect(missing).to_be_visible(timeout=15_000)
        view.reload()
        wait_for_page(view)
        expect(missing).to_be_visible()
        view.locator("input[type=file]").set_input_files(file)
        expect(missing).to_have_count(0)
        wait_until_idle(view)
        wait_for_page(view)
        assert (stage_number(view, "step"), stage_number(view, "loss")) == (60, loss)


@pytest.mark.slow
def test_a_stage_with_an_uploaded_file_pauses_after_a_restart_of_the_server(app: Server, view: Page) -> None:
    texts = TEXTS["en"]["table"]
    open_page(view, app.address, "live_training", lang="en", train_data="table")
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": table()}
    view.locator("input[type=file]").set_input_files(file)
    expect(view.locator(".legend")).to_contain_text("● a")
    wait_until_idle(view)
    press(view, "play")
    wait_for_step(view, 330)
    app.kill()
    app.start()
    expect_connected(view)
    expect(view.get_by_text(texts["gone"].format(name="mine.csv"))).to_be_visible(timeout=15_000)
    wait_until_idle(view)
    expect(view.get_by_test_id("stage-play")).to_have_text("▶")
    expect(view.get_by_test_id("stFileChip")).to_have_count(0)
    step = int(stage_number(view, "step"))
    assert step >= 330 - 4.5 * STEPS_PER_SECOND  # during playback, the stage sends its step every four seconds
    view.locator("input[type=file]").set_input_files(file)
    expect(view.locator(".legend")).to_contain_text("● a")
    wait_until_idle(view)
    assert stage_number(view, "step") == step
    expect(view.get_by_test_id("stage-play")).to_have_text("▶")


@pytest.mark.slow
def test_drawn_points_are_kept_after_a_restart_of_the_server(app: Server, view: Page) -> None:
    open_page(view, app.address, "live_training", lang="en", train_data="points")
    box = view.locator(".points").bounding_box()
    assert box is not None
    view.get_by_role("button", name="Add a point of class 4").click()
    view.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.75)
    wait_until_idle(view)
    scrub_to_step(view, 30)
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
def test_an_open_page_is_updated_to_a_new_version_of_the_app(view: Page, tmp_path: Path) -> None:
    for part in ("core", "pages", "ui", ".streamlit"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("node_modules"))
    for script in ("app.py", "server.py"):
        shutil.copy(ROOT / script, tmp_path)
    stage, feed = (tmp_path / "ui/frontend/dist" / name for name in ("training_stage.js", "training_stage_feed.js"))
    with server(tmp_path / "server.py") as app:
        open_page(view, app.address, "live_training", lang="en", batch="16", mathematics="true")
        press(view, "play")
        wait_for_step(view, 30)
        app.kill()
        expect(view.get_by_text(TEXTS["en"]["stage"]["waiting"])).to_be_visible(timeout=15_000)
        paused_at, loss = stage_number(view, "step"), stage_number(view, "loss")
        stage.write_text(stage.read_text("utf-8") + "\n// another version\n", "utf-8")
        feed.write_text(feed.read_text("utf-8") + "\n// another version\n", "utf-8")
        lesson = tmp_path / "ui/i18n/locales/en/lessons/gradient.md"
        lesson.write_text("A new lesson.\n\n" + lesson.read_text("utf-8"), "utf-8")
        app.start()
        expect_connected(view)
        expect(view.get_by_text("A new lesson.")).to_be_attached(timeout=15_000)
        wait_until_idle(view)
        assert (stage_number(view, "step"), stage_number(view, "loss")) == (paused_at, loss)
        press(view, "play")
        expect_playing(view)
        press(view, "play")
        wait_until_idle(view)
        step = int(stage_number(view, "step"))
        assert stage_number(view, "loss") == loss_of_core(step, batch=16)
        expect_no_traceback(view)
