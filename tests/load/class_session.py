"""Play a class: a lecturer asks, everybody answers, votes are shown and revealed, and a server is killed meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from tests.benchmarks.stage import cpu_seconds
from tests.browser import nginx
from tests.browser.app import ROOT
from tests.browser.faults import Server, server
from tests.load.devices import PATIENCE, Laptop, Phone
from tests.load.record import Record
from tests.load.simulation import memory_of, run_in_thread
from ui.classroom import results, sessions
from ui.classroom.database import open_engine
from ui.lecture.steps import load_steps

JOIN_SECONDS, WAIT_SECONDS, ANSWER_SECONDS, DOWN_SECONDS = 30, 30, 10, 3


@dataclass
class ClassOutcome:
    """What a class has measured. Times in seconds.

    question_times: per phone and question, from the lecturer's press to the options on the phone.
    counted_times: per vote, from the last phone's first answer until the lecturer's page shows that all have answered.
    back_times: per phone whose server was killed, from then (the server is down for DOWN_SECONDS and the time of its
    start) until the phone shows the class again.
    question_cpu: per such vote, CPU time of the servers until the last phone has the question.
    lost, extra: answers that are missing in the results, or too many.
    waiting_cpu, asking_cpu: CPU time of the servers per second, without questions and during questions; client_cpu: of
    the simulated devices.
    memory: of all servers at the end, in MB.
    """

    phones: int
    record: Record = field(default_factory=Record)
    question_times: list[float] = field(default_factory=list)
    counted_times: list[float] = field(default_factory=list)
    back_times: list[float] = field(default_factory=list)
    question_cpu: list[float] = field(default_factory=list)
    lost: int = 0
    extra: int = 0
    waiting_cpu: float = 0.0
    asking_cpu: float = 0.0
    client_cpu: float = 0.0
    memory: float = 0.0


def play_class(phones: int, processes: int = 1, seed: int = 0) -> ClassOutcome:
    """Play a class of `phones` phones on new servers with a database of their own."""
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        url = f"sqlite:///{folder}/classroom.sqlite"
        secrets = folder / "secrets.toml"
        secrets.write_text(f'[classroom]\ndatabase = "{url}"\n')
        options = (ROOT / "app.py", "--secrets.files", str(secrets))
        servers = [running.enter_context(server(*options)) for _ in range(processes)]
        address = servers[0].address
        if processes > 1:
            addresses = [one.address for one in servers]
            address = running.enter_context(nginx.in_front_of(addresses, folder, folder / "access.log"))
        return run_in_thread(Class(address, servers, url, phones, Random(seed)).play())


class Class:
    """A lecturer and phones."""

    def __init__(self, address: str, servers: list[Server], url: str, phones: int, rng: Random) -> None:
        self.address, self.servers, self.rng = address, servers, rng
        self.engine = open_engine(url)
        self.outcome = ClassOutcome(phones)
        step = next(iter(load_steps("en").values()))
        query = f"lecture={step.name}&lang=en"
        own_times = Record(errors=self.outcome.record.errors)
        self.laptop = Laptop(address, step.page, query, Random(rng.random()), own_times)
        self.phones: list[Phone] = []
        self.code = ""

    async def play(self) -> ClassOutcome:
        """Let all join, wait, and ask: once with a second vote, once with a killed server, and once more."""
        async with AsyncExitStack() as running:
            await self._start(running, self.laptop.stay())
            await self.laptop.press("class_start")
            await self.laptop.press("class_open")
            await until(lambda: sessions.find_code(self.engine, self.laptop.token) is not None, "the class is open")
            self.code = sessions.find_code(self.engine, self.laptop.token) or ""
            await self._join(running)
            self.outcome.waiting_cpu, _ = await self._cpu_during(asyncio.sleep(WAIT_SECONDS))
            self.outcome.asking_cpu, self.outcome.client_cpu = await self._cpu_during(self._ask(second_vote=True))
            await self._ask(kill=True)
            await self._ask()
            self.outcome.memory = sum(memory_of(one.process) for one in self.servers)
        self._count_errors()
        return self.outcome

    async def _start(self, running: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)

        async def stop() -> None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        running.push_async_callback(stop)

    async def _join(self, running: AsyncExitStack) -> None:
        for _ in range(self.outcome.phones):
            phone = Phone(self.address, self.code, Random(self.rng.random()), self.outcome.record)
            self.phones.append(phone)
            await self._start(running, phone.stay())
            await asyncio.sleep(JOIN_SECONDS / self.outcome.phones)
        await until(lambda: self._session().joined == self.outcome.phones, "all phones in the class")

    async def _ask(self, *, second_vote: bool = False, kill: bool = False) -> None:
        """Ask the question of the step on screen, and go on to the next step."""
        await self._vote("class_forward", kill=kill)
        await self.laptop.press("class_forward")
        if second_vote:
            await self._vote("class_again")
            await self.laptop.press("class_forward")
        await self.laptop.press("class_forward")
        await asyncio.sleep(3)
        await self.laptop.press("class_forward")
        await asyncio.sleep(3)

    async def _vote(self, button: str, *, kill: bool = False) -> None:
        """Open a vote with a button of the lecturer, and let all phones answer."""
        loop, before = asyncio.get_running_loop(), self._session().round
        asked_at, cpu_before = loop.time(), self._cpu()
        await self.laptop.press(button)
        await until(lambda: self._session().round not in (None, before), "the vote")
        asked = self._session().round
        assert asked is not None
        options, n = len(asked.question.options), self.outcome.phones
        self.laptop.shown = ""
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
            for phone in self.phones:
                tasks.create_task(phone.answer(asked.id, options, ANSWER_SECONDS))
            if kill:
                await asyncio.sleep(ANSWER_SECONDS / 2)
                await self._kill_and_start()
            else:
                await until(lambda: all(asked.id in phone.seen for phone in self.phones), "the question on all phones")
                self.outcome.question_cpu.append(self._cpu() - cpu_before)
            await until(lambda: f"{n} joined · {n} answered" in self.laptop.shown, "all answers counted")
            counted_at = loop.time()
        answered_at = max(phone.answered_at[asked.id] for phone in self.phones)
        self.outcome.counted_times.append(max(counted_at - answered_at, 0))
        if not kill:
            self.outcome.question_times += [phone.seen[asked.id] - asked_at for phone in self.phones]

    async def _kill_and_start(self) -> None:
        """Kill a server, and start it again on the same port. Measure when the phones are back."""
        opened = {phone: len(phone.opened_at) for phone in self.phones}
        killed_at = asyncio.get_running_loop().time()
        self.servers[0].kill()
        await asyncio.sleep(DOWN_SECONDS)
        lost = [phone for phone in self.phones if phone.tab is None or len(phone.opened_at) > opened[phone]]
        await asyncio.to_thread(self.servers[0].start)
        await until(lambda: all(len(phone.opened_at) > opened[phone] for phone in lost), "all phones back")
        self.outcome.back_times += [phone.opened_at[opened[phone]] - killed_at for phone in lost]

    async def _cpu_during(self, work: Coroutine[Any, Any, None]) -> tuple[float, float]:
        """Return the CPU time per second of the servers and of this process while something happens."""
        loop = asyncio.get_running_loop()
        start_time, before, own_before = loop.time(), self._cpu(), process_time()
        await work
        elapsed = loop.time() - start_time
        return (self._cpu() - before) / elapsed, (process_time() - own_before) / elapsed

    def _cpu(self) -> float:
        return sum(cpu_seconds(one.process) for one in self.servers)

    def _session(self) -> sessions.Session:
        return sessions.session_of(self.engine, self.code, self.laptop.token)

    def _count_errors(self) -> None:
        """Compare the stored answers with those that the phones wanted."""
        stored = [result.counts for result in results.results_of(self.engine, self.code, self.laptop.token)]
        votes = sorted({vote for phone in self.phones for vote in phone.answers})
        for vote, counts in zip(votes, stored, strict=True):
            wanted = Counter(phone.answers[vote] for phone in self.phones)
            for option, count in enumerate(counts):
                self.outcome.lost += max(wanted[option] - count, 0)
                self.outcome.extra += max(count - wanted[option], 0)


async def until(condition: Callable[[], bool], description: str) -> None:
    """Poll until a condition holds. Raises AssertionError with the description after PATIENCE seconds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while not condition():
        assert loop.time() < deadline, f"not after {PATIENCE} s: {description}"
        await asyncio.sleep(0.1)
