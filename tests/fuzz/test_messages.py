"""Any message from a component leaves the page without faults, and the next valid message is applied."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.fuzz import messages, page_content
from ui.components import linked_table
from ui.components.linked_table import LinkedRow

MESSAGES = 10


@pytest.mark.parametrize("name", messages.COMPONENTS)
def test_an_invalid_message_does_no_harm_and_the_next_valid_one_is_applied(name: str) -> None:
    component = messages.COMPONENTS[name]
    app = component.open()
    for number in range(MESSAGES):
        assert messages.faults(component, app, number) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("guess", '{"x": true, "version": 1}'),
        ("guess", '{"x": 0.3, "version": NaN}'),
        ("guess", '{"x": NaN, "version": 1}'),
        ("guess", '{"x": ' + "9" * 400 + ', "version": 1}'),
        ("surface", '{"start": [1, 2], "steps": 1e400, "camera": [0, 1, 1, 0, 0], "version": 1}'),
        ("surface", '{"start": [1, ' + "9" * 400 + '], "steps": 1, "camera": [0, 1, 1, 0, 0], "version": 1}'),
        ("surface", '{"start": [1, 2], "steps": 1, "camera": [0, 1, 1, 0, 0], "version": Infinity}'),
        ("calibration", '{"temperature": NaN, "version": 1}'),
        ("bars", '{"logits": [NaN, 0, 1e400], "temperature": -1, "shift": Infinity}'),
    ],
)
def test_numbers_that_are_not_finite_are_rejected(name: str, text: str) -> None:
    component = messages.COMPONENTS[name]
    app = component.open()
    messages.send(component, app, text)
    assert page_content.faults(app) == []
    valid = component.valid_message(app, 7)
    messages.send(component, app, json.dumps(valid))
    assert page_content.faults(app) == []
    assert component.is_applied(app, valid)


def test_a_far_too_high_version_does_not_lock_the_controls() -> None:
    component = messages.COMPONENTS["stage"]
    app = component.open()
    far = component.valid_message(app, 1) | {"revision": 40_000}
    messages.send(component, app, json.dumps(far))
    valid = component.valid_message(app, 2)
    messages.send(component, app, json.dumps(valid))
    assert component.is_applied(app, valid)


@pytest.mark.parametrize("row", [None, "0", -1, 2, 1.0, 10**400, [0], {"0": 0}, float("nan")], ids=str)
def test_a_message_about_an_unknown_row_is_ignored(row: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_table, "_component", lambda **_: SimpleNamespace(followed=row))
    assert linked_table.linked_table("t", "", [], [LinkedRow("a", [], "", ""), LinkedRow("b", [], "", "")]) is None
