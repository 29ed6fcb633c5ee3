"""What can be wrong with what one hands to `core`, as types that carry facts and no prose."""

from __future__ import annotations


class InvalidDataError(ValueError):
    """Input that has no sensible answer: a short machine-readable `reason` and the facts behind it."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason + "".join(f", {name}={value!r}" for name, value in facts.items()))


class DivergenceError(ArithmeticError):
    """Training diverged: after `step` steps the loss is beyond all bounds, or not a number."""

    def __init__(self, step: int) -> None:
        self.step = step
        super().__init__(f"training diverged at step {step}: try a smaller learning rate or a smaller penalty")
