"""Run a PostgreSQL server for tests.

python -m tests.classroom.postgresql        installs Debian's package if there is none
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import create_engine, text

from tests.browser.app import free_port, wait_until
from tests.browser.chromium import install_from_debian

WHAT_TO_INSTALL = "no PostgreSQL: install Debian's `postgresql`, or run python -m tests.classroom.postgresql as root"
USERS = ("postgres", "nobody")
"""Users as whom root starts the server, which refuses to run as root."""


def find(program: str) -> str | None:
    """Return the path of a program of PostgreSQL, of the newest version, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return shutil.which(program, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))


class PostgreSQL:
    """A server on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self._numbers = folder, free_port(), count()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {"port": self.port, "unix_socket_directories": self.folder, "fsync": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        program = [str(find("postgres")), "-D", str(self.folder / "data"), *options]
        self.process = subprocess.Popen(program, **_as_user(self.folder))
        ready = [str(find("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "an answer of PostgreSQL")

    def stop(self) -> None:
        """End all connections and the server."""
        if self.process is not None:
            self.process.send_signal(2)  # a fast shutdown
            self.process.wait()
            self.process = None

    def url(self, database: str) -> str:
        """Return the URL of a database."""
        return f"postgresql+psycopg://lab@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"lab{next(self._numbers)}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)


@contextmanager
def running_server() -> Iterator[PostgreSQL]:
    """Run a server. Raises AssertionError, which names what to install, if PostgreSQL is missing."""
    initdb = find("initdb")
    assert initdb, WHAT_TO_INSTALL
    folder = Path(mkdtemp(prefix="postgresql-"))
    if user := _user():
        shutil.chown(folder, user)
    create = [initdb, "-D", str(folder / "data"), "-U", "lab", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    server = PostgreSQL(folder)
    try:
        subprocess.run(create, check=True, **_as_user(folder))
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@cache
def _user() -> str | None:
    """Return the user as whom the server runs, or None for this user."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in USERS if name in names) if os.geteuid() == 0 else None


def _as_user(folder: Path) -> dict[str, Any]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    user = _user()
    return {**quiet, "user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else quiet


if __name__ == "__main__":
    if find("initdb") is None and not install_from_debian("postgresql"):
        sys.exit(WHAT_TO_INSTALL)
