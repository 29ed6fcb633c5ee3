"""A model to be trained: its features, its training problem, and what it is judged on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.features import FeatureMap
from core.model import Parameters
from core.run import Problem, Settings

DEFAULT_SETTINGS = Settings(1.0)
"""What a model is trained with where the page has no control for it."""


@dataclass(frozen=True, eq=False)
class Model:
    """A feature map, the problem it makes of the training samples, and the one of the samples held out, if any.

    Training begins at `start`, or at zeros. `settings` hold where the page has no control for them. With `multi_label`,
    any number of labels may apply to a sample.
    """

    name: str
    phi: FeatureMap
    problem: Problem
    held_out: Problem | None = None
    start: Parameters | None = None
    settings: Settings = DEFAULT_SETTINGS
    multi_label: bool = False

    @cached_property
    def identity(self) -> str:
        """A short text, equal for models that learn the same and are judged on the same."""
        problems = [self.problem, self.held_out] if self.held_out else [self.problem]
        start = [self.start.stacked] if self.start else []
        return identity(*(part for p in problems for part in (p.X, p.Y, p.head, p.seed)), self.multi_label, *start)

    @cached_property
    def _labels(self) -> NDArray[np.intp]:
        return np.asarray(self.problem.Y.argmax(axis=1))

    def accuracy(self, parameters: Parameters) -> float:
        """Return the share of training samples whose largest logit is the true class's.

        With several labels per sample: of those whose labels are all on the right side of ½.
        """
        Z, Y = parameters.logits(self.problem.X), self.problem.Y
        if self.multi_label:
            right = ((ACTIVATIONS[self.problem.head](Z) > 0.5) == (Y > 0)).all(axis=1)
        else:
            right = Z.argmax(axis=1) == self._labels
        return float(right.mean())


def identity(*parts: object) -> str:
    """Return a short text that is equal only for equal parts."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype} {part.shape}".encode() + part.tobytes())
        else:
            digest.update(repr(part).encode())
    return digest.hexdigest()[:16]
