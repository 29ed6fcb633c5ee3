"""The model that reads digits: softmax regression of the pixels, trained by `core.train`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core import Dataset, Parameters, digits, split, train

MAX_COUNT = 16
"""Largest count of black points in a pixel. The model sees counts divided by it."""

STEPS = 500
"""Training steps of the model on the page. Later steps read about as many held-out digits."""

LEARNING_RATE, L2 = 1.0, 1e-3
HELD_OUT, SPLIT_SEED = 0.25, 0

READ_OF_100 = {
    "000": 22, "100": 26, "001": 23, "101": 22, "010": 80, "110": 81, "011": 85, "111": 90,
}  # fmt: skip
"""How many of 100 test drawings (tests/drawn_digits.py) the model reads, for each choice of the preprocessing steps:
deslant, resize, even ink; 1 if the step is taken."""


@dataclass(frozen=True, eq=False)
class DigitModel:
    """Parameters W (64, 10) and b (10,) after STEPS steps, and the digits for training and for testing."""

    parameters: Parameters
    training: Dataset
    held_out: Dataset

    @property
    def n_read(self) -> int:
        """The number of held-out digits that the model reads correctly."""
        predicted = self.parameters.logits(self.held_out.X / MAX_COUNT).argmax(axis=1)
        return int((predicted == self.held_out.labels).sum())


@lru_cache(maxsize=1)
def trained_model() -> DigitModel:
    """Train the model. All sessions share it."""
    training, held_out = split(digits(), HELD_OUT, SPLIT_SEED)
    run = train(training.X / MAX_COUNT, training.labels, learning_rate=LEARNING_RATE, steps=STEPS, l2=L2)
    return DigitModel(run.parameters, training, held_out)
