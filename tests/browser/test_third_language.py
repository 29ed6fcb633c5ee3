"""A third language is one folder: here one made up, of longer and accented English."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import ROOT, expect_no_traceback, serving
from tests.browser.conftest import NewView
from tests.browser.inspection import INTERNATIONAL_WORDS, NOTE_CANVAS_TEXTS
from tests.browser.page_elements import TEXTS, overflow
from tests.browser.views import VIEWS, View

pytestmark = pytest.mark.slow

CODE = "eo"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
KEPT = re.compile(r"\{[^}]*\}|\$[^$]*\$|`[^`]*`|```.*?```|:material/\w+:|\]\([^)]*\)|&\w+;|<[^>]+>", re.DOTALL)


def made_up(text: str) -> str:
    """Accented and longer, but for what is no language: placeholders, formulas, code, addresses."""
    accented, end = "", 0
    table = str.maketrans(PLAIN, ACCENTED)
    for kept in KEPT.finditer(text):
        accented += text[end : kept.start()].translate(table) + kept.group()
        end = kept.end()
    return accented + text[end:].translate(table) + " ẋýž" * (len(text) // 12)


def lesson_made_up(text: str) -> str:
    """A lesson; of a lecture step's head, only what is for people."""
    head, body = text.split("+++\n")[1:] if text.startswith("+++\n") else ("", text)
    lines, section = [], ""
    for line in head.splitlines():
        section = line if line.startswith("[") else section
        key, _, value = line.partition(" = ")
        if key in ("title", "question") or (value and section == "[options]"):
            line = f"{key} = {json.dumps(made_up(tomllib.loads(f'it = {value}')['it']))}"
        lines.append(line)
    told = "\n".join(made_up(line) for line in body.split("\n"))
    return "\n".join(["+++", *lines, "+++", told]) if head else told


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a third language: its files as they are, and one folder more."""
    copy = tmp_path_factory.mktemp("app")
    for name in ("core", "pages", "ui", ".streamlit"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", copy)
    locales = copy / "ui/i18n/locales"
    shutil.copytree(locales / "en", locales / CODE)
    for path in (locales / CODE).glob("*.toml"):
        english: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
        sections = (
            f"[{section}]\n" + "\n".join(f"{key} = {json.dumps(made_up(text))}" for key, text in texts.items())
            for section, texts in english.items()
        )
        path.write_text("\n".join(sections), "utf-8")
    for path in (locales / CODE).rglob("*.md"):
        path.write_text(lesson_made_up(path.read_text("utf-8")), "utf-8")
    with serving(copy / "app.py") as address:
        yield address


@pytest.fixture
def reading(new_view: NewView) -> Page:
    """A page that remembers what is written on its canvases."""
    return new_view((390, 844), NOTE_CANVAS_TEXTS, locale="en-GB")


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_no_english_is_left_and_longer_texts_fit_a_phone(elsewhere: str, reading: Page, shown: View) -> None:
    shown.open(reading, elsewhere, lang=CODE)
    expect_no_traceback(reading)
    expect(reading.locator("html")).to_have_attribute("lang", CODE)
    left = {text for text in reading.evaluate(TEXTS) if set(re.findall(r"[A-Za-z]{3,}", text)) - INTERNATIONAL_WORDS}
    assert left == set()
    assert overflow(reading) <= 0
