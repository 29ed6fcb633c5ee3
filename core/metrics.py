"""How good a set of predictions is.

Probabilities P are (n, K), labels (n,); several labels at once are 0/1 arrays (n, L), one column a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import Floats
from core.errors import InvalidDataError


def accuracy(P: ArrayLike, labels: ArrayLike) -> float:
    """Share of samples whose largest score is the true class's (slide 6.1's rule, argmax).

    Raises InvalidDataError("shape") unless there is one label for each sample.
    """
    predicted, labels = np.argmax(P, axis=-1), np.asarray(labels)
    if predicted.shape != labels.shape:
        raise InvalidDataError("shape", predicted=predicted.shape, labels=labels.shape)
    return float(np.mean(predicted == labels))


def confusion_matrix(predicted: ArrayLike, labels: ArrayLike, n_classes: int) -> NDArray[np.intp]:
    """Counts (K, K): row the true class, column the predicted one."""
    pairs = np.asarray(labels) * n_classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=n_classes * n_classes).reshape(n_classes, n_classes)


@dataclass(frozen=True)
class Reliability:
    """Predictions sorted into bins by confidence: per bin how many, how confident, how often right.

    `error` is the expected calibration error Σ (count/n)·|accuracy − confidence|. Empty bins are left out.
    """

    counts: NDArray[np.intp]
    confidence: Floats
    accuracy: Floats
    error: float


def reliability(P: ArrayLike, labels: ArrayLike, bins: int = 10) -> Reliability:
    """Compare confidence max ŷ with how often it is right, in equal bins of (0, 1] (Guo et al. 2017; slide 6.2)."""
    P = np.asarray(P, dtype=np.float64)
    confidence = P.max(axis=1)
    right = P.argmax(axis=1) == np.asarray(labels)
    which = np.clip(np.ceil(confidence * bins).astype(np.intp) - 1, 0, bins - 1)
    counts = np.bincount(which, minlength=bins)
    filled = counts > 0
    mean_confidence = np.bincount(which, confidence, bins)[filled] / counts[filled]
    mean_right = np.bincount(which, right, bins)[filled] / counts[filled]
    gap = np.abs(mean_right - mean_confidence)
    return Reliability(counts[filled], mean_confidence, mean_right, float((counts[filled] / len(P) * gap).sum()))


def contradictions(S: ArrayLike, threshold: float = 0.5) -> dict[str, int]:
    """Where K separate yes/no answers S (n, K) fail as one answer: the clearest sample of each fault that occurs.

    "two": several exceed the threshold (not exclusive); "sum": one does, but the answers sum to something else than 1
    by more than 0.05 (not normalised); "none": none does (no basis for the most likely class). Slide 1.2.
    """
    S = np.asarray(S, dtype=np.float64)
    yes, total, ranked = (threshold < S).sum(axis=1), S.sum(axis=1), np.sort(S, axis=1)
    faults = {
        "two": (yes > 1, ranked[:, -2]),
        "sum": ((yes == 1) & (np.abs(total - 1) > 0.05), np.abs(total - 1)),
        "none": (yes == 0, -ranked[:, -1]),
    }
    return {
        name: int(np.where(there, clearness, -np.inf).argmax())
        for name, (there, clearness) in faults.items()
        if there.any()
    }


def subset_accuracy(predicted: ArrayLike, targets: ArrayLike) -> float:
    """Share of samples whose labels are all right."""
    return float((np.asarray(predicted) == np.asarray(targets)).all(axis=1).mean())


def hamming_loss(predicted: ArrayLike, targets: ArrayLike) -> float:
    """Share of single labels that are wrong."""
    return float((np.asarray(predicted) != np.asarray(targets)).mean())


class LabelScores(NamedTuple):
    """How well single labels are told, of L labels at once; 0 where there is nothing to divide by.

    `precision` (L,): of the samples given the label, the share that have it. `recall` (L,): of those that have it, the
    share given it. `f1` (L,): their harmonic mean. `micro_f1` counts all single labels in one, `macro_f1` is the mean
    of `f1`, each label weighing the same however rare.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    micro_f1: float
    macro_f1: float


def label_scores(predicted: ArrayLike, targets: ArrayLike) -> LabelScores:
    """Precision, recall and F1 of labels given, (n, L) of 0 and 1, against the true ones (slide 6.3).

    Raises InvalidDataError("shape") unless both are (n, L).
    """
    given, true = np.asarray(predicted) == 1, np.asarray(targets) == 1
    if given.ndim != 2 or given.shape != true.shape:
        raise InvalidDataError("shape", predicted=given.shape, targets=true.shape)
    hits, n_given, n_true = (given & true).sum(axis=0), given.sum(axis=0), true.sum(axis=0)
    f1 = _share(2 * hits, n_given + n_true)
    return LabelScores(
        precision=_share(hits, n_given),
        recall=_share(hits, n_true),
        f1=f1,
        micro_f1=float(_share(2 * hits.sum(), n_given.sum() + n_true.sum())),
        macro_f1=float(f1.mean()),
    )


def _share(part: NDArray[np.intp], whole: NDArray[np.intp]) -> Floats:
    return np.asarray(part / np.maximum(whole, 1))
