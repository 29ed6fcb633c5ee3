"""One script at a time, in the order in which they came, whoever takes long letting others go before.

Python runs one thread at a time in any case. Of a hundred threads that compete for it each waits for all others; and
arithmetic, which lets go of the interpreter at each operation on an array, may wait at each operation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class Turns:
    """Whose turn it is among threads, and who waits for it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._whose: int | None = None
        self._waiting: deque[tuple[int, Lock]] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn within; a thread that has it already goes on."""
        if self._whose == get_ident():
            yield
            return
        self._wait()
        try:
            yield
        finally:
            self._hand_over()

    def pass_on(self) -> None:
        """Let all who wait by now go first, if the turn is this thread's."""
        if self._whose == get_ident() and self._waiting:
            self._hand_over()
            self._wait()

    def _wait(self) -> None:
        gate = Lock()
        with self._guard:
            if self._whose is None:
                self._whose = get_ident()
                return
            gate.acquire()
            self._waiting.append((get_ident(), gate))
        gate.acquire()

    def _hand_over(self) -> None:
        with self._guard:
            self._whose, gate = self._waiting.popleft() if self._waiting else (None, None)
        if gate:
            gate.release()


TURNS = Turns()
"""Those of this process's scripts."""
