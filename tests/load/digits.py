"""Learners on the digits page: each draws, plays the training run, stops, and changes something.

Playback has one speed. The browser has the whole run and plays it alone: the server gets the step at which it stops.
"""

from __future__ import annotations

import asyncio

from tests.load.learners import Activity, Learner
from ui.digits.drawing import FIVE
from ui.digits.learning import KEPT_STEPS
from ui.digits.questions import ONE, SCRIBBLE, THREE

POSITIONS_PER_SECOND = 5
"""As PER_SECOND in ui/frontend/src/digit_training/digit_training.js."""

SETTINGS = ("digit_rate", "digit_batch", "digit_l2")


class Player:
    """The player of one learner: its position in KEPT_STEPS, and the number of its last message."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.position = 0
        self.version = 0

    async def stop_at(self, position: int) -> None:
        """Stop at a position and send its step."""
        self.position = min(max(position, 0), len(KEPT_STEPS) - 1)
        self.version += 1
        changed = {"step": KEPT_STEPS[self.position], "version": self.version}
        await self.learner.tab.set_value("digit_training", {"changed": changed})

    async def play(self, seconds: float) -> None:
        """Play for `seconds`, or to the end of the run; from the beginning if the run has ended."""
        last = len(KEPT_STEPS) - 1
        first = 0 if self.position == last else self.position
        seconds = max(min(seconds, (last - first) / POSITIONS_PER_SECOND, self.learner.seconds_left), 0)
        await asyncio.sleep(seconds)
        await self.stop_at(first + round(seconds * POSITIONS_PER_SECOND))


async def draw(learner: Learner, version: int) -> None:
    """Draw another digit."""
    steps = {name: learner.rng.random() < 0.8 for name in ("deslant", "resize", "even_ink")}
    changed = {"strokes": learner.rng.choice([FIVE, ONE, THREE, SCRIBBLE]), "switched": [], "steps": steps}
    await learner.tab.set_value("digit", {"changed": {**changed, "version": version}})


async def watch_digits(learner: Learner) -> None:
    """Draw, play, go on step by step, change a setting or train on with the drawing, and play again."""
    player, drawings = Player(learner), 0
    while learner.seconds_left > 0:
        await learner.think()
        drawings += 1
        await draw(learner, drawings)
        await learner.think()
        await player.play(learner.rng.uniform(3, 12))
        for _ in range(learner.rng.randint(0, 4)):
            await learner.think(0.3, 1)
            await player.stop_at(player.position + 1)
        await learner.think()
        if learner.rng.random() < 0.7:
            await learner.change_control(learner.rng.choice(SETTINGS))
        else:
            for name in ("teach_add", "teach_train"):
                await learner.press_button(name)
                await learner.think(0.5, 1)


DIGITS: tuple[tuple[str, str, Activity], ...] = (
    ("digits", "learning=true", watch_digits),
    ("digits", "learning=true&errors=true", watch_digits),
    ("digits", "learning=true&teaching=true&own_weight=20", watch_digits),
)
"""The links that learners open in turn."""
