"""The model of the lecture, linear in its features: Ŷ = softmax(XW + b).

The slides write Wx + b with W ∈ ℝ^{K×d} (3.1) and later a gradient Xᵀ(Ŷ − Y) of shape d×K (4.2), its transpose.
Here samples are rows, X is (n, d), and W has the gradient's shape (d, K): Z = XW + b, with one column of W per class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.activations import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Parameters:
    """Weights W (d, K) and bias b (K,)."""

    weights: Floats
    bias: Floats

    @classmethod
    def zeros(cls, n_features: int, n_classes: int) -> Parameters:
        """Return W = 0 and b = 0, with which each class has probability 1/K."""
        return cls(np.zeros((n_features, n_classes)), np.zeros(n_classes))

    @classmethod
    def from_stacked(cls, stacked: Floats) -> Parameters:
        """Return W and b from one array (d + 1, K), W above b, without copying it."""
        return cls(stacked[:-1], stacked[-1])

    @property
    def stacked(self) -> Floats:
        """W above b in one array (d + 1, K)."""
        return np.vstack([self.weights, self.bias])

    def logits(self, X: Floats) -> Floats:
        """Return Z = XW + b: (n, d) → (n, K)."""
        return np.asarray(X @ self.weights + self.bias)
