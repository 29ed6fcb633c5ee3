"""What a browser could send in a component's name: right messages with one part spoilt, and rubbish.

A message is a function of (component, number). It is JSON as text, since Python reads there what no browser writes:
NaN, infinities, whole numbers of any size.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from tests.fuzz import seen
from tests.fuzz.seen import component_data
from tests.pages.conftest import opened, sent

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
LONGEST_LINK = 40_000
"""In characters; most of them can be drawn points."""

DEEPEST = 300
"""The last step that messages ask for, except now and then."""


class Component(NamedTuple):
    """A component on a page, how it speaks, and a right message with what it should bring about."""

    page: str
    link: Mapping[str, str]
    key: str
    event: str
    right: Callable[[AppTest, int], dict[str, Any]]
    done: Callable[[AppTest, Any], bool]
    is_trigger: bool = False

    def open(self) -> AppTest:
        """Its page, in English."""
        return opened(self.page, lang="en", **self.link)


def _logits(app: AppTest, number: int) -> dict[str, Any]:
    return {
        "logits": [number % 7, 1.5, *[-2.0] * (len(_data(app, "logits")) - 2)],
        "temperature": 1 + number % 3,
        "shift": 0,
    }


def _data(app: AppTest, name: str) -> Any:
    found = [component_data(node.proto) for node in app.get("bidi_component")]
    return next(data[name] for data in found if name in data)


def _feed(prefix: str, dial: str, values: tuple[float, ...]) -> Callable[[AppTest, int], dict[str, Any]]:
    def right(app: AppTest, number: int) -> dict[str, Any]:
        timeline = app.session_state[f"{prefix}training_run"]
        return {
            "scene": timeline.identity,
            "turn": timeline.revision + 1,
            "at": number % DEEPEST,
            "playing": number % 3 == 0,
            "dials": {**timeline.values, dial: values[number % len(values)]},
            "rows": {"from": number % DEEPEST, "to": number % DEEPEST + 30, "stride": 1},
        }

    return right


def _stands(prefix: str, dial: str) -> Callable[[AppTest, Any], bool]:
    def done(app: AppTest, message: Any) -> bool:
        timeline = app.session_state[f"{prefix}training_run"]
        return bool(timeline.step == message["at"] and timeline.values[dial] == message["dials"][dial])

    return done


COMPONENTS = {
    "hero": Component(
        "home", {}, "hero_bars", "set", _logits, lambda app, said: app.session_state["hero"] == said["logits"],
    ),
    "bars": Component(
        "softmax_playground", {}, "bars", "set", _logits,
        lambda app, said: (
            app.session_state["z_image"] == said["logits"] and app.session_state["temperature"] == [said["temperature"]]
        ),
    ),
    "loss bars": Component(
        "loss_explorer", {}, "loss_bars", "set", _logits,
        lambda app, said: app.session_state["loss_z"] == said["logits"],
    ),
    "guess": Component(
        "loss_explorer", {"loss_view": "likelihood"}, "guess_curves", "moved",
        lambda _, number: {"at": number % 99, "said": number + 1},
        lambda app, said: abs(app.session_state["guess"][0] - (said["at"] + 1) / 100) < 0.01,
    ),
    "h": Component(
        "loss_explorer", {"loss_view": "check"}, "loss_h_curves", "moved",
        lambda _, number: {"at": number % 120, "said": number + 1},
        lambda app, said: abs(np.log10(app.session_state["loss_h"][0]) - (-13 + said["at"] / 10)) < 0.11,
    ),
    "surface": Component(
        "loss_explorer", {"loss_view": "surface"}, "surface", "moved",
        lambda _, number: {
            "start": [number % 8, -1.5], "steps": number % 500, "solid": bool(number % 2),
            "camera": [0.5, 0.5, 2, 0, 1], "said": number + 1,
        },
        lambda app, said: (
            app.session_state["surface_from"] == said["start"] and app.session_state["surface_steps"] == [said["steps"]]
        ),
    ),
    "calibration": Component(
        "softmax_vs_sigmoid", {"part": "belief"}, "calibration", "told",
        lambda _, number: {"temperature": 0.5 + number % 5, "number": number + 1},
        lambda app, said: app.session_state["belief_t"] == [said["temperature"]],
    ),
    "stage": Component(
        "live_training", {"train_data": "rings", "compare": "rate"}, "stage_feed", "message",
        _feed("", "rate", (0.1, 0.3, 1.0)), _stands("", "rate"), True,
    ),
    "drawing": Component(
        "live_training", {"train_data": "points"}, "stage_feed", "message",
        lambda _, number: {"points": [[0.0, 0.0, 0], [1.0, float(number % 6), 1]]},
        lambda app, _: len(app.session_state["points"]) == 2, True,
    ),
    "exclusive": Component(
        "softmax_vs_sigmoid", {"part": "exclusive"}, "versus_feed", "message",
        _feed("versus_", "probe_x", (10.0, 20.5, 90.0)), _stands("versus_", "probe_x"), True,
    ),
    "labels": Component(
        "softmax_vs_sigmoid", {"part": "labels"}, "labels_feed", "message",
        _feed("labels_", "threshold", (0.3, 0.5)), _stands("labels_", "threshold"), True,
    ),
    "views": Component(  # has nothing to say, and is not heard
        "softmax_playground", {"softmax_view": "geometry"}, "bars_geometry", "set",
        lambda _, __: {"logits": [9, 9, 9]}, lambda app, _: app.session_state["z_image"] == [1.2, 2.8, -0.6],
    ),
}  # fmt: skip
"""Each component that is listened to, and one that is not."""


def speak(component: Component, app: AppTest, text: str) -> AppTest:
    """The page after a component has said this."""
    nodes = (node.proto for node in app.get("bidi_component"))
    widget = next(proto.id for proto in nodes if proto.id.endswith(f"-{component.key}"))
    if component.is_trigger:
        said = f'[{{"event": "{component.event}", "value": {text}}}]'
        return sent(app, WidgetState(id=_make_trigger_id(widget, "events"), json_trigger_value=said))
    return sent(app, WidgetState(id=widget, json_value=f'{{"{component.event}": {text}}}'))


def spoilt(component: Component, app: AppTest, number: int, seed: int = 0) -> str:
    """The `number`-th message that is not right, or not quite."""
    rng = np.random.default_rng([seed, number, *component.key.encode()])
    kind = rng.random()
    if kind < 0.2:
        return _hostile(rng)
    right = component.right(app, number)
    parts = {name: json.dumps(value) for name, value in right.items()}
    for _ in range(int(rng.integers(1, 3))):
        name = str(rng.choice(list(parts))) if parts else "x"
        match int(rng.integers(4)):
            case 0:
                parts.pop(name, None)
            case 1 if isinstance(right.get(name), dict | list):
                parts[name] = _within(right[name], rng)
            case 2:
                extra = str(rng.choice(["restart", "pick", "points", "zq", "__class__", "said", "rows", "dials"]))
                parts[extra] = _hostile(rng)
            case _:
                parts[name] = _hostile(rng)
    return "{" + ", ".join(f"{json.dumps(name)}: {text}" for name, text in parts.items()) + "}"


def faults(component: Component, app: AppTest, number: int, seed: int = 0) -> list[str]:
    """What is wrong with a page after it was told the `number`-th message, and with its answer to a right one then."""
    text = spoilt(component, app, number, seed)
    speak(component, app, text)
    found = seen.faults(app, ["<b id=zq>"])
    if (size := sum(len(value) for value in app.query_params.values())) > LONGEST_LINK:
        found.append(f"has a link of {size} characters")
    if number % 3 == 0 and not found:
        right = component.right(app, number)
        speak(component, app, json.dumps(right))
        found += seen.faults(app)
        if not component.done(app, right):
            found.append(f"does not do {str(right)[:200]} any more")
    return [f"{fault}, after {text[:200]}" for fault in found]


def _within(value: dict[str, Any] | list[Any], rng: Random) -> str:
    """A list or object with one of its parts spoilt."""
    if isinstance(value, dict):
        spoilt = str(rng.choice(list(value)))
        parts = (f"{json.dumps(k)}: {_hostile(rng) if k == spoilt else json.dumps(v)}" for k, v in value.items())
        return "{" + ", ".join(parts) + "}"
    at = int(rng.integers(len(value) + 1))
    return "[" + ", ".join([*map(json.dumps, value[:at]), _hostile(rng), *map(json.dumps, value[at + 1 :])]) + "]"


def _hostile(rng: Random) -> str:
    return HOSTILE[int(rng.integers(len(HOSTILE)))]
