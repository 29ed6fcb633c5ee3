"""The catalogues: every language is complete, every text is used, and the code has no texts for people."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from ui.i18n import LOCALES, catalogue, languages

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
SOURCES = [
    ROOT / "app.py",
    *(
        path
        for folder in (ROOT / "pages", UI)
        for path in sorted(folder.rglob("*.py"))
        if "node_modules" not in path.parts
    ),
]
SCRIPTS = [path for kind in ("*.js", "*.html") for path in sorted((UI / "frontend/src").rglob(kind))]
JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龠]")
TWO_WORDS = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,}\b")


def constants(path: Path) -> list[str]:
    """Return the strings in a Python file that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def patterns(path: Path) -> list[str]:
    """Return the strings in a file as regular expressions, in which the fields of an f-string match any name."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z0-9_]+" for p in node.values]
            found.append("".join(parts))
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_english_and_japanese() -> None:
    assert set(languages()) >= {"en", "ja"}


@pytest.mark.parametrize("code", languages())
def test_each_language_has_the_same_keys_placeholders_and_lessons(code: str) -> None:
    assert catalogue(code).keys() == catalogue("en").keys()
    for key, text in catalogue(code).items():
        assert fields(text) == fields(catalogue("en")[key]), key
        assert text != "", key
        assert key.startswith("punctuation.") or text.strip() == text, key
    lessons = {path.name for path in (LOCALES / code / "lessons").glob("*.md")}
    assert lessons == {path.name for path in (LOCALES / "en/lessons").glob("*.md")}


def test_every_text_is_used() -> None:
    used = [re.compile(pattern) for pattern in {pattern for path in SOURCES for pattern in patterns(path)}]
    sections = {
        "stage",
        "bars",
        "model",
        "steps",
        "geometry",
        "jacobian",
        "derivation",
        "surface",
        "calibration",
        "digit",
    }  # passed to a component as a whole
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS)
    for key in catalogue("en"):
        section, _, name = key.partition(".")
        if section in ("streamlit", "term", "definition"):
            continue  # used as a whole: Streamlit's own texts in the browser, and the glossary
        if section in sections:
            assert re.search(rf"\b{name}\b", scripts), key
        elif section in ("control", "help"):
            assert any(pattern.fullmatch(name) for pattern in used), key
        else:
            assert any(pattern.fullmatch(key) for pattern in used if "." in pattern.pattern), key


def test_no_text_for_people_is_in_the_code() -> None:
    # Code to copy, and Plotly's positions of a label.
    allowed = re.compile(r"from core import|(top|bottom) (left|center|right)$")
    found = {
        (str(path.relative_to(ROOT)), constant)
        for path in SOURCES
        for constant in constants(path)
        if JAPANESE.search(constant)
        or (path.parent.name == "pages" and TWO_WORDS.search(constant) and not allowed.match(constant))
    }
    assert found == set()


def test_no_japanese_text_is_in_the_scripts() -> None:
    assert SCRIPTS
    assert [path.name for path in SCRIPTS if JAPANESE.search(path.read_text("utf-8"))] == []


def test_japanese_lessons_are_written_in_polite_form() -> None:
    for path in (LOCALES / "ja/lessons").glob("*.md"):
        text = path.read_text("utf-8")
        assert not re.search(r"(である|だ|ない|する|なる)。", text), path.name
