"""Simulate faults between browser and app: a server that is killed and started again, a connection that is lost."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.app import SERVER, free_port, run_app_process, stage_number, wait_for_step

STEPS_PER_SECOND = 60


class Server:
    """The app on a fixed port, which can be killed and started again."""

    def __init__(self, script: Path = SERVER, *options: str) -> None:
        self.script, self.options, self.port = script, options, free_port()
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        app = run_app_process(self.script, self.port, *self.options)
        self.address, self.process = self.running.enter_context(app)

    def kill(self) -> None:
        """Kill the process without letting it clean up."""
        self.process.kill()
        self.process.wait()
        self.running.close()


@contextmanager
def server(script: Path = SERVER, *options: str) -> Iterator[Server]:
    app = Server(script, *options)
    try:
        yield app
    finally:
        app.running.close()


class Proxy:
    """A TCP proxy to a server. While disconnected, it closes all connections and refuses new ones."""

    def __init__(self, server_port: int) -> None:
        self.server_port, self.is_connected = server_port, True
        self.clients: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def disconnect(self) -> None:
        self.is_connected = False
        for client in self.clients:
            _shut_down(client)
        self.clients.clear()

    def reconnect(self) -> None:
        self.is_connected = True

    def close(self) -> None:
        self.disconnect()
        _shut_down(self.listener)

    def _accept(self) -> None:
        with self.listener:
            while True:
                try:
                    client, _ = self.listener.accept()
                except OSError:
                    return
                if not self.is_connected:
                    client.close()
                    continue
                self.clients.append(client)
                threading.Thread(target=_forward, args=(client, self.server_port), daemon=True).start()


@contextmanager
def proxy_to(server_port: int) -> Iterator[Proxy]:
    proxy = Proxy(server_port)
    try:
        yield proxy
    finally:
        proxy.close()


def expect_connected(view: Page) -> None:
    """Wait until the browser is connected to the server again and the page says so."""
    app = view.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    expect(view.locator(".st-key-connection .connection-lost")).to_be_hidden(timeout=30_000)


def expect_playing(view: Page) -> None:
    """Wait until the stage has played more steps than the browser can have in its buffer."""
    wait_for_step(view, stage_number(view, "step") + 8 * STEPS_PER_SECOND)


def count_sessions(address: str) -> int:
    """Return the number of active sessions of a server."""
    with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
        found = re.search(r"^active_sessions (\d+)", answer.read().decode(), re.MULTILINE)
    assert found
    return int(found[1])


def _forward(client: socket.socket, server_port: int) -> None:
    """Forward data in both directions until one side closes the connection."""
    with client, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server_port)) as server:
        other = {client: server, server: client}
        while True:
            for sender in select.select([client, server], [], [])[0]:
                chunk = sender.recv(65536)
                if not chunk:
                    return
                other[sender].sendall(chunk)


def _shut_down(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
