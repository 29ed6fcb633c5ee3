"""Rerun fragments at their intervals, as Streamlit's client does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable


class FragmentTimers:
    """One timer per fragment; it calls `rerun` whether or not the server has answered the call before."""

    def __init__(self, rerun: Callable[[str], Awaitable[None]]) -> None:
        self._rerun = rerun
        self._timers: dict[str, asyncio.Task[None]] = {}

    def start(self, fragment: str, seconds: float) -> None:
        """Rerun a fragment at a fixed interval in seconds."""
        self.stop([fragment])
        self._timers[fragment] = asyncio.create_task(self._repeat(fragment, seconds))

    def stop(self, fragments: Iterable[str]) -> None:
        """Stop the timers of these fragments."""
        for fragment in fragments:
            if fragment in self._timers:
                self._timers.pop(fragment).cancel()

    def stop_all(self) -> None:
        """Stop all timers."""
        self.stop(list(self._timers))

    async def _repeat(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._rerun(fragment)
