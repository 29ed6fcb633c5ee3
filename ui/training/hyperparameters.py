"""Controls inside the stage, which can be changed during a run without a rerun of the page.

The controls are the hyperparameters of one or two models (learning rate, batch size, penalty) and view settings
(threshold, colouring, position of the crosshair). As for the widgets in `ui.state.widgets`, each value is in the
session and in the address under the control's key. Label and help are the catalogue's texts `control.<name>` and
`help.<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from core.run import Settings
from ui.i18n import t
from ui.state import url_state

SECOND_SUFFIX = "_b"
"""Suffix of the keys of the second model's controls."""

ALL_SAMPLES = 0


class Hyperparameter(NamedTuple):
    """A control that selects one of several numbers: a slider or, with `text_keys`, a list.

    `text_keys` are catalogue keys for the first options; the other options are shown as numbers. A `view_only` control
    changes the picture but not the run. A `hidden` control has no slider or list; other buttons of the stage set it.
    """

    name: str
    options: tuple[float, ...]
    default: float
    key_suffix: str = ""
    text_keys: tuple[str, ...] = ()
    view_only: bool = False
    hidden: bool = False

    @property
    def key(self) -> str:
        """Key in the session, the address and messages."""
        return self.name + self.key_suffix

    def validated(self, value: object) -> float | None:
        """Return the option equal to `value`, or None."""
        if not isinstance(value, int | float) or value not in self.options:
            return None
        return self.options[self.options.index(value)]


class ProbeCoordinate(NamedTuple):
    """One coordinate of the crosshair, in percent of the plane's width or height."""

    key: str
    default: float = 50.0

    def validated(self, value: object) -> float | None:
        """Return the number rounded to 6 digits, or None if it is not in 0 … 100."""
        is_valid = isinstance(value, int | float) and 0 <= value <= 100
        return float(f"{value:.6g}") if is_valid else None


StageControl = Hyperparameter | ProbeCoordinate

RATE = Hyperparameter("rate", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0), 0.3)
BATCH = Hyperparameter("batch", (ALL_SAMPLES, 1, 4, 16, 64), ALL_SAMPLES, text_keys=("training.all",))
PENALTY = Hyperparameter("l2", (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0), 0.0)
RATE_B = RATE._replace(default=3.0, key_suffix=SECOND_SUFFIX)
BATCH_B = BATCH._replace(default=1, key_suffix=SECOND_SUFFIX)
THRESHOLD = Hyperparameter("threshold", tuple(round(0.05 * i, 2) for i in range(1, 20)), 0.5, view_only=True)
PAINT = Hyperparameter("paint", (0, 1), 0, text_keys=("versus.paint_answers", "versus.paint_sums"), view_only=True)
SPEED = Hyperparameter("speed", (0.1, 1, 5, 20, 100), 1, view_only=True, hidden=True)
VIEW = Hyperparameter("view", tuple(range(10)), 0, view_only=True, hidden=True)
SCALE = Hyperparameter("scale", (0, 1), 0, view_only=True, hidden=True)
PLAYER = (SPEED, VIEW, SCALE)
"""Controls of every stage: steps per frame, the view below the loss curve, and a linear or logarithmic loss axis.

The views have the numbers of `SIDE_VIEWS` in ui/frontend/src/training_stage/side_views. With a number that has no view,
the first view is shown.
"""

PROBE = (ProbeCoordinate("probe_x"), ProbeCoordinate("probe_y"))


def read_values(controls: Sequence[StageControl]) -> dict[str, float]:
    """Return the controls' values by key: from the address if changed there, else from the session, else the defaults.

    Writes the values into the session and the address.
    """
    for control in controls:

        def parse(text: str, control: StageControl = control) -> float | None:
            return control.validated(url_state.parse_number(text, -1e9, 1e9))

        url_state.sync_from_url(control.key, parse, control.default)
        if control.validated(st.session_state[control.key]) is None:
            st.session_state[control.key] = control.default
    return _write_values(controls)


def set_values(controls: Sequence[StageControl], message: object) -> dict[str, float]:
    """Set the controls to the valid values of a message; return all values by key.

    Writes the values into the session and the address.
    """
    for control in controls:
        value = control.validated(message.get(control.key)) if isinstance(message, Mapping) else None
        if value is not None:
            st.session_state[control.key] = value
    return _write_values(controls)


def _write_values(controls: Sequence[StageControl]) -> dict[str, float]:
    """Write the session's values into the address; return them by key."""
    values: dict[str, float] = {control.key: st.session_state[control.key] for control in controls}
    for control in controls:
        text = url_state.numbers_to_text([values[control.key]])
        url_state.write_to_url(control.key, text, url_state.numbers_to_text([control.default]))
    return values


def settings_from(values: Mapping[str, float], fixed: Settings, second: bool = False) -> Settings:
    """Return the settings of the first or the second model from the controls' values.

    The second model shares the values for which it has no control of its own. Settings without any control are taken
    from `fixed`.
    """

    def value(hyperparameter: Hyperparameter, default: float) -> float:
        first = values.get(hyperparameter.name, default)
        return values.get(hyperparameter.name + SECOND_SUFFIX, first) if second else first

    batch = int(value(BATCH, fixed.batch_size or ALL_SAMPLES))
    return Settings(value(RATE, fixed.learning_rate), batch or None, value(PENALTY, fixed.l2))


def parse_settings(texts: Sequence[str], values: Mapping[str, float], fixed: Settings) -> Settings | None:
    """Return the settings given by the texts of α, batch size and λ, or None if a text is not an option of its control.

    A setting without a control, that is without an entry in `values`, is taken from `fixed`.
    """
    parsed = {}
    for hyperparameter, text in zip((RATE, BATCH, PENALTY), texts, strict=True):
        number = hyperparameter.validated(url_state.parse_number(text, -1e9, 1e9))
        if number is None:
            return None
        if hyperparameter.name in values:
            parsed[hyperparameter.name] = number
    return settings_from(parsed, fixed)


def to_json(controls: Sequence[StageControl], label_suffixes: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the JSON description of each control that is a slider or a list.

    `label_suffixes` are texts by control key, which are appended to the labels.
    """
    return [
        {
            "key": control.key,
            "label": f"{t(f'control.{control.name}')} {label_suffixes.get(control.key, '')}".strip(),
            "help": t(f"help.{control.name}"),
            "options": control.options,
            "texts": [t(key) for key in control.text_keys]
            + [f"{option:g}" for option in control.options[len(control.text_keys) :]],
            "isList": bool(control.text_keys),
            "viewOnly": control.view_only,
        }
        for control in controls
        if isinstance(control, Hyperparameter) and not control.hidden
    ]
