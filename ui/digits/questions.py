"""The questions of the digits page."""

from __future__ import annotations

from functools import partial

from ui.digits.drawing import FIVE
from ui.lecture.quiz import Question, state_setter

QUIZ = "digits"
THREE = (
    "JE0qSi1JNkU3QDs-QT1GPE48VDtbPGRAZ0FwQnVEekh-TIJQhlaEWoVgh2aIbohyhHKAenp7d39ugmyBY4hriXGIeYqAioSRiJKPl5Scmpyfo6KopK6n"
    "sqq4qr-qwqjLpsqj05_UltuS3Yndh-SA43nlceNr5GPfX99a2VHWUdlG0EjOQMo"
)
ONE = "KRpYNydYKnksnC27Lt8"
SCRIBBLE = "GTPlTDN_y7Imy7LxfxlM5Q"
_state = partial(state_setter, QUIZ)

QUESTIONS = {
    "three": Question(
        ("all", "only", "empty"), "only",
        begin=_state(),
        show=_state(strokes=THREE),
    ),
    "one": Question(
        ("line", "sides", "mean"), "sides",
        begin=_state(),
        show=_state(strokes=ONE),
    ),
    "shift": Question(
        ("same", "less", "other"), "other",
        begin=_state(strokes=FIVE),
        show=_state(strokes=FIVE),
    ),
    "scribble": Question(
        ("zero", "one", "depends"), "one",
        begin=_state(),
        show=_state(strokes=SCRIBBLE),
    ),
}  # fmt: skip
"""The weights and the shifted digit are on the page from the beginning; a drawing shows what they do."""
