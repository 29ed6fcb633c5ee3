"""Sheets of Excel workbooks (.xlsx) as text.

calamine reads a workbook in a process of its own with limited memory (`core.workbook_process`). A file of 5 KB with one
cell in the last row and column makes it allocate 400 GB, which would end the app and not only raise an exception.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from core.errors import InvalidDataError
from core.workbook_process import MAX_SECONDS, TOO_LARGE

MAX_UNPACKED_BYTES = 100_000_000
"""Limit of the files in a workbook, unpacked. A sheet of 10,000 rows and 100 columns has about 35 MB."""

_PROGRAM = Path(__file__).with_name("workbook_process.py")
_SECONDS_AT_ONCE = 0.05


class Sheet(NamedTuple):
    """A sheet as CSV with commas, its name, and the names of all sheets that Excel shows."""

    text: str
    name: str
    names: Sequence[str]


def is_workbook(content: bytes) -> bool:
    """Return whether a file is an Excel workbook, also an old (.xls), encrypted or damaged one."""
    return content.startswith(b"\xd0\xcf\x11\xe0") or (content.startswith(b"PK\x03\x04") and b"xl/" in content)


def read_sheet(content: bytes, sheet: str, max_rows: int, on_progress: Callable[[], None]) -> Sheet:
    """Return a sheet of a workbook, the first one if none is called `sheet`, cut to `max_rows`.

    Calls `on_progress` while another process reads the file. Raises InvalidDataError("workbook") or
    ("workbook_too_large").
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (BadZipFile, NotImplementedError, ValueError) as error:  # damaged versions, sizes or names
        raise InvalidDataError("workbook") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise InvalidDataError("workbook_too_large")
    code, output = _run_program(content, [str(max_rows), sheet], on_progress)
    if code != 0:
        is_too_large = code == TOO_LARGE or code < 0  # negative: ended by a limit
        raise InvalidDataError("workbook_too_large" if is_too_large else "workbook")
    first_line, _, text = output.decode("utf-8").partition("\n")
    names, name = json.loads(first_line)
    return Sheet(text, name, names)


def _run_program(content: bytes, arguments: Sequence[str], on_progress: Callable[[], None]) -> tuple[int, bytes]:
    """Return the exit code and the output of `core.workbook_process`; it is killed after 3 · MAX_SECONDS."""
    command = [sys.executable, "-P", str(_PROGRAM), *arguments]

    def run() -> subprocess.CompletedProcess[bytes]:
        pipe, null, seconds = subprocess.PIPE, subprocess.DEVNULL, 3 * MAX_SECONDS
        return subprocess.run(command, input=content, stdout=pipe, stderr=null, timeout=seconds, check=False)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        while not wait([running], timeout=_SECONDS_AT_ONCE).done:
            on_progress()
    try:
        process = running.result()
    except subprocess.TimeoutExpired:
        return TOO_LARGE, b""
    return process.returncode, process.stdout
