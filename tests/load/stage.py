"""The training stage without a picture: what stage.js does of time, and of asking for rows.

Where a browser looks at the clock sixty times a second, this reckons when the play head will have come how far: at the
same moments it sends the same messages.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from tests.load.tab import PATIENCE, Tab

# As in ui/components/training_stage/stage.js.
FRAMES_PER_SECOND = 60
SHORTEST_BUFFER = 150
LONGEST_BUFFER = 300
BUFFER_STEPS = 1200
ANSWER_LIMIT = 3.0
SHORTEST_CHUNK = 30
LONGEST_CHUNK = 240
MOST_CHUNK_STEPS = 3600
REPORT = 4.0
REST = 0.15


class Stage:
    """The play head of the stage of a key, on a page that has one."""

    def __init__(self, tab: Tab, key: str) -> None:
        self.tab = tab
        self.key = key
        self.identity = ""
        self.playing = False
        self.values: dict[str, float] = {}
        self.shown = 0
        self._turn = self._turn_of_run = 0
        self._dials: list[dict[str, Any]] = []
        self._known: list[NDArray[np.int32]] = []
        self._ends: list[int | None] = []
        self._most = 0
        self._request: dict[str, int] | None = None
        self._restart = False
        self._is_first = True
        self._asked = self._sent = self._reported = 0.0
        self._chunk = SHORTEST_CHUNK
        self._position, self._since = 0.0, 0.0
        self._ready = 0
        self._empty = 0.0
        self._news = asyncio.Event()
        tab.hears[key] = self._show
        tab.hears[f"{key}_feed"] = self._receive
        for name in (key, f"{key}_feed"):
            if (widget := tab.widget(name)) is not None:
                tab.hears[name](widget.proto)

    @property
    def speed(self) -> float:
        return self.values.get("speed", 1)

    @property
    def stride(self) -> int:
        return max(1, int(self.speed))

    @property
    def last(self) -> int:
        """The last step there is, as far as is known."""
        ends = [end for end in self._ends if end is not None]
        return max(ends) if len(ends) == len(self._ends) else self._most

    @property
    def is_there(self) -> bool:
        """Whether the page still has it."""
        return self.tab.widget(f"{self.key}_feed") is not None

    @property
    def over(self) -> bool:
        return self.shown >= self.last

    # ---- what a learner does ----

    async def play(self, seconds: float) -> None:
        """Press play, and pause after so many seconds, at the run's end, or when the page takes another run."""
        if not self.playing:
            self.playing = not self.over
            self._chunk = SHORTEST_CHUNK
            self._reported = -inf
            self._is_first = True
            self._place()
        until = self._now() + seconds
        while self.playing and self.is_there and (now := self._now()) < until and not self.over:
            wake = min(until, await self._advance(now))
            await self._wait(max(wake - self._now(), 0.001))
            self._move(self._now())
        if self.over:
            await self.pause()

    async def pause(self) -> None:
        """Pause, and wait for what was asked for; raises TimeoutError if it never comes."""
        was, self.playing = self.playing, False
        if was:
            await asyncio.sleep(REST)
            await self._send()
        async with asyncio.timeout(PATIENCE):
            while self._request is not None and self.is_there:
                await self._wait(ANSWER_LIMIT)
                await self._repeat(self._now())

    async def turn(self, key: str, by: int) -> None:
        """Turn a dial that the run depends on, by so many of its stops, within its bounds."""
        options = next(dial["options"] for dial in self._dials if dial["key"] == key)
        at = options.index(self.values[key])
        value = options[min(max(at + by, 0), len(options) - 1)]
        self._move(self._now())
        self.values = {**self.values, key: value}
        self._turn += 1
        await self._go_on_otherwise()

    async def look(self, **values: float) -> None:
        """Change only the picture, or how fast it moves."""
        self._move(self._now())
        self.values |= values
        self._turn += 1
        self._is_first = True
        self._place()
        await asyncio.sleep(REST)
        await self._send()

    async def reset(self) -> None:
        self.playing = False
        self.shown = 0
        self._forget_what_follows()
        self._restart = True
        await self._ask(0, SHORTEST_CHUNK)
        self._restart = False

    # ---- time ----

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _pace(self) -> float:
        """Steps a second."""
        return self.speed * FRAMES_PER_SECOND

    def _place(self) -> None:
        self._position, self._since = self.shown + self.speed / 2, self._now()
        self._find_ready()

    def _move(self, now: float) -> None:
        """Let the play head be where it is by now: no further than there are rows."""
        if not self.playing:
            return
        self._position = min(self._position + self._pace() * (now - self._since), self._ready + self.speed / 2)
        self._since = now
        head = int(min(self._position, self._ready))
        self.shown = max(int(known[np.searchsorted(known, head, side="right") - 1]) for known in self._known)
        self._known = [known[np.searchsorted(known, self.shown, side="right") - 1 :] for known in self._known]

    def _find_ready(self) -> None:
        """How far from the play head on there are rows close enough to play, and when it will lack one."""
        reach = []
        for known, end in zip(self._known, self._ends, strict=True):
            steps = known[max(int(np.searchsorted(known, self.shown, side="right")) - 1, 0) :]
            wide = np.flatnonzero(np.diff(steps) > self.stride)
            to = int(steps[wide[0]] if len(wide) else steps[-1])
            reach.append(self.last if end is not None and to >= end else to)
        self._ready = min(reach)
        self._empty = self._since + (self._ready + self.speed - self._position) / self._pace()

    async def _advance(self, now: float) -> float:
        """Ask or report what is due; gives the moment at which something will be due if nothing comes before."""
        self._move(now)
        ahead = self.stride * min(LONGEST_BUFFER, max(SHORTEST_BUFFER, BUFFER_STEPS // self.stride))
        if self._request is None:
            if self._ready < min(self.shown + ahead, self.last):
                await self._ask(self._ready, self._ready + self.stride * self._chunk)
                self._lengthen()
            elif now - self._reported > REPORT:
                self._reported = now
                await self._send()
        await self._repeat(now)
        if self._request is not None:
            return self._sent + ANSWER_LIMIT
        goal = self.last if self._ready >= self.last else self._ready - ahead + 1
        return min(now + max(goal - self._position, 1) / self._pace(), self._reported + REPORT + 0.01)

    async def _wait(self, seconds: float) -> None:
        """Wait for rows, or another run, for no longer than this."""
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    # ---- asking ----

    async def _repeat(self, now: float) -> None:
        """Ask once more for what has not come."""
        if self._request is not None and now - self._sent >= ANSWER_LIMIT:
            self._sent = now
            await self._send()

    async def _go_on_otherwise(self) -> None:
        """What came after the step on screen no longer holds: drop it, and ask for it anew."""
        self._turn_of_run = self._turn
        self._forget_what_follows()
        self._is_first = True
        self._place()
        await self._ask(self.shown, self.shown + self.stride * SHORTEST_CHUNK)

    def _lengthen(self) -> None:
        """Ask for more the next time, as long as nothing changes."""
        longest = min(LONGEST_CHUNK, max(SHORTEST_CHUNK, MOST_CHUNK_STEPS // self.stride))
        self._chunk = min(longest, self._chunk * 2)

    def _forget_what_follows(self) -> None:
        self._known = [known[known <= self.shown] for known in self._known]
        if not len(self._known[0]):
            self._known = [np.zeros(1, np.int32) for _ in self._known]
        self._ends = [None for _ in self._ends]
        self._request = None
        self._chunk = SHORTEST_CHUNK

    async def _ask(self, first: int, last: int) -> None:
        self._asked = self._sent = self._reported = self._now()
        self._request = {"from": first, "to": min(last, self.last), "stride": self.stride}
        await self._send()

    async def _send(self) -> None:
        message: dict[str, object] = {
            "scene": self.identity, "turn": self._turn, "dials": self.values, "at": self.shown,
            "playing": self.playing,
        }  # fmt: skip
        if self._request is not None:
            message["rows"] = self._request
        if self._restart:
            message["restart"] = True
        await self.tab.trigger(f"{self.key}_feed", "message", message)

    # ---- what Python says ----

    def _show(self, component: BidiComponent) -> None:
        header, arrays = _unpacked(component.bytes)
        self._dials = header["dials"]
        self._most = header["maxSteps"]
        if header["scene"] == self.identity:
            if header["turn"] > self._turn:
                self._take(header)
            return
        self.identity = header["scene"]
        self.playing = False
        self._request = None
        self._chunk = SHORTEST_CHUNK
        self.shown = header["shown"]
        self._known = [arrays(f"{i}.steps") for i in range(len(header["lanes"]))]
        self._ends = [end and end[0] for end in header["ends"]]
        self._take(header)
        self._news.set()

    def _receive(self, component: BidiComponent) -> None:
        packet, arrays = _unpacked(component.bytes)
        if packet["scene"] != self.identity or packet["turn"] < self._turn_of_run:
            return
        if packet["turn"] > self._turn:
            self._take(packet)
            self._sent = -ANSWER_LIMIT  # what was asked before that gets no answer
            self._news.set()
        self._ends = [end and end[0] for end in packet["ends"]]
        if "0.steps" not in packet["arrays"]:
            return
        now = self._now()
        if self._request is not None and self.playing:
            self._note(now)
        self._move(now)
        self._request = None
        self._known = [np.union1d(known, arrays(f"{i}.steps")) for i, known in enumerate(self._known)]
        self._find_ready()
        self._news.set()

    def _take(self, packet: dict[str, Any]) -> None:
        self._turn = self._turn_of_run = packet["turn"]
        self.values = packet["values"]

    def _note(self, now: float) -> None:
        """Whether rows came before the play head had to wait for them; of the first ones, how long they took."""
        record = self.tab.record
        if self._is_first:
            record.begun.append(now - self._asked)
            self._is_first = False
            return
        record.chunks += 1
        record.late += now > self._empty


def _unpacked(data: bytes) -> tuple[dict[str, Any], Any]:
    """The header of a packed message, and a way to its arrays (see ui/components/packing.py)."""
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8

    def array(name: str) -> NDArray[np.int32]:
        kind, offset, size = header["arrays"][name]
        return np.frombuffer(data, {"int32": "<i4", "float32": "<f4", "float64": "<f8"}[kind], size, start + offset)

    return header, array
