"""What one full-batch step of softmax regression costs in `core`, its loss included, beside the plain arithmetic.

    python -m tests.benchmarks.training_step [--rounds 40] [--steps 300]

*plain* is the lecture's formulas in bare NumPy, without functions, checks or a record of the parameters. *Run* is how
the app trains: steps, of which it keeps every fiftieth, and the loss at the end. All compute the same losses to
rounding. Times are medians over rounds; in each round all are timed, so that a slow moment of the machine slows all of
them. The ratio is the median over rounds.
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


def core(X: Floats, Y: Floats, steps: int) -> float:
    """Return the loss after `steps` steps."""
    return float(train(X, Y, learning_rate=LEARNING_RATE, steps=steps).losses[-1])


def app(X: Floats, Y: Floats, steps: int) -> float:
    """Return the same as the app computes it: steps without their losses, and the loss at the end."""
    run = Run.begin(Problem.from_data(X, Y), Settings(LEARNING_RATE)).continued(steps)
    return run.loss_at(steps)


def plain(X: Floats, Y: Floats, steps: int) -> float:
    """Return the same by the lecture's formulas."""
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
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description="Time one full-batch training step, its loss included.")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--steps", type=int, default=300)
    chosen = parser.parse_args()
    contenders = {"plain": plain, "train": core, "Run": app}
    print(f"NumPy {np.__version__}; µs per step, and by how much it is more than plain")
    print(f"{'n, d, K':16}{'plain':>8}{'train':>8}{'Run':>8}{'train ÷ plain':>15}{'Run ÷ plain':>15}")
    for case in CASES:
        X, Y = problem(*case)
        losses = [contender(X, Y, chosen.steps) for contender in contenders.values()]
        np.testing.assert_allclose(losses, losses[0], rtol=1e-10)
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(chosen.rounds):
            for name, contender in contenders.items():
                start = perf_counter()
                contender(X, Y, chosen.steps)
                times[name].append((perf_counter() - start) / chosen.steps * 1e6)
        ratios = [median(np.divide(times[name], times["plain"])) for name in ("train", "Run")]
        columns = "".join(f"{median(own):8.1f}" for own in times.values()) + "".join(f"{r:15.2f}" for r in ratios)
        print(f"{', '.join(map(str, case)):16}{columns}")


if __name__ == "__main__":
    main()
