"""Section 2: any logits become a probability distribution."""

import numpy as np
import streamlit as st

from core import sigmoid, softmax
from ui import charts, controls, link, markup, predict, scenarios
from ui.components.logit_bars import HIGH, LOW, TEMPERATURES, logit_bars
from ui.i18n import lesson, t
from ui.numbers import MINUS, decimal, probability
from ui.page import page, workbench


def set_logits(scenario: str, values: list[float]) -> None:
    st.session_state[scenarios.logits_key(scenario)] = values


def set_example(values: list[float], temperature: float = 1.0) -> None:
    """Show three logits, as dog, cat and bird."""
    st.session_state.update(scenario="image", temperature=[temperature])
    set_logits("image", values)


IMAGE = list(scenarios.SCENARIOS["image"].logits)
QUESTIONS = {
    "shift": predict.Question(
        ("grows", "stays", "falls"), "stays",
        show=lambda: set_example([value + 5 for value in IMAGE]), begin=lambda: set_example(IMAGE),
    ),
    "hot": predict.Question(
        ("one_hot", "uniform", "unchanged"), "uniform",
        show=lambda: set_example(IMAGE, 20.0), begin=lambda: set_example(IMAGE),
    ),
    "negative": predict.Question(
        ("negative", "small", "usual"), "usual",
        show=lambda: set_example([-3.0, -5.0, -8.0]), begin=lambda: set_example(IMAGE),
    ),
}  # fmt: skip


with page("softmax_playground"):
    beside, at_hand = workbench()
    with beside:
        scenario = controls.choice("scenario", list(scenarios.SCENARIOS), lambda name: t(f"scenario.{name}"))
        st.caption(t(f"story.{scenario}"))
        st.markdown(t("playground.from_slides"))
        examples = {
            "Softmax(10, 0, 0)": list(scenarios.SLIDE_LOGITS["ten"]),
            "Softmax(1, 1, 1)": list(scenarios.SLIDE_LOGITS["ones"]),
            "ŷ = [0.1, 0.7, 0.2]": scenarios.logits_for(scenarios.SLIDE_PROBABILITIES["output"]),
        }
        for label, values in examples.items():
            st.button(label, on_click=set_example, args=(values,), width="stretch")
    names = scenarios.names(scenario)
    K = len(names)
    z = link.held_numbers(scenarios.logits_key(scenario), scenarios.SCENARIOS[scenario].logits, LOW, HIGH)
    (T,) = link.held_numbers("temperature", [1.0], *TEMPERATURES)
    p = softmax(z, T)
    with at_hand:
        logit_bars(
            "bars",
            z,
            names,
            temperature=T,
            on_logits=lambda values: set_logits(scenario, values),
            on_temperature=lambda value: st.session_state.update(temperature=[value]),
        )
        predict.prompts("softmax", QUESTIONS)
        first, second = np.sort(z)[::-1][:2]
        best = int(np.argmax(p))
        tied = bool(np.sum(np.array(z) == first) > 1)
        ratio = markup.joined(
            [markup.power(f"{(first - second) / T:.2f}"), f" = {decimal(np.exp((first - second) / T), 2)}"]
        )
        prediction = t("playground.tie") if tied else markup.class_name(best, names[best])
        confidence = t("playground.predicted_note", confidence=probability(p.max()))
        markup.facts(
            [
                (t("playground.positive"), f"min ŷ = {probability(p.min())}", t("playground.positive_note")),
                (t("playground.sums"), f"Σ ŷ = {p.sum():.3f}", t("playground.sums_note")),
                (t("playground.sharp"), ratio, t("playground.sharp_note", temperature=f"{T:g}")),
                (t("playground.predicted"), prediction, t("playground.tie_note") if tied else confidence),
            ]
        )

    st.header(t("playground.steps"), anchor=False)
    st.markdown(t("playground.steps_try"))
    exponentials = np.exp(np.array(z) / T)
    total = exponentials.sum()
    markup.table(
        ["", "z", markup.power(f"z/{T:g}" if T != 1 else "z"), "÷ Σ", "ŷ"],
        [
            [
                markup.class_name(k, names[k]),
                *(
                    markup.in_class_colour(text, k)
                    for text in (
                        decimal(z[k]),
                        decimal(exponentials[k]),
                        f"{decimal(exponentials[k])} ÷ {decimal(total)}",
                        probability(p[k]),
                    )
                ),
            ]
            for k in range(K)
        ]
        + [["Σ", "", decimal(total), "", f"{p.sum():.3f}"]],
        lit=best,
    )
    st.caption(t("playground.hot"))
    powers = [markup.in_class_colour(markup.power(f"{z[k] / T:.2f}".replace("-", MINUS)), k) for k in range(K)]
    markup.formula(
        markup.in_class_colour(markup.joined(["ŷ", markup.below(names[best])]), best),
        " = ",
        powers[best],
        " / ( ",
        markup.joined(powers, " + "),
        " ) = ",
        markup.in_class_colour(probability(p[best]), best),
    )

    st.header(t("playground.two"), anchor=False)
    figure_column, words = st.columns([1.4, 1], gap="large")
    difference = z[0] - z[1]
    with figure_column:
        scale = np.linspace(-12, 12, 241)
        pairs = softmax(np.stack([scale, np.zeros_like(scale)], axis=1))[:, 0]
        alone = float(sigmoid(difference))
        charts.show(
            charts.sigmoid_curve(
                "z = z₁ − z₂", ("σ(z)", "softmax(z₁, z₂)₁"), scale, sigmoid(scale), pairs, (difference, alone)
            ),
            "sigmoid",
            t("playground.two_alt", difference=decimal(difference, 2), probability=probability(alone)),
        )
    with words:
        st.markdown(t("playground.two_try", first=names[0], second=names[1]))
        markup.formula(
            "z = ",
            markup.in_class_colour(decimal(z[0], 2), 0),
            " − ",
            markup.in_class_colour(decimal(z[1], 2) if z[1] >= 0 else f"({decimal(z[1], 2)})", 1),
            f" = {decimal(difference, 2)}",
        )
        both = softmax(z[:2])
        markup.formula("softmax(z₁, z₂)₁ = ", markup.in_class_colour(probability(both[0]), 0))
        markup.formula("σ(z₁ − z₂) = ", markup.in_class_colour(probability(alone), 0))

    st.header(t("playground.slide"), anchor=False)
    st.markdown(t("playground.slide_try"))
    rows = []
    for name, printed in (("ten", "[0.999, 0.0004, 0.0004]"), ("ones", "[0.33, 0.33, 0.33]")):
        inputs = scenarios.SLIDE_LOGITS[name]
        exact = ", ".join(probability(value) for value in softmax(inputs))
        rows.append([f"Softmax({', '.join(f'{value:g}' for value in inputs)})", printed, f"[{exact}]"])
    markup.table([t("playground.input"), t("playground.printed"), t("playground.computed")], rows)
    markup.notice(t("playground.slide_notice"))

    st.markdown(lesson("softmax"))
