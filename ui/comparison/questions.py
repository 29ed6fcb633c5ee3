"""The questions of the comparison page, per part."""

from __future__ import annotations

from ui.classroom.page_questions import show_quiz
from ui.comparison import THIS_PAGE
from ui.lecture import panel
from ui.lecture.quiz import Question, state_setter

EXCLUSIVE, LABELS, BELIEF = "exclusive", "labels", "belief"
"""The parts that have questions."""

QUESTIONS = {
    EXCLUSIVE: {
        "grey": Question(
            ("grows", "shrinks", "same"), "grows",
            begin=state_setter(EXCLUSIVE, part=EXCLUSIVE, threshold="0.5"),
            show=state_setter(EXCLUSIVE, part=EXCLUSIVE, threshold="0.9"),
        ),
        "sum": Question(
            ("one", "at_most_one", "up_to_three"), "up_to_three",
            begin=state_setter(EXCLUSIVE, part=EXCLUSIVE, probe_x="80", probe_y="40"),
            show=state_setter(EXCLUSIVE, part=EXCLUSIVE, probe_x="25", probe_y="68"),
        ),
    },
    LABELS: {
        "threshold": Question(
            ("more", "fewer", "same"), "more",
            begin=state_setter(LABELS, part=LABELS, threshold="0.5"),
            show=state_setter(LABELS, part=LABELS, threshold="0.1"),
        ),
        "three": Question(
            ("one", "half", "third"), "third",
            begin=state_setter(LABELS, part=LABELS, labels_step="0"),
            show=state_setter(LABELS, part=LABELS, labels_sample="78", labels_step="1000"),
        ),
    },
    BELIEF: {
        "temperature": Question(
            ("none", "some", "all"), "none",
            begin=state_setter(BELIEF, part=BELIEF, belief="rbf", believers="30"),
            show=state_setter(BELIEF, part=BELIEF, belief="rbf", believers="30", belief_t="3"),
        ),
        "samples": Question(
            ("closer", "further", "same"), "closer",
            begin=state_setter(BELIEF, part=BELIEF, belief="rbf", believers="30"),
            show=state_setter(BELIEF, part=BELIEF, belief="rbf", believers="600"),
        ),
    },
}  # fmt: skip


def show_questions(part: str) -> None:
    """Draw the questions of a part, unless a step of the lecture asks its own."""
    if not panel.is_open_on(THIS_PAGE):
        show_quiz(part, QUESTIONS[part])
