"""Start servers, let simulated learners use them, and measure time, CPU and memory."""

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

from tests.benchmarks.stage import cpu_seconds
from tests.browser import nginx
from tests.browser.app import PAGES, run_app_process
from tests.load.learners import ACTIVITIES, Activity, simulate_learner
from tests.load.record import Record
from tests.load.tab import Tab

T = TypeVar("T")


@dataclass
class Outcome:
    """Results of a simulation. Memory in MB, summed over the servers; CPU as a share of one processor.

    `idle_memory` was measured before the learners, after each page had been opened once; `memory` once per second
    while they used the app.
    """

    learners: int
    seconds: float
    record: Record
    idle_memory: float = 0.0
    memory: list[float] = field(default_factory=list)
    server_cpu: float = 0.0
    client_cpu: float = 0.0

    @property
    def final_memory(self) -> float:
        """Memory at the end."""
        return _median_around(self.memory, len(self.memory) - 3)

    @property
    def memory_growth(self) -> float:
        """Growth of memory in the second half of the time, relative to the middle."""
        return self.final_memory / _median_around(self.memory, len(self.memory) // 2) - 1

    @property
    def memory_per_learner(self) -> float:
        """Memory per learner, without the idle memory."""
        return (self.final_memory - self.idle_memory) / self.learners


def run_in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in another thread, since Playwright may have an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def simulate(
    learners: int,
    seconds: float,
    seed: int = 0,
    pace: float = 1.0,
    processes: int = 1,
    activities: Sequence[tuple[str, str, Activity]] = ACTIVITIES,
) -> Outcome:
    """Let `learners` use the app for `seconds`; they arrive during the first tenth of that time.

    With several server processes, the nginx of deploy/ is in front of them.
    """
    with ExitStack() as running:
        servers = [running.enter_context(run_app_process()) for _ in range(processes)]
        address = servers[0][0]
        if processes > 1:
            folder = Path(running.enter_context(TemporaryDirectory()))
            addresses = [address for address, _ in servers]
            address = running.enter_context(nginx.in_front_of(addresses, folder, folder / "access.log"))
        return run_in_thread(_simulate(address, servers, learners, seconds, seed, pace, activities))


async def _simulate(
    address: str,
    servers: Sequence[tuple[str, subprocess.Popen[bytes]]],
    learners: int,
    seconds: float,
    seed: int,
    pace: float,
    activities: Sequence[tuple[str, str, Activity]],
) -> Outcome:
    for server, _ in servers:
        for page in PAGES:
            async with Tab.open(server, page, "lang=en", Record()):
                pass

    def memory() -> float:
        return sum(memory_of(process) for _, process in servers)

    def cpu() -> tuple[float, float]:
        return sum(cpu_seconds(process) for _, process in servers), time.process_time()

    loop = asyncio.get_running_loop()
    outcome = Outcome(learners, seconds, Record(), memory())
    start_time, end_time = loop.time(), loop.time() + seconds
    server_before, client_before = cpu()

    async def arrive(number: int) -> None:
        await asyncio.sleep(number * seconds / 10 / learners)
        await simulate_learner(address, number, seed, end_time, pace, outcome.record, activities)

    async with asyncio.TaskGroup() as tasks:
        for number in range(learners):
            tasks.create_task(arrive(number))
        while loop.time() < end_time:
            outcome.memory.append(memory())
            await asyncio.sleep(1)
        elapsed = loop.time() - start_time
        server_after, client_after = cpu()
        outcome.server_cpu = (server_after - server_before) / elapsed
        outcome.client_cpu = (client_after - client_before) / elapsed
    return outcome


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory of a process, in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _median_around(values: list[float], index: int) -> float:
    return median(values[max(index - 2, 0) : index + 3])
