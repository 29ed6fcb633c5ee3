"""The initial state of each kind of widget, as Streamlit's client sets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState


def _slider(proto: Slider, state: WidgetState) -> None:
    if proto.type == Slider.SELECT_SLIDER:
        chosen = proto.raw_value if proto.set_value else [proto.options[int(i)] for i in proto.default]
        state.string_array_value.data[:] = chosen
    else:
        state.double_array_value.data[:] = proto.value if proto.set_value else proto.default


def _selectbox(proto: Any, state: WidgetState) -> None:
    if proto.set_value or proto.HasField("default"):
        state.string_value = proto.raw_value if proto.set_value else proto.options[proto.default]


def _button_group(proto: Any, state: WidgetState) -> None:
    chosen = proto.raw_values if proto.set_value else [proto.options[i].content for i in proto.default]
    state.string_array_value.data[:] = chosen


def _checkbox(proto: Any, state: WidgetState) -> None:
    state.bool_value = proto.value if proto.set_value else proto.default


def _text_input(proto: Any, state: WidgetState) -> None:
    state.string_value = proto.value if proto.set_value else proto.default


def _no_value(_: Message, __: WidgetState) -> None:
    """Buttons and components have no initial value."""


INITIALIZERS: dict[str, Callable[[Any, WidgetState], None]] = {
    "slider": _slider,
    "selectbox": _selectbox,
    "button_group": _button_group,
    "checkbox": _checkbox,
    "text_input": _text_input,
    "button": _no_value,
    "bidi_component": _no_value,
}
"""For each kind of widget, the function that writes the value from the server into its state."""
