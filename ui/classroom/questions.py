"""Questions for a class, and the states of a vote on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.classroom.errors import InvalidQuestionError

MIN_OPTIONS, MAX_OPTIONS = 2, 6
MAX_TEXT, MAX_OPTION_TEXT = 300, 100


class State(StrEnum):
    """State of a round. Only OPEN takes votes. VOTES shows their distribution, REVEALED also the right option."""

    OPEN = "open"
    VOTES = "votes"
    REVEALED = "revealed"
    CLOSED = "closed"
    """The class moved on before the right option was revealed."""


@dataclass(frozen=True)
class Question:
    """A question of a lecture step, or a free question.

    options: names of the step's options, or the texts of a free question's options.
    right: the right option, or "" if there is none.
    step: name of the lecture step, which holds the texts; "" for a free question.
    text: text of a free question, may be "".
    """

    options: tuple[str, ...]
    right: str = ""
    step: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Raise InvalidQuestionError if the question cannot be asked."""
        is_valid = (
            MIN_OPTIONS <= len(self.options) <= MAX_OPTIONS
            and len(set(self.options)) == len(self.options)
            and all(option.strip() and len(option) <= MAX_OPTION_TEXT for option in self.options)
            and self.right in ("", *self.options)
            and len(self.text) <= MAX_TEXT
        )
        if not is_valid:
            raise InvalidQuestionError
