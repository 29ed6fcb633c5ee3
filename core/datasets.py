"""Generated samples, the samples of a scikit-learn example, and the data sets penguins, iris and digits.

Synthetic data sets are functions of (n, K, noise, seed), with `noise` in 0 … 1. Most samples lie within [−6, 6]², and
class sizes differ by at most one sample. The functions raise InvalidDataError("size") or ("noise") for arguments out of
range. Classes and features have identifiers, which the caller translates for users.
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
"""The matrix that shears the samples in scikit-learn's example "Decision boundaries of multinomial and one-vs-rest
logistic regression"."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples X (n, d) with class labels (n,) in 0 … K−1, and identifiers of the K classes and d features.

    If `named`, the identifiers are names from the user's table, which are shown without translation.
    """

    X: Floats
    labels: Labels
    classes: tuple[str, ...]
    features: tuple[str, ...]
    named: bool = False

    @property
    def n_classes(self) -> int:
        """The number of classes K, including classes without samples."""
        return len(self.classes)

    def rows(self, indices: NDArray[np.intp]) -> Dataset:
        """Return the data set of the samples with these indices, with the same classes and features."""
        return Dataset(self.X[indices], self.labels[indices], self.classes, self.features, self.named)


@dataclass(frozen=True, eq=False)
class MultiLabelDataset:
    """Samples X (n, d), each with any number of the L labels: targets (n, L) of 0 and 1."""

    X: Floats
    targets: Floats
    labels: tuple[str, ...]
    features: tuple[str, ...]


def separable_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return round clusters on a circle, which a linear model can separate almost completely."""
    return _blobs(n, K, noise, 0.35 + 0.55 * noise, seed)


def overlapping_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return round clusters on a circle that overlap, so that no model can classify all samples correctly."""
    return _blobs(n, K, noise, 1.5 + 1.5 * noise, seed)


def rings(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return concentric rings, one per class."""
    rng, labels = _rng_and_labels(n, K, noise, seed)
    radius = 5.0 * (labels + 0.5) / K + rng.normal(0, 0.05 + 1.2 * noise / K, n)
    return _synthetic(_polar(radius, rng.uniform(0, 2 * np.pi, n)), labels, K)


def spirals(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return spiral arms around the origin, one per class."""
    rng, labels = _rng_and_labels(n, K, noise, seed)
    distance = np.sqrt(rng.uniform(0.01, 1, n))
    angle = 2 * np.pi * labels / K + 1.5 * np.pi * distance
    return _synthetic(_polar(5 * distance, angle) + rng.normal(0, 0.05 + 0.6 * noise, (n, 2)), labels, K)


def corners(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return samples on a checkerboard, where each cell has one class; K = 2 gives the XOR problem.

    No class can be separated from the others by a straight line.
    """
    rng, labels = _rng_and_labels(n, K, noise, seed)
    side = min(max(K, 2), 4) if K <= 8 else 5  # cells per row and column
    row, column = np.divmod(np.arange(side * side), side)
    cell_labels = (row + column) % K if side >= K else np.arange(side * side) % K
    cell = np.array([rng.choice(np.flatnonzero(cell_labels == label)) for label in labels])
    width = 10 / side
    offset = rng.uniform(-0.42, 0.42, (n, 2)) * width + rng.normal(0, 0.35 * noise * width, (n, 2))
    return _synthetic(np.stack([column[cell], row[cell]], axis=1) * width - 5 + width / 2 + offset, labels, K)


def sheared_blobs(n: int, K: int, noise: float, seed: int) -> Dataset:
    """Return sheared clusters in a row. One-vs-rest classifies the middle clusters worse than softmax does.

    Centres and shear are those of scikit-learn's example (see SHEAR). At noise ½, the standard deviation before the
    shear is 1, as in that example. The row has K clusters; the example has three.
    """
    rng, labels = _rng_and_labels(n, K, noise, seed)
    centres = np.array([[-5.0 + 5 * k, (0.0, 1.5, -1.0)[k % 3]] for k in range(K)])
    centres[:, 0] -= centres[:, 0].mean()
    round_clusters = centres[labels] + rng.normal(0, 0.5 + noise, (n, 2))
    return _synthetic(round_clusters @ SHEAR, labels, K)


SYNTHETIC: dict[str, Callable[[int, int, float, int], Dataset]] = {
    "separable": separable_blobs,
    "overlapping": overlapping_blobs,
    "rings": rings,
    "spirals": spirals,
    "corners": corners,
    "sheared": sheared_blobs,
}


def scikit_learns_example() -> Dataset:
    """Return exactly the 1,000 samples of scikit-learn's example: `make_blobs` with seed 40, sheared.

    With λ = 1/1000 and features that are not standardised, softmax reaches an accuracy of 0.995, one-vs-rest 0.976.
    """
    rng = np.random.RandomState(40)
    centres, sizes = np.array([[-5.0, 0.0], [0.0, 1.5], [5.0, -1.0]]), (334, 333, 333)
    clusters = [rng.normal(centre, 1.0, (size, 2)) for centre, size in zip(centres, sizes, strict=True)]
    order = np.arange(sum(sizes))
    rng.shuffle(order)
    return _synthetic(np.concatenate(clusters)[order] @ SHEAR, np.repeat(np.arange(3), sizes)[order], 3)


FIXED: dict[str, Callable[[], Dataset]] = {"scikit": scikit_learns_example}
"""Data sets without parameters."""


def penguins(features: tuple[str, ...] = ("bill_length_mm", "bill_depth_mm")) -> Dataset:
    """Return some features of Palmer Penguins, 342 birds of 3 species (CC0; Horst, Hill and Gorman, 2020)."""
    return _real("penguins", features)


def iris(features: tuple[str, ...] = ("petal_length_cm", "petal_width_cm")) -> Dataset:
    """Return some features of Fisher's Iris, 150 flowers of 3 species (CC BY 4.0; Fisher, 1936)."""
    return _real("iris", features)


def digits() -> Dataset:
    """Return 1,797 handwritten digits of 10 classes (CC BY 4.0; Alpaydin and Kaynak, 1998).

    A sample is an image of 8 × 8 pixels, row by row. The digit was scanned as 32 × 32 black or white points; a pixel is
    the number of black points, 0 … 16, in a block of 4 × 4.
    """
    table = _read("digits.csv.gz")
    labels = table["digit"].to_numpy(dtype=np.intp)
    features = tuple(str(column) for column in table.columns[1:])
    X = table[list(features)].to_numpy(dtype=np.float64)
    return Dataset(X, labels, tuple(str(digit) for digit in range(10)), features)


REAL: dict[str, Callable[..., Dataset]] = {"penguins": penguins, "iris": iris}


def measurements(name: str) -> tuple[str, ...]:
    """Return the names of all features of a real data set; `name` is a key of REAL."""
    return tuple(str(column) for column in _read(f"{name}.csv").columns[1:])


def tagged_photos(n: int, overlap: float = 0.5, noise: float = 0.3, seed: int = 0) -> MultiLabelDataset:
    """Return n synthetic photos with two features and one or more of the labels dog, cat and outdoors.

    Each label shifts the features in its own direction. The three directions are 120° apart. If a photo has several
    labels, their shifts add up.

    Parameters
    ----------
    overlap : float
        Share of photos with more than one label, 0 … 1. At 0 the labels are exclusive classes.
    noise : float
        0 … 1; the standard deviation of each feature around its shifted position is 0.4 + 1.4 · noise.

    Raises
    ------
    InvalidDataError
        "overlap" or "noise".
    """
    _check_share("overlap", overlap)
    _check_share("noise", noise)
    rng = np.random.default_rng(seed)
    combinations = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
    shares = np.array([(1 - overlap) / 3] * 3 + [overlap * 0.3] * 3 + [overlap * 0.1])
    targets = combinations[rng.choice(len(combinations), n, p=shares / shares.sum())].astype(np.float64)
    shifts = _polar(np.full(3, 4.0), np.pi * np.array([1 / 2, 7 / 6, 11 / 6]))
    X = targets @ shifts + rng.normal(0, 0.4 + 1.4 * noise, (n, 2))
    return MultiLabelDataset(X, targets, ("dog", "cat", "outdoors"), ("x1", "x2"))


def split(data: Dataset, held_out: float, seed: int) -> tuple[Dataset, Dataset]:
    """Split the samples at random and return (training, held-out) data sets; each keeps the order of the samples.

    Parameters
    ----------
    held_out : float
        Share of the samples to hold out, 0 … 1.

    Raises
    ------
    InvalidDataError
        "held_out".
    """
    _check_share("held_out", held_out)
    order = np.random.default_rng(seed).permutation(len(data.X))
    n_held_out = round(held_out * len(order))
    training = data.rows(np.sort(order[n_held_out:])) if n_held_out else data
    return training, data.rows(np.sort(order[:n_held_out]))


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise InvalidDataError(name, value=value)


def _rng_and_labels(n: int, K: int, noise: float, seed: int) -> tuple[np.random.Generator, Labels]:
    """Check the arguments of a synthetic data set; return a random generator and the labels (n,).

    Class sizes differ by at most one. Raises InvalidDataError("size") or ("noise").
    """
    if n < 1 or not 2 <= K <= MAX_CLASSES:
        raise InvalidDataError("size", n=n, K=K, most_classes=MAX_CLASSES)
    _check_share("noise", noise)
    return np.random.default_rng(seed), np.arange(n) % K


def _blobs(n: int, K: int, noise: float, spread: float, seed: int) -> Dataset:
    rng, labels = _rng_and_labels(n, K, noise, seed)
    centres = _polar(np.full(K, 3.5), np.pi / 2 + 2 * np.pi * np.arange(K) / K)
    # More classes share the circle, so their clusters are smaller.
    return _synthetic(centres[labels] + rng.normal(0, spread * min(1.0, 3.5 / K), (n, 2)), labels, K)


def _synthetic(X: Floats, labels: Labels, K: int) -> Dataset:
    return Dataset(X, labels, tuple(f"class_{k + 1}" for k in range(K)), ("x1", "x2"))


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


@lru_cache(maxsize=8)
def _read(file: str) -> pd.DataFrame:
    return pd.read_csv(DATA / file)


def _real(name: str, features: tuple[str, ...]) -> Dataset:
    table = _read(f"{name}.csv")
    if not set(features) <= set(measurements(name)):
        raise InvalidDataError("features", features=features)
    labels, classes = pd.factorize(table["species"], sort=True)
    X = table[list(features)].to_numpy(dtype=np.float64)
    return Dataset(X, labels.astype(np.intp), tuple(str(c).lower() for c in classes), features)
