"""The model of the lecture, linear in its features: ŷ = softmax(xW + b).

The slides write Wx + b with W ∈ ℝ^{K×d} (3.1) and later a gradient Xᵀ(Ŷ − Y) of shape d×K (4.2), its transpose.
Here samples are rows, X is (n, d), and W has the gradient's shape (d, K): Z = XW + b, one column of W a class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.activations import Floats


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights W (d, K) above bias b (K,), one array (d + 1, K): a bias is the weight of a feature that is always 1."""

    stacked: Floats

    @classmethod
    def of(cls, weights: Floats, bias: Floats) -> Parameters:
        """W (d, K) and b (K,)."""
        return cls(np.vstack([weights, bias]))

    @classmethod
    def zeros(cls, n_features: int, n_classes: int) -> Parameters:
        """The start that favours no class: every sample gets probability 1/K for each."""
        return cls(np.zeros((n_features + 1, n_classes)))

    @property
    def weights(self) -> Floats:
        """W (d, K)."""
        return self.stacked[:-1]

    @property
    def bias(self) -> Floats:
        """b (K,)."""
        bias: Floats = self.stacked[-1]
        return bias

    def logits(self, X: Floats) -> Floats:
        """Z = XW + b: (n, d) → (n, K).

        Laid out class by class in memory, so that a reduction over the few classes runs along the many samples:
        softmax on it takes half the time.
        """
        z: Floats = (self.weights.T @ X.T).T
        z += self.bias
        return z
