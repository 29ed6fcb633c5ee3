"""Messages of components to and from Python, as an ES module whose types tsc compares with those of the browser's code.

`python -m tests.frontend` writes ui/frontend/tests/samples/messages.js.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.fuzz.messages import COMPONENTS
from tests.fuzz.page_content import component_data
from tests.pages.conftest import open_page

DIGITS = 6
"""Significant digits of numbers: the last ones may differ between machines."""

MAX_VALUES = 400
"""Longer arrays are cut."""

ARRAYS = {"float64": "Float64Array", "float32": "Float32Array", "int32": "Int32Array"}


class Message(NamedTuple):
    """A message to a component: name, the type in ui/frontend/src, the component's key, and a page that has it."""

    name: str
    type: str
    key: str
    page: str
    link: dict[str, str]


TO_BROWSER = (
    Message("bars", "logit_bars/messages.js BarsData", "bars", "softmax_playground", {}),
    Message("view", "softmax_views/live_view.js ViewData", "bars_steps", "softmax_playground", {}),
    Message(
        "model", "linear_model/messages.js ModelData", "linear_model", "softmax_playground", {"softmax_view": "model"}
    ),
    Message("curves", "curves/messages.js CurvesData", "price", "loss_explorer", {}),
    Message("surface", "loss_surface/messages.js SurfaceMessage", "surface", "loss_explorer", {"loss_view": "surface"}),
    Message(
        "reliability", "reliability_diagram/messages.js ReliabilityMessage", "calibration", "softmax_vs_sigmoid",
        {"part": "belief"},
    ),
    Message(
        "reliabilityOfDigits", "reliability_diagram/messages.js ReliabilityMessage", "digit_calibration", "digits",
        {"errors": "true"},
    ),
    Message("scene", "training_stage/messages.js Scene", "stage", "live_training", {"train_data": "points"}),
    Message("feed", "training_stage/messages.js FeedMessage", "stage_feed", "live_training", {"train_data": "points"}),
    Message("digit", "digit_drawing/messages.js DigitMessage", "digit", "digits", {"strokes": "AAAA"}),
    Message(
        "training", "digit_training/messages.js TrainingMessage", "digit_training", "digits", {"learning": "true"},
    ),
    Message("connection", "connection/index.js ConnectionData", "connection_watch", "home", {}),
    Message("patches", "streamlit_patches/index.js PatchesData", "streamlit_patches", "home", {}),
    Message("shortcuts", "keyboard_shortcuts/index.js ShortcutsData", "lecture_keys", "home", {"lecture": "1"}),
    Message("table", "linked_table/index.js TableData", "whole", "softmax_vs_sigmoid", {"part": "whole"}),
)  # fmt: skip
TO_PYTHON = {
    "bars": "logit_bars/messages.js Change",
    "model": "linear_model/messages.js ModelChange",
    "guess": "curves/messages.js CurvesChange",
    "surface": "loss_surface/messages.js SurfaceChange",
    "calibration": "reliability_diagram/messages.js ReliabilityChange",
    "digit": "digit_drawing/messages.js DigitChange",
    "digit_training": "digit_training/messages.js TrainingChange",
    "stage": "training_stage/messages.js StageMessage",
    "drawing": "training_stage/messages.js DrawingMessage",
}
"""The types of the valid messages in tests/fuzz/messages.py, which Python applies."""


def text() -> str:
    """Return the module."""
    parts = ["// Written by `python -m tests.frontend`.\n"]
    parts += [_export(f"{message.name}ToBrowser", message.type, _data_of(message)) for message in TO_BROWSER]
    for name, type_name in TO_PYTHON.items():
        component = COMPONENTS[name]
        parts.append(_export(f"{name}ToPython", type_name, component.valid_message(component.open(), 1)))
    return "\n".join(parts)


def _data_of(message: Message) -> dict[str, Any]:
    app = open_page(message.page, lang="en", **message.link)
    return component_data(_proto(app, message.key))


def _proto(app: AppTest, key: str) -> Any:
    found = [node.proto for node in app.get("bidi_component")]
    return next(proto for proto in found if proto.id.endswith(f"-{key}"))


def _export(name: str, type_name: str, value: object) -> str:
    path, type_name = type_name.split()
    return (
        f'/** @satisfies {{import("../../src/{path}").{type_name}}} */\nexport const {name} = {_javascript(value)};\n'
    )


def _javascript(value: object) -> str:
    if isinstance(value, np.ndarray):
        return (
            f"new {ARRAYS[value.dtype.name]}({json.dumps([_rounded(x) for x in value.ravel()[:MAX_VALUES].tolist()])})"
        )
    if isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {_javascript(one)}" for key, one in value.items()]
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_javascript, value)) + "]"
    return json.dumps(_rounded(value), ensure_ascii=False)


def _rounded(value: object) -> object:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
