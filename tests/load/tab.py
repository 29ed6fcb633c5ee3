"""A browser's tab without the browser: it speaks Streamlit's messages, and reads of them what a learner needs.

Like Streamlit's own client it keeps what each widget of the page stands at and sends all of it with each rerun, keeps
the query string, and keeps large elements for as many runs as the server says, so that they are not sent again.
"""

from __future__ import annotations

import asyncio
import json
import os
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.load.record import Record

PATIENCE = 60.0
"""Seconds after which a learner gives up on an answer."""


@dataclass
class Widget:
    """An element that a learner can use, the fragment it is in, and the run that put it there last."""

    proto: Any
    fragment: str
    run: str
    state: WidgetState


@dataclass
class Asked:
    """A rerun that is waited for."""

    sent: float
    fragment: str
    done: asyncio.Future[None]
    running: bool = False


@dataclass
class Kept:
    """A large element, and the run in which it was last of use."""

    delta: Delta
    run: int


class Tab:
    """One session. `hears` takes what a component of that key is given, whenever it is given something."""

    def __init__(self, socket: ClientConnection, record: Record, query: str, page: str) -> None:
        self.record = record
        self.query = query
        self.page = page
        self.pages: dict[str, str] = {}
        self.widgets: dict[str, Widget] = {}
        self.hears: dict[str, Callable[[BidiComponent], None]] = {}
        self._socket = socket
        self._page_hash = ""
        self._asked: list[Asked] = []
        self._kept: dict[str, Kept] = {}
        self._run_now = ""
        self._runs = 0
        self._oldest = 2
        self._closing = False

    @classmethod
    @asynccontextmanager
    async def opened(cls, address: str, page: str, query: str, record: Record) -> AsyncIterator[Tab]:
        """A session on a page, which stands."""
        stream = address.replace("http://", "ws://") + "/_stcore/stream"
        reader = b64encode(os.urandom(16)).decode()  # the cookie by which nginx tells browsers apart
        began = asyncio.get_running_loop().time()
        async with connect(
            stream,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": f"reader={reader}"},
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        ) as socket:
            tab = cls(socket, record, query, "" if page == "home" else page)
            reading = asyncio.create_task(tab._read())
            try:
                await tab._run()
                record.opened.append(asyncio.get_running_loop().time() - began)
                yield tab
            finally:
                tab._closing = True
                await socket.close()
                await reading

    # ---- what a learner does ----

    def widget(self, key: str) -> Widget | None:
        """The widget or component of this key, if it is on the page."""
        return self.widgets.get(key)

    async def set(self, key: str, value: object) -> None:
        """Let a widget or component stand at a value, and wait until the page has followed."""
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
        await self._answer(fragment=widget.fragment)

    async def press(self, key: str) -> None:
        """Press a button, and wait until the page has followed."""
        widget = self.widgets[key]
        await self._answer(fragment=widget.fragment, trigger=WidgetState(id=widget.proto.id, trigger_value=True))

    async def go(self, page: str, query: str = "") -> None:
        """Open another page by a link within the app; what is on this one goes on until that one stands."""
        self.query = query
        await self._answer(page=self.pages[page])

    async def trigger(self, key: str, event: str, value: object) -> None:
        """Send what a component says once, if it is on the page; nobody waits for the run."""
        if (widget := self.widgets.get(key)) is None:
            return
        name = f"$$STREAMLIT_INTERNAL_KEY_{widget.proto.id}__events"
        payload = json.dumps([{"event": event, "value": value}])
        await self._send(widget.fragment, WidgetState(id=name, json_trigger_value=payload))

    async def _answer(self, fragment: str = "", trigger: WidgetState | None = None, page: str = "") -> None:
        began = asyncio.get_running_loop().time()
        await self._run(fragment, trigger, page)
        self.record.answered.append(asyncio.get_running_loop().time() - began)

    async def _run(self, fragment: str = "", trigger: WidgetState | None = None, page: str = "") -> None:
        loop = asyncio.get_running_loop()
        asked = Asked(loop.time(), fragment, loop.create_future())
        self._asked.append(asked)
        await self._send(fragment, trigger, page)
        await asyncio.wait_for(asked.done, PATIENCE)

    async def _send(self, fragment: str, trigger: WidgetState | None, page: str = "") -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query
        rerun.page_script_hash = page or self._page_hash
        if not rerun.page_script_hash:
            rerun.page_name = self.page
        rerun.fragment_id = fragment
        rerun.cached_message_hashes.extend(self._kept)
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

    # ---- what the server says ----

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                self.record.received += len(data)
                self._take(ForwardMsg.FromString(data))
        except ConnectionClosed:
            pass
        if not self._closing:
            self.record.dropped += 1
        for asked in self._asked:
            if not asked.done.done():
                asked.done.set_exception(ConnectionError("the server closed the session"))

    def _take(self, message: ForwardMsg) -> None:  # noqa: C901 - one case per kind of message
        run = message.metadata.run
        match message.WhichOneof("type"):
            case "delta":
                delta = message.delta
                if message.metadata.cacheable:
                    self._keep(message.hash, delta)
                self._delta(delta)
            case "ref_hash":
                kept = self._kept[message.ref_hash]
                kept.run = self._runs
                self._delta(kept.delta)
            case "new_session":
                self._run_now = run.script_run_id
                if not run.fragment_ids:
                    self._page_hash = message.new_session.page_script_hash
                self._oldest = message.new_session.config.max_cached_message_age
                for asked in self._asked:
                    asked.running = not run.fragment_ids or asked.fragment in run.fragment_ids
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._finish(run.script_run_id, list(run.fragment_ids))
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
                self.pages = {
                    page.url_pathname or "home": page.page_script_hash for page in message.navigation.app_pages
                }
            case "page_not_found" | "session_event" as event:
                self.record.errors.append(f"{event} on {self.page}")

    def _keep(self, name: str, delta: Delta) -> None:
        if delta.new_element.HasField("bidi_component"):
            component = delta.new_element.bidi_component
            for script in ("js_content", "css_content", "html_content"):
                component.ClearField(script)
        self._kept[name] = Kept(delta, self._runs)

    def _delta(self, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = str(delta.new_element.WhichOneof("type"))
        if kind == "exception":
            exception = delta.new_element.exception
            self.record.errors.append(f"{exception.message} {list(exception.stack_trace)[-1:]}")
        if kind not in _STANDS_AT:
            return
        proto = getattr(delta.new_element, kind)
        key = proto.id.split("-", 2)[-1]
        known = self.widgets.get(key)
        is_new = known is None or known.proto.id != proto.id
        state = WidgetState(id=proto.id) if known is None or is_new else known.state
        if is_new or getattr(proto, "set_value", False):
            _STANDS_AT[kind](proto, state)
        self.widgets[key] = Widget(proto, delta.fragment_id, self._run_now, state)
        if kind == "bidi_component" and key in self.hears:
            self.hears[key](proto)

    def _finish(self, run: str, fragments: list[str]) -> None:
        """A run has ended: what it did not put up again is gone, and what waited for it goes on."""
        self.record.runs += 1
        self._runs += 1
        for key, widget in list(self.widgets.items()):
            if widget.run != run and (not fragments or widget.fragment in fragments):
                del self.widgets[key]
        for name, kept in list(self._kept.items()):
            mine = not fragments or kept.delta.fragment_id in fragments
            if mine and self._runs - kept.run > self._oldest:
                del self._kept[name]
        for asked in self._asked:
            if asked.running and not asked.done.done():
                asked.done.set_result(None)
        self._asked = [asked for asked in self._asked if not asked.running]


def _slider(proto: Slider, state: WidgetState) -> None:
    if proto.type == Slider.SELECT_SLIDER:
        chosen = proto.raw_value if proto.set_value else [proto.options[int(i)] for i in proto.default]
        state.string_array_value.data[:] = chosen
    else:
        state.double_array_value.data[:] = proto.value if proto.set_value else proto.default


def _selectbox(proto: Any, state: WidgetState) -> None:
    if proto.set_value or proto.HasField("default"):
        state.string_value = proto.raw_value if proto.set_value else proto.options[proto.default]


def _segments(proto: Any, state: WidgetState) -> None:
    chosen = proto.raw_values if proto.set_value else [proto.options[i].content for i in proto.default]
    state.string_array_value.data[:] = chosen


def _switch(proto: Any, state: WidgetState) -> None:
    state.bool_value = proto.value if proto.set_value else proto.default


def _number(proto: NumberInput, state: WidgetState) -> None:
    value = proto.value if proto.set_value else proto.default
    if proto.data_type == NumberInput.INT:
        state.int_value = int(value)
    else:
        state.double_value = value


def _text(proto: Any, state: WidgetState) -> None:
    state.string_value = proto.value if proto.set_value else proto.default


def _nothing(_: Message, __: WidgetState) -> None:
    """It says something only when it is used."""


_STANDS_AT: dict[str, Callable[[Any, WidgetState], None]] = {
    "slider": _slider,
    "selectbox": _selectbox,
    "button_group": _segments,
    "checkbox": _switch,
    "number_input": _number,
    "text_input": _text,
    "button": _nothing,
    "bidi_component": _nothing,
}
"""Puts into a widget's state what it stands at when the server puts it up."""
