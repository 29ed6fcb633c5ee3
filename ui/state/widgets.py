"""Widgets whose values are in the address and are kept when the page or the language changes.

`key` is the session key of the value and its query parameter (see `ui.state.url_state`). The label is the text
`control.<name>` of the catalogue and the help is `help.<name>`, if there is one. `name` defaults to the key. Option
values do not depend on the language; `format_func` returns their labels. Each function returns the current value.

Streamlit identifies a selected option by its label and would keep showing it in the previous language. The widget's own
key is therefore `<key>:<language>`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from core.column_names import printable_text
from ui.i18n import catalogue, language, t
from ui.state import url_state
from ui.state.number_input import NumberRange, number_input

Option = TypeVar("Option")
Number = TypeVar("Number", int, float)

MAX_SEED = 9_999
SEEDS = NumberRange(0, MAX_SEED, whole=True)


def selectbox(
    key: str, options: Sequence[Option], format_func: Callable[[Option], str], *, default: int = 0, name: str = ""
) -> Option:
    """Draw a selectbox. The default is the option with the index `default`."""
    _sync_option(key, options, options[default])
    st.selectbox(**_label_and_help(name or key), options=options, format_func=format_func, **_bind(key))
    return _write_value(key, options[default])


def multiselect(key: str, options: Sequence[str], default: Sequence[str], most: int, *, name: str = "") -> list[str]:
    """Draw a control that selects up to `most` texts. Return them in the order of the options.

    The address has their positions in the options, counted from 1. If a selected text is not among the options, the
    default is selected.
    """

    def url_text(selected: Sequence[str]) -> str:
        return url_state.numbers_to_text([options.index(option) + 1 for option in selected])

    def parse(text: str) -> list[str] | None:
        positions = url_state.parse_numbers(text, 1, len(options))
        return None if positions is None else [options[int(position) - 1] for position in positions][:most]

    url_state.sync_from_url(key, parse, list(default))
    selected = st.session_state[key]
    if not set(selected) <= set(options):
        selected = default
    st.session_state[key] = [option for option in options if option in selected]
    st.multiselect(**_label_and_help(name or key), options=options, max_selections=most, **_bind(key))
    chosen: list[str] = st.session_state[key]
    url_state.write_to_url(key, url_text(chosen), url_text(default))
    return chosen


def forget_value(key: str) -> None:
    """Let the widget for `key` show its default when it is drawn next."""
    st.session_state.pop(key, None)
    url_state.write_to_url(key, "", "")


def segmented_control(
    key: str,
    options: Sequence[Option],
    format_func: Callable[[Option], str],
    default: int = 0,
    *,
    hide_label: bool = False,
) -> Option:
    """Draw a segmented control. The default is the option with the index `default`.

    With `hide_label`, the label is only for screen readers.
    """
    _sync_option(key, options, options[default])
    st.segmented_control(
        **_label_and_help(key), options=options, format_func=format_func, required=True, **_bind(key),
        label_visibility="collapsed" if hide_label else "visible",
    )  # fmt: skip
    return _write_value(key, options[default])


def optional_segmented_control(
    key: str, options: Sequence[Option], format_func: Callable[[Option], str]
) -> Option | None:
    """Draw a segmented control without a default. Returns None until the user selects an option."""
    _sync_option(key, (None, *options), None)
    st.segmented_control(**_label_and_help(key), options=options, format_func=format_func, **_bind(key))
    return _write_value(key, None)


def pills(key: str, options: Sequence[str], format_func: Callable[[str], str], default: Sequence[str]) -> list[str]:
    """Draw buttons of which any number but zero can be on. Return the options that are on, in their order.

    The address has the names of the options, separated by commas. If no option is on, the default options are.
    """

    def parse(text: str) -> list[str] | None:
        names = text.split(",")
        return names if {*names} <= {*options} else None

    url_state.sync_from_url(key, parse, list(default))
    selected = [option for option in options if option in st.session_state[key]]
    st.session_state[key] = selected or list(default)
    st.pills(
        **_label_and_help(key), options=options, format_func=format_func, selection_mode="multi", **_bind(key)
    )  # fmt: skip
    url_state.write_to_url(key, ",".join(st.session_state[key]), ",".join(default))
    chosen: list[str] = st.session_state[key]
    return chosen


def select_slider(key: str, options: Sequence[float], default: float) -> float:
    """Draw a slider over given numbers, for values on a logarithmic scale."""
    _sync_option(key, options, default)
    st.select_slider(**_label_and_help(key), options=options, format_func=_url_text, **_bind(key))
    return _write_value(key, default)


def slider(key: str, low: Number, high: Number, default: Number, step: Number, *, name: str = "") -> Number:
    """Draw a slider with equal steps."""
    _sync_number(key, low, high, default)
    st.slider(**_label_and_help(name or key), min_value=low, max_value=high, step=step, **_bind(key))
    return _write_value(key, default)


def seed_input(key: str, *, name: str = "") -> int:
    """Draw a field for a random seed in 0 … MAX_SEED. The default is 0. An invalid text leaves the seed unchanged."""
    _sync_number(key, 0, MAX_SEED, 0)
    text_key, refused_key = f"{key}:{language()}", f"{key}:refused"
    seed, text = st.session_state[key], st.session_state.get(text_key, "")
    if SEEDS.parse(text) != seed and st.session_state.get(refused_key) != (text, seed):
        st.session_state[text_key] = str(seed)

    def store_seed() -> None:
        text = st.session_state[text_key]
        value = SEEDS.parse(text)
        if value is None:
            st.session_state[refused_key] = text, st.session_state[key]
        else:
            st.session_state[key] = int(value)

    texts = _label_and_help(name or key)
    number_input(text_key, texts["label"], SEEDS, on_change=store_seed, help_text=texts["help"])
    return _write_value(key, 0)


def text_input(key: str, label: str, placeholder: str, max_chars: int) -> str:
    """Draw a text input with a given label, empty by default. Return the text, or `placeholder` if there is none."""
    url_state.sync_from_url(key, lambda text: printable_text(text, max_chars), "")
    st.session_state[key] = printable_text(st.session_state[key], max_chars)
    st.text_input(label, placeholder=placeholder, max_chars=max_chars, **_bind(key))
    url_state.write_to_url(key, st.session_state[key], "")
    return st.session_state[key] or placeholder


def toggle(key: str) -> bool:
    """Draw a toggle, off by default."""
    _sync_option(key, (False, True), False)
    st.toggle(**_label_and_help(key), width="content", **_bind(key))
    return _write_value(key, False)


def expander(key: str, label: str) -> ExpanderContainer:
    """Draw an expander, closed by default, and return its container.

    Draw slow content only if the attribute `open` of the container is true.
    """
    _sync_option(key, (False, True), False)
    container = st.expander(label, **_bind(key))
    _write_value(key, False)
    return container


def _label_and_help(name: str) -> dict[str, Any]:
    """Return a widget's arguments `label` and `help`."""
    return {"label": t(f"control.{name}"), "help": catalogue(language()).get(f"help.{name}")}


def _bind(key: str) -> dict[str, Any]:
    """Return a widget's arguments `key` and `on_change`, which bind it to the session value of `key`."""
    widget_key = f"{key}:{language()}"
    if st.session_state.get(widget_key) != st.session_state[key]:
        st.session_state[widget_key] = st.session_state[key]

    def store_value() -> None:
        value = st.session_state.get(widget_key)
        if value is not None:  # it is None if a number input was emptied or the widget belongs to the previous page
            st.session_state[key] = value

    return {"key": widget_key, "on_change": store_value}


def _sync_option(key: str, options: Sequence[Option], default: Option) -> None:
    url_state.sync_from_url(key, {_url_text(option): option for option in options}.get, default)
    if st.session_state[key] not in options:
        st.session_state[key] = default


def _sync_number(key: str, low: Number, high: Number, default: Number) -> None:
    def parse(text: str) -> Number | None:
        value = url_state.parse_number(text, low, high)
        return None if value is None else type(default)(value)

    url_state.sync_from_url(key, parse, default)
    if not low <= st.session_state[key] <= high:
        st.session_state[key] = default


def _write_value(key: str, default: Option) -> Option:
    """Write the session value of `key` into the address and return it."""
    value: Option = st.session_state[key]
    url_state.write_to_url(key, _url_text(value), _url_text(default))
    return value


def _url_text(value: object) -> str:
    """Return a value as text for the address."""
    return f"{value:g}" if isinstance(value, float) else str(value).lower()
