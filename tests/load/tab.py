"""A Streamlit session without a browser: it sends and reads Streamlit's protobuf messages.

Like Streamlit's own client, it keeps the state of each widget and sends all states with each rerun, keeps the query
string, caches large elements for as many script runs as the server says, and reruns fragments that have an interval.
"""

from __future__ import annotations

import asyncio
import json
import os
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.load.fragment_timers import FragmentTimers
from tests.load.record import Record
from tests.load.widget_states import INITIALIZERS

Hear = Callable[[ForwardMsg], None]

TIMEOUT = 60.0
"""Seconds after which waiting for an answer is an error."""

_threads = ThreadPoolExecutor(max_workers=500)  # each waits for the answer to a request


@dataclass
class Widget:
    """A widget or component, its state, its fragment, and the script run that sent it last."""

    proto: Any
    fragment: str
    run: str
    state: WidgetState


@dataclass
class PendingRerun:
    """A rerun whose end is awaited."""

    fragment: str
    done: asyncio.Future[None]
    running: bool = False


@dataclass
class CachedElement:
    """A large element, and the number of the script run that used it last."""

    delta: Delta
    last_used: int


class Tab:
    """One session. `listeners[key]` is called with the component of that key whenever it is sent.

    `hear` is called with each message. `closed` is set once the connection has ended.
    """

    def __init__(
        self,
        socket: ClientConnection,
        http: HTTPConnection,
        cookie: str,
        record: Record,
        query: str,
        page: str,
        hear: Hear,
    ) -> None:
        self.record = record
        self.hear = hear
        self.closed = asyncio.Event()
        self.query = query
        self.page = page
        self.pages: dict[str, str] = {}
        self.widgets: dict[str, Widget] = {}
        self.listeners: dict[str, Callable[[BidiComponent], None]] = {}
        self._socket = socket
        self._http = http
        self._cookie = cookie
        self._page_hash = ""
        self._pending: list[PendingRerun] = []
        self._cached: dict[str, CachedElement] = {}
        self._timers = FragmentTimers(self._rerun_automatically)
        self._current_run = ""
        self._run_count = 0
        self._max_cache_age = 2
        self._closing = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, page: str, query: str, record: Record, cookie: str = "", hear: Hear = lambda _: None
    ) -> AsyncIterator[Tab]:
        """Open a page in a new session and wait until its script has run."""
        stream = address.replace("http://", "ws://") + "/_stcore/stream"
        reader = b64encode(os.urandom(16)).decode()  # the cookie by which nginx chooses a replica
        cookie = f"reader={reader}" + (f"; {cookie}" if cookie else "")
        http = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
        start_time = asyncio.get_running_loop().time()
        async with connect(
            stream,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie},
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=TIMEOUT,
        ) as socket:
            tab = cls(socket, http, cookie, record, query, "" if page == "home" else page, hear)
            reading = asyncio.create_task(tab._read())
            try:
                await tab._rerun()
                record.page_load_times.append(asyncio.get_running_loop().time() - start_time)
                yield tab
            finally:
                tab._closing = True
                tab._timers.stop_all()
                await socket.close()
                await reading

    @property
    def current_page(self) -> str:
        """The page on screen, named like its address; "home" for the first one."""
        found = (name for name, page_hash in self.pages.items() if page_hash == self._page_hash)
        return next(found, self.page or "home")

    # ---- actions ----

    def widget(self, key: str) -> Widget | None:
        """Return the widget or component of this key, if it is on the page."""
        return self.widgets.get(key)

    async def set_value(self, key: str, value: object) -> None:
        """Set the value of a widget or component, and wait for the rerun."""
        widget = self.widgets[key]
        state = widget.state
        match widget.proto:
            case BidiComponent():
                state.json_value = json.dumps(value)
            case Slider(type=Slider.SLIDER):
                state.double_array_value.data[:] = [value]
            case _ if state.HasField("string_array_value"):
                state.string_array_value.data[:] = [value]
            case _:
                setattr(state, str(state.WhichOneof("value")), value)
        await self._timed_rerun(fragment=widget.fragment)

    async def press(self, key: str) -> None:
        """Press a button, and wait for the rerun."""
        widget = self.widgets[key]
        await self._timed_rerun(fragment=widget.fragment, trigger=WidgetState(id=widget.proto.id, trigger_value=True))

    async def open_page(self, page: str, query: str = "") -> None:
        """Follow a link to another page of the app, and wait for the rerun; this page stays usable until then."""
        self.query = query
        await self._timed_rerun(page=self.pages[page])

    async def trigger(self, key: str, event: str, value: object) -> None:
        """Send a component's trigger value, if it is on the page, without waiting for the rerun."""
        if (widget := self.widgets.get(key)) is None:
            return
        name = f"$$STREAMLIT_INTERNAL_KEY_{widget.proto.id}__events"
        payload = json.dumps([{"event": event, "value": value}])
        await self._send(widget.fragment, WidgetState(id=name, json_trigger_value=payload))

    async def post(self, url: str, message: object) -> bytes | None:
        """Post a message as JSON to a URL without a host, and return the answer's body, or None after an error.

        Not to be called again before the answer has come.
        """

        def send() -> bytes | None:
            self._http.request("POST", f"/{url}", json.dumps(message), {"Cookie": self._cookie})
            response = self._http.getresponse()
            answer = response.read()
            return answer if response.status == HTTPStatus.OK else None

        try:
            return await asyncio.get_running_loop().run_in_executor(_threads, send)
        except (OSError, HTTPException):
            self._http.close()
            return None

    async def press_blindly(self, widget_id: str, fragment: str = "") -> None:
        """Send the press of a button that need not be on the page, and wait for the rerun."""
        await self._rerun(fragment, WidgetState(id=widget_id, trigger_value=True))

    async def open_address(self, query: str) -> None:
        """Open this page with another query, and wait for the rerun."""
        self.query = query
        await self._rerun()

    async def _timed_rerun(self, fragment: str = "", trigger: WidgetState | None = None, page: str = "") -> None:
        start_time = asyncio.get_running_loop().time()
        await self._rerun(fragment, trigger, page)
        self.record.rerun_times.append(asyncio.get_running_loop().time() - start_time)

    async def _rerun(self, fragment: str = "", trigger: WidgetState | None = None, page: str = "") -> None:
        pending = PendingRerun(fragment, asyncio.get_running_loop().create_future())
        self._pending.append(pending)
        await self._send(fragment, trigger, page)
        await asyncio.wait_for(pending.done, TIMEOUT)

    async def _rerun_automatically(self, fragment: str) -> None:
        with suppress(ConnectionClosed):
            await self._send(fragment, None, is_automatic=True)

    async def _send(
        self, fragment: str, trigger: WidgetState | None, page: str = "", *, is_automatic: bool = False
    ) -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query
        rerun.page_script_hash = page or self._page_hash
        if not rerun.page_script_hash:
            rerun.page_name = self.page
        rerun.fragment_id = fragment
        rerun.is_auto_rerun = is_automatic
        rerun.cached_message_hashes.extend(self._cached)
        rerun.context_info.timezone = "Europe/Berlin"
        rerun.context_info.locale = "en-GB"
        rerun.context_info.url = f"http://127.0.0.1/{self.page}"
        rerun.context_info.color_scheme = "light"
        states = rerun.widget_states.widgets
        if not page:
            states.extend(w.state for w in self.widgets.values() if w.state.WhichOneof("value"))
        if trigger is not None:
            states.append(trigger)
        await self._socket.send(message.SerializeToString())

    # ---- messages from the server ----

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                self._handle(ForwardMsg.FromString(data))
        except ConnectionClosed:
            pass
        except Exception as error:
            self.record.errors.append(f"{type(error).__name__} {error} on {self.page}")
        self._timers.stop_all()
        self.closed.set()
        if not self._closing:
            self.record.dropped_sessions += 1
        for pending in self._pending:
            if not pending.done.done():
                pending.done.set_exception(ConnectionError("the server closed the session"))
                pending.done.exception()  # asyncio would report it if nobody waits for it any more

    def _handle(self, message: ForwardMsg) -> None:  # noqa: C901 - one case per kind of message
        self.hear(message)
        run = message.metadata.run
        match message.WhichOneof("type"):
            case "delta":
                delta = message.delta
                if message.metadata.cacheable:
                    self._cache(message.hash, delta)
                self._apply(delta)
            case "ref_hash":
                cached = self._cached[message.ref_hash]
                cached.last_used = self._run_count
                self._apply(cached.delta)
            case "new_session":
                self._current_run = run.script_run_id
                if not run.fragment_ids:
                    self._page_hash = message.new_session.page_script_hash
                    self._timers.stop_all()
                self._max_cache_age = message.new_session.config.max_cached_message_age
                for pending in self._pending:
                    # One that is running already has ended early: the server reports that if the next run begins soon.
                    pending.running |= not run.fragment_ids or pending.fragment in run.fragment_ids
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._end_run(run.script_run_id, list(run.fragment_ids))
            case "auto_rerun":
                self._timers.start(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                self._timers.stop(message.stop_auto_rerun.fragment_ids)
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
                self.pages = {
                    page.url_pathname or "home": page.page_script_hash for page in message.navigation.app_pages
                }
            case "page_not_found" | "session_event" as event:
                self.record.errors.append(f"{event} on {self.page}")

    def _cache(self, name: str, delta: Delta) -> None:
        if delta.new_element.HasField("bidi_component"):
            component = delta.new_element.bidi_component
            for script in ("js_content", "css_content", "html_content"):
                component.ClearField(script)
        self._cached[name] = CachedElement(delta, self._run_count)

    def _apply(self, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = str(delta.new_element.WhichOneof("type"))
        if kind == "exception":
            exception = delta.new_element.exception
            self.record.errors.append(f"{exception.message} {list(exception.stack_trace)[-1:]}")
        if kind not in INITIALIZERS:
            return
        proto = getattr(delta.new_element, kind)
        key = proto.id.split("-", 2)[-1]
        widget = self.widgets.get(key)
        is_new = widget is None or widget.proto.id != proto.id
        state = WidgetState(id=proto.id) if widget is None or is_new else widget.state
        if is_new or getattr(proto, "set_value", False):
            INITIALIZERS[kind](proto, state)
        self.widgets[key] = Widget(proto, delta.fragment_id, self._current_run, state)
        if kind == "bidi_component" and key in self.listeners:
            self.listeners[key](proto)

    def _end_run(self, run: str, fragments: list[str]) -> None:
        """Remove the elements that a script run has not sent again, and resolve the reruns that waited for its end."""
        self.record.script_runs += 1
        self._run_count += 1
        for key, widget in list(self.widgets.items()):
            if widget.run != run and (not fragments or widget.fragment in fragments):
                del self.widgets[key]
        for name, cached in list(self._cached.items()):
            was_in_run = not fragments or cached.delta.fragment_id in fragments
            if was_in_run and self._run_count - cached.last_used > self._max_cache_age:
                del self._cached[name]
        for pending in self._pending:
            if pending.running and not pending.done.done():
                pending.done.set_result(None)
        self._pending = [pending for pending in self._pending if not pending.running]
