"""The glossary: its terms, their marks in texts, and its page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.fuzz.page_content import component_data
from tests.pages.conftest import LANGUAGES, PAGES, markup, open_page
from ui.i18n import LOCALES, catalogue
from ui.lecture.steps import load_steps
from ui.look.terms import with_terms

MARK = re.compile(r"\[\[([^\]|]*)[^\]]*\]\]")


def section(code: str, name: str) -> dict[str, str]:
    prefix = f"{name}."
    return {key.removeprefix(prefix): text for key, text in catalogue(code).items() if key.startswith(prefix)}


def table_data(app: AppTest) -> dict[str, Any]:
    """Return the message of the glossary's table."""
    found = [component_data(node.proto) for node in app.get("bidi_component")]
    return next(data for data in found if "rows" in data)


def table(app: AppTest) -> list[dict[str, Any]]:
    """Return the rows of the glossary."""
    rows: list[dict[str, Any]] = table_data(app)["rows"]
    return rows


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_term_is_explained_and_has_a_name_of_its_own(code: str) -> None:
    assert list(section(code, "term")) == list(section(code, "definition")) == list(section("en", "term"))
    assert len(set(section(code, "term").values())) == len(section(code, "term"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_marked_term_is_in_the_glossary(code: str) -> None:
    for path in (LOCALES / code).rglob("*.*"):
        for name in MARK.findall(path.read_text("utf-8")):
            assert name in section(code, "term"), (path.name, name)


def test_a_marked_term_is_drawn_with_its_explanation() -> None:
    drawn = with_terms("Each [[logit|logits <1>]] and **[[argmax]]**.")
    assert drawn.startswith('Each <span class="term" tabindex="0">logits &lt;1&gt;<span class="definition">')
    assert catalogue("en")["definition.logit"] in drawn
    assert '**<span class="term" tabindex="0">argmax<' in drawn
    with pytest.raises(KeyError):
        with_terms("[[no_such_term]]")


def test_notices_and_explanations_of_answers_explain_marked_terms() -> None:
    app = open_page("live_training", lang="en", training_prompt="penalty", training_guess="paler")
    assert with_terms("[[regularisation|penalty]]") in markup(app)
    assert with_terms("[[regularisation|penalty]]") in markup(open_page("live_training", train_data="separable"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_term_in_both_languages(language: str) -> None:
    rows = table(open_page("glossary", lang=language))
    for code in LANGUAGES:
        shown = [row["name"] if code == language else row["cells"][0] for row in rows]
        assert shown == list(section(code, "term").values())
    assert [row["cells"][-1] for row in rows] == list(section(language, "definition").values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_terms_say_their_language(language: str) -> None:
    data = table_data(open_page("glossary", lang=language))
    assert data["languages"][0] == language
    assert sorted(data["languages"]) == sorted(LANGUAGES)
    for heading, code in zip(data["header"], data["languages"], strict=False):
        assert heading == catalogue(code)["app.language_name"]


def test_each_link_opens_the_view_that_it_names() -> None:
    for row in table(open_page("glossary", lang="en")):
        address = urlsplit(row["address"])
        parameters = dict(parse_qsl(address.query))
        app = open_page(address.path, **parameters)
        assert not app.exception, row["name"]
        kept = {key: app.query_params.get(key) for key in parameters}
        assert {key: text[0] if isinstance(text, list) else text for key, text in kept.items()} == parameters


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_shown_as_text(language: str) -> None:
    """Every text with marks is drawn by a function that replaces them."""
    links = [(step.page, {"lecture": name, "lecture_guess": step.right}) for name, step in load_steps(language).items()]
    links += [(step.page, {"lecture": name}) for name, step in load_steps(language).items()]
    links += [(page, {}) for page in PAGES]
    links += [
        ("loss_explorer", {"loss_view": view}) for view in ("surface", "likelihood", "distance", "check", "price")
    ]
    links += [("softmax_vs_sigmoid", {"part": part}) for part in ("belief", "labels", "guide", "whole")]
    links += [
        ("softmax_playground", {"softmax_view": view}) for view in ("geometry", "sharpness", "jacobian", "precision")
    ]
    links += [("live_training", {"compare": name}) for name in ("batch", "expansion")]
    links += [("live_training", {"panel": "sample"}), ("live_training", {"train_data": "separable"})]
    links += [("live_training", {"training_prompt": "penalty", "training_guess": "paler"})]
    for page, parameters in links:
        app = open_page(page, lang=language, **parameters)
        texts = [element.value for element in app.markdown] + [markup(app)]
        assert not any(MARK.search(re.sub("<script>.*?</script>", "", text, flags=re.DOTALL)) for text in texts), page
