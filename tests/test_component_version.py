"""Version numbers of the values that a component and Python both set."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from ui.components.version import received_change, stored_version


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Replace the session's state by a dictionary."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_a_component_that_has_sent_nothing_has_version_0(session: dict[str, Any]) -> None:
    session["bars"] = {}
    assert stored_version("bars") == 0
    assert received_change("bars") == {}
    assert stored_version("bars") == 0


def test_the_version_of_the_last_change_is_stored_per_component(session: dict[str, Any]) -> None:
    for version in (3, 4):
        session["bars"] = {"changed": {"temperature": 2.0, "version": version}}
        assert received_change("bars")["temperature"] == 2.0
        assert stored_version("bars") == version
    assert stored_version("curves") == 0


def test_after_a_restart_of_the_server_the_browsers_version_is_stored(session: dict[str, Any]) -> None:
    session["bars"] = {"changed": {"version": 17}}
    received_change("bars")
    assert stored_version("bars") == 17
    session["bars"] = {"changed": {"version": 1}}  # the browser's page was loaded again
    received_change("bars")
    assert stored_version("bars") == 1


@pytest.mark.parametrize("version", [None, -1, True, 1.5, "2", [3], {}])
def test_a_version_that_is_no_number_is_not_stored(session: dict[str, Any], version: object) -> None:
    session["bars"] = {"changed": {"version": version}}
    received_change("bars")
    assert stored_version("bars") == 0


@pytest.mark.parametrize("message", [None, 1, "changed", [1, 2]])
def test_a_message_that_has_no_values_is_an_empty_change(session: dict[str, Any], message: object) -> None:
    session["bars"] = {"changed": message}
    assert received_change("bars") == {}
    assert stored_version("bars") == 0
