"""Slide 6.3: photos with several tags. Sigmoids with BCE beside a softmax that has one unit to share among them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core import binary_cross_entropy, hamming_loss, label_scores, subset_accuracy, tagged_photos
from core.activations import ACTIVATIONS, Floats
from core.datasets import Dataset, MultiLabelDataset
from core.features import FeatureMap
from core.run import Problem
from ui import charts, controls, dials, markup
from ui.i18n import lesson, t
from ui.numbers import decimal, probability
from ui.page import workbench
from ui.training import stage_view
from ui.training.model import Model
from ui.training.scene import scene_of
from ui.training.timeline import open_timeline

PHOTOS = 300
SAMPLE = "labels_sample"
OPENS_AT = 300


def part() -> None:
    """Both models on one timeline; a photo and all photos in numbers."""
    beside, on_stage = workbench()
    with beside:
        overlap = controls.slider("overlap", 0.0, 1.0, 0.5, 0.05)
        noise = controls.slider("tag_noise", 0.0, 1.0, 0.2, 0.05, name="noise")
        data = tagged_photos(PHOTOS, overlap, noise, controls.seed("tag_seed", name="data_seed"))
        one_each = controls.switch("threshold_each")
    names = [t(f"class.{name}") for name in data.labels]
    thresholds = tuple(dials.THRESHOLD._replace(suffix=f"_{k}") for k in range(len(names)))
    limiting = thresholds if one_each else (dials.THRESHOLD,)
    held = (*limiting, *dials.PLAYER)
    first_tags = Dataset(data.X, data.targets.argmax(axis=1), data.labels, data.features)
    models = [_model(data, head) for head in ACTIVATIONS]
    scene = scene_of(
        first_tags, first_tags.rows(np.arange(0)), models, answering=True, tags=data.targets,
        words={"accuracy": t("versus.all_right")},
    )  # fmt: skip
    timeline = open_timeline(scene.identity, models, dials.values_of(held), prefix="labels_", opens_at=OPENS_AT)

    def below() -> None:
        P, S = (
            ACTIVATIONS[tracked.model.problem.head](tracked.params_at(timeline.step).logits(tracked.model.problem.X))
            for tracked in timeline.runs
        )
        limits = np.array([timeline.values[dial.key] for dial in limiting])
        one, everyone = st.columns([1.2, 1], gap="large")
        with one:
            _one_photo(data, names, P, S)
        with everyone:
            _all_photos(data, names, P, S, limits)

    stage_view.play(
        "labels", scene, timeline, held, on_stage.container(), below,
        whose={dial.key: name for dial, name in zip(thresholds, names, strict=True)},
        picked=lambda: st.session_state.get(SAMPLE, 1) - 1,
    )  # fmt: skip
    with on_stage:
        markup.notice(t("versus.labels_try" if overlap > 0 else "versus.exclusive_notice"))
    st.markdown(lesson("multi_label"))


def _model(data: MultiLabelDataset, head: str) -> Model:
    """Sigmoids take the 0/1 targets as they are; softmax needs them shared out so that they sum to 1."""
    phi, Y = FeatureMap.fit(data.X), data.targets
    targets = Y / Y.sum(axis=1, keepdims=True) if head == "softmax" else Y
    return Model(t(f"versus.{head}_short"), phi, Problem.from_data(phi(data.X), targets, head), multi_label=True)


def _one_photo(data: MultiLabelDataset, names: list[str], P: Floats, S: Floats) -> None:
    """One photo's tags, what each model answers, and what each answer costs."""
    two = np.flatnonzero((data.targets == [1, 1, 0]).all(axis=1))
    middle = data.X[two].mean(axis=0) if len(two) else data.X[0]
    typical = int(two[np.argmin(((data.X[two] - middle) ** 2).sum(axis=1))]) if len(two) else 0
    st.button(
        t("versus.two_tags", first=names[0], second=names[1]),
        on_click=st.session_state.update, args=({SAMPLE: typical + 1},), disabled=len(two) == 0,
    )  # fmt: skip
    i = controls.slider(SAMPLE, 1, len(data.X), typical + 1, 1, name="sample") - 1
    y, p, s = data.targets[i], P[i], S[i]
    st.markdown(t("versus.photo", number=i + 1))
    costs = [binary_cross_entropy(s[[k]], y[[k]]) for k in range(len(names))]
    rows: list[markup.Row] = [
        [
            markup.class_name(k, name),
            f"{y[k]:.0f}",
            markup.in_class_colour(probability(p[k]), k),
            markup.in_class_colour(probability(s[k]), k),
            markup.in_class_colour(f"{costs[k]:.3f}", k),
        ]
        for k, name in enumerate(names)
    ]
    total = ["Σ", f"{y.sum():.0f}", *map(decimal, (p.sum(), s.sum(), sum(costs)))]
    markup.table(["", "y", t("versus.softmax_short"), t("versus.sigmoid_short"), t("versus.bce")], [*rows, total])
    if y.sum() > 1:
        markup.notice(t("versus.photo_notice"))


def _all_photos(data: MultiLabelDataset, names: list[str], P: Floats, S: Floats, limits: Floats) -> None:
    """How good the tags are that exceed their thresholds, over all photos and tag by tag."""
    given, truth = [limits < Q for Q in (P, S)], data.targets == 1
    scores = [label_scores(tags, truth) for tags in given]
    models = [t("versus.softmax_short"), t("versus.sigmoid_short")]
    measured = {
        "subset": [subset_accuracy(tags, truth) for tags in given],
        "hamming": [hamming_loss(tags, truth) for tags in given],
        "micro_f1": [score.micro_f1 for score in scores],
        "macro_f1": [score.macro_f1 for score in scores],
        "mean_bce": [binary_cross_entropy(Q, data.targets) for Q in (P, S)],
    }
    markup.table(
        ["", *models],
        [[t(f"versus.{name}"), *(f"{value:.3f}" for value in values)] for name, values in measured.items()],
        caption=t("versus.all_photos"),
    )
    columns = [f"{t(f'versus.{what}')}, {model}" for what in ("precision", "recall") for model in models]
    markup.table(
        ["", *columns],
        [
            [
                markup.class_name(k, name),
                *(f"{score.precision[k]:.3f}" for score in scores),
                *(f"{score.recall[k]:.3f}" for score in scores),
            ]
            for k, name in enumerate(names)
        ],
    )
    series = [(model, score.f1) for model, score in zip(models, scores, strict=True)]
    charts.show(
        charts.grouped_bars(names, series, t("versus.f1")),
        "f1",
        t("versus.f1_alt", softmax=f"{scores[0].macro_f1:.3f}", sigmoids=f"{scores[1].macro_f1:.3f}"),
    )
