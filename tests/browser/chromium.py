"""Find Chromium, or install Debian's or else Playwright's.

python -m tests.browser.chromium        installs it if there is none
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Return the path of Chromium, or None."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Chromium with apt if run as root, else with Playwright."""
    if not install_from_debian("chromium", "fonts-noto-cjk"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def install_from_debian(*packages: str) -> bool:
    """Install Debian packages if run as root on a system with apt; return whether that was possible."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=True, env=environment, stdout=sys.stderr)
    return True


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit("No Chromium found. Install Debian's `chromium`, or set CHROMIUM to the path of one.")
