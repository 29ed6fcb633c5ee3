"""Exceptions of `core`. They contain the reason and the values with which the caller writes a message for users."""

from __future__ import annotations


class InvalidDataError(ValueError):
    """Invalid input. `reason` is a short identifier, such as "shape"; `facts` are the values that explain it."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason + "".join(f", {name}={value!r}" for name, value in facts.items()))


class DivergenceError(ArithmeticError):
    """Training diverged: after `step` steps the loss is too large or NaN."""

    def __init__(self, step: int) -> None:
        self.step = step
        super().__init__(f"training diverged at step {step}: try a smaller learning rate or a smaller penalty")
