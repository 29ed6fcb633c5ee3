"""The steps of the guided lecture, read from files.

A step has one file per language, `locales/<code>/lecture/<number>_<name>.md`. Steps are sorted by file name. A file
begins with TOML between two lines of +++:

    section, page      section of the lecture, and the page that the step is about
    right              name of the right option
    [state]            query parameters of the page
    [shown]            optional: query parameters that change once the question is answered
    title, question    texts
    [options]          texts, by name of the option

Two more texts follow, separated by a line of ---: what to look at, and the answer. All files of a step are equal except
for their texts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ui.i18n import LOCALES, read_text

_IN_FORMULA = re.compile(r"(?<=\blog) | (?=(?::=|[=≈+−×÷]) )|(?<=[=≈+−×÷]) ")
"""Spaces before and after an operator, and after "log"."""


@dataclass(frozen=True)
class Step:
    """One step in one language. `instructions` is the text on what to look at."""

    name: str
    section: int
    page: str
    state: Mapping[str, str]
    shown: Mapping[str, str]
    right: str
    title: str
    instructions: str
    question: str
    options: Mapping[str, str]
    answer: str

    def url_parameters(self, guess: str = "") -> dict[str, str]:
        """Return the query parameters of the step: `state`, and after a guess also `shown`, which takes precedence."""
        return {**self.state, **self.shown} if guess else dict(self.state)

    def valid_guess(self, guess: object) -> str:
        """Return `guess` if it is the name of an option, else an empty string."""
        return guess if isinstance(guess, str) and guess in self.options else ""


@lru_cache(maxsize=8)
def load_steps(code: str) -> dict[str, Step]:
    """Return the steps in one language by name, in the order of the lecture."""
    paths = sorted((LOCALES / code / "lecture").glob("*.md"))
    return {step.name: step for step in (parse_step(path.stem, read_text(path)) for path in paths)}


def parse_step(stem: str, text: str) -> Step:
    """Parse the text of a step's file; `stem` is the file name without the extension.

    Raises ValueError or TypeError if the text does not have the format described in this module.
    """
    _, head, body = text.split("+++\n")
    instructions, answer = body.split("\n---\n")
    fields = {"name": stem.partition("_")[2], "shown": {}, **tomllib.loads(head)}
    fields["question"] = _keep_formulas_whole(fields["question"])
    fields["instructions"] = _keep_formulas_whole(instructions.strip())
    fields["answer"] = _keep_formulas_whole(answer.strip())
    return Step(**fields)


def _keep_formulas_whole(text: str) -> str:
    """Return the text with no-break spaces in its formulas, except in LaTeX, so that no line ends inside them."""
    parts = text.split("$")
    parts[::2] = [_IN_FORMULA.sub("\N{NO-BREAK SPACE}", part) for part in parts[::2]]
    return "$".join(parts)
