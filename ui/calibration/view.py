"""The reliability diagram of a model with its temperature, and a verdict on the calibration (slide 6.2)."""

from __future__ import annotations

from core import fit_temperature, reliability, softmax
from core.activations import Floats
from core.datasets import Labels
from ui.components.reliability_diagram import HIGH, LOW, NO_PLANE, Outputs, Plane, reliability_diagram
from ui.i18n import t
from ui.i18n.number_format import format_decimal
from ui.look import html
from ui.look.layout import following
from ui.state import url_state
from ui.state.script_queue import SCRIPT_QUEUE

WELL_CALIBRATED_ECE = 0.05
"""Largest expected calibration error (ECE) of a model that counts as well calibrated."""


def draw_diagram(key: str, temperature_key: str, test: Outputs, validation: Outputs, plane: Plane = NO_PLANE) -> float:
    """Draw the reliability diagram of the test samples. Return the temperature T that the user has set.

    temperature_key: session key and query parameter of T.
    validation: outputs for other samples, for which the button "Fit T" minimises the cross-entropy.
    """
    (T,) = url_state.synced_numbers(temperature_key, [1.0], LOW, HIGH)
    fitted = fit_temperature(validation.logits, validation.labels)
    SCRIPT_QUEUE.maybe_yield()
    reliability_diagram(
        key,
        test,
        temperature=T,
        fitted=min(max(fitted, LOW), HIGH),
        n_fitting=len(validation.labels),
        on_temperature=lambda value: url_state.set_state({temperature_key: [value]}),
        plane=plane,
    )
    return T


def draw_verdict(test: Outputs, temperature: float) -> None:
    """Draw the verdict on the calibration of softmax(Z/T) for the test samples."""
    with following("verdict"):
        html.callout(verdict_text(softmax(test.logits, temperature), test.labels, temperature))


def verdict_text(P: Floats, labels: Labels, temperature: float) -> str:
    """Return a text on the calibration of probabilities P (n, K) of samples with these labels (n,).

    If the temperature is not 1, the text also says that it changes only the confidence and not the predicted classes.
    """
    bins = reliability(P, labels)
    shares = bins.counts / bins.counts.sum()
    confidence, accuracy = float(shares @ bins.confidence), float(shares @ bins.accuracy)
    if bins.error <= WELL_CALIBRATED_ECE:
        verdict = "honest"
    elif abs(confidence - accuracy) < bins.error / 2:
        verdict = "mixed"
    else:
        verdict = "over" if confidence > accuracy else "modest"
    numbers = {
        "confidence": format_decimal(confidence, 2),
        "right": format_decimal(accuracy, 2),
        "error": format_decimal(bins.error),
    }
    text = t(f"versus.belief_{verdict}", **numbers)
    return text if temperature == 1 else f"{text} {t('versus.belief_moved')}"
