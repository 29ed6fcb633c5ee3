"""Whether the model's probabilities can be believed: the reliability diagram of held-out digits."""

from __future__ import annotations

from core import split
from ui.calibration.view import draw_diagram, draw_verdict
from ui.components.reliability_diagram import Outputs
from ui.digits.model import MAX_COUNT, SPLIT_SEED, DigitModel
from ui.i18n import t
from ui.look.terms import markdown_with_terms

TEMPERATURE = "digit_t"
"""Session key and query parameter."""

FITTING_SHARE = 1 / 3
"""Share of the held-out digits for which "Fit T" minimises the cross-entropy. The diagram shows the others."""


def show_calibration(model: DigitModel) -> None:
    """Draw the reliability diagram with its temperature, and a verdict."""
    test, validation = (
        Outputs(model.parameters.logits(part.X / MAX_COUNT), part.labels)
        for part in split(model.held_out, FITTING_SHARE, SPLIT_SEED)
    )
    markdown_with_terms(t("digits.calibration_try"))
    T = draw_diagram("digit_calibration", TEMPERATURE, test, validation)
    draw_verdict(test, T)
