"""The steps of softmax, its Jacobian, and points of the simplex, by core."""

from __future__ import annotations

import numpy as np

from core import objective, one_hot, sigmoid, softmax, softmax_cross_entropy, softmax_jacobian, softmax_steps

T = 0.7
SIMPLEX = (([1.0, 2.0, -0.5], 1.0), ([-3.0, 0.2, 0.1], 2.5))


def samples() -> dict[str, object]:
    """Return logits with the values that the views show."""
    rng = np.random.default_rng(1)
    logits = [rng.normal(size=5) * scale for scale in (1, 12, 300)]
    return {
        "steps": [_steps(z) for z in logits],
        "derivation": [_derivation(np.clip(z, -12, 12), k) for k, z in enumerate(logits)],
        "weight_gradient": _weight_gradient(rng),
        "simplex": [{"logits": z, "temperature": t, "p": softmax(z, t).tolist()} for z, t in SIMPLEX],
        "sigmoid": [{"logits": [a, b], "p": sigmoid([a - b]).tolist()[0]} for a, b in ((3.0, -1.0), (-2.5, 9.0))],
    }


def _steps(z: np.ndarray) -> dict[str, object]:
    steps, plain, p = softmax_steps(z / T), softmax_steps(z / T, subtract_maximum=False), softmax(z, T)
    columns = [z, z / T, steps.exponents, steps.exponentials, steps.probabilities]
    return {
        "temperature": T,
        "columns": [column.tolist() for column in columns],
        "total": float(steps.total),
        "plain": [plain.exponentials.tolist(), plain.probabilities.tolist(), float(plain.total)],
        "jacobian": (softmax_jacobian(p) / T).tolist(),
    }


def _derivation(z: np.ndarray, target: int) -> dict[str, object]:
    loss, gradient = softmax_cross_entropy(z, target)
    return {"logits": z.tolist(), "target": target, "loss": float(loss), "gradient": gradient.tolist()}


def _weight_gradient(rng: np.random.Generator) -> dict[str, object]:
    X, W, b = rng.normal(size=(3, 2)), rng.normal(size=(2, 4)), rng.normal(size=4)
    Y, Z = one_hot([3, 0, 2], 4), X @ W + b
    _, weights, bias = objective(X, Y, W, b)
    _, one, _ = objective(X[:1], Y[:1], W, b)
    arrays = {"inputs": X, "errors": softmax(Z) - Y, "one": one, "weights": weights, "bias": bias}
    return {name: array.tolist() for name, array in arrays.items()}
