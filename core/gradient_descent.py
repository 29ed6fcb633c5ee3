"""Softmax regression by gradient descent: section 5 of the lecture in NumPy.

    logits           Z = XW + b                                      slide 3.1
    probabilities    Ŷ = softmax(Z)                                  slide 2.1
    loss             L = −(1/n) Σᵢ Σⱼ yᵢⱼ log ŷᵢⱼ + (λ/2) Σ W²        slide 4.1, and a penalty
    gradients        ∇_W = (1/n) Xᵀ(Ŷ − Y) + λW                      slide 4.2
                     ∇_b = (1/n) Σᵢ (ŷᵢ − yᵢ)                         slide 4.3
    update           W := W − α∇_W        b := b − α∇_b              slide 4.4

X (n, d) has one sample per row, Y (n, K) its class as a one-hot row. W (d, K) has one column per class, b (K,) one
number per class: W is the transpose of slide 3.1's W, in the shape of slide 4.2's gradient. α is `learning_rate`; λ is
`l2`, 0 by default, which leaves the lecture's loss.

`head` chooses between "softmax" and "sigmoid". The latter is one logistic regression per class, Ŷ = σ(Z) (slides 1.2
and 6.3). Its loss has a second term, −(1/n) Σᵢ Σⱼ (1 − yᵢⱼ) log(1 − ŷᵢⱼ); the formulas of the gradients are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice, repeat

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import Floats, log_sigmoid, log_softmax
from core.errors import DivergenceError
from core.parameters import Parameters
from core.validation import check_settings, check_whole_numbers, checked_data, checked_start

MAX_LOSS = 1e12
"""Training has diverged if the loss is larger, or NaN. The usual cause is that α and λ are too large: αλ > 2."""

RowIndex = NDArray[np.intp] | slice


def objective(
    X: Floats, Y: Floats, W: Floats, b: Floats, l2: float = 0.0, head: str = "softmax"
) -> tuple[float, Floats, Floats]:
    """Return the loss L over the samples in X, and its gradients ∇_W (d, K) and ∇_b (K,)."""
    n = len(X)
    Z = X @ W + b  # slide 3.1
    log_Y_hat = log_softmax(Z) if head == "softmax" else log_sigmoid(Z)  # not log(Ŷ), as Ŷ can underflow
    Y_hat = np.exp(log_Y_hat)  # softmax(Z), slide 2.1
    loss = -(Y * log_Y_hat).sum() / n  # slide 4.1
    if head == "sigmoid":
        loss -= ((1 - Y) * log_sigmoid(-Z)).sum() / n  # slide 6.3, since 1 − σ(z) = σ(−z)
    error = Y_hat - Y
    grad_W = X.T @ error / n  # slide 4.2
    grad_b = error.sum(axis=0) / n  # slide 4.3
    if l2:  # a penalty, which the lecture does not have
        loss, grad_W = loss + l2 / 2 * (W * W).sum(), grad_W + l2 * W
    return float(loss), grad_W, grad_b


def minibatches(n: int, size: int | None = None, seed: int = 0, first_step: int = 0) -> Iterator[RowIndex]:
    """Yield the rows of X to use in step `first_step` and in each later step, without end; steps count from 0.

    Without `size`, or if `size` is at least n, each step uses all n rows. Otherwise each epoch shuffles the rows and
    cuts them into mini-batches of `size` rows; rows left over are not used in that epoch. The order depends only on n,
    `seed` and the epoch, so the rows of a step can be computed again.
    """
    if size is None or size >= n:
        yield from repeat(slice(None))  # all rows
        return
    first_epoch, first_batch = divmod(first_step, n // size)
    for epoch in count(first_epoch):
        key = np.array([seed, epoch], dtype=np.uint64)
        order = np.random.Generator(np.random.Philox(key=key)).permutation(n)
        for batch in range(first_batch, n // size):
            yield order[batch * size : (batch + 1) * size]
        first_batch = 0


def descend(
    X: Floats, Y: Floats, start: Parameters, batches: Iterable[RowIndex], learning_rate: float, l2: float, head: str
) -> Iterator[tuple[float, Floats, Floats]]:
    """Yield the loss over each batch of rows with W and b, and update W and b after each."""
    W, b = start.weights, start.bias
    for rows in batches:
        loss, grad_W, grad_b = objective(X[rows], Y[rows], W, b, l2, head)
        yield loss, W, b
        W = W - learning_rate * grad_W  # slide 4.4
        b = b - learning_rate * grad_b  # slide 4.4


@dataclass(frozen=True, eq=False)
class TrainingHistory:
    """W, b and the loss over all samples, after 0, 1, 2, … steps."""

    states: list[Parameters]
    losses: Floats

    @property
    def parameters(self) -> Parameters:
        """W and b after the last step."""
        return self.states[-1]

    @property
    def weights(self) -> Floats:
        """Weights W (d, K) after the last step."""
        return self.states[-1].weights

    @property
    def bias(self) -> Floats:
        """Bias b (K,) after the last step."""
        return self.states[-1].bias

    def params_at(self, step: int) -> Parameters:
        """Return W and b after `step` steps."""
        return self.states[step]


def train(  # noqa: PLR0913 - the hyperparameters, by keyword
    X: ArrayLike,
    labels: ArrayLike,
    *,
    learning_rate: float,
    steps: int,
    batch_size: int | None = None,
    l2: float = 0.0,
    seed: int = 0,
    head: str = "softmax",
    start: Parameters | None = None,
) -> TrainingHistory:
    """Train by gradient descent; return W, b and the loss over all samples after 0, 1, …, `steps` steps.

    Parameters
    ----------
    X : (n, d)
        Features.
    labels : (n,) or (n, K)
        Class labels in 0 … K − 1, or targets Y.
    learning_rate : float
        Step size α > 0.
    batch_size : int, optional
        Samples per mini-batch; by default, each step uses all samples.
    l2 : float
        Factor λ ≥ 0 of the penalty (λ/2) Σ W².
    seed : int
        Seed of the mini-batches.
    head : str
        "softmax" or "sigmoid".
    start : Parameters, optional
        W and b before the first step; by default W = 0 and b = 0.

    Raises
    ------
    InvalidDataError
        If training with these arguments is impossible.
    DivergenceError
        If the loss of a step exceeds MAX_LOSS or is NaN.
    """
    X, Y = checked_data(X, labels, head)
    check_settings(learning_rate, batch_size, l2)
    check_whole_numbers(seed=seed, steps=steps)
    start = checked_start(start, X.shape[1], Y.shape[1])
    batches = islice(minibatches(len(X), batch_size, seed), steps + 1)  # steps + 1 losses
    states, losses = list[Parameters](), list[float]()
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow makes the loss infinite or NaN
        for loss, W, b in descend(X, Y, start, batches, learning_rate, l2, head):
            if not loss <= MAX_LOSS:  # or NaN
                raise DivergenceError(len(states))
            states.append(Parameters(W, b))
            losses.append(loss)
        if batch_size is not None:  # until here, `losses` holds those of the mini-batches
            losses = [objective(X, Y, state.weights, state.bias, l2, head)[0] for state in states]
    return TrainingHistory(states, np.array(losses))
