"""What starts several processes behind nginx names the same ones everywhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_replicas_of_compose_are_those_nginx_knows():
    address = re.compile(r"\b172\.\d+\.\d+\.\d+\b(?!/)")
    named = address.findall((ROOT / "compose.yaml").read_text("utf-8"))
    assert len(named) == len(set(named)) == 3
    assert address.findall((ROOT / "deploy/replicas.conf").read_text("utf-8")) == named
