"""Run one script at a time, interactive scripts first.

Streamlit runs one thread per session, and Python runs one thread at a time. If many threads compute at once, each of
them waits for all others. The queue therefore lets one script finish before the next one starts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Lock, get_ident
from time import perf_counter

MAX_HOLD_SECONDS = 0.1
"""Seconds after which a running script lets waiting scripts of its own priority run."""

MAX_INTERACTIVE_SECONDS = 0.5
"""Seconds of computing after which an interactive script has the priority PREFETCH."""


class Priority(IntEnum):
    """Priority of a script: lower values run first, equal ones in the order of their arrival."""

    INTERACTIVE = 0
    """The user waits for the result."""
    PREFETCH = 1
    """The result is needed later: training data ahead of the step on screen."""


class ScriptQueue:
    """A re-entrant lock with a queue of waiting threads per priority."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._mutex = Lock()
        self._holder: int | None = None
        self._priority = Priority.INTERACTIVE
        self._held_since = 0.0
        self._computed = 0.0  # seconds of computing by the holder before it last yielded
        self._waiting: dict[Priority, deque[tuple[int, Lock]]] = {priority: deque() for priority in Priority}

    @property
    def waiting(self) -> int:
        """Number of waiting threads."""
        return sum(map(len, self._waiting.values()))

    @contextmanager
    def acquire(self, priority: Priority = Priority.INTERACTIVE) -> Iterator[None]:
        """Hold the lock within the context. A thread that already holds it does not wait."""
        if self._holder == get_ident():
            yield
            return
        self._acquire(priority)
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def released(self) -> Iterator[None]:
        """Release the lock within the context, for example to wait for a database, then wait for the lock again.

        The script then runs on before those of its priority that have not begun. Does nothing if the thread does not
        hold the lock.
        """
        if self._holder != get_ident():
            yield
            return
        priority = self._priority
        self._release()
        try:
            yield
        finally:
            self._acquire(priority, first=True)

    def maybe_yield(self) -> None:
        """Release the lock if a waiting script should run first, and wait for the lock again.

        Waiting scripts of higher priority always run first. Those of equal priority run first if this script has held
        the lock for more than MAX_HOLD_SECONDS. An interactive script that has computed for
        MAX_INTERACTIVE_SECONDS gets the priority PREFETCH. Does nothing if the thread does not hold the lock.
        """
        if self._holder != get_ident():
            return
        held = self._clock() - self._held_since
        computed, is_long = self._computed + held, held > MAX_HOLD_SECONDS
        priority = Priority.PREFETCH if computed > MAX_INTERACTIVE_SECONDS else self._priority
        if any(self._waiting[other] for other in Priority if other < priority or (is_long and other == priority)):
            self._release()
            self._acquire(priority, first=not is_long)
            self._computed = computed

    def _acquire(self, priority: Priority, first: bool = False) -> None:
        wakeup = Lock()
        with self._mutex:
            if self._holder is None:
                self._holder = get_ident()
            else:
                wakeup.acquire()
                waiting = self._waiting[priority]
                (waiting.appendleft if first else waiting.append)((get_ident(), wakeup))
        with wakeup:  # wait until the previous holder calls _release
            self._priority, self._held_since, self._computed = priority, self._clock(), 0.0

    def _release(self) -> None:
        with self._mutex:
            waiting = next(filter(None, self._waiting.values()), None)
            self._holder, wakeup = waiting.popleft() if waiting else (None, None)
        if wakeup is not None:
            wakeup.release()


SCRIPT_QUEUE = ScriptQueue()
"""The queue of all scripts of this process."""
