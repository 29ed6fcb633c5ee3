"""An HTML table with a link per row. A click follows the link within the same session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypedDict

from ui.components.frontend import register

_component = register("linked_table", '<div class="linked-table" data-testid="linked-table"></div>')


class LinkedRow(NamedTuple):
    """A row: its name and cells, and the label and address of its link."""

    name: str
    cells: Sequence[str]
    label: str
    address: str


class TableData(TypedDict):
    """Message to the browser. `languages` has one code per column, and each of the `rows` is a LinkedRow as a dict."""

    caption: str
    header: list[str]
    languages: list[str]
    rows: list[dict[str, Any]]


def linked_table(
    key: str, caption: str, header: Sequence[str], rows: Sequence[LinkedRow], languages: Sequence[str] = ()
) -> int | None:
    """Draw the table. Return the index of the row whose link was just clicked, or None.

    `header` has one heading per column: the row names, the cells and the links. `languages` has the language codes
    of the first columns. The other columns are in the language of the page.
    """
    data = TableData(
        caption=caption, header=list(header), languages=list(languages), rows=[row._asdict() for row in rows]
    )
    followed = _component(key=key, data=data, on_followed_change=lambda: None, height="content").followed
    return followed if isinstance(followed, int) and 0 <= followed < len(rows) else None
