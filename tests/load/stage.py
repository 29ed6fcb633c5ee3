"""The training stage without a browser: it sends the same messages as stage.js at the same times.

stage.js moves the play head in each animation frame; this module computes when the play head will need more rows, and
sleeps until then.
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

from tests.load.tab import TIMEOUT, Tab

# As in ui/frontend/src/training_stage/row_buffer.js.
FRAMES_PER_SECOND = 60
FRAMES_AHEAD = 150
ANSWER_LIMIT = 3.0
SHORTEST_CHUNK = 30
LONGEST_CHUNK = 240
MOST_CHUNK_STEPS = 900
REPORT_INTERVAL = 4.0
SEND_DELAY = 0.15


class Stage:
    """The play head and the rows of the training stage with this key."""

    def __init__(self, tab: Tab, key: str) -> None:
        self.tab = tab
        self.key = key
        self.identity = ""
        self.playing = False
        self._was_playing = False
        self.values: dict[str, float] = {}
        self.shown = 0
        self._version = self._run_version = 0
        self._rows_url: str | None = None
        self._known_version = -1
        self._fetching: asyncio.Task[None] | None = None
        self._controls: list[dict[str, Any]] = []
        self._known_steps: list[NDArray[np.int32]] = []
        self._ends: list[int | None] = []
        self._max_steps = 0
        self._pending_request: dict[str, int] | None = None
        self._restart = False
        self._expects_first_rows = True
        self._request_time = self._send_time = self._report_time = 0.0
        self._chunk_frames = SHORTEST_CHUNK
        self._position, self._position_time = 0.0, 0.0
        self._ready_step = 0
        self._empty_time = 0.0
        self._news = asyncio.Event()
        tab.listeners[key] = self._on_stage
        feeds = (f"{key}_feed", f"{key}_rows_feed")
        for name in feeds:
            tab.listeners[name] = self._on_feed
        for name in (key, *feeds):
            if (widget := tab.widget(name)) is not None:
                tab.listeners[name](widget.proto)

    @property
    def speed(self) -> float:
        return self.values.get("speed", 1)

    @property
    def stride(self) -> int:
        return max(1, int(self.speed))

    @property
    def last_step(self) -> int:
        """The last step of the run, or the greatest possible one if the end is not known yet."""
        ends = [end for end in self._ends if end is not None]
        return max(ends) if len(ends) == len(self._ends) else self._max_steps

    @property
    def is_on_page(self) -> bool:
        """Whether the page still has this stage."""
        return self.tab.widget(f"{self.key}_feed") is not None

    @property
    def has_ended(self) -> bool:
        return self.shown >= self.last_step

    # ---- actions ----

    async def play(self, seconds: float) -> None:
        """Play for `seconds` seconds, or until the run ends or the page shows another run."""
        if not self.playing:
            self.playing = not self.has_ended
            self._chunk_frames = SHORTEST_CHUNK
            self._report_time = -inf
            self._expects_first_rows = True
            self._place_play_head()
        end_time = self._now() + seconds
        while self.playing and self.is_on_page and (now := self._now()) < end_time and not self.has_ended:
            wake_time = min(end_time, await self._request_or_report(now))
            await self._wait_for_news(max(wake_time - self._now(), 0.001))
            self._move_play_head(self._now())
        if self.has_ended:
            await self.pause()

    async def pause(self) -> None:
        """Pause, and wait for the rows that were requested. Raises TimeoutError if they do not arrive."""
        was_playing, self.playing = self.playing, False
        if was_playing:
            await asyncio.sleep(SEND_DELAY)
            await self._send()
        async with asyncio.timeout(TIMEOUT):
            while self._pending_request is not None and self.is_on_page:
                await self._wait_for_news(ANSWER_LIMIT)
                await self._resend_if_overdue(self._now())

    async def change_setting(self, key: str, by: int) -> None:
        """Move a hyperparameter by some options, within its bounds; if it changes, request the rows that follow."""
        options = next(control["options"] for control in self._controls if control["key"] == key)
        index = options.index(self.values[key])
        value = options[min(max(index + by, 0), len(options) - 1)]
        if value == self.values[key]:
            return
        self._move_play_head(self._now())
        self.values = {**self.values, key: value}
        self._version += 1
        self._run_version = self._version
        self._drop_later_rows()
        self._expects_first_rows = True
        self._place_play_head()
        await self._request_rows(self.shown, self.shown + self.stride * SHORTEST_CHUNK)

    async def change_view(self, **values: float) -> None:
        """Change values that the run does not depend on, such as the speed."""
        self._move_play_head(self._now())
        self.values |= values
        self._version += 1
        self._expects_first_rows = True
        self._place_play_head()
        await asyncio.sleep(SEND_DELAY)
        await self._send()

    async def reset(self) -> None:
        self.playing = False
        self.shown = 0
        self._drop_later_rows()
        self._restart = True
        await self._request_rows(0, SHORTEST_CHUNK)
        self._restart = False

    # ---- play head ----

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _steps_per_second(self) -> float:
        return self.speed * FRAMES_PER_SECOND

    def _place_play_head(self) -> None:
        self._position, self._position_time = self.shown + self.speed / 2, self._now()
        self._update_ready_step()

    def _move_play_head(self, now: float) -> None:
        """Move the play head to where it is at time `now`, but not beyond the rows."""
        if not self.playing:
            return
        self._position = min(
            self._position + self._steps_per_second() * (now - self._position_time), self._ready_step + self.speed / 2
        )
        self._position_time = now
        head = int(min(self._position, self._ready_step))
        self.shown = max(int(known[np.searchsorted(known, head, side="right") - 1]) for known in self._known_steps)
        self._known_steps = [
            known[np.searchsorted(known, self.shown, side="right") - 1 :] for known in self._known_steps
        ]

    def _update_ready_step(self) -> None:
        """Find the last step that can be played without a gap in the rows, and the time when it will be passed."""
        ready = []
        for known, end in zip(self._known_steps, self._ends, strict=True):
            steps = known[max(int(np.searchsorted(known, self.shown, side="right")) - 1, 0) :]
            gaps = np.flatnonzero(np.diff(steps) > self.stride)
            last = int(steps[gaps[0]] if len(gaps) else steps[-1])
            ready.append(self.last_step if end is not None and last >= end else last)
        self._ready_step = min(ready)
        self._empty_time = (
            self._position_time + (self._ready_step + self.speed - self._position) / self._steps_per_second()
        )

    async def _request_or_report(self, now: float) -> float:
        """Request rows or report the step if that is due. Return when something will be due again without news."""
        self._move_play_head(now)
        ahead = self.stride * FRAMES_AHEAD
        if self._pending_request is None:
            if self._ready_step < min(self.shown + ahead, self.last_step):
                await self._request_rows(self._ready_step, self._ready_step + self.stride * self._chunk_frames)
                longest = min(LONGEST_CHUNK, max(SHORTEST_CHUNK, MOST_CHUNK_STEPS // self.stride))
                self._chunk_frames = min(longest, self._chunk_frames * 2)
            elif now - self._report_time > REPORT_INTERVAL:
                self._report_time = now
                await self._send()
        await self._resend_if_overdue(now)
        if self._pending_request is not None:
            return self._send_time + ANSWER_LIMIT
        goal = self.last_step if self._ready_step >= self.last_step else self._ready_step - ahead + 1
        return min(
            now + max(goal - self._position, 1) / self._steps_per_second(), self._report_time + REPORT_INTERVAL + 0.01
        )

    async def _wait_for_news(self, seconds: float) -> None:
        """Wait at most this long for rows, settings or another run."""
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    # ---- requests ----

    async def _resend_if_overdue(self, now: float) -> None:
        """Send a request again that has not been answered in time."""
        if self._pending_request is not None and now - self._send_time >= ANSWER_LIMIT:
            self._send_time = now
            await self._send()

    def _drop_later_rows(self) -> None:
        self._known_steps = [known[known <= self.shown] for known in self._known_steps]
        if not len(self._known_steps[0]):
            self._known_steps = [np.zeros(1, np.int32) for _ in self._known_steps]
        self._ends = [None for _ in self._ends]
        self._pending_request = None
        self._chunk_frames = SHORTEST_CHUNK

    async def _request_rows(self, first: int, last: int) -> None:
        self._request_time = self._send_time = self._report_time = self._now()
        self._pending_request = {"from": first, "to": min(last, self.last_step), "stride": self.stride}
        await self._send()

    async def _send(self) -> None:
        message: dict[str, object] = {
            "timelineId": self.identity, "revision": self._version, "values": self.values, "step": self.shown,
            "playing": self.playing,
        }  # fmt: skip
        if self._pending_request is not None:
            message["rows"] = self._pending_request
        if self._restart:
            message["restart"] = True
        is_rows_only, self._was_playing = self.playing and self._was_playing, self.playing
        is_fetching = self._fetching is not None and not self._fetching.done()
        if is_rows_only and self._rows_url and not is_fetching and self._version == self._known_version:
            self._fetching = asyncio.create_task(self._fetch_rows(self._rows_url, message))
            return
        feed = f"{self.key}_rows_feed" if is_rows_only else f"{self.key}_feed"
        await self.tab.trigger(feed, "message", message)

    async def _fetch_rows(self, url: str, message: dict[str, object]) -> None:
        """Ask for rows over HTTP; after an error, send the message through a feed."""
        answer = await self.tab.post(url, message)
        if answer is not None:
            self._receive(answer)
        elif self._was_playing and self.is_on_page:
            self._known_version = -1
            await self._send()

    # ---- messages from Python ----

    def _on_stage(self, component: BidiComponent) -> None:
        header, arrays = unpack(component.bytes)
        self._controls = header["controls"]
        self._max_steps = header["maxSteps"]
        self._rows_url = header["rowsUrl"]
        self._known_version = header["revision"] if header["playing"] else -1
        if header["timelineId"] == self.identity:
            if header["revision"] > self._version:
                self._adopt_values(header)
            return
        self.identity = header["timelineId"]
        self.playing = False
        self._pending_request = None
        self._chunk_frames = SHORTEST_CHUNK
        self.shown = header["shown"]
        self._known_steps = [arrays(f"{i}.steps") for i in range(len(header["models"]))]
        self._ends = [end and end[0] for end in header["ends"]]
        self._adopt_values(header)
        self._news.set()

    def _on_feed(self, component: BidiComponent) -> None:
        self._receive(component.bytes)

    def _receive(self, data: bytes) -> None:
        packet, arrays = unpack(data)
        if packet["timelineId"] != self.identity:
            return
        self._known_version = packet["revision"] if packet["playing"] else -1
        if packet["revision"] < self._run_version:
            return
        if packet["revision"] > self._version:
            self._adopt_values(packet)
            self._send_time = -ANSWER_LIMIT  # requests with older settings get no answer
            self._news.set()
        self._ends = [end and end[0] for end in packet["ends"]]
        if "0.steps" not in packet["arrays"]:
            return
        now = self._now()
        if self._pending_request is not None and self.playing:
            self._record_rows(now)
        self._move_play_head(now)
        self._pending_request = None
        self._known_steps = [np.union1d(known, arrays(f"{i}.steps")) for i, known in enumerate(self._known_steps)]
        self._update_ready_step()
        self._news.set()

    def _adopt_values(self, packet: dict[str, Any]) -> None:
        self._version = self._run_version = packet["revision"]
        self.values = packet["values"]

    def _record_rows(self, now: float) -> None:
        """Record how long the first rows took; of later ones, whether they arrived before the play head needed them."""
        record = self.tab.record
        if self._expects_first_rows:
            record.first_row_times.append(now - self._request_time)
            self._expects_first_rows = False
            return
        record.chunks += 1
        record.late_chunks += now > self._empty_time


def unpack(data: bytes) -> tuple[dict[str, Any], Any]:
    """Return the header of a packed message, and a function from an array's name to the array (see packing.py)."""
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8

    def array(name: str) -> NDArray[np.int32]:
        kind, offset, size = header["arrays"][name]
        return np.frombuffer(data, {"int32": "<i4", "float32": "<f4", "float64": "<f8"}[kind], size, start + offset)

    return header, array
