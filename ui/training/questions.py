"""The questions of the training page."""

from __future__ import annotations

from functools import partial

from ui.lecture.quiz import Question, state_setter

QUIZ = "training"
_state = partial(state_setter, QUIZ)

PETALS = {"train_data": "iris", "train_x_iris": "petal_length_cm", "train_y_petal_length_cm": "petal_width_cm"}

QUESTIONS = {
    "rate": Question(
        ("higher", "same", "lower"), "lower",
        begin=_state(train_data="penguins", rate="0.3", step="0"),
        show=_state(train_data="penguins", compare="rate", rate="0.3", rate_b="3", step="20"),
    ),
    "large_rate": Question(
        ("faster", "jumps", "same"), "jumps",
        begin=_state(**PETALS, rate="3", step="3"),
        show=_state(**PETALS, rate="100", step="3"),
    ),
    "start": Question(
        ("zero", "third", "log_three"), "log_three",
        begin=_state(train_data="penguins", rate="0.3", step="60"),
        show=_state(train_data="penguins", rate="0.3", step="0"),
    ),
    "rings": Question(
        ("third", "two_thirds", "all"), "third",
        begin=_state(train_data="rings", expansion="linear", rate="1", step="0"),
        show=_state(train_data="rings", expansion="linear", rate="1", step="2000"),
    ),
    "batch": Question(
        ("same", "jagged", "higher"), "jagged",
        begin=_state(train_data="penguins", rate="1", step="150"),
        show=_state(train_data="penguins", compare="batch", rate="1", batch_b="1", step="150"),
    ),
    "penalty": Question(
        ("paler", "stronger", "same"), "paler",
        begin=_state(train_data="separable", rate="1", l2="0", step="300"),
        show=_state(train_data="separable", rate="1", l2="0.1", step="300"),
    ),
}  # fmt: skip
