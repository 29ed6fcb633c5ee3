"""The files in deploy/ and compose.yaml agree on the replicas."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_compose_and_nginx_have_the_same_replicas():
    address = re.compile(r"\b172\.\d+\.\d+\.\d+\b(?!/)")
    replicas = address.findall((ROOT / "compose.yaml").read_text("utf-8"))
    assert len(replicas) == len(set(replicas)) == 3
    assert address.findall((ROOT / "deploy/replicas.conf").read_text("utf-8")) == replicas
