"""Uploading a table: an example is downloaded, chosen, and shown in a preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.app import LANGUAGES, open_page, texts_of
from tests.browser.conftest import PHONE, NewView
from tests.browser.idle import wait_until_idle
from tests.browser.inspection import axe_faults
from tests.browser.page_elements import overflow

SIZES = {"desktop": {"size": (1280, 800)}, "phone": PHONE}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_an_example_is_downloaded_chosen_and_previewed(
    new_view: NewView, base: str, size: str, language: str, tmp_path: Path
) -> None:
    view, texts = new_view(**SIZES[size]), texts_of(language)["table"]
    open_page(view, base, "live_training", lang=language, train_data="table")
    with view.expect_download() as download:
        view.get_by_role("button", name=texts["example_messy"]).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    view.locator("input[type=file]").set_input_files(file)
    preview = view.get_by_role("table", name=texts["first_rows"].format(rows=5))
    expect(preview).to_contain_text("Äpfel")
    wait_until_idle(view)
    expect(view.get_by_text(texts["why_left_out"])).to_be_visible()
    preview.scroll_into_view_if_needed()
    assert overflow(view) == 0
    assert axe_faults(view) == []


@pytest.mark.parametrize(("size", "language"), [("desktop", "en"), ("phone", "ja")])
def test_a_model_is_trained_on_all_columns_and_the_stage_says_what_the_plane_shows(
    new_view: NewView, base: str, size: str, language: str, tmp_path: Path
) -> None:
    view, texts = new_view(**SIZES[size]), texts_of(language)
    file = tmp_path / "wide.csv"
    rows = [",".join([*(str((i * j + j * j) % 97) for j in range(1, 21)), "uvw"[i % 3]]) for i in range(200)]
    file.write_text("\n".join([",".join([*(f"number {j}" for j in range(1, 21)), "kind"]), *rows]))
    link = {"train_data": "table", "train_columns": "all", "train_file_name": "wide.csv", "step": "30"}
    open_page(view, base, "live_training", lang=language, panel="update", **link)
    view.locator("input[type=file]").set_input_files(file)
    note = texts["training"]["others_at_mean"].format(count=18)
    expect(view.locator(".legend")).to_contain_text(note)
    wait_until_idle(view)
    with view.expect_download() as download:
        view.get_by_role("button", name=texts["stage"]["svg"]).click()
    assert note in Path(download.value.path()).read_text().replace("\N{NO-BREAK SPACE}", " ")
    weights = view.get_by_role("table", name=texts["training"]["weights"], exact=True)
    expect(weights).to_contain_text("x₂₀")
    assert overflow(view) == 0
    assert axe_faults(view) == []
