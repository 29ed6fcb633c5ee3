"""The training stage: at every step it shows the numbers of core, however the step was reached."""

from __future__ import annotations

import re
from urllib.parse import unquote

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import FeatureMap, Parameters, penguins, softmax, train
from core.datasets import rings
from tests.browser.app import (
    LANGUAGES,
    ROOT,
    expect_no_traceback,
    open_page,
    play_until_step,
    run_app,
    scrub_to_step,
    stage_number,
    swipe,
    wait_for_page,
    wait_for_step,
)
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from tests.browser.page_elements import overflow
from ui.data import drawn_points
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability

DATE = r"\d{4}-\d\d-\d\d"
PENGUINS = penguins()
X = FeatureMap.fit(PENGUINS.X)(PENGUINS.X)

RECORD_STEPS = """(step) => {
    window.steps = [];
    let before = null, played = 0;
    const record = (now) => {
        played += Math.min(now - (before ?? now), 100);  // the stage plays at most 100 ms per frame
        before = now;
        if (steps.at(-1)?.[0] !== Number(step.textContent)) steps.push([Number(step.textContent), played / 1000]);
        pageActivity.nextFrame(record);
    };
    pageActivity.nextFrame(record);
}"""
"""Records each step that is shown, and the seconds of play until then."""


def press(view: Page, name: str) -> None:
    view.get_by_test_id(f"stage-{name}").click()


def test_playing_advances_the_step_and_shows_the_loss_of_core(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    assert stage_number(view, "step") == 0
    play_until_step(view, 21)
    step = int(stage_number(view, "step"))
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=step)
    assert stage_number(view, "loss") == run.losses[step]


def test_while_it_only_plays_no_message_goes_through_streamlit(base: str, other_view: Page) -> None:
    sent: list[object] = []
    other_view.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_page(other_view, base, "live_training", lang="en")
    press(other_view, "play")
    wait_for_step(other_view, 30)
    assert sent
    sent.clear()
    wait_for_step(other_view, 600)
    assert sent == []
    press(other_view, "play")
    wait_until_idle(other_view)
    assert sent
    step = int(stage_number(other_view, "step"))
    assert stage_number(other_view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=step).losses[step]


def test_rows_come_through_streamlit_if_the_server_is_streamlits_own(other_view: Page) -> None:
    posted: list[str] = []
    other_view.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    with run_app(ROOT / "app.py") as address:
        open_page(other_view, address, "live_training", lang="en")
        play_until_step(other_view, 400)
    step = int(stage_number(other_view, "step"))
    assert stage_number(other_view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=step).losses[step]
    assert posted == []


def test_buttons_go_one_step_forward_one_step_back_and_to_the_start(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=3)
    for step in (1, 2, 3):
        press(view, "step-forward")
        expect(view.get_by_test_id("stage-step")).to_have_text(str(step))
        assert stage_number(view, "loss") == run.losses[step]
    press(view, "step-back")
    expect(view.get_by_test_id("stage-step")).to_have_text("2")
    assert stage_number(view, "loss") == run.losses[2]
    press(view, "reset")
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    assert stage_number(view, "loss") == run.losses[0]


def test_space_arrow_keys_and_r_work_like_the_buttons(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    view.keyboard.press("ArrowRight")
    expect(view.get_by_test_id("stage-step")).to_have_text("1")
    view.keyboard.press("Space")
    expect(view.get_by_test_id("stage-play")).to_have_attribute("aria-label", "Pause")
    wait_for_step(view, 10)
    view.keyboard.press("Space")
    expect(view.get_by_test_id("stage-play")).to_have_attribute("aria-label", "Play")
    view.keyboard.press("r")
    expect(view.get_by_test_id("stage-step")).to_have_text("0")


def test_scrubbing_goes_to_any_step_and_stepping_continues_there(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=190)
    for step in (190, 73, 0, 119):
        scrub_to_step(view, step)
        assert stage_number(view, "loss") == run.losses[step]
    press(view, "step-forward")
    expect(view.get_by_test_id("stage-step")).to_have_text("120")
    assert stage_number(view, "loss") == run.losses[120]


def test_a_learning_rate_changed_during_play_affects_only_later_steps(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    press(view, "play")
    wait_for_step(view, 30)
    rate = view.get_by_role("slider", name="Learning rate")
    rate.focus()
    rate.press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 40)
    press(view, "play")
    wait_until_idle(view)
    assert "past=" in view.url
    step = int(stage_number(view, "step"))
    assert stage_number(view, "loss") < train(X, PENGUINS.labels, learning_rate=0.3, steps=step).losses[step]
    scrub_to_step(view, 10)
    assert stage_number(view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=10).losses[10]


def test_a_link_restores_a_run_with_changed_settings(base: str, view: Page, new_view: NewView) -> None:
    open_page(
        view, base, "live_training", lang="en", batch="16", batch_seed="7", train_data="spirals", expansion="cubic"
    )
    press(view, "play")
    wait_for_step(view, 20)
    view.get_by_role("slider", name="Penalty").focus()
    view.keyboard.press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 30)
    press(view, "play")
    wait_until_idle(view)
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    assert stage_number(other, "step") == stage_number(view, "step") > 0
    assert stage_number(other, "loss") == stage_number(view, "loss")


def test_two_runs_play_together_and_a_change_affects_only_one(base: str, view: Page, new_view: NewView) -> None:
    open_page(view, base, "live_training", lang="en", compare="rate")
    press(view, "play")
    wait_for_step(view, 20)
    second = view.get_by_test_id("stage-rate_b")
    second.focus()
    second.press("ArrowLeft")
    wait_for_step(view, stage_number(view, "step") + 20)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert stage_number(view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=step).losses[step]
    assert stage_number(view, "loss-2") < stage_number(view, "loss")
    assert "past_b=" in view.url
    assert "past=" not in view.url
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    for name in ("step", "loss", "loss-2"):
        assert stage_number(other, name) == stage_number(view, name)


def test_a_diverged_run_is_reported_while_the_other_plays_on(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", compare="rate", rate_b="100", l2="1")
    view.get_by_role("button", name="Speed 20×").click()
    press(view, "play")
    expect(view.get_by_text("B: Training diverged at step")).to_be_visible(timeout=20_000)
    wait_for_step(view, stage_number(view, "step") + 20)
    press(view, "play")
    expect_no_traceback(view)


def test_one_vs_rest_shows_its_own_loss_and_probabilities(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", compare="head", step="80")
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=80, head="sigmoid")
    assert stage_number(view, "loss-2") == run.losses[80]
    view.locator(".plane .points").nth(1).hover()
    tip = view.locator(".tooltip").nth(1).inner_text()
    assert tip.startswith("● Adelie")
    shown = [float(line.split()[-1]) for line in tip.splitlines()]
    assert sum(shown) != pytest.approx(1, abs=0.01)


def test_w_and_b_are_shown_with_their_next_update(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="40")
    run = train(X, PENGUINS.labels, learning_rate=0.3, steps=41)
    before, after = (np.vstack([p.weights, p.bias]) for p in (run.params_at(40), run.params_at(41)))
    cells = view.locator(".parameters td:not(:empty)").all_inner_texts()
    shown = np.array([[text.replace("−", "-") for text in cells]]).reshape(3, 6)
    np.testing.assert_allclose(shown[:, :3].astype(float), before, atol=6e-4)
    for text, change in zip(shown[:, 3:].ravel(), (after - before).ravel(), strict=True):
        sign, size = text.split(" ")
        assert sign == ("↑" if change > 0 else "↓")
        assert float(size) == pytest.approx(abs(change), abs=6e-5)


def test_numbers_below_the_stage_are_pale_and_not_redrawn_during_play_and_exact_afterwards(
    base: str, view: Page
) -> None:
    open_page(view, base, "live_training", lang="en", step="5")
    heading, panel = view.get_by_role("heading", name="in numbers"), view.locator(".st-key-following_panel")
    expect(panel).to_have_css("opacity", "1")
    press(view, "play")
    wait_for_step(view, 20)
    expect(panel).to_have_css("opacity", "0.35")
    drawn = heading.inner_text()
    wait_for_step(view, 150)  # several requests for rows have been answered
    assert heading.inner_text() == drawn
    press(view, "play")
    wait_until_idle(view)
    expect(panel).to_have_css("opacity", "1")
    step = int(stage_number(view, "step"))
    expect(heading).to_have_text(f"Step {step} in numbers")
    W = train(X, PENGUINS.labels, learning_rate=0.3, steps=step).weights
    expect(panel.locator("table").first).to_contain_text(format_decimal(W[0, 0]))


def test_choosing_a_side_view_does_not_move_the_play_button(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="40")
    before = view.get_by_test_id("stage-play").bounding_box()
    for name in ("W as arrows", "Simplex", "W, b"):
        view.get_by_role("button", name=name, exact=True).click()
        wait_until_idle(view)
        assert view.get_by_test_id("stage-play").bounding_box() == before


def test_weights_that_explode_do_not_widen_the_page(base: str, new_view: NewView) -> None:
    view = new_view((1280, 900))
    open_page(view, base, "live_training", lang="en", rate="100", l2="1", step="3")
    expect(view.locator(".parameters")).to_contain_text("×10")
    assert overflow(view) <= 0


def test_choosing_other_data_starts_a_new_run(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="40")
    assert stage_number(view, "step") == 40
    view.get_by_role("combobox").first.click()
    view.get_by_role("option", name="Rings").click()
    wait_until_idle(view)
    assert stage_number(view, "step") == 0
    data = rings(300, 3, 0.3, 0)
    press(view, "step-forward")
    expect(view.get_by_test_id("stage-step")).to_have_text("1")
    expected = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=1).losses[1]
    assert stage_number(view, "loss") == expected
    assert "step=40" not in view.url


def test_scrubbing_back_keeps_the_later_steps(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="390")
    scrub = view.get_by_test_id("stage-scrub")
    assert scrub.get_attribute("max") == "500"
    scrub_to_step(view, 20)
    assert scrub.get_attribute("max") == "500"
    scrub_to_step(view, 390)
    assert stage_number(view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=390).losses[390]


def test_keys_work_after_a_click_on_text_but_not_on_other_controls(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    view.locator("p.intro").click()
    view.keyboard.press("ArrowRight")
    expect(view.get_by_test_id("stage-step")).to_have_text("1")
    view.get_by_role("combobox").first.focus()
    view.keyboard.press("ArrowRight")
    view.get_by_test_id("stage-rate").focus()
    view.keyboard.press("ArrowRight")
    wait_until_idle(view)
    expect(view.get_by_test_id("stage-step")).to_have_text("1")


def test_a_button_leads_from_a_diverged_run_to_its_lowest_loss(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", rate="100", l2="0.03", step="20000")
    losses = train(X, PENGUINS.labels, learning_rate=100, l2=0.03, steps=int(stage_number(view, "step"))).losses
    view.get_by_role("button", name="Back to the lowest loss").click()
    expect(view.get_by_test_id("stage-step")).to_have_text(str(losses.argmin()))
    assert stage_number(view, "loss") == losses.min()


def test_lowering_the_maximum_number_of_steps_lowers_the_step_on_screen(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", step="500")
    view.locator("summary").filter(has_text="Stop when").click()
    wait_until_idle(view)
    view.get_by_role("combobox", name="after this many steps").click()
    view.get_by_role("option", name="300", exact=True).click()
    expect(view.get_by_test_id("stage-step")).to_have_text("300")
    expect(view.locator(".status")).to_contain_text("300")
    wait_until_idle(view)
    assert stage_number(view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=300).losses[300]
    assert "step=300" in view.url


@pytest.mark.timed
def test_the_link_restores_speed_view_and_axis(base: str, view: Page, new_view: NewView) -> None:
    open_page(view, base, "live_training", lang="en", step="30")
    view.get_by_role("button", name="Speed 0.1×").click()
    view.get_by_role("button", name="W as arrows").click()
    view.get_by_role("button", name="log axis").click()
    wait_until_idle(view)
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    for name in ("Speed 0.1×", "W as arrows", "log axis"):
        expect(other.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    expect(other.get_by_role("img", name="The line from the origin")).to_be_visible()
    other.get_by_test_id("stage-step").evaluate(RECORD_STEPS)
    play_until_step(other, 33)
    steps, seconds = np.transpose(other.evaluate("steps"))[:, 1:]
    assert set(np.diff(steps)) == {1}
    assert (steps[-1] - steps[0]) / (seconds[-1] - seconds[0]) == pytest.approx(6, rel=0.2)  # a tenth of sixty


def test_divergence_is_reported_and_the_last_finite_step_is_shown(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", rate="100", l2="1")
    view.get_by_role("button", name="Speed 20×").click()
    press(view, "play")
    expect(view.get_by_text("Training diverged at step")).to_be_visible(timeout=20_000)
    assert np.isfinite(stage_number(view, "loss"))
    expect_no_traceback(view)


def test_the_language_can_be_switched_during_play(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    press(view, "play")
    wait_for_step(view, 20)
    view.get_by_role("radio", name="日本語").click()
    expect(view.get_by_test_id("stage-play")).to_have_attribute("aria-label", "一時停止")
    wait_for_step(view, stage_number(view, "step") + 60)
    press(view, "play")
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert stage_number(view, "loss") == train(X, PENGUINS.labels, learning_rate=0.3, steps=step).losses[step]


def test_a_clicked_sample_is_shown_with_its_probabilities(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    scrub_to_step(view, 60)
    box = view.locator(".points").bounding_box()
    assert box is not None
    view.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.4)
    expect(view.get_by_role("radio", name="One sample")).to_be_checked()
    wait_until_idle(view)
    sample = int(dict(part.split("=") for part in view.url.split("?")[1].split("&"))["sample"]) - 1
    parameters = train(X, PENGUINS.labels, learning_rate=0.3, steps=60).parameters
    p = softmax(parameters.logits(X[[sample]])[0])
    for value in p:
        expect(view.locator("table.numbers").last).to_contain_text(format_probability(value))


def test_a_workbook_gets_an_explanation_and_a_removed_file_leaves_the_stage(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="ja", train_data="table")
    files, texts = view.locator("input[type=file]"), catalogue("ja")
    workbook = b"PK\x03\x04" + b"xl/workbook.xml" + bytes(200)
    files.set_input_files({"name": "表.xlsx", "mimeType": "application/octet-stream", "buffer": workbook})
    expect(view.get_by_role("alert").get_by_text(texts["table.workbook"])).to_be_visible()
    rows = "".join(f"{i},{i * i % 7},{'uv'[i % 2]}\n" for i in range(20))
    files.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": f"a,b,c\n{rows}".encode()})
    expect(view.locator(".legend")).to_contain_text("● u")
    wait_until_idle(view)
    view.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    expect(view.locator(".legend")).to_contain_text(texts["class.adelie"])
    expect(view.get_by_text(texts["table.none_yet"])).to_be_visible()
    wait_until_idle(view)
    assert "mine.csv" not in view.url


def test_the_simplex_view_that_the_glossary_links_to_changes_with_the_step(base: str, view: Page) -> None:
    open_page(view, base, "glossary", lang="en")
    view.get_by_role("row", name="probability simplex").get_by_role("link").click()
    triangle = view.get_by_role("img", name="probability simplex")
    expect(triangle).to_be_visible()
    before = triangle.screenshot()
    scrub_to_step(view, 120)
    assert triangle.screenshot() != before
    view.get_by_role("button", name="W, b").click()
    expect(triangle).to_be_hidden()


@pytest.mark.parametrize(("button", "kind"), [("Picture as PNG", "png"), ("Picture as SVG", "svg")])
def test_the_picture_on_stage_can_be_saved(base: str, view: Page, new_view: NewView, button: str, kind: str) -> None:
    open_page(view, base, "live_training", lang="en", step="60")
    with view.expect_download() as download:
        view.get_by_role("button", name=button).click()
    assert re.fullmatch(rf"penguins-step-60-{DATE}\.{kind}", download.value.suggested_filename)
    saved = download.value.path().read_bytes()
    if kind == "png":
        assert saved.startswith(b"\x89PNG")
        return
    picture = new_view()
    picture.set_content(saved.decode("utf-8"))
    names = [text.text_content() for text in picture.locator("svg text").all()]
    assert {"Bill length (mm)", "step", "Adelie", "Gentoo"} <= set(names)
    assert picture.locator("svg path").count() > len(PENGUINS.X)
    widths = """(texts, font) => texts.map((text) => {
        text.setAttribute("font-family", font);
        return text.getComputedTextLength();
    })"""
    drawn, in_another_font = (picture.locator("svg text").evaluate_all(widths, font) for font in ("serif", "monospace"))
    np.testing.assert_allclose(drawn, in_another_font, atol=0.1)


@pytest.mark.parametrize(("button", "extension"), [("NumPy program", "py"), ("Animation", "html"), ("History", "csv")])
def test_files_can_be_downloaded(base: str, view: Page, button: str, extension: str) -> None:
    open_page(view, base, "live_training", lang="en", step="20")
    view.get_by_text(catalogue("en")["training.take"]).click()
    with view.expect_download() as download:
        view.get_by_role("button", name=button).click()
    assert re.fullmatch(rf"penguins-step-20-{DATE}\.{extension}", download.value.suggested_filename)
    assert download.value.path().stat().st_size > 1000


def test_a_japanese_table_from_excel_is_trained_on_and_its_names_are_escaped(base: str, view: Page) -> None:
    rng = np.random.default_rng(0)
    rows = [
        f"{x:.3f},{y:.3f},{name}" for name, at in (("<b>犬</b>", 0), ("猫", 4)) for x, y in rng.normal(at, 1, (20, 2))
    ]
    content = "\r\n".join(["長さ,幅,種類", *rows]).encode("cp932")
    open_page(view, base, "live_training", lang="ja", train_data="table")
    view.locator("input[type=file]").set_input_files({"name": "表.csv", "mimeType": "text/csv", "buffer": content})
    expect(view.get_by_text("表.csv：40 サンプル")).to_be_visible()
    wait_until_idle(view)
    expect(view.locator(".legend")).to_contain_text("<b>犬</b>")
    scrub_to_step(view, 100)
    assert stage_number(view, "accuracy") > 0.9
    expect_no_traceback(view)


@pytest.mark.parametrize(
    "row", ["{a},{b},k{c}", "1e100,-1e{i},k{c}", "{i}e-308,{i}e-320,k{c}", "{t},{t},k{c}"], ids=lambda row: row[:9]
)
def test_extreme_values_in_a_table_do_not_break_the_stage(base: str, view: Page, row: str) -> None:
    rows = [row.format(i=i, a=10**16 + 2 * (i % 2), b=10**17, c=i % 2, t=1_700_000_000 + i) for i in range(1, 20)]
    content = "\n".join(["x,y,kind", *rows]).encode()
    open_page(view, base, "live_training", lang="en", train_data="table")
    view.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    expect(view.get_by_text("a.csv: 19 samples")).to_be_visible()
    wait_until_idle(view)
    press(view, "step-forward")
    expect(view.get_by_test_id("stage-step")).to_have_text("1")
    expect_no_traceback(view)


def test_an_invalid_file_gets_an_error_message(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", train_data="table")
    for content, message in (
        (b"a,b\n", "The file has no samples."),
        (b"a,b,c\n1,2,u\n1,2,u\n", "no column of classes"),
    ):
        view.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
        expect(view.get_by_text(message)).to_be_visible()
        expect_no_traceback(view)


def test_points_can_be_drawn_moved_and_deleted_and_the_link_restores_them(
    base: str, view: Page, new_view: NewView
) -> None:
    open_page(view, base, "live_training", lang="en", train_data="points")
    box = view.locator(".points").bounding_box()
    assert box is not None

    def at(across: float, down: float) -> tuple[float, float]:
        return box["x"] + box["width"] * across, box["y"] + box["height"] * down

    def points_in_address() -> list[drawn_points.Point]:
        wait_until_idle(view)
        text = dict(part.split("=") for part in view.url.split("?")[1].split("&"))["points"]
        return drawn_points.decode(text) or []

    view.get_by_role("button", name="Add a point of class 4").click()
    view.mouse.click(*at(0.8, 0.75))
    added = points_in_address()
    assert len(added) == len(drawn_points.START_POINTS) + 1
    assert added[-1][2] == 3
    view.get_by_role("button", name="Move a point").click()
    view.mouse.move(*at(0.8, 0.75))
    view.mouse.down()
    view.mouse.move(*at(0.5, 0.5), steps=4)
    view.mouse.up()
    moved = points_in_address()
    assert moved[:-1] == added[:-1]
    assert moved[-1][0] < added[-1][0]
    assert moved[-1][1] > added[-1][1]
    scrub_to_step(view, 50)
    other = new_view()
    other.goto(view.url)
    wait_for_page(other)
    assert stage_number(other, "loss") == stage_number(view, "loss")
    view.get_by_role("button", name="Delete a point").click()
    view.mouse.click(*at(0.5, 0.5))
    wait_until_idle(view)
    assert "points=" not in view.url or points_in_address() == drawn_points.snap_to_grid(drawn_points.START_POINTS)


def test_points_added_faster_than_the_server_answers_are_all_kept(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", train_data="points")
    press(view, "play")
    wait_for_step(view, 5)
    box = view.locator(".points").bounding_box()
    assert box is not None
    for across in (0.6, 0.7, 0.8):
        view.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.6)
    wait_until_idle(view)
    samples = "globalThis.softmaxLab.stages.get('stage').context.scene.labels.length"
    assert view.evaluate(samples) == len(drawn_points.START_POINTS) + 3


def test_a_finger_that_scrolls_over_the_plane_draws_nothing_and_a_tap_adds_a_point(base: str, phone: Page) -> None:
    open_page(phone, base, "live_training", lang="en", train_data="points")
    plane = phone.locator(".points")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6
    swipe(phone, (x, y), (x, y - 150))
    wait_until_idle(phone)
    moved = plane.bounding_box()
    assert moved is not None
    assert moved["y"] < box["y"] - 50
    assert "points=" not in phone.url
    phone.touchscreen.tap(x, moved["y"] + moved["height"] * 0.6)
    wait_until_idle(phone)
    address = dict(part.split("=") for part in phone.url.split("?")[1].split("&"))
    assert len(drawn_points.decode(unquote(address["points"]))) == len(drawn_points.START_POINTS) + 1


def test_a_finger_that_scrolls_over_a_slider_does_not_set_it_and_one_that_moves_sideways_does(
    base: str, phone: Page
) -> None:
    open_page(phone, base, "live_training", lang="en", train_data="penguins", step="20")
    slider = phone.get_by_test_id("stage-rate")
    slider.scroll_into_view_if_needed()
    before, box = slider.input_value(), slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2
    swipe(phone, (x, y), (x, y - 100))
    wait_until_idle(phone)
    assert slider.input_value() == before
    assert "rate=" not in phone.url
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    swipe(phone, (box["x"] + box["width"] * 0.5, y), (x, y))
    wait_until_idle(phone)
    assert int(slider.input_value()) > int(before)
    assert "rate=" in phone.url


def test_a_finger_moves_a_point_with_the_tool_for_it(base: str, phone: Page) -> None:
    open_page(phone, base, "live_training", lang="en", train_data="points")
    phone.get_by_role("button", name="Move a point").tap()
    plane = phone.locator(".points")
    plane.scroll_into_view_if_needed()
    x, y = phone.evaluate(
        """() => {
            const [plane] = globalThis.softmaxLab.stages.get("stage").picture.planes;
            const [x, y] = plane.position(0, plane.area);
            const box = plane.canvas.getBoundingClientRect();
            return [box.x + x, box.y + y];
        }"""
    )
    swipe(phone, (x, y), (x + 40, y - 40))
    wait_until_idle(phone)
    address = dict(part.split("=") for part in phone.url.split("?")[1].split("&"))
    before, after = drawn_points.START_POINTS[0], drawn_points.decode(unquote(address["points"]))[0]
    assert after[0] > before[0]
    assert after[1] > before[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_only_point_is_not_deleted_and_a_message_says_why(base: str, view: Page, lang: str) -> None:
    def click_in_the_middle() -> None:
        box = view.locator(".points").bounding_box()
        assert box is not None
        view.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        wait_until_idle(view)

    open_page(view, base, "live_training", lang=lang, train_data="points")
    click_in_the_middle()
    found = re.search(r"[?&]points=([\w-]+)", view.url)
    assert found
    only = found[1][-5:]
    open_page(view, base, "live_training", lang=lang, train_data="points", points=only)
    texts = catalogue(lang)
    view.get_by_role("button", name=texts["stage.delete"]).click()
    click_in_the_middle()
    expect(view.locator(".status")).to_have_text(texts["stage.lastPoint"])
    expect(view.locator(".status")).not_to_have_class("status visually-hidden")
    assert f"points={only}" in view.url


def test_w_and_b_can_be_typed_in_every_way(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", panel="by_hand", step="5")
    for name, text in (("x₁ ● Adelie", "−2"), ("x₁ ■ Chinstrap", "１，５"), ("b ▲ Gentoo", " 1e-3 ")):
        view.get_by_role("textbox", name=name).fill(text)
    view.get_by_role("button", name=catalogue("en")["training.begin_here"]).click()
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    wait_until_idle(view)
    start = [float(value) for value in unquote(view.url.split("start=")[1]).split(",")]
    assert (start[0], start[1], start[-1]) == (-2, 1.5, 0.001)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_that_are_no_numbers_in_the_range_are_named_and_begin_no_run(base: str, view: Page, lang: str) -> None:
    texts = catalogue(lang)
    open_page(view, base, "live_training", lang=lang, panel="by_hand", step="5")
    name = f"x₁ ■ {texts['class.chinstrap']}"
    field = view.get_by_role("textbox", name=name)
    for text, reason in (("", "empty"), ("200", "refused"), ("1.2.3", "refused")):
        field.fill(text)
        view.get_by_role("button", name=texts["training.begin_here"]).click()
        message = texts[f"number.{reason}"].format(low="−100", high="100", text=text)
        message = texts["number.field"].format(label=name, fault=message)
        expect(view.get_by_role("alert").get_by_text(message)).to_be_visible()
        expect(field).to_have_value(text)
        wait_until_idle(view)
        assert stage_number(view, "step") == 5
        assert "start=" not in view.url


def test_w_and_b_can_be_set_and_reset(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", panel="by_hand", step="5")
    weight = view.get_by_role("textbox", name="x₁ ● Adelie")
    before = weight.input_value()
    scrub_to_step(view, 20)
    expect(weight).not_to_have_value(before)
    weight.fill("7")
    weight.press("Tab")
    view.get_by_role("button", name=catalogue("en")["training.begin_here"]).click()
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    wait_until_idle(view)
    start = [float(value) for value in unquote(view.url.split("start=")[1]).split(",")]
    assert start[0] == 7
    parameters = Parameters(np.reshape(start[:6], (2, 3)), np.array(start[6:]))
    scrub_to_step(view, 30)
    expected = train(X, PENGUINS.labels, learning_rate=0.3, steps=30, start=parameters)
    assert stage_number(view, "loss") == expected.losses[30]
    press(view, "reset")
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    assert stage_number(view, "loss") == expected.losses[0]
    wait_until_idle(view)
    view.get_by_role("button", name=catalogue("en")["training.begin_at_zero"]).click()
    wait_until_idle(view)
    assert stage_number(view, "loss") == pytest.approx(np.log(3), abs=1e-12)


RECORD_NAMES = """globalThis.names = [];
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, most = Infinity) {
    if (this.textAlign === "center" && this.canvas.className === "points" && this.getTransform().b === 0) {
        const half = Math.min(this.measureText(text).width, most) / 2;
        names.push([text, x - half, this.canvas.clientWidth - (x + half)]);
    }
    return fillText.apply(this, arguments);
};
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axis_names_of_a_narrow_plane_are_not_cut_off(base: str, new_view: NewView, lang: str) -> None:
    narrow = new_view((390, 844), RECORD_NAMES)
    open_page(narrow, base, "live_training", lang=lang, compare="batch")
    wait_until_idle(narrow)
    names = narrow.evaluate("names")
    batch = catalogue(lang)["training.all"]
    assert any(batch in text for text, _, _ in names)
    assert [name for name in names if min(name[1:]) < -1] == []


def test_w_and_b_are_text_of_the_same_height_instead_of_fields_while_playing(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", panel="by_hand", step="5")
    field, fields = view.get_by_role("textbox", name="x₁ ● Adelie"), view.locator("dl.fields")
    expect(field).to_be_visible()

    def height() -> float:
        return float(view.get_by_test_id("stMain").evaluate("(main) => main.scrollHeight"))

    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
        view.set_viewport_size(size)
        wait_until_idle(view)
        before = height()
        press(view, "play")
        expect(fields).to_contain_text("x₁ ● Adelie")
        expect(field).to_have_count(0)
        assert height() == pytest.approx(before, abs=1)
        press(view, "play")
        expect(field).to_be_visible()
        expect(fields).to_have_count(0)
        wait_until_idle(view)
        assert height() == pytest.approx(before, abs=1)
        step = int(stage_number(view, "step"))
        expected = train(X, PENGUINS.labels, learning_rate=0.3, steps=step).params_at(step)
        expect(field).to_have_value(f"{expected.stacked[0, 0]:.3f}")


def test_the_notebook_program_is_loaded_when_its_expander_is_opened(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    code = view.get_by_test_id("stCode")
    expect(code).to_have_count(0)
    view.get_by_text("In your own notebook").click()
    expect(code).to_contain_text("from core import")
    press(view, "step-forward")
    wait_until_idle(view)
    expect(code).to_be_visible()


def test_drawn_points_can_be_undone_by_button_and_keys(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", train_data="points")
    samples = "globalThis.softmaxLab.stages.get('stage').context.scene.labels.length"
    count, undo, redo = view.evaluate(samples), view.get_by_test_id("stage-undo"), view.get_by_test_id("stage-redo")
    expect(undo).to_be_disabled()
    box = view.locator(".points").bounding_box()
    assert box is not None
    for across in (0.7, 0.8):
        view.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.6)
        wait_until_idle(view)
    assert view.evaluate(samples) == count + 2
    undo.click()
    wait_until_idle(view)
    assert view.evaluate(samples) == count + 1
    for keys, change in (("Control+z", 0), ("Control+z", 0), ("Control+Shift+z", 1), ("Control+y", 2)):
        view.keyboard.press(keys)
        wait_until_idle(view)
        assert view.evaluate(samples) == count + change, keys
    expect(redo).to_be_disabled()
    field = view.get_by_role("textbox", name="x₁")
    field.fill("1.5")
    field.press("Control+z")
    wait_until_idle(view)
    assert view.evaluate(samples) == count + 2


def test_weights_set_by_hand_can_be_undone_by_keys(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", panel="by_hand")
    field = view.get_by_test_id("stForm").get_by_role("textbox").first
    field.fill("2.5")
    view.get_by_role("button", name=catalogue("en")["training.begin_here"]).click()
    wait_until_idle(view)
    assert "start=2.5" in view.url
    view.keyboard.press("Control+z")
    wait_until_idle(view)
    expect(field).to_have_value("0.000")
    assert "start=2.5" not in view.url
