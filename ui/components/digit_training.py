"""A player that shows how the weights of the ten digits form during training.

Python sends the parameters of some steps once. During playback the browser interpolates between them; it stops only at
these steps. Loss and accuracy are those of each step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from core.activations import Floats
from ui.components.frontend import register
from ui.components.packing import Arrays, pack
from ui.components.version import received_change, stored_version
from ui.i18n import texts_under
from ui.look.theme import presenting

_component = register("digit_training", '<div class="digit-training" data-testid="digit-training"></div>')


class TrainingMessage(TypedDict):
    """Data for the browser, apart from the arrays; see ui/frontend/src/digit_training/messages.js."""

    steps: list[int]
    step: int
    counts: list[float]
    texts: Mapping[str, str]
    enlarged: bool
    version: int


def digit_training(
    key: str, steps: Sequence[int], step: int, counts: Floats, arrays: Arrays, *, on_step: Callable[[int], None]
) -> None:
    """Draw the player.

    steps: the m steps whose parameters are in `arrays`, in ascending order, from 0 on.
    step: the step on screen.
    counts: image (64,) of the user's drawing, whose reading is shown.
    arrays: `weights` (m, 640) and `bias` (m, 10) at these steps; `losses`, `heldOutLosses`, `accuracies` and
        `heldOutAccuracies` of each step.
    on_step: called with the step at which the user stopped, in order to store it.
    """
    header: TrainingMessage = {
        "steps": list(steps),
        "step": step,
        "counts": counts.tolist(),
        "texts": texts_under("digit_training"),
        "enlarged": presenting(),
        "version": stored_version(key),
    }

    def on_changed() -> None:
        match received_change(key).get("step"):
            case int() as chosen if chosen in steps and not isinstance(chosen, bool):
                on_step(chosen)

    _component(key=key, data=pack(header, arrays), on_changed_change=on_changed, height="content")
