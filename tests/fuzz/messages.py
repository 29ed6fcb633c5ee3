"""Random messages from components: valid messages with changed parts, and hostile values.

A message depends on the component, its number and the seed alone. It is JSON as text, since Python's parser accepts
what a browser does not write: NaN, infinities and integers of any size.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from tests.fuzz import page_content
from tests.fuzz.page_content import component_data
from tests.pages.conftest import open_page, send_states
from ui.digits import drawing
from ui.digits.learning import KEPT_STEPS

Random = np.random.Generator

HOSTILE = (
    "null", "true", "false", "0", "-0.0", "1", "-1", "2", "1.5", "NaN", "Infinity", "-Infinity", "1e308", "-1e308",
    "1e400", "1e-320", "9" * 400, "-" + "9" * 400, "9007199254740993", "40000", "20001", '""', '"1"', '"nan"',
    '"<b id=zq>"', '"\\ud800"', '"\\u0000"', '"' + "z" * 100_000 + '"', "[]", "{}", "[[]]", "[null]", "[NaN, NaN]",
    "[1]", "[1, 2]", "[1, 2, 3, 4, 5, 6]", '["1", "2", "3"]', "[" + "1," * 50_000 + "1]", "[[0, 0, 0], [1, 1, 99]]",
    "[" + "[0,0,0]," * 3000 + "[1,1,1]]", '{"from": 0, "to": 20000, "stride": 1}', '{"from": 5, "to": 9, "stride": 0}',
    '{"0": 1, "1": 2}', '{"rate": NaN, "batch": [], "l2": {}}', '{"rate": 1e9}', "[" * 300 + "]" * 300,
    '{"a":' * 300 + "1" + "}" * 300,
)  # fmt: skip
MAX_LINK_LENGTH = 40_000
"""In characters; drawn points take most of them."""

MAX_STEP = 300
"""Greatest step of valid messages."""


class Component(NamedTuple):
    """A component on a page, a function for valid messages, and one for whether the page has applied such a message."""

    page: str
    link: Mapping[str, str]
    key: str
    event: str
    valid_message: Callable[[AppTest, int], dict[str, Any]]
    is_applied: Callable[[AppTest, Any], bool]
    is_trigger: bool = False

    def open(self) -> AppTest:
        """Open the page, in English."""
        return open_page(self.page, lang="en", **self.link)


def _logits(app: AppTest, number: int) -> dict[str, Any]:
    return {
        "logits": [number % 7, 1.5, *[-2.0] * (len(_data(app, "logits")) - 2)],
        "temperature": 1 + number % 3,
        "shift": 0,
        "version": number + 1,
    }


def _data(app: AppTest, name: str) -> Any:
    found = [component_data(node.proto) for node in app.get("bidi_component")]
    return next(data[name] for data in found if name in data)


def _stage_message(prefix: str, setting: str, values: tuple[float, ...]) -> Callable[[AppTest, int], dict[str, Any]]:
    def valid_message(app: AppTest, number: int) -> dict[str, Any]:
        timeline = app.session_state[f"{prefix}training_run"]
        return {
            "timelineId": timeline.identity,
            "revision": timeline.revision + 1,
            "step": number % MAX_STEP,
            "playing": number % 3 == 0,
            "values": {**timeline.values, setting: values[number % len(values)]},
            "rows": {"from": number % MAX_STEP, "to": number % MAX_STEP + 30, "stride": 1},
        }

    return valid_message


def _stage_has(prefix: str, setting: str) -> Callable[[AppTest, Any], bool]:
    def is_applied(app: AppTest, message: Any) -> bool:
        timeline = app.session_state[f"{prefix}training_run"]
        return bool(timeline.step == message["step"] and timeline.values[setting] == message["values"][setting])

    return is_applied


COMPONENTS = {
    "hero": Component(
        "home", {}, "hero_bars", "changed", _logits,
        lambda app, message: app.session_state["hero"] == message["logits"],
    ),
    "bars": Component(
        "softmax_playground", {}, "bars", "changed", _logits,
        lambda app, message: (
            app.session_state["z_image"] == message["logits"]
            and app.session_state["temperature"] == [message["temperature"]]
        ),
    ),
    "model": Component(
        "softmax_playground", {"softmax_view": "model"}, "linear_model", "changed",
        lambda _, number: {
            "measured": [35 + number % 20, 17.5], "weights": [[number % 5, 1, -2.5]] * 3, "version": number + 1,
        },
        lambda app, message: (
            app.session_state["model_x1"] == message["measured"][:1]
            and app.session_state["model_w"] == [value for row in message["weights"] for value in row]
        ),
    ),
    "loss bars": Component(
        "loss_explorer", {}, "loss_bars", "changed", _logits,
        lambda app, message: app.session_state["loss_z"] == message["logits"],
    ),
    "guess": Component(
        "loss_explorer", {"loss_view": "likelihood"}, "guess_curves", "changed",
        lambda _, number: {"x": (number % 99 + 1) / 100, "version": number + 1},
        lambda app, message: app.session_state["guess"] == [message["x"]],
    ),
    "h": Component(
        "loss_explorer", {"loss_view": "check"}, "loss_h_curves", "changed",
        lambda _, number: {"x": 10 ** (-13 + number % 120 / 10), "version": number + 1},
        lambda app, message: app.session_state["loss_h"] == [message["x"]],
    ),
    "surface": Component(
        "loss_explorer", {"loss_view": "surface"}, "surface", "changed",
        lambda _, number: {
            "start": [number % 8, -1.5], "steps": number % 500, "solid": bool(number % 2),
            "camera": [0.5, 0.5, 2, 0, 1], "version": number + 1,
        },
        lambda app, message: (
            app.session_state["surface_from"] == message["start"]
            and app.session_state["surface_steps"] == [message["steps"]]
        ),
    ),
    "calibration": Component(
        "softmax_vs_sigmoid", {"part": "belief"}, "calibration", "changed",
        lambda _, number: {"temperature": 0.5 + number % 5, "version": number + 1},
        lambda app, message: app.session_state["belief_t"] == [message["temperature"]],
    ),
    "digit_calibration": Component(
        "digits", {"errors": "true"}, "digit_calibration", "changed",
        lambda _, number: {"temperature": 0.5 + number % 5, "version": number + 1},
        lambda app, message: app.session_state["digit_t"] == [message["temperature"]],
    ),
    "digit": Component(
        "digits", {}, "digit", "changed",
        lambda _, number: {
            "strokes": drawing.FIVE, "switched": [number % 64], "version": number + 1,
            "steps": {"deslant": bool(number % 2), "resize": True, "even_ink": False},
        },
        lambda app, message: (
            app.session_state["strokes"] == message["strokes"]
            and app.session_state["switched"] == tuple(message["switched"])
            and app.session_state["deslant"] == message["steps"]["deslant"]
        ),
    ),
    "digit_training": Component(
        "digits", {"learning": "true"}, "digit_training", "changed",
        lambda _, number: {"step": KEPT_STEPS[number % len(KEPT_STEPS)], "version": number + 1},
        lambda app, message: app.session_state["digit_step"] == message["step"],
    ),
    "stage": Component(
        "live_training", {"train_data": "rings", "compare": "rate"}, "stage_feed", "message",
        _stage_message("", "rate", (0.1, 0.3, 1.0)), _stage_has("", "rate"), True,
    ),
    "drawing": Component(
        "live_training", {"train_data": "points"}, "stage_feed", "message",
        lambda _, number: {"points": [[0.0, 0.0, 0], [1.0, float(number % 6), 1]]},
        lambda app, _: len(app.session_state["points"]) == 2, True,
    ),
    "exclusive": Component(
        "softmax_vs_sigmoid", {"part": "exclusive"}, "versus_feed", "message",
        _stage_message("versus_", "probe_x", (10.0, 20.5, 90.0)), _stage_has("versus_", "probe_x"), True,
    ),
    "labels": Component(
        "softmax_vs_sigmoid", {"part": "labels"}, "labels_feed", "message",
        _stage_message("labels_", "threshold", (0.3, 0.5)), _stage_has("labels_", "threshold"), True,
    ),
    "views": Component(  # sends no messages, and Python ignores any
        "softmax_playground", {"softmax_view": "geometry"}, "bars_geometry", "changed",
        lambda _, __: {"logits": [9, 9, 9]}, lambda app, _: app.session_state["z_image"] == [1.2, 2.8, -0.6],
    ),
}  # fmt: skip
"""All components that send messages, and one that does not."""


def send(component: Component, app: AppTest, text: str) -> AppTest:
    """Send a message from a component and rerun the page."""
    nodes = (node.proto for node in app.get("bidi_component"))
    widget = next(proto.id for proto in nodes if proto.id.endswith(f"-{component.key}"))
    if component.is_trigger:
        events = f'[{{"event": "{component.event}", "value": {text}}}]'
        return send_states(app, WidgetState(id=_make_trigger_id(widget, "events"), json_trigger_value=events))
    return send_states(app, WidgetState(id=widget, json_value=f'{{"{component.event}": {text}}}'))


def invalid_message(component: Component, app: AppTest, number: int, seed: int = 0) -> str:
    """Return the message with this number: a hostile value, or a valid message with one or two parts changed."""
    rng = np.random.default_rng([seed, number, *component.key.encode()])
    kind = rng.random()
    if kind < 0.2:
        return _hostile(rng)
    valid = component.valid_message(app, number)
    parts = {name: json.dumps(value) for name, value in valid.items()}
    for _ in range(int(rng.integers(1, 3))):
        name = str(rng.choice(list(parts))) if parts else "x"
        match int(rng.integers(4)):
            case 0:
                parts.pop(name, None)
            case 1 if isinstance(valid.get(name), dict | list):
                parts[name] = _change_part(valid[name], rng)
            case 2:
                extra = str(
                    rng.choice(["restart", "clickedSample", "points", "zq", "__class__", "version", "rows", "values"])
                )
                parts[extra] = _hostile(rng)
            case _:
                parts[name] = _hostile(rng)
    return "{" + ", ".join(f"{json.dumps(name)}: {text}" for name, text in parts.items()) + "}"


def faults(component: Component, app: AppTest, number: int, seed: int = 0) -> list[str]:
    """List the faults of a page after an invalid message and, for every third number, a valid one after it."""
    text = invalid_message(component, app, number, seed)
    send(component, app, text)
    found = page_content.faults(app, ["<b id=zq>"])
    if (size := sum(len(value) for value in app.query_params.values())) > MAX_LINK_LENGTH:
        found.append(f"has a link of {size} characters")
    if number % 3 == 0 and not found:
        valid = component.valid_message(app, number)
        send(component, app, json.dumps(valid))
        found += page_content.faults(app)
        if not component.is_applied(app, valid):
            found.append(f"ignores {str(valid)[:200]}")
    return [f"{fault}, after {text[:200]}" for fault in found]


def _change_part(value: dict[str, Any] | list[Any], rng: Random) -> str:
    """Replace one part of a list or object by a hostile value."""
    if isinstance(value, dict):
        changed = str(rng.choice(list(value)))
        parts = (f"{json.dumps(k)}: {_hostile(rng) if k == changed else json.dumps(v)}" for k, v in value.items())
        return "{" + ", ".join(parts) + "}"
    at = int(rng.integers(len(value) + 1))
    return "[" + ", ".join([*map(json.dumps, value[:at]), _hostile(rng), *map(json.dumps, value[at + 1 :])]) + "]"


def _hostile(rng: Random) -> str:
    return HOSTILE[int(rng.integers(len(HOSTILE)))]
