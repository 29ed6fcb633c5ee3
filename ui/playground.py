"""What the reader of the playground has at hand, and the questions asked there.

Kept for each scenario: how many classes, what they are called, their logits, and how far all were shifted together.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.activations import Floats, softmax
from ui import controls, link, scenarios
from ui.components.logit_bars import HIGH, LOW, SHIFTS, TEMPERATURES, logit_bars
from ui.i18n import t
from ui.predict import Question

BARS = "bars"
VIEW = "softmax_view"
NUMBERS = "numbers"
LEAST_CLASSES, MOST_CLASSES = 2, 10
LONGEST_NAME = 24
IMAGE = scenarios.SCENARIOS["image"].logits


@dataclass(frozen=True)
class Hand:
    """Names and logits of the classes (K each), temperature, common shift, and which bar was moved last."""

    names: list[str]
    logits: list[float]
    temperature: float
    shift: float
    moved: int

    @property
    def probabilities(self) -> Floats:
        """softmax(z/T), (K,)."""
        return softmax(self.logits, self.temperature)


def choose() -> tuple[str, list[str]]:
    """Controls for the scenario, and for how many classes it has and what they are called: its key, and names (K,)."""
    scenario = controls.choice("scenario", list(scenarios.SCENARIOS), lambda name: t(f"scenario.{name}"))
    st.caption(t(f"story.{scenario}"))
    preset = scenarios.SCENARIOS[scenario]
    with st.popover(t("playground.classes"), width="stretch"):
        K = controls.slider(f"classes_{scenario}", LEAST_CLASSES, MOST_CLASSES, len(preset.classes), 1, name="classes")
        numbered = [t("class.numbered", number=k + 1) for k in range(K)]
        called = [*scenarios.names(scenario), *numbered[len(preset.classes) :]]
        names = [controls.text(f"name_{scenario}_{k + 1}", numbered[k], called[k], LONGEST_NAME) for k in range(K)]
    return scenario, names


def at_hand(scenario: str, names: list[str]) -> Hand:
    """What stands in the session and the link for these classes."""
    K, preset = len(names), scenarios.SCENARIOS[scenario].logits
    start = [*preset, *[0.0] * K][:K]
    key = f"z_{scenario}"
    if key in st.session_state:  # K may have changed: classes that stay keep their logits
        kept: list[float] = st.session_state[key]
        st.session_state[key] = [*kept, *start[len(kept) :]][:K]
    logits = link.held_numbers(key, start, LOW, HIGH)
    (shift,) = link.held_numbers(f"shift_{scenario}", [0.0], *SHIFTS)
    (temperature,) = link.held_numbers("temperature", [1.0], *TEMPERATURES)
    (moved,) = link.held_numbers("moved", [1.0], 1, MOST_CLASSES)
    return Hand(names, logits, temperature, shift, min(round(moved), K) - 1)


def bars(scenario: str, hand: Hand) -> None:
    """The bars: what the reader moves there is kept."""

    def take_logits(values: list[float]) -> None:
        changes = [abs(new - old) for new, old in zip(values, hand.logits, strict=True)]
        if sum(change > 0 for change in changes) == 1:
            st.session_state["moved"] = [1.0 + changes.index(max(changes))]
        st.session_state[f"z_{scenario}"] = values

    logit_bars(
        BARS,
        hand.logits,
        hand.names,
        temperature=hand.temperature,
        shift=hand.shift,
        on_logits=take_logits,
        on_temperature=lambda value: st.session_state.update(temperature=[value]),
        on_shift=lambda value: st.session_state.update({f"shift_{scenario}": [value]}),
    )


def show(*logits: float, temperature: float = 1.0, shift: float = 0.0, view: str = "") -> None:
    """Put logits on the bars of the first scenario, `shift` added to each; open a view below if one is named."""
    link.overrule(
        {
            "scenario": "image",
            "classes_image": len(logits),
            "z_image": [z + shift for z in logits],
            "shift_image": [shift],
            "temperature": [temperature],
            "moved": [1.0],
        }
    )
    if view:
        link.overrule({VIEW: view})


def _show_shift() -> None:
    """Add 5 to the logits on the bars, or to the first scenario's where there is no room for that."""
    scenario: str = st.session_state["scenario"]
    z, c = f"z_{scenario}", f"shift_{scenario}"
    shifted = [value + 5.0 for value in st.session_state[z]]
    if max(shifted) > HIGH:
        show(*IMAGE, shift=5.0)
    else:
        link.overrule({z: shifted, c: [st.session_state[c][0] + 5.0]})


def _show_overflow() -> None:
    link.overrule({NUMBERS: "1000, 999, 998", VIEW: "precision"})


QUESTIONS = {
    "shift": Question(
        ("grows", "stays", "falls"), "stays",
        begin=lambda: show(*IMAGE), show=_show_shift,
    ),
    "hot": Question(
        ("one_hot", "uniform", "unchanged"), "uniform",
        begin=lambda: show(*IMAGE), show=lambda: show(*IMAGE, temperature=20.0),
    ),
    "order": Question(
        ("can", "cannot"), "cannot",
        begin=lambda: show(2.0, 1.5, -1.0), show=lambda: show(2.0, 1.5, -1.0, temperature=5.0, view="geometry"),
    ),
    "negative": Question(
        ("negative", "small", "usual"), "usual",
        begin=lambda: show(5.0, 3.0, 0.0), show=lambda: show(-3.0, -5.0, -8.0),
    ),
    "double": Question(
        ("same", "sharper", "flatter"), "sharper",
        begin=lambda: show(*IMAGE), show=lambda: show(*(2 * z for z in IMAGE), view="sharpness"),
    ),
    "others": Question(
        ("grows", "falls", "same"), "same",
        begin=lambda: show(1.0, 2.0, 0.0), show=lambda: show(4.0, 2.0, 0.0, view="steps"),
    ),
    "saturated": Question(
        ("much", "hardly", "falls"), "hardly",
        begin=lambda: show(6.0, 0.0, 0.0, view="jacobian"), show=lambda: show(9.0, 0.0, 0.0, view="jacobian"),
    ),
    "ten": Question(
        ("nearly", "two_thirds", "third"), "two_thirds",
        begin=lambda: show(3.0, 0.0, 0.0), show=lambda: show(3.0, *[0.0] * 9),
    ),
    "overflow": Question(
        ("third", "lost", "sharp"), "lost",
        begin=lambda: show(*IMAGE), show=_show_overflow,
    ),
}  # fmt: skip
"""By name; each is asked about what `begin` puts on the bars."""
