"""Whatever a table holds, it is read as it was meant, or refused in a sentence."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.fuzz import tables
from tests.pages.conftest import ROOT

SHARE = 0.08
MOST_MEMORY = 500
"""In megabytes, of a process of its own; before the first table it has some 150."""


def test_any_table_is_read_as_it_was_meant_or_refused_in_a_sentence_at_little_cost() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "tables", "--share", str(SHARE)]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    memory = re.search(r"at most (\d+) MB", tried.stdout)
    assert memory is not None
    assert int(memory[1]) < MOST_MEMORY


def test_cases_of_known_meaning_are_many() -> None:
    assert sum(tables.table(number).columns is not None for number in range(1, 60)) > 25
