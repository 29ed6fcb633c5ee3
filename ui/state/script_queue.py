"""One script at a time, interactive ones first.

Streamlit runs a thread per session, and Python runs one thread at a time. If many threads compute at once, each waits
for all others. So each script waits for its place in a queue before it runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Lock, get_ident
from time import perf_counter

MAX_HOLD = 0.2
"""Seconds after which a script that still computes lets all others run that wait."""


class Priority(IntEnum):
    """Which scripts run first; those of one priority run in the order in which they came."""

    INTERACTIVE = 0
    """The reader waits for the answer."""
    PREFETCH = 1
    """The answer is needed later: training data ahead of the step on screen."""


class ScriptQueue:
    """A re-entrant lock with two queues of threads that wait for it."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._mutex = Lock()
        self._holder: int | None = None
        self._priority = Priority.INTERACTIVE
        self._held_since = 0.0
        self._waiting: dict[Priority, deque[tuple[int, Lock]]] = {priority: deque() for priority in Priority}

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        return sum(map(len, self._waiting.values()))

    @contextmanager
    def acquire(self, priority: Priority = Priority.INTERACTIVE) -> Iterator[None]:
        """Wait for the lock and hold it; a thread that already holds it goes on at once."""
        if self._holder == get_ident():
            yield
            return
        self._acquire(priority)
        try:
            yield
        finally:
            self._release()

    def maybe_yield(self) -> None:
        """Let interactive scripts run first if this one prefetches; after MAX_HOLD seconds all that wait.

        A script that has run for so long counts as prefetching from then on.
        """
        if self._holder != get_ident():
            return
        if self._clock() - self._held_since > MAX_HOLD:
            if self.waiting:
                self._release()
                self._acquire(Priority.PREFETCH)
        elif self._priority is Priority.PREFETCH and self._waiting[Priority.INTERACTIVE]:
            self._release()
            self._acquire(Priority.PREFETCH, first=True)

    def _acquire(self, priority: Priority, first: bool = False) -> None:
        wakeup = Lock()
        with self._mutex:
            if self._holder is None:
                self._holder = get_ident()
            else:
                wakeup.acquire()
                waiting = self._waiting[priority]
                (waiting.appendleft if first else waiting.append)((get_ident(), wakeup))
        with wakeup:  # released by the thread that held the lock before
            self._priority, self._held_since = priority, self._clock()

    def _release(self) -> None:
        with self._mutex:
            waiting = next(filter(None, self._waiting.values()), None)
            self._holder, wakeup = waiting.popleft() if waiting else (None, None)
        if wakeup is not None:
            wakeup.release()


SCRIPT_QUEUE = ScriptQueue()
"""The queue of all scripts of this process."""
