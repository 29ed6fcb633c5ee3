"""Time one full-batch step of softmax regression in `core`, loss included, compared with the plain formulas.

    python -m tests.benchmarks.training_step [--rounds 40] [--steps 300]

*plain* has the lecture's formulas in NumPy, without functions, checks or a record of the parameters. *train* is
`core.train`. *Run* is how the app trains: it keeps every fiftieth step and computes the loss at the end. All losses are
equal up to rounding. Times and ratios are medians over rounds; each round times all three, so a slow moment of the
machine affects all of them.
"""

from __future__ import annotations

import argparse
from statistics import median
from time import perf_counter

import numpy as np

from core import Problem, Run, Settings, train
from core.activations import Floats

LEARNING_RATE = 0.5
CASES = ((300, 2, 3), (300, 25, 3), (2000, 25, 10))
"""Samples n, features d, classes K."""


def problem(n: int, d: int, K: int) -> tuple[Floats, Floats]:
    """Return n standardised samples of K classes that overlap, and their one-hot rows."""
    labels = np.arange(n) % K
    X = np.random.default_rng(0).normal(size=(n, d)) + 2 * np.random.default_rng(1).normal(size=(K, d))[labels]
    return (X - X.mean(axis=0)) / X.std(axis=0), np.eye(K)[labels]


def loss_by_train(X: Floats, Y: Floats, steps: int) -> float:
    """Return the loss after `steps` steps of `core.train`."""
    return float(train(X, Y, learning_rate=LEARNING_RATE, steps=steps).losses[-1])


def loss_by_run(X: Floats, Y: Floats, steps: int) -> float:
    """Return the loss as the app computes it: steps without losses, then the loss at the end."""
    run = Run.begin(Problem.from_data(X, Y), Settings(LEARNING_RATE)).continued(steps)
    return run.loss_at(steps)


def loss_by_formulas(X: Floats, Y: Floats, steps: int) -> float:
    """Return the loss by the lecture's formulas."""
    n, (d, K) = len(X), (X.shape[1], Y.shape[1])
    W, b = np.zeros((d, K)), np.zeros(K)
    losses = []
    for step in range(steps + 1):
        Z = X @ W + b
        Z = Z - Z.max(axis=1, keepdims=True)
        E = np.exp(Z)
        S = E.sum(axis=1, keepdims=True)
        losses.append(float(-(Y * (Z - np.log(S))).sum() / n))
        if step < steps:
            G = (E / S - Y) / n
            W = W - LEARNING_RATE * (X.T @ G)
            b = b - LEARNING_RATE * G.sum(axis=0)
    return losses[-1]


def main() -> None:
    """Print one line per case."""
    parser = argparse.ArgumentParser(description="Time one full-batch training step, its loss included.")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--steps", type=int, default=300)
    arguments = parser.parse_args()
    functions = {"plain": loss_by_formulas, "train": loss_by_train, "Run": loss_by_run}
    print(f"NumPy {np.__version__}; µs per step, and ratio to plain")
    print(f"{'n, d, K':16}{'plain':>8}{'train':>8}{'Run':>8}{'train ÷ plain':>15}{'Run ÷ plain':>15}")
    for case in CASES:
        X, Y = problem(*case)
        losses = [function(X, Y, arguments.steps) for function in functions.values()]
        np.testing.assert_allclose(losses, losses[0], rtol=1e-10)
        times: dict[str, list[float]] = {name: [] for name in functions}
        for _ in range(arguments.rounds):
            for name, function in functions.items():
                start = perf_counter()
                function(X, Y, arguments.steps)
                times[name].append((perf_counter() - start) / arguments.steps * 1e6)
        ratios = [median(np.divide(times[name], times["plain"])) for name in ("train", "Run")]
        columns = "".join(f"{median(own):8.1f}" for own in times.values()) + "".join(f"{r:15.2f}" for r in ratios)
        print(f"{', '.join(map(str, case)):16}{columns}")


if __name__ == "__main__":
    main()
