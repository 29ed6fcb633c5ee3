"""Metrics of classification, multi-label classification and calibration.

Probabilities P are (n, K), class labels (n,). Multi-label predictions and targets are 0/1 arrays (n, L), with one
column per label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import Floats
from core.errors import InvalidDataError


def accuracy(P: ArrayLike, labels: ArrayLike) -> float:
    """Return the share of samples whose true class has the largest probability or logit (slide 6.1).

    Raises
    ------
    InvalidDataError
        "shape", unless there is one label per sample.
    """
    predicted, labels = np.argmax(P, axis=-1), np.asarray(labels)
    if predicted.shape != labels.shape:
        raise InvalidDataError("shape", predicted=predicted.shape, labels=labels.shape)
    return float(np.mean(predicted == labels))


def confusion_matrix(predicted: ArrayLike, labels: ArrayLike, n_classes: int) -> NDArray[np.intp]:
    """Return counts (K, K), with one row per true class and one column per predicted class."""
    pairs = np.asarray(labels) * n_classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=n_classes * n_classes).reshape(n_classes, n_classes)


@dataclass(frozen=True, eq=False)
class Reliability:
    """Number of samples, mean confidence and accuracy per bin of confidence, without empty bins.

    `error` is the expected calibration error Σ (count/n)·|accuracy − confidence|.
    """

    counts: NDArray[np.intp]
    confidence: Floats
    accuracy: Floats
    error: float


def reliability(P: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> Reliability:
    """Return the data of a reliability diagram and the calibration error (Guo et al. 2017; slide 6.2).

    The confidence of a sample is its largest probability. The `n_bins` bins divide (0, 1] equally.
    """
    P = np.asarray(P, dtype=np.float64)
    confidence = P.max(axis=1)
    correct = P.argmax(axis=1) == np.asarray(labels)
    bin_index = np.clip(np.ceil(confidence * n_bins).astype(np.intp) - 1, 0, n_bins - 1)
    counts = np.bincount(bin_index, minlength=n_bins)
    filled = counts > 0
    counts = counts[filled]
    bin_confidence = np.bincount(bin_index, confidence, n_bins)[filled] / counts
    bin_accuracy = np.bincount(bin_index, correct, n_bins)[filled] / counts
    error = (counts / len(P) * np.abs(bin_accuracy - bin_confidence)).sum()
    return Reliability(counts, bin_confidence, bin_accuracy, float(error))


def one_vs_rest_conflicts(S: ArrayLike, threshold: float = 0.5) -> dict[str, int]:
    """Return one sample for each way in which K one-vs-rest probabilities can be inconsistent (slide 1.2).

    Parameters
    ----------
    S : (n, K)
        Probabilities of n samples; column k comes from the logistic regression of class k against the rest.
    threshold : float
        A class is predicted if its probability is larger than the threshold.

    Returns
    -------
    dict
        For each conflict that occurs, the index of the sample that shows the conflict most clearly.
        "two": several classes are predicted; clearest where the second largest probability is highest.
        "sum": one class is predicted, but the sum of the probabilities differs from 1 by more than 0.05; clearest where
        the difference is largest.
        "none": no class is predicted; clearest where the largest probability is lowest.
    """
    S = np.asarray(S, dtype=np.float64)
    n_predicted, sum_error, ranked = (threshold < S).sum(axis=1), np.abs(S.sum(axis=1) - 1), np.sort(S, axis=1)
    conflicts = {
        "two": (n_predicted > 1, ranked[:, -2]),
        "sum": ((n_predicted == 1) & (sum_error > 0.05), sum_error),
        "none": (n_predicted == 0, -ranked[:, -1]),
    }
    return {
        name: int(np.where(occurs, clarity, -np.inf).argmax())
        for name, (occurs, clarity) in conflicts.items()
        if occurs.any()
    }


def subset_accuracy(predicted: ArrayLike, targets: ArrayLike) -> float:
    """Return the share of samples whose labels are all correct."""
    return float((np.asarray(predicted) == np.asarray(targets)).all(axis=1).mean())


def hamming_loss(predicted: ArrayLike, targets: ArrayLike) -> float:
    """Return the share of the n × L labels that are wrong."""
    return float((np.asarray(predicted) != np.asarray(targets)).mean())


class LabelScores(NamedTuple):
    """Precision, recall and F1 of each of L labels; 0 where the denominator is 0.

    `precision` (L,) is the share of correct ones among the predicted labels, `recall` (L,) the share of predicted ones
    among the true labels, and `f1` (L,) their harmonic mean. `micro_f1` is computed from the counts of all labels
    together; `macro_f1` is the mean of `f1`, in which rare labels have the same weight as frequent ones.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    micro_f1: float
    macro_f1: float


def label_scores(predicted: ArrayLike, targets: ArrayLike) -> LabelScores:
    """Return precision, recall and F1 of multi-label predictions (slide 6.3).

    Raises
    ------
    InvalidDataError
        "shape", unless both arrays are (n, L).
    """
    positive, true = np.asarray(predicted) == 1, np.asarray(targets) == 1
    if positive.ndim != 2 or positive.shape != true.shape:
        raise InvalidDataError("shape", predicted=positive.shape, targets=true.shape)
    n_correct, n_predicted, n_true = (positive & true).sum(axis=0), positive.sum(axis=0), true.sum(axis=0)
    precision, recall = _share(n_correct, n_predicted), _share(n_correct, n_true)
    f1 = _share(2 * n_correct, n_predicted + n_true)
    micro_f1 = float(_share(2 * n_correct.sum(), n_predicted.sum() + n_true.sum()))
    return LabelScores(precision, recall, f1, micro_f1, macro_f1=float(f1.mean()))


def _share(part: NDArray[np.intp], whole: NDArray[np.intp]) -> Floats:
    return np.asarray(part / np.maximum(whole, 1))
