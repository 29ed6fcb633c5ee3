"""What the stage itself holds, so that a change need not wait for a page.

The dials a reader may turn in mid-run: learning rate, batch size and penalty, of one model or of two; and what only
changes the picture: a threshold, what is painted, where the probe stands. A value is kept like any control's (see
`ui.controls`): in the session and in the link, under the dial's key. Its label is the catalogue's `control.<name>` and
its help `help.<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from core.run import Settings
from ui import link
from ui.i18n import t

SECOND = "_b"
"""What the key of the second model's own dial ends in."""

ALL_SAMPLES = 0


class Dial(NamedTuple):
    """A choice among numbers: a scale to slide along or, where `words` (catalogue keys) say what some mean, a list.

    With `look`, it changes the picture but not the run; if `hidden`, the stage has a way of its own to set it. The
    `suffix` makes its key another than its name.
    """

    name: str
    options: tuple[float, ...]
    default: float
    suffix: str = ""
    words: tuple[str, ...] = ()
    look: bool = False
    hidden: bool = False

    @property
    def key(self) -> str:
        """Its name in the session, in the link and in messages."""
        return self.name + self.suffix

    def parsed(self, value: object) -> float | None:
        """A value it can have, or None."""
        if not isinstance(value, int | float) or value not in self.options:
            return None
        return self.options[self.options.index(value)]


class Place(NamedTuple):
    """A number without a dial of its own, from 0 to 100: one coordinate of what is dragged on the plane."""

    key: str
    default: float = 50.0

    def parsed(self, value: object) -> float | None:
        """A value it can have, or None."""
        inside = isinstance(value, int | float) and 0 <= value <= 100
        return float(f"{value:.6g}") if inside else None


Held = Dial | Place

RATE = Dial("rate", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0, 30.0, 100.0), 0.3)
BATCH = Dial("batch", (ALL_SAMPLES, 1, 4, 16, 64), ALL_SAMPLES, words=("training.all",))
PENALTY = Dial("l2", (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0), 0.0)
RATE_B = RATE._replace(default=3.0, suffix=SECOND)
BATCH_B = BATCH._replace(default=1, suffix=SECOND)
THRESHOLD = Dial("threshold", tuple(round(0.05 * i, 2) for i in range(1, 20)), 0.5, look=True)
PAINT = Dial("paint", (0, 1), 0, words=("versus.paint_answers", "versus.paint_sums"), look=True)
SPEED = Dial("speed", (0.1, 1, 5, 20, 100), 1, look=True, hidden=True)
VIEW = Dial("view", (0, 1, 2, 3, 4), 0, look=True, hidden=True)
SCALE = Dial("scale", (0, 1), 0, look=True, hidden=True)
PLAYER = (SPEED, VIEW, SCALE)
"""What every stage has: steps a frame, the view below the curve, and whether losses stand on a logarithmic axis."""

PROBE = (Place("probe_x"), Place("probe_y"))


def values_of(held: Sequence[Held]) -> dict[str, float]:
    """What is held, by key: the link's word, else the session's, else the default."""
    for item in held:
        link.adopt(item.key, lambda text, item=item: item.parsed(link.number(text, -1e9, 1e9)), item.default)  # type: ignore[misc]
        if item.parsed(st.session_state[item.key]) is None:
            st.session_state[item.key] = item.default
    return written(held)


def take(held: Sequence[Held], message: object) -> dict[str, float]:
    """Set what is held as a message says, where it makes sense, and give all of it."""
    for item in held:
        value = item.parsed(message.get(item.key)) if isinstance(message, Mapping) else None
        if value is not None:
            st.session_state[item.key] = value
    return written(held)


def written(held: Sequence[Held]) -> dict[str, float]:
    """What is held, once it stands in the link."""
    for item in held:
        link.write(item.key, link.as_text([st.session_state[item.key]]), link.as_text([item.default]))
    return {item.key: st.session_state[item.key] for item in held}


def settings_of(values: Mapping[str, float], fixed: Settings, second: bool = False) -> Settings:
    """The settings of the first model, or of the second, which shares all that it has no dial of its own for.

    What there is no dial for at all is as `fixed` says.
    """

    def value(dial: Dial, otherwise: float) -> float:
        shared = values.get(dial.name, otherwise)
        return values.get(dial.name + SECOND, shared) if second else shared

    batch = int(value(BATCH, fixed.batch_size or ALL_SAMPLES))
    return Settings(value(RATE, fixed.learning_rate), batch or None, value(PENALTY, fixed.l2))


def told(texts: Sequence[str], values: Mapping[str, float], fixed: Settings) -> Settings | None:
    """Settings from α, batch and λ as a link says them, or None if they are none that the dials could have said.

    What there is no dial for among `values` is as `fixed` says.
    """
    said = {}
    for dial, text in zip((RATE, BATCH, PENALTY), texts, strict=True):
        number = dial.parsed(link.number(text, -1e9, 1e9))
        if number is None:
            return None
        if dial.name in values:
            said[dial.name] = number
    return settings_of(said, fixed)


def described(held: Sequence[Held], whose: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """The dials as the stage wants them: with their words, and what or whose they are if `whose` says so by key."""
    return [
        {
            "key": dial.key,
            "label": f"{t(f'control.{dial.name}')} {(whose or {}).get(dial.key, '')}".strip(),
            "help": t(f"help.{dial.name}"),
            "options": dial.options,
            "texts": [t(word) for word in dial.words] + [f"{o:g}" for o in dial.options[len(dial.words) :]],
            "list": bool(dial.words),
            "look": dial.look,
        }
        for dial in held
        if isinstance(dial, Dial) and not dial.hidden
    ]
