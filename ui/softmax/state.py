"""The state of the softmax page: scenario, classes, logits, temperature and shift.

Number of classes, class names, logits and common shift are kept per scenario.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.activations import Floats, softmax
from ui.components.logit_bars import MAX_LOGIT, MIN_LOGIT, SHIFT_RANGE, TEMPERATURE_RANGE, logit_bars
from ui.i18n import t
from ui.softmax import scenarios
from ui.state import url_state, widgets

BARS = "bars"
VIEW = "softmax_view"
NUMBERS = "numbers"
MIN_CLASSES, MAX_CLASSES = 2, 10
MAX_NAME_LENGTH = 24


@dataclass(frozen=True)
class PlaygroundState:
    """The state of the softmax page.

    names, logits: one per class (K each).
    temperature: the temperature T.
    shift: the constant that the user has added to all logits.
    last_moved: the index of the class whose bar was moved last.
    """

    names: list[str]
    logits: list[float]
    temperature: float
    shift: float
    last_moved: int

    @property
    def probabilities(self) -> Floats:
        """Probabilities softmax(z/T), (K,)."""
        return softmax(self.logits, self.temperature)


def choose_scenario() -> tuple[str, list[str]]:
    """Draw controls for scenario, number of classes K and class names.

    Return the key of the scenario and the K class names.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        scenario = widgets.selectbox("scenario", list(scenarios.SCENARIOS), lambda name: t(f"scenario.{name}"))
        classes = st.popover(t("playground.classes"), width="content")
    st.caption(t(f"story.{scenario}"))
    preset = scenarios.SCENARIOS[scenario]
    with classes:
        K = widgets.slider(f"classes_{scenario}", MIN_CLASSES, MAX_CLASSES, len(preset.classes), 1, name="classes")
        numbered = [t("class.numbered", number=k + 1) for k in range(K)]
        default_names = [*scenarios.class_names(scenario), *numbered[len(preset.classes) :]]
        names = [
            widgets.text_input(f"name_{scenario}_{k + 1}", numbered[k], default_names[k], MAX_NAME_LENGTH)
            for k in range(K)
        ]
    return scenario, names


def read_state(scenario: str, names: list[str]) -> PlaygroundState:
    """Return the state of a scenario with these class names. Synchronise session and address.

    If the number of classes has changed, the first classes keep their logits.
    """
    K, preset = len(names), scenarios.SCENARIOS[scenario].logits
    default = [*preset, *[0.0] * K][:K]
    key = f"z_{scenario}"
    if key in st.session_state:  # K may have changed: the first classes keep their logits
        previous: list[float] = st.session_state[key]
        st.session_state[key] = [*previous, *default[len(previous) :]][:K]
    logits = url_state.synced_numbers(key, default, MIN_LOGIT, MAX_LOGIT)
    (shift,) = url_state.synced_numbers(f"shift_{scenario}", [0.0], *SHIFT_RANGE)
    (temperature,) = url_state.synced_numbers("temperature", [1.0], *TEMPERATURE_RANGE)
    (last_moved,) = url_state.synced_numbers("moved", [1.0], 1, MAX_CLASSES)
    return PlaygroundState(names, logits, temperature, shift, min(round(last_moved), K) - 1)


def draw_bars(scenario: str, state: PlaygroundState) -> None:
    """Draw the logit bars.

    When the user changes logits, temperature or shift, the new values are stored in the session.
    """

    def store_logits(values: list[float]) -> None:
        changes = [abs(new - old) for new, old in zip(values, state.logits, strict=True)]
        if sum(change > 0 for change in changes) == 1:
            st.session_state["moved"] = [1.0 + changes.index(max(changes))]
        st.session_state[f"z_{scenario}"] = values

    logit_bars(
        BARS,
        state.logits,
        state.names,
        temperature=state.temperature,
        shift=state.shift,
        on_logits=store_logits,
        on_temperature=lambda value: st.session_state.update(temperature=[value]),
        on_shift=lambda value: st.session_state.update({f"shift_{scenario}": [value]}),
    )
