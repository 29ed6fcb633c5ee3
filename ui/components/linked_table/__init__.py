"""A table whose rows lead to other views: a real table with real links, which a click follows without a new session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st

HERE = Path(__file__).parent

_component = st.components.v2.component(
    "linked_table",
    html='<div class="linked" data-testid="linked-table"></div>',
    css=(HERE / "linked_table.css").read_text("utf-8"),
    js=(HERE / "linked_table.js").read_text("utf-8"),
)


class LinkedRow(NamedTuple):
    """What the row is about, its cells, and where it leads: in words, and as an address for a tab of its own."""

    name: str
    cells: Sequence[str]
    label: str
    address: str


def linked_table(key: str, caption: str, header: Sequence[str], rows: Sequence[LinkedRow]) -> int | None:
    """Draw it, the header's last entry above the links; gives the number of the row whose link was just followed."""
    data = {"caption": caption, "header": list(header), "rows": [row._asdict() for row in rows]}
    followed = _component(key=key, data=data, on_followed_change=lambda: None, height="content").followed
    return followed if isinstance(followed, int) and 0 <= followed < len(rows) else None
