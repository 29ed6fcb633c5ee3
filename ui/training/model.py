"""A model to train: its feature map, its training problem and, optionally, held-out samples."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.features import FeatureMap
from core.parameters import Parameters
from core.run import Problem, Settings

DEFAULT_SETTINGS = Settings(1.0)
"""Default of `Model.settings`: learning rate 1, all samples in each step, no penalty."""


@dataclass(frozen=True, eq=False)
class Model:
    """A feature map Φ and two problems: `problem` has the training samples, `held_out` the held-out ones, if any.

    The X of both problems are features Φ(x). Training begins at `start`, or at W = 0 and b = 0 if `start` is None.
    `settings` are used where the page has no control. With `multi_label`, a sample may have any number of labels.
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
        """Hash of all that a run depends on except its settings: samples, head, seed, start and `multi_label`."""
        problems = [self.problem, self.held_out] if self.held_out else [self.problem]
        start = [self.start.stacked] if self.start else []
        return identity(*(part for p in problems for part in (p.X, p.Y, p.head, p.seed)), self.multi_label, *start)

    @cached_property
    def _labels(self) -> NDArray[np.intp]:
        return np.asarray(self.problem.Y.argmax(axis=1))

    def accuracy(self, parameters: Parameters) -> float:
        """Return the share of training samples for which the largest logit belongs to the true class.

        With `multi_label`: the share of samples for which thresholding at ½ gets every label right.
        """
        Z, Y = parameters.logits(self.problem.X), self.problem.Y
        if self.multi_label:
            correct = ((ACTIVATIONS[self.problem.head](Z) > 0.5) == (Y > 0)).all(axis=1)
        else:
            correct = Z.argmax(axis=1) == self._labels
        return np.count_nonzero(correct) / len(correct)


def identity(*parts: object) -> str:
    """Return a hash of the parts as 16 hexadecimal digits.

    Arrays are hashed by dtype, shape and contents, other objects by their `repr`.
    """
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype} {part.shape}".encode() + part.tobytes())
        else:
            digest.update(repr(part).encode())
    return digest.hexdigest()[:16]
