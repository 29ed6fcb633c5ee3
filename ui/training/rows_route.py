"""Rows for a stage that plays, over HTTP.

A message through Streamlit costs the server a script run, and the browser a rendering of the page that takes longer
than a frame. A stage that only plays, without a change of its settings, therefore sends its messages here. All others
go through its feeds (see `ui.training.stage_view`), and so do these if the server has no such route, as with
`streamlit run app.py`.
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from weakref import WeakValueDictionary

from starlette import status
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.components.packing import pack
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training.messages import StageMessage, rows_message
from ui.training.timeline import Timeline

MAX_BYTES = 10_000
"""Maximum length of a message, in bytes."""

_NAME = "training-rows"

_HEADERS = {"Cache-Control": "no-store", "Content-Encoding": "identity"}
"""Without an encoding, Streamlit would compress the answer in its event loop, and all other requests would wait."""

_is_enabled = Event()
_timelines: WeakValueDictionary[str, Timeline] = WeakValueDictionary()
"""By token. A timeline is kept only as long as its session keeps it."""

_threads = ThreadPoolExecutor(max_workers=200)  # most of them wait in the script queue


def enable() -> None:
    """Let stages use the route from now on. To be called by a server that has ROUTE."""
    _is_enabled.set()


def register(timeline: Timeline) -> str | None:
    """Let the timeline's stage send messages; return their URL, relative to the page, or None without a route."""
    if not _is_enabled.is_set():
        return None
    _timelines[timeline.token] = timeline
    return f"{_NAME}/{timeline.token}"


async def _respond(request: Request) -> Response:
    """Answer a message with rows. After an error status, the stage sends the message through its feed."""
    timeline = _timelines.get(request.path_params["token"])
    if timeline is None:
        return Response(status_code=status.HTTP_404_NOT_FOUND)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            return Response(status_code=status.HTTP_413_CONTENT_TOO_LARGE)
    message = _parse(body)
    if message is None:
        return Response(status_code=status.HTTP_400_BAD_REQUEST)
    answer = await asyncio.get_running_loop().run_in_executor(_threads, _answer, timeline, message)
    if answer is None:
        return Response(status_code=status.HTTP_409_CONFLICT)
    return Response(answer, headers=_HEADERS, media_type="application/octet-stream")


ROUTE = Route(f"/{{base:path}}{_NAME}/{{token}}", _respond, methods=["POST"])
"""At any path before the name: the app may be served below a path."""


def _parse(body: bytes) -> StageMessage | None:
    try:
        return StageMessage.parse(json.loads(body))
    except (ValueError, RecursionError):
        return None


def _answer(timeline: Timeline, message: StageMessage) -> bytes | None:
    """Record the step on screen, and return the requested rows, packed; None if the message is out of date."""
    with SCRIPT_QUEUE.acquire(message.priority):
        if not _is_current(timeline, message):
            return None
        step = timeline.step if message.step is None else timeline.advance_to(message.step)
        rows = timeline.rows(*message.rows) if message.rows else []
        if not _is_current(timeline, message):  # the queue has let a script of the session run meanwhile
            return None
        timeline.step = step
        return pack(*rows_message(timeline, rows))


def _is_current(timeline: Timeline, message: StageMessage) -> bool:
    """Return whether Python knows that the stage plays, and has the same runs and settings as the stage."""
    return timeline.playing and (timeline.identity, timeline.revision) == (message.timeline_id, message.revision)
