"""Texts of a question in the reader's language."""

from __future__ import annotations

from typing import Protocol

from ui.i18n import language
from ui.lecture.steps import load_steps
from ui.look.html import escape_markdown


class HasTexts(Protocol):
    """A question of a lecture step, or a free question with its own texts."""

    @property
    def step(self) -> str:
        """Name of the lecture step, or ""."""

    @property
    def text(self) -> str:
        """Text of a free question."""

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the step's options, or texts."""


def question_text(question: HasTexts) -> str:
    """Return the text of a question as Markdown."""
    step = load_steps(language()).get(question.step)
    return step.question if step else escape_markdown(question.text)


def option_texts(question: HasTexts) -> list[str]:
    """Return the text of each option. It is not Markdown."""
    step = load_steps(language()).get(question.step)
    return [step.options.get(name, name) for name in question.options] if step else list(question.options)
