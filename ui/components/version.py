"""Version numbers of values that a component and Python both set.

A component raises its number with each change by the user and sends it with the new values. Python stores the number
and sends it back with its own values, so that the component ignores values older than the user's last change.
`ui/frontend/src/shared/version.js` is the other side.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def stored_version(key: str) -> int:
    """Return the number of the last change that the component with this key has sent, or 0."""
    return int(st.session_state.get(f"{key}:version", 0))


def received_change(key: str) -> Mapping[str, object]:
    """Return the values that the component has just sent as "changed", and store their version number."""
    values = st.session_state[key].get("changed")
    if not isinstance(values, Mapping):
        return {}
    version = values.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version >= 0:
        st.session_state[f"{key}:version"] = version
    return values
