"""Simulated devices of a class: the lecturer's laptop and the students' phones.

A device stays on its page, asks again at the intervals that the server sets, and reconnects after the delays of
Streamlit's client.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from random import Random

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from tests.load.record import Record
from tests.load.tab import Tab
from ui.components.browser_token import COOKIE

OPTION = re.compile(r"class_option_(\d+)_(\d+)$")
PATIENCE = 90
"""Seconds after which something that has not happened is an error."""

MAX_DELAY = 4.0
"""Longest time in seconds between two attempts to connect."""


class Device:
    """A browser with its own token. `opened_at` has the times at which its page was opened or opened again."""

    def __init__(self, address: str, page: str, query: str, rng: Random, record: Record) -> None:
        self.address, self.page, self.query = address, page, query
        self.rng, self.record = rng, record
        self.token = rng.randbytes(16).hex()
        self.tab: Tab | None = None
        self.opened_at: list[float] = []

    async def stay(self) -> None:
        """Open the page, and open it again whenever the connection is lost, until this task is cancelled."""
        attempts = 0
        while True:
            try:
                async with Tab.open(
                    self.address, self.page, self.query, self.record, f"{COOKIE}={self.token}", self.hear
                ) as self.tab:
                    self.opened_at.append(asyncio.get_running_loop().time())
                    attempts = 0
                    await self.tab.closed.wait()
                    self.page, self.query = self.tab.current_page, self.tab.query
            except (OSError, WebSocketException):
                attempts += 1
            self.tab = None
            longest = min(MAX_DELAY, 0.5 * 2**attempts)
            await asyncio.sleep(self.rng.uniform(longest / 2, longest))

    async def press(self, key: str) -> None:
        """Press a button as soon as it is on the page; press it again if the connection was lost meanwhile.

        Raises TimeoutError after PATIENCE seconds.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                if self.tab is not None and self.tab.widget(key):
                    with suppress(ConnectionError, WebSocketException):
                        await self.tab.press(key)
                        return
                await asyncio.sleep(0.1)

    def hear(self, message: ForwardMsg) -> None:
        """Read a message from the server."""


class Laptop(Device):
    """The lecturer's laptop. `shown` is the last text on it that has the numbers of joined and answered students."""

    shown = ""

    def hear(self, message: ForwardMsg) -> None:
        """Note the numbers on the page."""
        element = message.delta.new_element
        for text in (element.markdown.body, element.html.body):
            plain = re.sub(r"\*|<[^>]*>", "", text)
            if re.search(r"\d+ joined", plain):
                self.shown = plain


class Phone(Device):
    """A student's phone.

    seen: per vote, when its options were first on the page.
    answered_at: per vote, when the page first showed that an answer is stored.
    marked: per vote, the option that the page shows as the student's answer.
    answers: per vote, the option that the student wants.
    """

    def __init__(self, address: str, code: str, rng: Random, record: Record) -> None:
        super().__init__(address, "join", f"code={code}&lang=en", rng, record)
        self.seen: dict[int, float] = {}
        self.answered_at: dict[int, float] = {}
        self.marked: dict[int, int] = {}
        self.answers: dict[int, int] = {}

    def hear(self, message: ForwardMsg) -> None:
        """Note when a vote appears, and which option is marked."""
        button = message.delta.new_element.button
        found = OPTION.search(button.id)
        if found is None:
            return
        vote, option = int(found[1]), int(found[2])
        now = asyncio.get_running_loop().time()
        self.seen.setdefault(vote, now)
        if button.label.startswith("● "):
            self.answered_at.setdefault(vote, now)
            self.marked[vote] = option

    async def answer(self, vote: int, options: int, seconds: float) -> None:
        """Answer a vote within some seconds; one phone in five changes its mind."""
        for _ in range(1 if self.rng.random() < 0.8 else 2):
            await asyncio.sleep(self.rng.uniform(0.5, seconds))
            self.answers[vote] = option = self.rng.randrange(options)
            while self.marked.get(vote) != option:
                await self.press(f"class_option_{vote}_{option}")
