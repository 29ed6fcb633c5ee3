"""A run as a program to try in a notebook."""

from __future__ import annotations

from core.training import Settings


def program(call: str, expansion: str, settings: Settings, steps: int, seed: int) -> str:
    """Python that takes the same run with `core` and prints its last loss; `call` makes the data."""
    return f'''from core import FeatureMap, train
from core.datasets import {call.split("(")[0]}

data = {call}
X = FeatureMap.fit(data.X, "{expansion}")(data.X)
run = train(
    X, data.labels,
    learning_rate={settings.learning_rate!r}, batch_size={settings.batch_size!r}, l2={settings.l2!r},
    steps={steps}, seed={seed},
)
print(run.losses[-1])'''
