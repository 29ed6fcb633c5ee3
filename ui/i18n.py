"""Texts for people, in the reader's language.

A language is one catalogue, `locales/<code>.toml`, and one folder of lessons, `lessons/<code>/`. The language in
force is a session value under the key LANGUAGE, which is also the name of its query parameter.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
LANGUAGE = "lang"
FALLBACK = "en"

_COUNTED = re.compile(r"(?<=[0-9}]) (?=[\u3040-\u30ff\u4e00-\u9fff])")
"""Between a number, or its placeholder, and the Japanese that counts or goes on from it."""


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages there is a catalogue for, the fallback first."""
    codes = sorted(path.stem for path in (HERE / "locales").glob("*.toml"))
    return (FALLBACK, *(code for code in codes if code != FALLBACK))


@lru_cache(maxsize=8)
def catalogue(code: str) -> dict[str, str]:
    """All texts of a language, by dotted key."""
    return dict(_flatten(tomllib.loads(source(HERE / "locales" / f"{code}.toml"))))


def settle_language() -> None:
    """Decide the language when a session begins: the link's, else the browser's, else the fallback.

    The link always says which it is, so that it reads the same wherever it is opened.
    """
    if st.session_state.get(LANGUAGE) not in languages():
        wanted = (st.query_params.get(LANGUAGE), (st.context.locale or "").split("-")[0], FALLBACK)
        st.session_state[LANGUAGE] = next(code for code in wanted if code in languages())
    st.query_params[LANGUAGE] = st.session_state[LANGUAGE]


def language() -> str:
    """The code of the language in force."""
    code = st.session_state.get(LANGUAGE, FALLBACK)
    return code if code in languages() else FALLBACK


def t(key: str, **values: object) -> str:
    """The text under a dotted key, its {placeholders} filled. Raises KeyError for a key no catalogue has."""
    text = catalogue(language())[key]
    return text.format(**values) if values else text


def texts_under(section: str) -> dict[str, str]:
    """All texts of one section, by what follows its name."""
    prefix = f"{section}."
    return {key.removeprefix(prefix): text for key, text in catalogue(language()).items() if key.startswith(prefix)}


def lesson(name: str) -> str:
    """A longer text in Markdown, from the lessons."""
    return source(HERE / "lessons" / language() / f"{name}.md")


def source(path: Path) -> str:
    """A file of texts, in which no line ends between a number and what it counts."""
    return _COUNTED.sub("\N{NO-BREAK SPACE}", path.read_text("utf-8"))


def _flatten(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            entries += _flatten(value, f"{prefix}{key}.")
        else:
            entries.append((prefix + key, str(value)))
    return entries
