"""Sections 1.2 and 6: when softmax is the right tool, and when sigmoids are."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from core import (
    binary_cross_entropy,
    contradictions,
    hamming_loss,
    sigmoid_binary_cross_entropy,
    subset_accuracy,
    tagged_photos,
)
from ui import charts, controls, markup, trained, versus_belief, versus_guide, versus_whole
from ui.i18n import lesson, t
from ui.numbers import decimal, probability
from ui.page import page, workbench

THRESHOLD = 0.5
OWN = "own"
EXCLUSIVE_SETS = ("overlapping", "sheared", "scikit", "separable", "penguins")
CELLS = 120


def exclusive_classes() -> None:
    """One softmax beside K logistic regressions on the same samples (slide 1.2)."""
    beside, figures = workbench()
    with beside:
        data, _ = controls.dataset("versus", EXCLUSIVE_SETS, st.container(), st.expander(t("control.shape")))
    names = controls.class_names(data)
    softmax = trained.for_classes(data, "softmax")
    sigmoids = trained.for_classes(data, "sigmoid")
    xs, ys, cells = charts.grid_around(data.X, CELLS)
    P, S = softmax.probabilities(cells), sigmoids.probabilities(cells)
    among = np.flatnonzero(charts.among(cells, data.X))
    faults = {name: int(among[place]) for name, place in contradictions(S[among], THRESHOLD).items()}
    with beside:
        fault = controls.choice("fault", [*faults, OWN], lambda name: t(f"versus.{name}"))
        if fault == OWN:
            across, up = (controls.slider(f"probe_{axis}", 0, 100, 50, 1) for axis in "xy")
            faults[OWN] = round(up / 100 * (CELLS - 1)) * CELLS + round(across / 100 * (CELLS - 1))
    probe = faults[fault]

    with figures:
        x_name, y_name = controls.feature_names(data)
        for column, model in zip(st.columns(2, gap="medium"), (softmax, sigmoids), strict=True):
            figure = charts.blank(x_name, y_name, height=400)
            if model is softmax:
                charts.plane(figure, xs, ys, P.argmax(axis=1), P.max(axis=1))
                charts.zero_lines(figure, xs, ys, trained.leads(softmax.logits(cells)))
            else:
                charts.answers(figure, xs, ys, S, THRESHOLD, t("versus.many"), t("versus.nobody"))
                charts.zero_lines(figure, xs, ys, sigmoids.logits(cells))
            charts.scatter_classes(figure, data.X, data.labels, names, legend=model is softmax)
            charts.probe(figure, cells[probe])
            with column:
                st.subheader(t(f"versus.{model.head}"), anchor=False)
                charts.show(figure, f"plane_{model.head}", t(f"versus.{model.head}_alt"))
        st.caption(t("versus.regions"))

    if not faults.keys() - {OWN}:
        markup.notice(t("versus.agree"))
    st.subheader(t(f"versus.{fault}"), anchor=False)
    st.markdown(t(f"versus.{fault}_notice"))
    bars, numbers = st.columns([1.3, 1], gap="large")
    with bars:
        series = [(t("versus.softmax"), P[probe]), (t("versus.sigmoid"), S[probe])]
        charts.show(
            charts.grouped_bars(names, series, t("loss.probability")), "probe",
            t("versus.probe_alt", softmax=decimal(P[probe].sum()), sigmoid=decimal(S[probe].sum())),
        )  # fmt: skip
    with numbers:
        rows: list[markup.Row] = [
            [
                markup.class_name(k, name),
                markup.in_class_colour(probability(P[probe, k]), k),
                markup.in_class_colour(probability(S[probe, k]), k),
                t("versus.says_yes") if S[probe, k] > THRESHOLD else t("versus.says_no"),
            ]
            for k, name in enumerate(names)
        ]
        total = ["Σ", decimal(P[probe].sum()), decimal(S[probe].sum()), str(int((S[probe] > THRESHOLD).sum()))]
        markup.table(["", t("versus.softmax"), t("versus.sigmoid"), t("versus.yes")], [*rows, total])
    st.markdown(lesson("one_vs_rest"))


def several_labels() -> None:
    """Photos with several tags: sigmoids with BCE beside a softmax that has one unit to share (slide 6.3)."""
    beside, figures = workbench()
    with beside:
        overlap = controls.slider("overlap", 0.0, 1.0, 0.5, 0.05)
        noise = controls.slider("tag_noise", 0.0, 1.0, 0.2, 0.05, name="noise")
        data = tagged_photos(300, overlap, noise, controls.seed("tag_seed", name="data_seed"))
    names = [t(f"class.{name}") for name in data.labels]
    softmax, sigmoids = (trained.for_labels(data, head) for head in ("softmax", "sigmoid"))
    P, S = softmax.probabilities(data.X), sigmoids.probabilities(data.X)
    combinations = np.unique(data.targets, axis=0)
    two_tags_first = sorted(combinations.tolist(), key=lambda tags: (abs(sum(tags) - 2), [-tag for tag in tags]))
    with beside:
        chosen = controls.choice(
            "tags",
            ["".join(f"{tag:.0f}" for tag in row) for row in two_tags_first],
            lambda tags: " + ".join(name for name, tag in zip(names, tags, strict=True) if tag == "1"),
        )
        threshold = controls.slider("threshold", 0.05, 0.95, 0.5, 0.05)
    # Of the photos with these tags, the one in the middle of them.
    alike = np.flatnonzero((data.targets == [int(tag) for tag in chosen]).all(axis=1))
    centre = data.X[alike].mean(axis=0)
    photo = int(alike[np.argmin(((data.X[alike] - centre) ** 2).sum(axis=1))])
    z, y = sigmoids.logits(data.X[[photo]])[0], data.targets[photo]
    losses = [sigmoid_binary_cross_entropy(z[[k]], y[[k]])[0] for k in range(len(names))]

    with figures:
        picture, numbers = st.columns([1, 1.15], gap="medium")
        with picture:
            figure = charts.blank(t("versus.feature_1"), t("versus.feature_2"), height=420)
            charts.scatter_tags(figure, data.X, data.targets, names)
            charts.probe(figure, data.X[photo])
            charts.show(figure, "photos", t("versus.photos_alt"))
        with numbers:
            st.markdown(t("versus.photo", number=photo + 1))
            rows: list[markup.Row] = [
                [
                    markup.class_name(k, name),
                    f"{y[k]:.0f}",
                    markup.in_class_colour(probability(P[photo, k]), k),
                    markup.in_class_colour(probability(S[photo, k]), k),
                    markup.in_class_colour(f"{losses[k]:.3f}", k),
                ]
                for k, name in enumerate(names)
            ]
            total = ["Σ", f"{y.sum():.0f}", *map(decimal, (P[photo].sum(), S[photo].sum(), sum(losses)))]
            markup.table(
                ["", "y", t("versus.softmax_short"), t("versus.sigmoid_short"), t("versus.bce")], [*rows, total]
            )
            markup.notice(t("versus.photo_notice" if overlap > 0 else "versus.exclusive_notice"))
            truth = data.targets == 1
            markup.table(
                [
                    t("versus.all_photos", threshold=f"{threshold:g}"),
                    t("versus.softmax_short"),
                    t("versus.sigmoid_short"),
                ],
                [
                    [t("versus.subset"), *(f"{subset_accuracy(threshold < Q, truth):.3f}" for Q in (P, S))],
                    [t("versus.hamming"), *(f"{hamming_loss(threshold < Q, truth):.3f}" for Q in (P, S))],
                    [t("versus.mean_bce"), *(f"{binary_cross_entropy(Q, data.targets):.3f}" for Q in (P, S))],
                ],
            )
    st.markdown(lesson("multi_label"))


PARTS: dict[str, Callable[[], None]] = {
    "exclusive": exclusive_classes,
    "labels": several_labels,
    "belief": versus_belief.part,
    "whole": versus_whole.part,
    "guide": versus_guide.part,
}

with page("softmax_vs_sigmoid"):
    PARTS[controls.segments("part", list(PARTS), lambda name: t(f"versus.part_{name}"))]()
