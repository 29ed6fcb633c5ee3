"""One script at a time, the one whose answer is due first.

Python runs one thread at a time in any case. Of a hundred threads that compete for it each waits for all others; and
arithmetic, which lets go of the interpreter at each operation on an array, may wait at each operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Lock, get_ident
from time import perf_counter

SOON = 0.2
"""Seconds within which an answer is due unless told."""

LATER = 1.0
"""What is due in more seconds waits for all that is due sooner, even once it is overdue: nobody looks at it yet."""

LONG = 0.2
"""Seconds after which a turn is long."""


class Turns:
    """Whose turn it is among threads, and who waits for it."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._guard = Lock()
        self._whose: int | None = None
        self._due, self._since = (False, 0.0), 0.0
        self._waiting: list[tuple[tuple[bool, float], int, int, Lock]] = []
        self._numbers = count()

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def taken(self, within: float = SOON) -> Iterator[None]:
        """Have the turn within, for an answer that is due in so many seconds; a thread that has it already goes on."""
        if self._whose == get_ident():
            yield
            return
        self._wait((within > LATER, self._clock() + within))
        try:
            yield
        finally:
            self._hand_over()

    def rest(self) -> None:
        """Let those go first who are due before this turn; if it has become long, all who wait."""
        if self._clock() - self._since > LONG:
            self.pass_on()
        elif self._whose == get_ident() and self._waiting and self._waiting[0][0] < self._due:
            due = self._due
            self._hand_over()
            self._wait(due)

    def pass_on(self) -> None:
        """Let all who wait by now go first, if the turn is this thread's; it is due with the last of them then."""
        if self._whose == get_ident():
            with self._guard:
                last = max((due for due, *_ in self._waiting), default=self._due)
            self._hand_over()
            self._wait(last)

    def _wait(self, due: tuple[bool, float]) -> None:
        gate = Lock()
        with self._guard:
            if self._whose is None:
                self._whose = get_ident()
            else:
                gate.acquire()
                heappush(self._waiting, (due, next(self._numbers), get_ident(), gate))
        with gate:
            self._due, self._since = due, self._clock()

    def _hand_over(self) -> None:
        with self._guard:
            _, _, self._whose, gate = heappop(self._waiting) if self._waiting else (None, 0, None, None)
        if gate:
            gate.release()


TURNS = Turns()
"""Those of this process's scripts."""
