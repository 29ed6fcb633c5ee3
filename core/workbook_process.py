"""A program that writes one sheet of an Excel workbook as CSV, to be run in a process of its own (see core.workbook).

    python workbook_process.py MAX_ROWS [SHEET] < workbook

The first line of the output is a JSON list: the names of the sheets that Excel shows, and the name of the one that
follows. The exit code is NOT_A_WORKBOOK or TOO_LARGE if the sheet cannot be written.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from python_calamine import CalamineError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum, load_workbook

MAX_MEMORY = 600_000_000
"""Bytes. A sheet of 10,000 rows and 100 columns needs less than half of this."""

MAX_SECONDS = 20
MAX_OUTPUT = 20_000_000
"""Characters. Each cell of a workbook may refer to the same long text."""

MAX_SHEETS, MAX_NAME = 100, 255
"""Sheets, and characters in the name of a sheet; Excel allows 31."""

NOT_A_WORKBOOK, TOO_LARGE = 2, 3


def limit_resources() -> None:
    """Limit the memory and processor time of this process, where the operating system can do so.

    Windows has no such limits, and macOS none of memory.
    """
    with suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def cell_text(value: object) -> str:
    """Return a cell as text: a number with at most 15 digits, as Excel shows it, a date as YYYY-MM-DD."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _shown_sheets(sheets: Sequence[SheetMetadata]) -> list[str]:
    """Return the names of the first MAX_SHEETS sheets with cells that are not hidden."""
    kinds = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible
    names = [sheet.name for sheet in sheets if (sheet.typ, sheet.visible) == kinds]
    return [name for name in names if len(name) <= MAX_NAME][:MAX_SHEETS]


def main(max_rows: int, sheet: str = "") -> int:
    """Write the sheet, by default the first one; return the exit code."""
    try:
        workbook = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        names = _shown_sheets(workbook.sheets_metadata)
        shown = sheet if sheet in names else names[0]
        rows = workbook.get_sheet_by_name(shown).iter_rows()
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, IndexError):
        return NOT_A_WORKBOOK
    output = io.StringIO()
    output.write(json.dumps([names, shown]) + "\n")
    writer = csv.writer(output)
    for row in islice(rows, max_rows):
        writer.writerow(map(cell_text, row))
        if output.tell() > MAX_OUTPUT:
            return TOO_LARGE
    sys.stdout.buffer.write(output.getvalue().encode())
    return 0


if __name__ == "__main__":
    limit_resources()
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
