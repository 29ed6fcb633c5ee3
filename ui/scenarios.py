"""The lecture's situations: which classes there are, and logits a model might give one input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui import link
from ui.i18n import t


class Scenario(NamedTuple):
    """Identifiers of the classes, and example logits, one each."""

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
"""The inputs that slide 2.2 works out."""

SLIDE_PROBABILITIES = {
    "output": (0.1, 0.7, 0.2),
    "one_hot": (0.1, 0.5, 0.2, 0.2),
    "small_loss": (0.1, 0.7, 0.1, 0.1),
    "large_loss": (0.4, 0.2, 0.2, 0.2),
}
"""Outputs the slides start from: 1 (right approach), 3.3 (one-hot), and 3.3's two losses."""


def as_link(scenario: str, logits: Sequence[float] = ()) -> dict[str, str]:
    """What a link to the playground says to show a scenario, with its own logits unless others are given."""
    shown = logits or SCENARIOS[scenario].logits
    return {
        "scenario": scenario,
        f"classes_{scenario}": str(len(shown)),
        f"z_{scenario}": link.as_text(shown),
        f"shift_{scenario}": "0",
        "temperature": "1",
    }


def names(scenario: str) -> list[str]:
    """The classes of a scenario in the reader's language."""
    return [t(f"class.{name}") for name in SCENARIOS[scenario].classes]


def logits_for(probabilities: tuple[float, ...]) -> list[float]:
    """Logits that softmax turns into these probabilities: their logarithms, which add up to no shift of note."""
    z = np.log(probabilities)
    return [float(value) for value in z - z.mean()]
