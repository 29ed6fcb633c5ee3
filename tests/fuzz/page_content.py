"""The texts and numbers on a page, from the elements of AppTest, and a check for what must not be on a page."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from ui.i18n import LOCALES

NOT_A_NUMBER = re.compile(r"(?<![\w.])[-−+]?(?:nan|inf|infinity|none|undefined)(?![\w.])", re.IGNORECASE)
CONTEXT = 12
"""Characters on each side by which such a word is found in our own texts, where it is allowed."""

TYPES = {"float64": "<f8", "float32": "<f4", "int32": "<i4"}
INVISIBLE_FIELDS = (
    "id",
    "element_id",
    "form_id",
    "js_content",
    "css_content",
    "html_content",
    "query_params",
    "url",
    "icon",
    "deferred_file_id",
)
VERBATIM_FIELDS = {"text_input": ("value", "default"), "code": ("code_text",), "page_link": ("query_string", "page")}
"""Fields with what a reader typed, or with a link or program that contains it, unchanged."""

MARKDOWN = ("markdown", "alert", "heading", "button", "number_input", "slider", "page_link", "download_button")
"""Elements whose texts Streamlit renders as Markdown."""


class Text(NamedTuple):
    """A text on the page, with the type of its element and its field there."""

    element: str
    field: str
    text: str


def texts(app: AppTest) -> list[Text]:
    """List all texts of the page, including those in the data of components."""
    found: list[Text] = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if not isinstance(proto, Message):
            continue
        if node.type == "bidi_component":
            found += [Text(node.type, field, text) for field, text in _texts_in(component_data(proto))]
            continue
        if node.type == "plotly_chart":
            found += [Text(node.type, field, text) for field, text in _texts_in(json.loads(proto.spec))]
        omitted = (*INVISIBLE_FIELDS, "spec", *VERBATIM_FIELDS.get(node.type, ()))
        found += [Text(node.type, field, text) for field, text in _fields(proto, str) if field not in omitted]
    return found


def faults(app: AppTest, hostile: Sequence[str] = ()) -> list[str]:
    """List what is wrong with the page: exceptions, numbers that are not finite, hostile values used as markup."""
    found = [f"exception: {error.message or error.value}" for error in app.exception]
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if node.type == "bidi_component":
            found += [f"{node.type}: {where} is not finite" for where in _not_finite(component_data(proto))]
        elif node.type == "plotly_chart":
            found += [f"{node.type}: {where} is not finite" for where in _not_finite(json.loads(proto.spec))]
        elif isinstance(proto, Message):
            found += [
                f"{node.type}: {field} is not finite"
                for field, value in _fields(proto, float)
                if not math.isfinite(value)
            ]
    for element, field, text in texts(app):
        visible = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL) if element == "html" else text
        found += [f"{element}: {field} contains “{word}”" for word in _nan_words(visible)]
        if element == "html" or element in MARKDOWN:
            found += [
                f"{element}: {field} has {value!r} as markup" for value in hostile if _as_markup(value, element, text)
            ]
    return found


def component_data(proto: Any) -> dict[str, Any]:
    """Return the data that a component was sent, with its arrays."""
    if not proto.bytes:
        return dict(json.loads(proto.json)) if proto.json else {}
    length = int.from_bytes(proto.bytes[:4], "little")
    header: dict[str, Any] = json.loads(proto.bytes[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8
    for name, (kind, offset, size) in header.pop("arrays").items():
        header[name] = np.frombuffer(proto.bytes, TYPES[kind], size, start + offset)
    return header


def _as_markup(value: str, element: str, text: str) -> bool:
    """Return whether a text contains a value such that its markup takes effect."""
    return value in text and (element != "html" or "<" in value)


def _nan_words(text: str) -> list[str]:
    text = re.sub("^[✓✗] ", "", text)  # marks of answers
    found = []
    for match in NOT_A_NUMBER.finditer(text):
        context = text[max(match.start() - CONTEXT, 0) : match.end() + CONTEXT]
        if context not in _own_texts():
            found.append(context)
    return found


@cache
def _own_texts() -> str:
    """Return all texts in the locales."""
    return "\n".join(path.read_text("utf-8") for path in LOCALES.rglob("*.*"))


def _fields(message: Message, kind: type) -> Iterator[tuple[str, Any]]:
    for field, value in message.ListFields():
        for item in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(item, Message):
                yield from _fields(item, kind)
            elif isinstance(item, kind):
                yield field.name, item


def _texts_in(data: Any) -> Iterator[tuple[str, str]]:
    return ((where, leaf) for where, leaf in _leaves(data) if isinstance(leaf, str))


def _not_finite(data: Any) -> Iterator[str]:
    numbers = ((where, leaf) for where, leaf in _leaves(data) if isinstance(leaf, np.ndarray | float))
    return (where for where, number in numbers if not np.isfinite(number).all())


def _leaves(data: Any, where: str = "data") -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of each leaf of nested dicts and lists."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{where}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, where)
    else:
        yield where, data
