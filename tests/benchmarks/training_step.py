"""What one full-batch step of softmax regression costs, its loss included: n = 300 samples, d = 2, K = 3.

    python -m tests.benchmarks.training_step [--rounds 60] [--steps 500]

Beside `core`, each computing the same losses to rounding in float64 and reading each as a Python number:

    plain      the lecture's formulas in bare NumPy, as one writes them down
    fastest    NumPy with its arrays laid out class by class, reused, and all that does not change computed beforehand
    PyTorch    the plain formulas, and autograd with SGD, on the CPU by one thread and by as many as it takes itself

Times are medians over rounds; in a round each has its turn, so that a slow moment of the machine meets all. The ratio
is the median over rounds of `core`'s time by the other's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from core.datasets import overlapping_blobs
from core.features import FeatureMap
from core.losses import one_hot
from core.training import train

try:
    import torch
except ImportError:
    torch = None

LEARNING_RATE = 0.5
DATA = overlapping_blobs(300, 3, 0.3, seed=0)
X = FeatureMap.fit(DATA.X)(DATA.X)
Y = one_hot(DATA.labels, 3)

Contender = Callable[[int], float]
"""Takes so many steps from W = 0, b = 0; returns the loss it ends at."""


def core(steps: int) -> float:
    return float(train(X, DATA.labels, learning_rate=LEARNING_RATE, steps=steps).losses[-1])


def plain(steps: int) -> float:
    n = len(X)
    W, b = np.zeros((2, 3)), np.zeros(3)
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


def fastest(steps: int) -> float:
    n = len(X)
    columns = np.stack([*X.T, np.ones(n)])  # the bias as the weight of a feature that is always 1
    samples = columns.T
    W = np.zeros((3, 3))  # a row a class
    pull = Y.T @ samples  # Σ Yᵢ xᵢ: what the targets contribute to the gradient, and by W to the loss
    Z, best, total, logs, gradient = np.empty((3, n)), np.empty(n), np.empty(n), np.empty(n), np.empty((3, 3))
    first, second, third = Z
    classes, all_samples = np.ones(3), np.ones(n)  # a dot product with ones sums faster than sum
    rate = LEARNING_RATE / n
    losses = []
    for step in range(steps + 1):
        np.dot(W, columns, Z)
        np.maximum(first, second, out=best)
        np.maximum(best, third, out=best)
        np.subtract(Z, best, Z)
        np.exp(Z, Z)
        np.dot(classes, Z, total)
        np.log(total, logs)
        np.add(logs, best, logs)
        losses.append(float(np.dot(all_samples, logs) - np.vdot(pull, W)) / n)
        if step < steps:
            np.divide(Z, total, Z)
            np.dot(Z, samples, gradient)
            np.subtract(gradient, pull, gradient)
            np.multiply(gradient, rate, gradient)
            np.subtract(W, gradient, W)
    return losses[-1]


def torch_by_hand(steps: int) -> float:
    n = len(X)
    features, targets = torch.from_numpy(X), torch.from_numpy(Y)
    W, b = torch.zeros(2, 3, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)
    losses = []
    with torch.inference_mode():
        for step in range(steps + 1):
            log_p = torch.log_softmax(torch.addmm(b, features, W), dim=1)
            losses.append((-(targets * log_p).sum() / n).item())
            if step < steps:
                G = (log_p.exp() - targets) / n
                W -= LEARNING_RATE * (features.T @ G)
                b -= LEARNING_RATE * G.sum(dim=0)
    return losses[-1]


def torch_by_autograd(steps: int) -> float:
    features, labels = torch.from_numpy(X), torch.from_numpy(DATA.labels)
    W = torch.zeros(2, 3, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([W, b], lr=LEARNING_RATE)
    losses = []
    for step in range(steps + 1):
        loss = torch.nn.functional.cross_entropy(torch.addmm(b, features, W), labels)
        losses.append(loss.item())
        if step < steps:
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return losses[-1]


def on_threads(run: Contender, threads: int) -> Contender:
    def limited(steps: int) -> float:
        torch.set_num_threads(threads)
        return run(steps)

    return limited


def contenders() -> dict[str, Contender]:
    runs: dict[str, Contender] = {"core": core, "plain": plain, "fastest": fastest}
    if torch is None:
        print("PyTorch is not installed: left out")
        return runs
    for threads in sorted({1, torch.get_num_threads()}):
        runs[f"PyTorch by hand, threads: {threads}"] = on_threads(torch_by_hand, threads)
        runs[f"PyTorch autograd, threads: {threads}"] = on_threads(torch_by_autograd, threads)
    return runs


def seconds(run: Contender, steps: int) -> float:
    start = perf_counter()
    run(steps)
    return perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="Time one full-batch training step, its loss included.")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--steps", type=int, default=500)
    chosen = parser.parse_args()

    runs = contenders()
    losses = {name: run(chosen.steps) for name, run in runs.items()}
    np.testing.assert_allclose(list(losses.values()), losses["core"], rtol=1e-10)

    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(chosen.rounds):
        for name, run in runs.items():
            times[name].append(seconds(run, chosen.steps) / chosen.steps)
    print(f"NumPy {np.__version__}" + (f", PyTorch {torch.__version__}" if torch else ""))
    print(f"{'':32}{'µs a step':>10}{'core ÷ it':>12}")
    for name, own in times.items():
        ratio = median(c / o for c, o in zip(times["core"], own, strict=True))
        print(f"{name:32}{median(own) * 1e6:10.2f}{ratio:12.2f}")


if __name__ == "__main__":
    main()
