"""Samples to learn from: drawn ones, each a function of (n, K, noise, seed), a well-known example, and two real tables.

A drawn set lies about the origin, most of it within [−6, 6]², its classes as equal in number as n allows; `noise` is
0 … 1. All raise InvalidDataError("size") or ("noise") for what is out of range. What classes and
features are called is given as identifiers; words for people are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.activations import Floats
from core.errors import InvalidDataError

Labels = NDArray[np.intp]

MAX_CLASSES = 10
DATA = Path(__file__).parent / "data"

SHEAR = np.array([[0.4, 0.2], [-0.4, 1.2]])
"""What slants the clouds of scikit-learn's example "Decision boundaries of multinomial and one-vs-rest logistic
regression"."""


@dataclass(frozen=True)
class Dataset:
    """Samples X (n, d) with class labels (n,) in 0 … K−1, and the identifiers of classes and features.

    `named`: the identifiers are names that came with the data, to be shown as they are.
    """

    X: Floats
    labels: Labels
    classes: tuple[str, ...]
    features: tuple[str, ...]
    named: bool = False

    @property
    def n_classes(self) -> int:
        """K, classes without a sample included."""
        return len(self.classes)

    def rows(self, chosen: NDArray[np.intp]) -> Dataset:
        """The same set with only the chosen samples."""
        return Dataset(self.X[chosen], self.labels[chosen], self.classes, self.features, self.named)


@dataclass(frozen=True)
class MultiLabelDataset:
    """Samples X (n, d), each with any number of labels: targets (n, L) of 0 and 1."""

    X: Floats
    targets: Floats
    labels: tuple[str, ...]
    features: tuple[str, ...]


def separable_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Round clouds on a circle, far enough apart that a linear model can be right about nearly all of them."""
    return _blobs(n, K, noise, 0.35 + 0.55 * noise, seed)


def overlapping_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """The same clouds grown into each other, the more the noisier: no model can be right about all."""
    return _blobs(n, K, noise, 1.5 + 1.5 * noise, seed)


def rings(n: int, K: int, noise: float, seed: int) -> Dataset:
    """A class inside a class inside a class."""
    rng, labels = _start(n, K, noise, seed)
    radius = 5.0 * (labels + 0.5) / K + rng.normal(0, 0.05 + 1.2 * noise / K, n)
    return _drawn(_polar(radius, rng.uniform(0, 2 * np.pi, n)), labels, K)


def spirals(n: int, K: int, noise: float, seed: int) -> Dataset:
    """K arms winding out from the centre."""
    rng, labels = _start(n, K, noise, seed)
    along = np.sqrt(rng.uniform(0.01, 1, n))
    angle = 2 * np.pi * labels / K + 1.5 * np.pi * along
    return _drawn(_polar(5 * along, angle) + rng.normal(0, 0.05 + 0.6 * noise, (n, 2)), labels, K)


def corners(n: int, K: int, noise: float, seed: int) -> Dataset:
    """A checkerboard, for K = 2 that of XOR: every class in several places, none apart from the others."""
    rng, labels = _start(n, K, noise, seed)
    side = min(max(K, 2), 4) if K <= 8 else 5
    row, column = np.divmod(np.arange(side * side), side)
    owner = (row + column) % K if side >= K else np.arange(side * side) % K
    cell = np.array([rng.choice(np.flatnonzero(owner == label)) for label in labels])
    width = 10 / side
    inside = rng.uniform(-0.42, 0.42, (n, 2)) * width + rng.normal(0, 0.35 * noise * width, (n, 2))
    return _drawn(np.stack([column[cell], row[cell]], axis=1) * width - 5 + width / 2 + inside, labels, K)


def sheared_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Three sheared clouds in a row, where one-vs-rest does worse on the middle one.

    After scikit-learn's example: its centres and shear, and at noise ½ its standard deviation of 1. More classes go on
    along the row.
    """
    rng, labels = _start(n, K, noise, seed)
    centres = np.array([[-5.0 + 5 * k, (0.0, 1.5, -1.0)[k % 3]] for k in range(K)])
    centres[:, 0] -= centres[:, 0].mean()
    cloud = centres[labels] + rng.normal(0, 0.5 + noise, (n, 2))
    return _drawn(cloud @ SHEAR, labels, K)


DRAWN: dict[str, Callable[[int, int, float, int], Dataset]] = {
    "separable": separable_blobs,
    "overlapping": overlapping_blobs,
    "rings": rings,
    "spirals": spirals,
    "corners": corners,
    "sheared": sheared_blobs,
}


def scikit_learns_example() -> Dataset:
    """The very 1,000 samples of scikit-learn's example: `make_blobs` about three centres, seed 40, sheared.

    One softmax reaches an accuracy of 0.995 on them, one-vs-rest 0.976, both with a penalty λ = 1/1000 on the features
    as they are.
    """
    rng = np.random.RandomState(40)
    centres, sizes = np.array([[-5.0, 0.0], [0.0, 1.5], [5.0, -1.0]]), (334, 333, 333)
    clouds = [rng.normal(centre, 1.0, (size, 2)) for centre, size in zip(centres, sizes, strict=True)]
    order = np.arange(sum(sizes))
    rng.shuffle(order)
    return _drawn(np.concatenate(clouds)[order] @ SHEAR, np.repeat(np.arange(3), sizes)[order], 3)


FIXED: dict[str, Callable[[], Dataset]] = {"scikit": scikit_learns_example}
"""Sets that are what they are: nothing of theirs can be chosen."""


def penguins(features: tuple[str, str] = ("bill_length_mm", "bill_depth_mm")) -> Dataset:
    """Palmer Penguins, 342 birds of 3 species, by two of four measurements (CC0; Horst, Hill and Gorman, 2020)."""
    return _table("penguins", features)


def iris(features: tuple[str, ...] = ("petal_length_cm", "petal_width_cm")) -> Dataset:
    """Fisher's Iris, 150 flowers of 3 species, by some of four measurements (CC BY 4.0; Fisher, 1936)."""
    return _table("iris", features)


REAL: dict[str, Callable[..., Dataset]] = {"penguins": penguins, "iris": iris}


def measurements(name: str) -> tuple[str, ...]:
    """The features one can choose from in a real data set."""
    return tuple(str(column) for column in _read(name).columns[1:])


def tagged_photos(n: int, overlap: float = 0.5, noise: float = 0.3, seed: int = 0) -> MultiLabelDataset:
    """Photos that show a dog, a cat, the outdoors, or several of these at once, in a plane of two image features.

    Each tag pulls a photo its own way, the three ways 120° apart; a photo stands where its tags together pull it.
    `overlap` is the share of photos with more than one tag, at 0 the tags are exclusive classes.
    """
    _check_share("overlap", overlap)
    _check_share("noise", noise)
    rng = np.random.default_rng(seed)
    combinations = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
    share = np.array([(1 - overlap) / 3] * 3 + [overlap * 0.3] * 3 + [overlap * 0.1])
    targets = combinations[rng.choice(len(combinations), n, p=share / share.sum())].astype(np.float64)
    pull = _polar(np.full(3, 4.0), np.pi * np.array([1 / 2, 7 / 6, 11 / 6]))
    X = targets @ pull + rng.normal(0, 0.4 + 1.4 * noise, (n, 2))
    return MultiLabelDataset(X, targets, ("dog", "cat", "outdoors"), ("x1", "x2"))


def split(data: Dataset, held_out: float, seed: int) -> tuple[Dataset, Dataset]:
    """(training, held-out) sets in their old order, the latter a share of `held_out` of the samples drawn at random."""
    _check_share("held_out", held_out)
    order = np.random.default_rng(seed).permutation(len(data.X))
    cut = round(held_out * len(order))
    return data.rows(np.sort(order[cut:])) if cut else data, data.rows(np.sort(order[:cut]))


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise InvalidDataError(name, value=value)


def _start(n: int, K: int, noise: float, seed: int) -> tuple[np.random.Generator, Labels]:
    """The generator of a drawn set, and its labels: as many of each class as n allows."""
    if n < 1 or not 2 <= K <= MAX_CLASSES:
        raise InvalidDataError("size", n=n, K=K, most_classes=MAX_CLASSES)
    _check_share("noise", noise)
    return np.random.default_rng(seed), np.arange(n) % K


def _blobs(n: int, K: int, noise: float, spread: float, seed: int) -> Dataset:
    rng, labels = _start(n, K, noise, seed)
    centres = _polar(np.full(K, 3.5), np.pi / 2 + 2 * np.pi * np.arange(K) / K)
    # The more classes share the circle, the smaller each cloud.
    return _drawn(centres[labels] + rng.normal(0, spread * min(1.0, 3.5 / K), (n, 2)), labels, K)


def _drawn(X: Floats, labels: Labels, K: int) -> Dataset:
    return Dataset(X, labels, tuple(f"class_{k + 1}" for k in range(K)), ("x1", "x2"))


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


@lru_cache(maxsize=8)
def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def _table(name: str, features: tuple[str, ...]) -> Dataset:
    table = _read(name)
    if not set(features) <= set(measurements(name)):
        raise InvalidDataError("features", features=features)
    labels, classes = pd.factorize(table["species"], sort=True)
    X = table[list(features)].to_numpy(dtype=np.float64)
    return Dataset(X, labels.astype(np.intp), tuple(str(c).lower() for c in classes), features)
