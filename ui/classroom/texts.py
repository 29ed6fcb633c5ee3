"""Texts of a question in the reader's language."""

from __future__ import annotations

from typing import Protocol

from ui.i18n import catalogue, language, t
from ui.lecture.steps import load_steps
from ui.look.html import escape_markdown
from ui.look.terms import without_markdown

PAGE_QUESTION = "predict."
"""Beginning of `step` for a page's question. It is the key of the question's text."""


class HasTexts(Protocol):
    """A question of a lecture step or of a page, or a free question with its own texts."""

    @property
    def step(self) -> str:
        """Name of the lecture step, or the key of the texts of a page's question, or ""."""

    @property
    def text(self) -> str:
        """Text of a free question."""

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options of a step or page, or texts."""


def has_texts(question: HasTexts) -> bool:
    """Return whether this version of the app has the texts of a question."""
    return not question.step or question.step in load_steps(language()) or is_page_question(question)


def is_page_question(question: HasTexts) -> bool:
    """Return whether a page asks this question under "Predict, then look"."""
    return question.step.startswith(PAGE_QUESTION) and question.step in catalogue(language())


def question_text(question: HasTexts) -> str:
    """Return the text of a question as Markdown without emphasis, in which terms may be marked."""
    step = load_steps(language()).get(question.step)
    if step:
        return step.question
    return t(question.step).replace("**", "") if is_page_question(question) else escape_markdown(question.text)


def option_texts(question: HasTexts) -> list[str]:
    """Return the text of each option. It is not Markdown."""
    step = load_steps(language()).get(question.step)
    if step:
        return [step.options.get(name, name) for name in question.options]
    if is_page_question(question):
        return [catalogue(language()).get(f"{question.step}_{name}", name) for name in question.options]
    return list(question.options)


def explanation(question: HasTexts) -> str:
    """Return why the right option is right, as Markdown in which terms may be marked; "" for a free question."""
    step = load_steps(language()).get(question.step)
    if step:
        return step.answer
    return catalogue(language()).get(f"{question.step}_why", "") if is_page_question(question) else ""


def plain_texts(question: HasTexts) -> tuple[str, tuple[str, ...]]:
    """Return the text of a question and of its options, without Markdown."""
    text = without_markdown(question_text(question)) if question.step else question.text
    return text, tuple(option_texts(question))
