"""Softmax regression in NumPy, named as in the lecture.

from core import penguins, FeatureMap, train, softmax, accuracy
data = penguins()
X = FeatureMap.fit(data.X)(data.X)
run = train(X, data.labels, learning_rate=0.5, steps=200)
accuracy(softmax(X @ run.weights + run.bias), data.labels)
"""

from core.activations import log_softmax, naive_softmax, sigmoid, softmax, softmax_jacobian
from core.calibration import fit_temperature
from core.datasets import Dataset, MultiLabelDataset, iris, penguins, split, tagged_photos
from core.errors import InvalidDataError
from core.features import FeatureMap
from core.losses import (
    binary_cross_entropy,
    cross_entropy,
    one_hot,
    sigmoid_binary_cross_entropy,
    softmax_cross_entropy,
    softmax_squared_error,
)
from core.metrics import (
    LabelScores,
    Reliability,
    accuracy,
    confusion_matrix,
    contradictions,
    hamming_loss,
    label_scores,
    reliability,
    subset_accuracy,
)
from core.model import Parameters
from core.training import DivergenceError, Run, Settings, train

__all__ = [
    "Dataset",
    "DivergenceError",
    "FeatureMap",
    "InvalidDataError",
    "LabelScores",
    "MultiLabelDataset",
    "Parameters",
    "Reliability",
    "Run",
    "Settings",
    "accuracy",
    "binary_cross_entropy",
    "confusion_matrix",
    "contradictions",
    "cross_entropy",
    "fit_temperature",
    "hamming_loss",
    "iris",
    "label_scores",
    "log_softmax",
    "naive_softmax",
    "one_hot",
    "penguins",
    "reliability",
    "sigmoid",
    "sigmoid_binary_cross_entropy",
    "softmax",
    "softmax_cross_entropy",
    "softmax_jacobian",
    "softmax_squared_error",
    "split",
    "subset_accuracy",
    "tagged_photos",
    "train",
]
