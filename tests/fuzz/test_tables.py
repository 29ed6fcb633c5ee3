"""Any table is read correctly, or refused with an explanation."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.fuzz import tables
from tests.pages.conftest import ROOT

SHARE = 0.08
MAX_MEMORY = 500
"""In MB, of a separate process, which uses about 150 before the first table."""


def test_any_table_is_read_correctly_or_refused_with_little_time_and_memory() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "tables", "--share", str(SHARE)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    memory = re.search(r"at most (\d+) MB", process.stdout)
    assert memory is not None
    assert int(memory[1]) < MAX_MEMORY


def test_many_cases_have_known_contents() -> None:
    assert sum(tables.table(number).columns is not None for number in range(1, 60)) > 25
