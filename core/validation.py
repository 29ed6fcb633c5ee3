"""Validation of the arguments of training."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.activations import ACTIVATIONS, Floats
from core.errors import InvalidDataError
from core.losses import one_hot
from core.parameters import Parameters


def checked_data(X: ArrayLike, labels: ArrayLike, head: str = "softmax") -> tuple[Floats, Floats]:
    """Return copies of features X (n, d) and of targets Y (n, K).

    Labels (n,) become one-hot rows, with K = max(labels) + 1. Targets (n, K) stay as they are; under softmax each row
    has to sum to 1. Raises InvalidDataError("shape"), ("not_finite"), ("labels") or ("head").
    """
    X = np.array(X, dtype=np.float64, order="C")
    targets = np.asarray(labels)
    if X.ndim != 2 or len(X) == 0 or targets.ndim not in (1, 2) or len(targets) != len(X):
        raise InvalidDataError("shape", X=X.shape, labels=targets.shape)
    if targets.dtype.kind not in "biuf" or targets.shape[1:] == (0,):
        raise InvalidDataError("labels", dtype=targets.dtype.name, shape=targets.shape)
    if not (np.isfinite(X).all() and np.isfinite(targets).all()):
        raise InvalidDataError("not_finite")
    if head not in ACTIVATIONS:
        raise InvalidDataError("head", head=head)
    if targets.ndim == 1:
        targets = one_hot(targets, int(targets.max()) + 1)
    Y = np.array(targets, dtype=np.float64, order="F")  # column-major, like the result of log_softmax
    if head == "softmax" and not np.allclose(Y.sum(axis=1), 1.0):
        raise InvalidDataError("labels", sums=Y.sum(axis=1))
    return X, Y


def check_settings(learning_rate: float, batch_size: int | None, l2: float) -> None:
    """Raise InvalidDataError with the name of a setting that is out of range."""
    if not 0 < learning_rate < math.inf:
        raise InvalidDataError("learning_rate", learning_rate=learning_rate)
    if batch_size is not None and not (batch_size >= 1 and batch_size % 1 == 0):
        raise InvalidDataError("batch_size", batch_size=batch_size)
    if not 0 <= l2 < math.inf:
        raise InvalidDataError("l2", l2=l2)


def check_whole_numbers(**numbers: int) -> None:
    """Raise InvalidDataError with the name of a number that is not whole, or not in 0 … 2⁶⁴ − 1."""
    for name, number in numbers.items():
        if not (0 <= number < 2**64 and number % 1 == 0):
            raise InvalidDataError(name, **{name: number})


def checked_start(start: Parameters | None, n_features: int, n_classes: int) -> Parameters:
    """Return `start`, or W = 0 and b = 0 if it is None.

    Raises InvalidDataError("shape") unless W is (n_features, n_classes) and b is (n_classes,), and
    InvalidDataError("not_finite") unless all values are finite.
    """
    if start is None:
        return Parameters.zeros(n_features, n_classes)
    if start.weights.shape != (n_features, n_classes) or start.bias.shape != (n_classes,):
        raise InvalidDataError("shape", start=start.weights.shape, expected=(n_features, n_classes))
    if not (np.isfinite(start.weights).all() and np.isfinite(start.bias).all()):
        raise InvalidDataError("not_finite")
    return start
