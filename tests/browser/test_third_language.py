"""A third language needs only one more folder. The test language is English with accents and longer texts."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import LANGUAGES, ROOT, expect_no_traceback, run_app
from tests.browser.conftest import NewView
from tests.browser.inspection import INTERNATIONAL_WORDS, RECORD_CANVAS_TEXTS
from tests.browser.page_elements import TEXTS, overflow
from tests.browser.views import VIEWS, View
from ui.i18n import catalogue

pytestmark = pytest.mark.slow

CODE = "eo"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
NOT_TRANSLATED = re.compile(
    r"\{[^}]*\}|\$[^$]*\$|`[^`]*`|```.*?```|:material/\w+:|\]\([^)]*\)|&\w+;|<[^>]+>", re.DOTALL
)

NAMES_OF_TERMS = {text for code in LANGUAGES for key, text in catalogue(code).items() if key.startswith("term.")}
"""The glossary shows them in each language."""


def translate(text: str) -> str:
    """Add accents and length to a text, but keep placeholders, formulas, code and addresses."""
    accented, end = "", 0
    table = str.maketrans(PLAIN, ACCENTED)
    for match in NOT_TRANSLATED.finditer(text):
        accented += text[end : match.start()].translate(table) + match.group()
        end = match.end()
    return accented + text[end:].translate(table) + " ẋýž" * (len(text) // 12)


def translate_lesson(text: str) -> str:
    """Translate a lesson; in the head of a lecture step, only the texts for people."""
    head, body = text.split("+++\n")[1:] if text.startswith("+++\n") else ("", text)
    lines, section = [], ""
    for line in head.splitlines():
        section = line if line.startswith("[") else section
        key, _, value = line.partition(" = ")
        if key in ("title", "question") or (value and section == "[options]"):
            line = f"{key} = {json.dumps(translate(tomllib.loads(f'it = {value}')['it']))}"
        lines.append(line)
    translated = "\n".join(translate(line) for line in body.split("\n"))
    return "\n".join(["+++", *lines, "+++", translated]) if head else translated


@pytest.fixture(scope="module")
def third_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a copy of the app with one more folder of texts; yield its address."""
    copy = tmp_path_factory.mktemp("app")
    for name in ("core", "pages", "ui", ".streamlit"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "app.py", copy)
    locales = copy / "ui/i18n/locales"
    shutil.copytree(locales / "en", locales / CODE)
    for path in (locales / CODE).glob("*.toml"):
        english: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
        sections = (
            f"[{section}]\n" + "\n".join(f"{key} = {json.dumps(translate(text))}" for key, text in texts.items())
            for section, texts in english.items()
        )
        path.write_text("\n".join(sections), "utf-8")
    for path in (locales / CODE).rglob("*.md"):
        path.write_text(translate_lesson(path.read_text("utf-8")), "utf-8")
    with run_app(copy / "app.py") as address:
        yield address


@pytest.fixture
def phone_view(new_view: NewView) -> Page:
    """Provide a page of the size of a phone that records the texts on its canvases."""
    return new_view((390, 844), RECORD_CANVAS_TEXTS, locale="en-GB")


@pytest.mark.parametrize("case", VIEWS, ids=lambda case: case.name)
def test_all_texts_are_translated_and_longer_texts_fit_a_phone(
    third_language: str, phone_view: Page, case: View
) -> None:
    case.open(phone_view, third_language, lang=CODE)
    expect_no_traceback(phone_view)
    expect(phone_view.locator("html")).to_have_attribute("lang", CODE)
    texts = phone_view.evaluate(TEXTS)
    english = {text for text in texts if set(re.findall(r"[A-Za-z]{3,}", text)) - INTERNATIONAL_WORDS}
    assert english - (NAMES_OF_TERMS if case.name == "glossary" else set()) == set()
    assert overflow(phone_view) <= 0
