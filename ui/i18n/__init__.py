"""Texts in the user's language, and numbers as text. Used by all packages of `ui` and by the pages.

Each language has a folder `locales/<code>/`: short texts in one TOML file per page, longer texts in `lessons/`, and the
steps of the guided lecture in `lecture/`. LANGUAGE is both the session key and the query parameter of the current
language.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

LOCALES = Path(__file__).parent / "locales"
LANGUAGE = "lang"
FALLBACK = "en"

_SPACE_BEFORE_JAPANESE = re.compile(r"(?<=[0-9}]) (?=[\u3040-\u30ff\u4e00-\u9fff])")
"""A space between a number, or a placeholder, and a Japanese word; `read_text` makes it a no-break space."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, beginning with FALLBACK."""
    codes = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
    return (FALLBACK, *(code for code in codes if code != FALLBACK))


@lru_cache(maxsize=8)
def catalogue(code: str) -> dict[str, str]:
    """Return all short texts of a language, by key `section.name`."""
    files = [tomllib.loads(read_text(path)) for path in sorted((LOCALES / code).glob("*.toml"))]
    sections = [section for file in files for section in file.items()]
    return {f"{section}.{name}": text for section, texts in sections for name, text in texts.items()}


def init_language() -> None:
    """Set the language of a new session and write it into the address.

    A new session uses the language in the address, else the browser's language, else the fallback. The address always
    contains the language, so that a shared address opens in the same language.
    """
    if st.session_state.get(LANGUAGE) not in languages():
        candidates = (st.query_params.get(LANGUAGE), (st.context.locale or "").split("-")[0], FALLBACK)
        st.session_state[LANGUAGE] = next(code for code in candidates if code in languages())
    st.query_params[LANGUAGE] = st.session_state[LANGUAGE]


def language() -> str:
    """Return the code of the current language."""
    code = st.session_state.get(LANGUAGE, FALLBACK)
    return code if code in languages() else FALLBACK


def t(key: str, **values: object) -> str:
    """Return a short text in the current language. Each {name} in the text is replaced by `values[name]`.

    Raises KeyError for an unknown key.
    """
    text = catalogue(language())[key]
    return text.format(**values) if values else text


def texts_under(section: str) -> dict[str, str]:
    """Return all texts of a section in the current language. The keys are without the section's name."""
    prefix = f"{section}."
    return {key.removeprefix(prefix): text for key, text in catalogue(language()).items() if key.startswith(prefix)}


def lesson(name: str) -> str:
    """Return the Markdown of `lessons/<name>.md` in the current language."""
    return read_text(LOCALES / language() / "lessons" / f"{name}.md")


def read_text(path: Path) -> str:
    """Return the content of a file, with no-break spaces between numbers and Japanese words."""
    return _SPACE_BEFORE_JAPANESE.sub("\N{NO-BREAK SPACE}", path.read_text("utf-8"))
