"""Measures of calibration at several temperatures, by core."""

from __future__ import annotations

import numpy as np

from core import cross_entropy, reliability, softmax

N = 150
TEMPERATURES = (0.05, 0.8, 1.0, 3.0, 20.0)
CASES = ((2, 10), (3, 10), (7, 15))
"""Numbers of classes and bins."""


def samples() -> list[dict[str, object]]:
    """Return random logits and labels of each case with their measures."""
    return [_case(K, bins) for K, bins in CASES]


def _case(K: int, bins: int) -> dict[str, object]:
    rng = np.random.default_rng(K)
    z, labels = rng.normal(0, 3, (N, K)).round(3), rng.integers(0, K, N)
    measures = []
    for temperature in TEMPERATURES:
        P = softmax(z, temperature)
        expected = reliability(P, labels, bins)
        measures.append(
            {
                "temperature": temperature,
                "counts": expected.counts.tolist(),
                "confidence": expected.confidence.tolist(),
                "accuracy": expected.accuracy.tolist(),
                "error": expected.error,
                "nll": cross_entropy(P, labels),
                "mean_confidence": float(P.max(axis=1).mean()),
                "mean_accuracy": float(np.mean(P.argmax(axis=1) == labels)),
            }
        )
    return {"classes": K, "bins": bins, "logits": z.ravel().tolist(), "labels": labels.tolist(), "measures": measures}
