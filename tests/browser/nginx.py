"""Run nginx in front of several replicas of the app.

python -m tests.browser.nginx        installs Debian's nginx if there is none
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from tests.browser.app import ROOT, free_port, wait_until_healthy
from tests.browser.chromium import install_from_debian

DEPLOYED = ROOT / "deploy/nginx.conf"
MAIN = """
user {user};
daemon off;
pid nginx.pid;
events {{}}
http {{
    log_format replica '$arg_number $upstream_addr';
    access_log {log} replica;
    {paths}
    include lab.conf;
}}
"""
WHAT_TO_INSTALL = "no nginx: install Debian's `nginx`, or run python -m tests.browser.nginx as root"


def find() -> str | None:
    """Return the path of nginx, or None."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def in_front_of(addresses: Sequence[str], folder: Path, log: Path) -> Iterator[str]:
    """Run nginx with the configuration in deploy/ in front of the replicas at these addresses; yield its address.

    The log has one line per request: the `number` in its query, and the addresses of the replicas that were tried, the
    last of which answered.
    """
    path = find()
    assert path, WHAT_TO_INSTALL
    port = free_port()
    deployed = DEPLOYED.read_text("utf-8")
    here = {
        "listen 8501;": f"listen 127.0.0.1:{port};",
        "127.0.0.1:8500;": f"127.0.0.1:{free_port()};",
        "/var/cache/softmax-lab": f"{folder}/cache",
    }
    for there, replacement in here.items():
        assert there in deployed
        deployed = deployed.replace(there, replacement)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(MAIN.format(user=getuser(), paths=paths, log=log), "utf-8")
    (folder / "lab.conf").write_text(deployed, "utf-8")
    servers = [f"server {address.removeprefix('http://')} max_fails=1 fail_timeout=5s;" for address in addresses]
    (folder / "replicas.conf").write_text("\n".join(servers), "utf-8")
    command = [path, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address, 10)
            yield address
        finally:
            process.terminate()


if __name__ == "__main__":
    if find() is None and not install_from_debian("nginx"):
        sys.exit(WHAT_TO_INSTALL)
