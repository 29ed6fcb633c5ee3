"""Slow down the guessing of codes: the answer to a wrong code is delayed, the answer to a right one never.

There is no limit per address, since all students of a school may share one. Within one browser session, the first
FREE_GUESSES wrong codes are answered at once, since people mistype, and each later one after OWN_DELAY. A new session
for each guess costs the sender a connection and a full run of the page. All wrong codes of a process together are
answered at PER_SECOND, or MAX_DELAY late if there are more.

Why this suffices: there are 22^6 = 113 million codes. A process opens some tens of pages per second; 30 guesses per
second find a class that is open for 90 minutes with a probability of 0.14 %, and one of 50 such classes with 7 %. A
code is no secret: it is on the screen in front, and opens no more than a place among the students.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

FREE_GUESSES = 3
OWN_DELAY = 2.0
PER_SECOND = 10
BURST = 20
"""Number of wrong codes that are answered at once after a quiet time."""

MAX_DELAY = 5.0


class WrongCodes:
    """The wrong codes of all sessions of a process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._next = 0.0  # when the next wrong code may be answered, without BURST

    def delay(self, own: int) -> float:
        """Count a wrong code, the `own`-th of its browser session. Return after how many seconds to answer it."""
        with self._lock:
            now = self._clock()
            shared = min(max(self._next - now - BURST / PER_SECOND, 0), MAX_DELAY)
            latest = now + BURST / PER_SECOND + MAX_DELAY
            self._next = min(max(self._next, now) + 1 / PER_SECOND, latest)
        return max(shared, OWN_DELAY if own > FREE_GUESSES else 0)


WRONG_CODES = WrongCodes()
"""The wrong codes of this process."""
