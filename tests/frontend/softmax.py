"""Softmax, sigmoid and cross-entropy of logits, by core."""

from __future__ import annotations

from core import sigmoid, softmax, softmax_cross_entropy

LOGITS = ([0.0, 0.0, 0.0], [2.0, 1.0, 0.1], [-800.0, 0.0, 800.0], [1e-9, -1e-9], [12.0] * 5 + [-12.0] * 5)
TEMPERATURES = (0.05, 1.0, 20.0)


def samples() -> list[dict[str, object]]:
    """Return the values of each list of logits."""
    return [
        {
            "logits": logits,
            "softmax": {f"{T:g}": softmax(logits, T).tolist() for T in TEMPERATURES},
            "sigmoid": sigmoid(logits).tolist(),
            "cross_entropy": [softmax_cross_entropy(logits, target)[0] for target in range(len(logits))],
        }
        for logits in LOGITS
    ]
