"""Whatever a component is made to say, the page stands and hears the next right message."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.fuzz import messages, seen
from ui.components import linked_table
from ui.components.linked_table import LinkedRow

EACH = 10


@pytest.mark.parametrize("name", messages.COMPONENTS)
def test_a_spoilt_message_does_no_harm_and_the_next_right_one_is_heard(name: str) -> None:
    component = messages.COMPONENTS[name]
    app = component.open()
    for number in range(EACH):
        assert messages.faults(component, app, number) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("guess", '{"at": true, "said": 1}'),
        ("guess", '{"at": 3, "said": NaN}'),
        ("surface", '{"start": [1, 2], "steps": 1e400, "camera": [0, 1, 1, 0, 0], "said": 1}'),
        ("surface", '{"start": [1, ' + "9" * 400 + '], "steps": 1, "camera": [0, 1, 1, 0, 0], "said": 1}'),
        ("surface", '{"start": [1, 2], "steps": 1, "camera": [0, 1, 1, 0, 0], "said": Infinity}'),
        ("calibration", '{"temperature": NaN, "number": 1}'),
        ("bars", '{"logits": [NaN, 0, 1e400], "temperature": -1, "shift": Infinity}'),
    ],
)
def test_numbers_that_are_none_are_not_taken(name: str, text: str) -> None:
    component = messages.COMPONENTS[name]
    app = component.open()
    messages.speak(component, app, text)
    assert seen.faults(app) == []
    right = component.right(app, 7)
    messages.speak(component, app, json.dumps(right))
    assert seen.faults(app) == []
    assert component.done(app, right)


def test_turns_no_hand_makes_do_not_lock_the_dials() -> None:
    component = messages.COMPONENTS["stage"]
    app = component.open()
    far = component.right(app, 1) | {"turn": 40_000}
    messages.speak(component, app, json.dumps(far))
    right = component.right(app, 2)
    messages.speak(component, app, json.dumps(right))
    assert component.done(app, right)


@pytest.mark.parametrize("said", [None, "0", -1, 2, 1.0, 10**400, [0], {"0": 0}, float("nan")], ids=str)
def test_a_row_that_is_not_there_leads_nowhere(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_table, "_component", lambda **_: SimpleNamespace(followed=said))
    assert linked_table.linked_table("t", "", [], [LinkedRow("a", [], "", ""), LinkedRow("b", [], "", "")]) is None
