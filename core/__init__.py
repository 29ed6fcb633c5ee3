"""Softmax regression in NumPy, named as in the lecture.

from core import penguins, FeatureMap, train, softmax, accuracy
data = penguins()
X = FeatureMap.fit(data.X)(data.X)
run = train(X, data.labels, learning_rate=0.5, steps=200)
accuracy(softmax(X @ run.weights + run.bias), data.labels)
"""

from core.activations import SoftmaxSteps, log_sigmoid, log_softmax, sigmoid, softmax, softmax_jacobian, softmax_steps
from core.calibration import fit_temperature
from core.datasets import Dataset, MultiLabelDataset, digits, iris, penguins, split, tagged_photos
from core.errors import DivergenceError, InvalidDataError
from core.features import FeatureMap
from core.finite_differences import central_difference, forward_difference
from core.gradient_descent import objective, train
from core.information import entropy, kl_divergence, running_likelihood, running_negative_log, smooth_labels
from core.losses import (
    binary_cross_entropy,
    cross_entropy,
    hinge,
    margins,
    one_hot,
    sigmoid_binary_cross_entropy,
    softmax_cross_entropy,
    softmax_linear_loss,
    softmax_squared_error,
    zero_one,
)
from core.metrics import (
    LabelScores,
    Reliability,
    accuracy,
    confusion_matrix,
    hamming_loss,
    label_scores,
    one_vs_rest_conflicts,
    reliability,
    subset_accuracy,
)
from core.parameters import Parameters
from core.run import Problem, Run, Settings
