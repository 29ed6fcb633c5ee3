"""Part "labels": photos with several tags, classified by sigmoids with BCE and by softmax (slide 6.3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from core import binary_cross_entropy, hamming_loss, label_scores, subset_accuracy, tagged_photos
from core.activations import ACTIVATIONS, Floats
from core.datasets import Dataset, MultiLabelDataset
from core.features import FeatureMap
from core.run import Problem
from ui.comparison.questions import LABELS, show_questions
from ui.i18n import lesson, t
from ui.i18n.number_format import format_decimal, format_probability
from ui.look import charts, html
from ui.look.layout import controls_and_figure, following
from ui.state import widgets
from ui.training import hyperparameters, stage_view
from ui.training.model import Model
from ui.training.scene import scene_of
from ui.training.timeline import open_timeline

PHOTOS = 300
SAMPLE = "labels_sample"
OPENS_AT = 300


def render() -> None:
    """Draw both models on one timeline.

    Below, draw the outputs for one photo and the metrics over all photos, at the step on screen.
    """
    control_column, figure_column = controls_and_figure()
    with control_column:
        overlap = widgets.slider("overlap", 0.0, 1.0, 0.5, 0.05)
        noise = widgets.slider("tag_noise", 0.0, 1.0, 0.2, 0.05, name="noise")
        data = tagged_photos(PHOTOS, overlap, noise, widgets.seed_input("tag_seed", name="data_seed"))
        per_class = widgets.toggle("threshold_each")
        show_questions(LABELS)
    names = [t(f"class.{name}") for name in data.labels]
    class_thresholds = tuple(hyperparameters.THRESHOLD._replace(key_suffix=f"_{k}") for k in range(len(names)))
    threshold_controls = class_thresholds if per_class else (hyperparameters.THRESHOLD,)
    controls = (*threshold_controls, *hyperparameters.PLAYER)
    first_tags = Dataset(data.X, data.targets.argmax(axis=1), data.labels, data.features)
    models = [_model(data, head) for head in ACTIVATIONS]
    scene = scene_of(first_tags, first_tags.rows(np.arange(0)), models, data_name="photos", show_thresholds=True)
    texts = {**scene.texts, "accuracy": t("versus.all_right"), "outputs": t("versus.photo_outputs")}
    scene = replace(scene, multi_labels=data.targets, has_sample_outputs=True, texts=texts)
    values = hyperparameters.read_values(controls)
    timeline = open_timeline(scene.identity, models, values, prefix="labels_", opens_at=OPENS_AT)
    typical = _typical_photo(data)

    def draw_numbers() -> None:
        P, S = (tracked.outputs_at(timeline.step, tracked.model.problem.X) for tracked in timeline.tracked_runs)
        thresholds = np.array([timeline.values[control.key] for control in threshold_controls])
        left, right = st.columns([1.2, 1], gap="large")
        with left, following("photo"):
            _one_photo(data, typical, names, P, S)
        with right, following("photos"):
            _all_photos(data, names, P, S, thresholds)

    def selected_sample() -> int:
        number: int = st.session_state.get(SAMPLE, typical + 1)
        return number - 1

    with figure_column.container():
        label_suffixes = {control.key: name for control, name in zip(class_thresholds, names, strict=True)}
        stage_view.draw_stage("labels", scene, timeline, controls, label_suffixes)
    stage_view.answer_messages("labels", timeline, controls, draw_numbers, selected_sample=selected_sample)
    with figure_column:
        html.callout(t("versus.labels_try" if overlap > 0 else "versus.exclusive_notice"))
    st.markdown(lesson("multi_label"))


def _model(data: MultiLabelDataset, head: str) -> Model:
    """Return a multi-label model. `head` is a key of ACTIVATIONS: the activation of its outputs.

    For softmax, each row of 0/1 targets is divided by its sum, the number of tags of the photo.
    """
    phi, Y = FeatureMap.fit(data.X), data.targets
    targets = Y / Y.sum(axis=1, keepdims=True) if head == "softmax" else Y
    return Model(t(f"versus.{head}_short"), phi, Problem.from_data(phi(data.X), targets, head), multi_label=True)


def _typical_photo(data: MultiLabelDataset) -> int:
    """Return the index of the photo in the middle of those with exactly the first two tags; 0 if there is none."""
    two_tags = np.flatnonzero((data.targets == [1, 1, 0]).all(axis=1))
    if not len(two_tags):
        return 0
    centre = data.X[two_tags].mean(axis=0)
    return int(two_tags[np.argmin(((data.X[two_tags] - centre) ** 2).sum(axis=1))])


def _one_photo(data: MultiLabelDataset, typical: int, names: list[str], P: Floats, S: Floats) -> None:
    """Draw a button and a slider that select a photo, and a table with one row per tag of the photo.

    A row has the target, the outputs of softmax and sigmoid, and the loss of the sigmoid. P and S (n, K) are the
    outputs of softmax and sigmoids for all photos. `typical` is the photo selected at first and by the button.
    """
    st.button(
        t("versus.two_tags", first=names[0], second=names[1]), on_click=st.session_state.update,
        args=({SAMPLE: typical + 1},), disabled=data.targets[typical].tolist() != [1, 1, 0],
    )  # fmt: skip
    i = widgets.slider(SAMPLE, 1, len(data.X), typical + 1, 1, name="sample") - 1
    y, p, s = data.targets[i], P[i], S[i]
    st.markdown(t("versus.photo", number=i + 1))
    losses = [binary_cross_entropy(s[[k]], y[[k]]) for k in range(len(names))]
    rows: list[html.Row] = []
    for k, name in enumerate(names):
        numbers = (format_probability(p[k]), format_probability(s[k]), f"{losses[k]:.3f}")
        rows.append([html.class_name(k, name), f"{y[k]:.0f}", *(html.in_class_colour(text, k) for text in numbers)])
    totals = ["Σ", f"{y.sum():.0f}", *map(format_decimal, (p.sum(), s.sum(), sum(losses)))]
    html.table(["", "y", t("versus.softmax_short"), t("versus.sigmoid_short"), t("versus.bce")], [*rows, totals])
    if y.sum() > 1:
        html.callout(t("versus.photo_notice"))


def _all_photos(data: MultiLabelDataset, names: list[str], P: Floats, S: Floats, thresholds: Floats) -> None:
    """Draw metrics over all photos and per tag, for the outputs P of softmax and S of the sigmoids (n, K each).

    A tag is predicted if its output exceeds `thresholds`: one per tag (K,), or one for all (1,).
    """
    predictions, true_tags = [thresholds < Q for Q in (P, S)], data.targets == 1
    scores = [label_scores(predicted, true_tags) for predicted in predictions]
    models = [t("versus.softmax_short"), t("versus.sigmoid_short")]
    metrics = {
        "subset": [subset_accuracy(predicted, true_tags) for predicted in predictions],
        "hamming": [hamming_loss(predicted, true_tags) for predicted in predictions],
        "micro_f1": [score.micro_f1 for score in scores],
        "macro_f1": [score.macro_f1 for score in scores],
        "mean_bce": [binary_cross_entropy(Q, data.targets) for Q in (P, S)],
    }
    rows = [[t(f"versus.{name}"), *(f"{value:.3f}" for value in values)] for name, values in metrics.items()]
    html.table(["", *models], rows, caption=t("versus.all_photos"))
    header = [
        t(f"versus.{metric}") + t("punctuation.parentheses", note=model)
        for metric in ("precision", "recall")
        for model in models
    ]
    columns = [score.precision for score in scores] + [score.recall for score in scores]
    html.table(
        ["", *header],
        [[html.class_name(k, name), *(f"{column[k]:.3f}" for column in columns)] for k, name in enumerate(names)],
    )
    series = [(model, score.f1) for model, score in zip(models, scores, strict=True)]
    alt = t("versus.f1_alt", softmax=f"{scores[0].macro_f1:.3f}", sigmoids=f"{scores[1].macro_f1:.3f}")
    charts.draw_figure(charts.grouped_bars(names, series, t("versus.f1")), "f1", alt)
