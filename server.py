"""Serve the app: `streamlit run server.py`.

`streamlit run app.py` serves it, too, for example on Streamlit Community Cloud. This server adds:

- Streamlit's scripts and styles are sent compressed. Without that, they are 2 MB and more for a first view.
- A stage that plays gets its rows without a script run, and without the long frame that each message through Streamlit
  causes (see `ui.training.rows_route`).
- For a class, it prints the address that phones can open.
"""

from __future__ import annotations

import gzip
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.training import rows_route

FOLDER = Path(st.__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES = {f"/{path.relative_to(FOLDER).as_posix()}": path for path in FOLDER.glob("static/*/*") if path.suffix in TYPES}
"""Streamlit's scripts and styles by their addresses. Their names change with their contents."""
HEADERS = {
    "Content-Encoding": "gzip",
    "Cache-Control": "public, immutable, max-age=31536000",
    "Vary": "Accept-Encoding",
}


@cache  # about 6 MB for all files
def compressed(path: Path) -> bytes:
    """Return the compressed content of a file."""
    return gzip.compress(path.read_bytes())


class CompressedFiles:
    """Middleware that answers requests for Streamlit's scripts and styles with compressed ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = requested_file(scope)
        # Not in a thread: several requests at once would compress the same file.
        answer = Response(compressed(path), headers=HEADERS, media_type=TYPES[path.suffix]) if path else self.app
        await answer(scope, receive, send)


def requested_file(scope: Scope) -> Path | None:
    """Return the script or style that a request asks for, or None; also below a path such as /softmax."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    if "gzip" not in Headers(scope=scope).get("Accept-Encoding", ""):
        return None
    _, separator, name = scope["path"].rpartition("/static/")
    return FILES.get(separator + name)


def local_addresses() -> list[str]:
    """Return the addresses of this computer in its networks, the most likely one first."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address for documentation: this chooses a network, and sends nothing
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    addresses = map(ipaddress.ip_address, dict.fromkeys(found))
    return [str(address) for address in addresses if not (address.is_loopback or address.is_link_local)]


def invitation(addresses: list[str], port: int) -> str:
    """Return what the lecturer has to know: the address for all, or that there is none."""
    if not addresses:
        return (
            "This computer is in no network, so phones cannot open the app. Connect it to their Wi-Fi and start again."
        )
    lines = [f"http://{address}:{port}" for address in addresses]
    return "Open this address here and on the phones, which must be in the same network:\n\n  " + "\n  or ".join(lines)


@asynccontextmanager
async def while_running(_: st.App) -> AsyncIterator[None]:
    """Let stages ask for rows. If Streamlit's welcome message is hidden (`make class`), print the address instead."""
    rows_route.enable()
    if st.get_option("logger.hideWelcomeMessage"):
        print(f"\n{invitation(local_addresses(), st.get_option('server.port'))}\n", flush=True)
    yield


app = st.App("app.py", lifespan=while_running, middleware=[Middleware(CompressedFiles)], routes=[rows_route.ROUTE])
