"""One script at a time, in the order in which they came, those that can wait after the others.

Python runs one thread at a time in any case. Of a hundred threads that compete for it each waits for all others; and
arithmetic, which lets go of the interpreter at each operation on an array, may wait at each operation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from time import perf_counter

LONG = 0.2
"""Seconds after which a turn is long."""


class Turns:
    """Whose turn it is among threads, and who waits for it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._whose: int | None = None
        self._since = 0.0
        self._waiting: dict[bool, deque[tuple[int, Lock]]] = {False: deque(), True: deque()}

    @contextmanager
    def taken(self, *, patient: bool = False) -> Iterator[None]:
        """Have the turn within, the patient after all others; a thread that has it already goes on."""
        if self._whose == get_ident():
            yield
            return
        self._wait(patient)
        try:
            yield
        finally:
            self._hand_over()

    def rest(self) -> None:
        """Pass on a turn that has become long."""
        if perf_counter() - self._since > LONG:
            self.pass_on()

    def pass_on(self) -> None:
        """Let all who wait by now go first, if the turn is this thread's."""
        if self._whose == get_ident():
            self._hand_over()
            self._wait(patient=True)

    def _wait(self, patient: bool) -> None:
        gate = Lock()
        with self._guard:
            if self._whose is None:
                self._whose = get_ident()
            else:
                gate.acquire()
                self._waiting[patient].append((get_ident(), gate))
        with gate:
            self._since = perf_counter()

    def _hand_over(self) -> None:
        with self._guard:
            waiting = self._waiting[False] or self._waiting[True]
            self._whose, gate = waiting.popleft() if waiting else (None, None)
        if gate:
            gate.release()


TURNS = Turns()
"""Those of this process's scripts."""
