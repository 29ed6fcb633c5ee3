"""How far softmax's confidence can be believed: on samples never learnt from, and put right by a temperature (6.2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from core import Dataset, fit_temperature, one_hot, reliability, softmax, split
from core.activations import Floats
from core.datasets import overlapping_blobs
from ui import controls, link, markup, trained
from ui.components.calibration import HIGH, LOW, Judgement, calibration
from ui.i18n import lesson, t
from ui.numbers import decimal
from ui.page import fitted, workbench

JUDGED, VALIDATING = 3000, 1000
"""How many samples judge the model, and how many others the temperature is fitted on."""

CLASSES, NOISE, STEPS = 3, 0.7, 2000
NODES = 49
HONEST = 0.05
"""Up to which expected calibration error confidence is called earned."""

TEMPERATURE = "belief_t"
PRESETS: dict[str, dict[str, object]] = {
    "overfit": {"belief": "rbf", "believers": 30, "belief_l2": 0.0, TEMPERATURE: [1.0]},
    "sound": {"belief": "linear", "believers": 300, "belief_l2": 0.0, TEMPERATURE: [1.0]},
}


class Samples(NamedTuple):
    """Three sets that share no sample."""

    training: Dataset
    validating: Dataset
    judged: Dataset


def drawn(n: int) -> Samples:
    """So many training samples of three overlapping classes, and besides those to fit T on and those to judge by."""
    total = n + VALIDATING + JUDGED
    rest, judged = split(overlapping_blobs(total, CLASSES, NOISE, 0), JUDGED / total, 0)
    return Samples(*split(rest, VALIDATING / len(rest.X), 0), judged)


def part() -> None:
    """The model and its temperature, the reliability diagram, and what it says about the word “probability”."""
    beside, picture = workbench()
    with beside:
        with st.container(horizontal=True, gap="small"):
            for name, values in PRESETS.items():
                st.button(t(f"versus.{name}"), on_click=link.overrule, args=(values,), width="stretch")
        expansion = controls.choice("belief", ("linear", "rbf"), lambda name: t(f"expansion.{name}"))
        n = controls.slider("believers", 30, 600, 300, 10)
        l2 = controls.choice("belief_l2", (0.0, 0.001, 0.01, 0.1), lambda value: f"{value:g}", name="l2")
        st.markdown(lesson("probability"))
    (T,) = link.held_numbers(TEMPERATURE, [1.0], LOW, HIGH)
    samples = drawn(n)
    Y = one_hot(samples.training.labels, CLASSES)
    model = trained.classifier(samples.training.X, Y, expansion, STEPS, l2)
    best = fit_temperature(model.logits(samples.validating.X), samples.validating.labels)
    logits = model.logits(samples.judged.X)
    with picture:
        st.markdown(t("versus.belief_try"))
        with fitted("calibration"):
            calibration(
                "calibration",
                judgement_of(model, samples, logits),
                controls.class_names(samples.training),
                temperature=T,
                fitted=min(max(best, LOW), HIGH),
                on_temperature=lambda value: link.overrule({TEMPERATURE: [value]}),
            )
        markup.notice(notice(softmax(logits, T), samples.judged, T))


def judgement_of(model: trained.Classifier, samples: Samples, logits: Floats) -> Judgement:
    """What the reliability diagram and the plane beside it are drawn from."""
    xs, ys, cells = _grid_around(samples.training.X, NODES)
    corner = np.array([xs[0], ys[0]])
    return Judgement(
        logits,
        samples.judged.labels,
        model.logits(cells),
        (samples.training.X - corner) / (np.array([xs[-1], ys[-1]]) - corner),
        samples.training.labels,
    )


def notice(P: Floats, judged: Dataset, temperature: float) -> str:
    """What to notice: which way confidence is off, and once T has been moved, what that changed and what it did not."""
    bins = reliability(P, judged.labels)
    share = bins.counts / bins.counts.sum()
    confidence, right = float(share @ bins.confidence), float(share @ bins.accuracy)
    if bins.error <= HONEST:
        verdict = "honest"
    elif abs(confidence - right) < bins.error / 2:
        verdict = "mixed"
    else:
        verdict = "over" if confidence > right else "modest"
    numbers = {"confidence": decimal(confidence, 2), "right": decimal(right, 2), "error": decimal(bins.error)}
    said = t(f"versus.belief_{verdict}", **numbers)
    return said if temperature == 1 else f"{said} {t('versus.belief_moved')}"


def _grid_around(X: Floats, side: int) -> tuple[Floats, Floats, Floats]:
    """Axes (side,) of a square grid over samples X (n, 2) with some room about them, and its cells (side², 2)."""
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.15 * (high - low)
    xs, ys = (np.linspace(a, b, side) for a, b in zip(low - margin, high + margin, strict=True))
    return xs, ys, np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
