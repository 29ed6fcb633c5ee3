"""Section 3: how wrong a prediction is, and why cross-entropy says so."""

import numpy as np
import streamlit as st

from core import cross_entropy, one_hot, softmax, softmax_cross_entropy, softmax_squared_error
from ui import charts, controls, link, markup, scenarios
from ui.components.logit_bars import HIGH, LOW, logit_bars
from ui.i18n import lesson, t
from ui.numbers import decimal, probability
from ui.page import page, workbench
from ui.theme import SHAPES, palette

CLASSES = ("class_1", "class_2", "class_3", "class_4")
K = len(CLASSES)


def set_logits(values: list[float]) -> None:
    st.session_state["loss_z"] = values


def set_example(name: str, target: int) -> None:
    set_logits(scenarios.logits_for(scenarios.SLIDE_PROBABILITIES[name]))
    st.session_state["target"] = target


with page("loss_explorer"):
    names = [t("class.numbered", number=k + 1) for k in range(K)]
    beside, at_hand = workbench()
    with beside:
        target = controls.segments("target", range(K), lambda k: str(k + 1), default=1)
        st.markdown(t("loss.from_slides"))
        for name in ("one_hot", "small_loss", "large_loss"):
            shown = ", ".join(f"{value:g}" for value in scenarios.SLIDE_PROBABILITIES[name])
            st.button(f"ŷ = [{shown}]", key=f"example_{name}", on_click=set_example, args=(name, 1), width="stretch")
    start = scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["one_hot"])
    z = np.array(link.held_numbers("loss_z", start, LOW, HIGH))
    p, y = softmax(z), one_hot(target, K)
    loss, slope = softmax_cross_entropy(z, target)
    with at_hand:
        logit_bars("loss_bars", [float(value) for value in z], names, target=target, on_logits=set_logits)
        markup.formula(
            "L = −Σᵢ yᵢ log ŷᵢ = −log ",
            markup.in_class_colour(f"ŷ{'₁₂₃₄'[target]}", target),
            " = −log ",
            markup.in_class_colour(probability(p[target]), target),
            f" = {decimal(loss)}",
        )

    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("loss.curve"), anchor=False)
        st.markdown(t("loss.curve_try"))
        colours = palette().classes
        marks = [
            (0.7, "−log 0.7 = 0.357", palette().muted, "circle-open"),
            (0.2, "−log 0.2 = 1.609", palette().muted, "circle-open"),
            (float(p[target]), f"L = {decimal(loss)}", colours[target], SHAPES[target]),
        ]
        charts.show(
            charts.negative_log(t("loss.true_probability"), t("loss.nats"), marks),
            "curve",
            t("loss.curve_alt", probability=probability(p[target]), loss=decimal(loss)),
        )
    with right:
        st.header(t("loss.terms"), anchor=False)
        st.markdown(t("loss.terms_try"))
        log_p = np.log(p)
        markup.table(
            ["", "y", "ŷ", "log ŷ", "−y log ŷ", "ŷ − y"],
            [
                [
                    markup.class_name(k, names[k]),
                    *(
                        markup.in_class_colour(text, k)
                        for text in (
                            f"{y[k]:.0f}",
                            probability(p[k]),
                            decimal(log_p[k]),
                            decimal(float(-y[k] * log_p[k]) + 0.0),
                            decimal(slope[k]),
                        )
                    ),
                ]
                for k in range(K)
            ]
            + [["Σ", "1", "1", "", f"{decimal(loss)} = L", "0"]],
            lit=target,
        )
        markup.notice(t("loss.terms_notice"))

    st.header(t("loss.why"), anchor=False)
    distance, growth = st.columns(2, gap="large")
    with distance:
        st.subheader(t("loss.distance"), anchor=False)
        st.markdown(t("loss.distance_try", loss=decimal(loss)))
        charts.show(
            charts.grouped_bars(names, [("y", y), ("ŷ", p)], t("loss.probability")),
            "distance",
            t("loss.distance_alt", loss=decimal(loss)),
        )
    true_p = np.linspace(0.002, 0.998, 400)
    # With the other classes level, one logit ahead or behind sweeps the true class's probability from 0 to 1.
    ahead = np.log(true_p / (1 - true_p)) + np.log(K - 1)
    sweep = np.zeros((len(true_p), K))
    sweep[:, 0] = ahead
    entropy = [softmax_cross_entropy(row, 0) for row in sweep]
    squared = [softmax_squared_error(row, 0) for row in sweep]
    with growth:
        st.subheader(t("loss.growth"), anchor=False)
        st.markdown(t("loss.growth_try"))
        figure = charts.blank(t("loss.true_probability"), t("loss.penalty"), height=300, top=charts.MOST_LOSS)
        charts.line(figure, true_p, np.array([value for value, _ in entropy]), t("loss.cross_entropy"), colours[0])
        charts.line(figure, true_p, np.array([value for value, _ in squared]), t("loss.squared"), colours[1], "dash")
        charts.mark(figure, float(p[target]), loss, f"L = {decimal(loss)}", colours[target], symbol=SHAPES[target])
        charts.show(figure, "growth", t("loss.growth_alt"))

    gradient, likelihood = st.columns(2, gap="large")
    with gradient:
        st.subheader(t("loss.gradient"), anchor=False)
        st.markdown(t("loss.gradient_try"))
        figure = charts.blank(t("loss.true_probability"), t("loss.pull"), height=300)
        charts.line(figure, true_p, np.array([-pull[0] for _, pull in entropy]), t("loss.cross_entropy"), colours[0])
        charts.line(figure, true_p, np.array([-pull[0] for _, pull in squared]), t("loss.squared"), colours[1], "dash")
        pull = 1 - float(p[target])
        charts.mark(figure, float(p[target]), pull, probability(pull), colours[target], symbol=SHAPES[target])
        charts.show(figure, "gradient", t("loss.gradient_alt"))
    with likelihood:
        st.subheader(t("loss.likelihood"), anchor=False)
        hits = controls.slider("hits", 1, 9, 7, 1)
        st.markdown(t("loss.likelihood_try", hits=hits))
        guesses = np.linspace(0.005, 0.995, 199)
        outcomes = np.array([0] * hits + [1] * (10 - hits))
        mean_loss = np.array([cross_entropy(np.tile([q, 1 - q], (10, 1)), outcomes) for q in guesses])
        product = np.exp(-10 * mean_loss)
        figure = charts.blank(t("loss.guess"), "", height=300)
        charts.line(figure, guesses, product / product.max(), t("loss.product"), colours[2])
        charts.line(figure, guesses, mean_loss, t("loss.mean_loss"), colours[0], "dash")
        best = hits / 10
        charts.mark(figure, best, 1.0, t("loss.best", best=f"{best:g}"), colours[2], symbol="triangle-up")
        charts.mark(
            figure, best, float(mean_loss.min()), decimal(float(mean_loss.min())), colours[0], side="bottom center"
        )
        figure.update_yaxes(range=[0, 2.2])
        charts.show(figure, "likelihood", t("loss.likelihood_alt", best=f"{best:g}"))

    st.markdown(lesson("cross_entropy"))
