"""What goes wrong between a browser and the app: a server that stops and starts, a line that is cut."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.app import ROOT, free_port, serving_process, stage_number, wait_for_step

STEPS_A_SECOND = 60


class Server:
    """The app on one port, which can be killed and started again."""

    def __init__(self, script: Path = ROOT / "app.py", *options: str) -> None:
        self.script, self.options, self.port = script, options, free_port()
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        serving = serving_process(self.script, self.port, *self.options)
        self.address, self.process = self.running.enter_context(serving)

    def kill(self) -> None:
        kill(self.process)
        self.running.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process without warning, as a lack of memory or power does."""
    process.kill()
    process.wait()


@contextmanager
def server(script: Path = ROOT / "app.py", *options: str) -> Iterator[Server]:
    app = Server(script, *options)
    try:
        yield app
    finally:
        app.running.close()


class Line:
    """A line to a server that can be cut: what is under way is lost, and what is begun finds nobody."""

    def __init__(self, port: int) -> None:
        self.to, self.is_cut = port, False
        self.ends: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for end in self.ends:
            _shut(end)
        self.ends.clear()

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        _shut(self.door)

    def _answer(self) -> None:
        with self.door:
            while True:
                try:
                    near, _ = self.door.accept()
                except OSError:
                    return
                if self.is_cut:
                    near.close()
                    continue
                self.ends.append(near)
                threading.Thread(target=_connect, args=(near, self.to), daemon=True).start()


@contextmanager
def line(port: int) -> Iterator[Line]:
    between = Line(port)
    try:
        yield between
    finally:
        between.close()


def expect_connected(view: Page) -> None:
    """Wait until the browser has found the server again, and the page stands."""
    app = view.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    expect(view.locator(".st-key-connection .connection-lost")).to_be_hidden(timeout=30_000)


def expect_in_play(view: Page) -> None:
    """The step goes on, farther than what the browser has in stock."""
    wait_for_step(view, stage_number(view, "step") + 8 * STEPS_A_SECOND)


def sessions(address: str) -> int:
    """How many sessions a server has at this moment."""
    with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
        found = re.search(r"^active_sessions (\d+)", answer.read().decode(), re.MULTILINE)
    assert found
    return int(found[1])


def _connect(near: socket.socket, port: int) -> None:
    """Carry both ways until one end is shut."""
    with near, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as far:
        other = {near: far, far: near}
        while True:
            for end in select.select([near, far], [], [])[0]:
                chunk = end.recv(65536)
                if not chunk:
                    return
                other[end].sendall(chunk)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
