"""What may be changed while a run goes on: learning rate, batch size and penalty, of one model or of two.

The stage holds these controls itself, so that a change need not wait for a page. A dial's value is kept like any
control's (see `ui.controls`): in the session and in the link, under the dial's key. Its label is the catalogue's
`control.<name>` and its help `help.<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from core.training import Settings
from ui import link
from ui.i18n import t

SECOND = "_b"
"""What the key of the second model's own dial ends in."""

ALL_SAMPLES = 0


class Dial(NamedTuple):
    """A choice among numbers: a scale to slide along, or a list that opens where some have names."""

    name: str
    options: tuple[float, ...]
    default: float
    second: bool = False

    @property
    def key(self) -> str:
        """Its name in the session, in the link and in messages."""
        return self.name + SECOND if self.second else self.name


RATE = Dial("rate", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0), 0.3)
BATCH = Dial("batch", (ALL_SAMPLES, 1, 4, 16, 64), ALL_SAMPLES)
PENALTY = Dial("l2", (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0), 0.0)
RATE_B = RATE._replace(default=3.0, second=True)
BATCH_B = BATCH._replace(default=1, second=True)


def values_of(dials: Sequence[Dial]) -> dict[str, float]:
    """What the dials are set to, by key: the link's word, else the session's, else the default."""
    for dial in dials:
        link.adopt(dial.key, {link.as_text([option]): option for option in dial.options}.get, dial.default)
        if st.session_state[dial.key] not in dial.options:
            st.session_state[dial.key] = dial.default
    return written(dials)


def take(dials: Sequence[Dial], message: object) -> dict[str, float]:
    """Set the dials as a message says, where it makes sense, and give what they are set to then."""
    for dial in dials:
        value = message.get(dial.key) if isinstance(message, Mapping) else None
        if isinstance(value, int | float) and value in dial.options:
            st.session_state[dial.key] = dial.options[dial.options.index(value)]
    return written(dials)


def written(dials: Sequence[Dial]) -> dict[str, float]:
    """What the dials are set to, once it stands in the link."""
    for dial in dials:
        link.write(dial.key, link.as_text([st.session_state[dial.key]]), link.as_text([dial.default]))
    return {dial.key: st.session_state[dial.key] for dial in dials}


def settings_of(values: Mapping[str, float], second: bool = False) -> Settings:
    """The settings of the first model, or of the second, which shares all that it has no dial of its own for."""
    rate, batch, l2 = (
        values.get(dial.name + SECOND, values[dial.name]) if second else values[dial.name]
        for dial in (RATE, BATCH, PENALTY)
    )
    return Settings(rate, int(batch) or None, l2)


def described(dials: Sequence[Dial]) -> list[dict[str, object]]:
    """The dials as the stage wants them: with their words, and whose they are where each model has its own."""
    shared = {dial.name for dial in dials} - {dial.name for dial in dials if dial.second}
    return [
        {
            "key": dial.key,
            "label": t(f"control.{dial.name}") + ("" if dial.name in shared else " B" if dial.second else " A"),
            "help": t(f"help.{dial.name}"),
            "options": dial.options,
            "texts": [t("training.all") if dial.name == "batch" and not o else f"{o:g}" for o in dial.options],
            "scale": dial.name != "batch",
        }
        for dial in dials
    ]
