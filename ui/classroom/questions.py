"""Questions for a class, and the states of a vote on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.classroom.errors import InvalidQuestionError

MIN_OPTIONS, MAX_OPTIONS = 2, 6
MAX_TEXT, MAX_OPTION_TEXT = 300, 100
OPTION_LETTERS = "ABCDEF"


class State(StrEnum):
    """State of a round. Only OPEN takes votes. VOTES shows their distribution, REVEALED also the right option."""

    OPEN = "open"
    VOTES = "votes"
    REVEALED = "revealed"
    CLOSED = "closed"
    """The class moved on before the right option was revealed."""


@dataclass(frozen=True)
class Question:
    """A question of a lecture step or of a page, or a free question.

    options: names of the options of a step or page, or the texts of a free question's options.
    right: the right option, or "" if there is none.
    step: name of the lecture step, or the key of the texts of a page's question (`predict.<page>_<name>`); "" for a
        free question.
    text: text of a free question, may be "".
    """

    options: tuple[str, ...]
    right: str = ""
    step: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Raise InvalidQuestionError, with the first fault, if the question cannot be asked."""
        faults = {
            "few": len(self.options) < MIN_OPTIONS,
            "many": len(self.options) > MAX_OPTIONS,
            "empty": not all(option.strip() for option in self.options),
            "equal": len(set(self.options)) < len(self.options),
            "long_option": any(len(option) > MAX_OPTION_TEXT for option in self.options),
            "long_text": len(self.text) > MAX_TEXT,
            "right": self.right not in ("", *self.options),
        }
        fault = next((name for name, has_fault in faults.items() if has_fault), None)
        if fault:
            raise InvalidQuestionError(fault)
