"""The scenarios of the lecture, and the numbers on its slides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui.i18n import t
from ui.state import url_state


class Scenario(NamedTuple):
    """A scenario: text keys of its K classes, and K logits that a model might return for one input."""

    classes: tuple[str, ...]
    logits: tuple[float, ...]


SCENARIOS = {
    "image": Scenario(("dog", "cat", "bird"), (1.2, 2.8, -0.6)),
    "news": Scenario(("sports", "technology", "entertainment", "economy"), (-0.5, 2.4, 0.3, 1.9)),
    "fault": Scenario(("code_100", "code_200", "code_300", "code_999"), (0.4, -1.0, 3.1, 0.8)),
    "sentiment": Scenario(("positive", "negative", "neutral"), (0.6, -1.4, 1.1)),
    "voice": Scenario(("play", "stop", "next", "louder", "quieter"), (2.2, -0.3, 0.9, 0.1, -1.2)),
    "ocr": Scenario(("a", "c", "e", "o", "q", "u"), (1.6, 1.1, 0.2, 2.3, -0.4, -1.5)),
    "binary": Scenario(("yes", "no"), (1.0, 0.0)),
}

SLIDE_LOGITS = {"ten": (10.0, 0.0, 0.0), "ones": (1.0, 1.0, 1.0)}
"""The inputs of the examples on slide 2.2."""

SLIDE_PROBABILITIES = {
    "output": (0.1, 0.7, 0.2),
    "one_hot": (0.1, 0.5, 0.2, 0.2),
    "small_loss": (0.1, 0.7, 0.1, 0.1),
    "large_loss": (0.4, 0.2, 0.2, 0.2),
}
"""Probabilities on the slides.

"output" is on slide 1 (right approach). The others are on slide 3.3: a one-hot label, a small loss, a large loss.
"""


def url_parameters(scenario: str, logits: Sequence[float] = ()) -> dict[str, str]:
    """Return query parameters with which the softmax page shows a scenario.

    If `logits` is empty, the logits of the scenario are used.
    """
    z = logits or SCENARIOS[scenario].logits
    return {
        "scenario": scenario,
        f"classes_{scenario}": str(len(z)),
        f"z_{scenario}": url_state.numbers_to_text(z),
        f"shift_{scenario}": "0",
        "temperature": "1",
    }


def loss_parameters(example: str) -> dict[str, str]:
    """Return query parameters with which the loss page shows an example, a key of SLIDE_PROBABILITIES.

    Class 2 is the true class.
    """
    return {"target": "1", "loss_z": url_state.numbers_to_text(logits_for(SLIDE_PROBABILITIES[example]))}


def class_names(scenario: str) -> list[str]:
    """Return the names of a scenario's classes in the current language."""
    return [t(f"class.{name}") for name in SCENARIOS[scenario].classes]


def logits_for(probabilities: tuple[float, ...]) -> list[float]:
    """Return logits whose softmax is `probabilities`: their logarithms, shifted to a mean of 0."""
    z = np.log(probabilities)
    return [float(value) for value in z - z.mean()]
