"""A crowd of learners before servers of its own, and what the two cost."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tests.benchmarks.stage import processor_time
from tests.browser import nginx
from tests.browser.app import PAGES, serving_process
from tests.load.learners import learn
from tests.load.record import Record
from tests.load.tab import Tab

Result = TypeVar("Result")


@dataclass
class Outcome:
    """What came of it, of all servers together. Seconds; MB; shares of one processor.

    `idle` is the memory once each page has been opened by somebody who has left; `memory` what it is at each second
    from the first learner's arrival on.
    """

    learners: int
    seconds: float
    record: Record
    idle: float = 0.0
    memory: list[float] = field(default_factory=list)
    server: float = 0.0
    client: float = 0.0

    @property
    def warm(self) -> float:
        """Memory after half of the time."""
        return _about(self.memory, len(self.memory) // 2)

    @property
    def final(self) -> float:
        """Memory at the end."""
        return _about(self.memory, len(self.memory) - 3)

    @property
    def growth(self) -> float:
        """By what share memory grew after the warm-up."""
        return self.final / self.warm - 1

    @property
    def each(self) -> float:
        """Memory for each learner."""
        return (self.final - self.idle) / self.learners


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """What comes of it, in a thread of its own: a browser under test has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def attended(learners: int, seconds: float, seed: int = 0, pace: float = 1.0, processes: int = 1) -> Outcome:
    """Let `learners` use the app for `seconds`; they arrive during the first tenth of that time.

    Several server processes have the nginx of deploy/ in front of them.
    """
    with ExitStack() as running:
        servers = [running.enter_context(serving_process()) for _ in range(processes)]
        address = servers[0][0]
        if processes > 1:
            folder = Path(running.enter_context(TemporaryDirectory()))
            addresses = [address for address, _ in servers]
            address = running.enter_context(nginx.in_front_of(addresses, folder, folder / "access.log"))
        return run(_attend(address, servers, learners, seconds, seed, pace))


async def _attend(
    address: str,
    servers: Sequence[tuple[str, subprocess.Popen[bytes]]],
    learners: int,
    seconds: float,
    seed: int,
    pace: float,
) -> Outcome:
    for server, _ in servers:
        for page in PAGES:
            async with Tab.opened(server, page, "lang=en", Record()):
                pass

    def memory() -> float:
        return sum(memory_of(process) for _, process in servers)

    def spent() -> tuple[float, float]:
        return sum(processor_time(process) for _, process in servers), time.process_time()

    loop = asyncio.get_running_loop()
    outcome = Outcome(learners, seconds, Record(), memory())
    began, until = loop.time(), loop.time() + seconds
    before = spent()

    async def arrive(number: int) -> None:
        await asyncio.sleep(number * seconds / 10 / learners)
        await learn(address, number, seed, until, pace, outcome.record)

    async with asyncio.TaskGroup() as crowd:
        for number in range(learners):
            crowd.create_task(arrive(number))
        while loop.time() < until:
            outcome.memory.append(memory())
            await asyncio.sleep(1)
        took = loop.time() - began
        outcome.server, outcome.client = ((after - first) / took for after, first in zip(spent(), before, strict=True))
    return outcome


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """MB of memory a process holds."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _about(values: list[float], at: int) -> float:
    return median(values[max(at - 2, 0) : at + 3])
