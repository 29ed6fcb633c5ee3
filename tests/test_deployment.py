"""The files for deployment agree on the replicas and on the size of uploads."""

import re
import tomllib
from pathlib import Path

from core.table_import import MAX_BYTES

ROOT = Path(__file__).parents[1]


def test_compose_and_nginx_have_the_same_replicas():
    address = re.compile(r"\b172\.\d+\.\d+\.\d+\b(?!/)")
    replicas = address.findall((ROOT / "compose.yaml").read_text("utf-8"))
    assert len(replicas) == len(set(replicas)) > 1
    assert address.findall((ROOT / "deploy/replicas.conf").read_text("utf-8")) == replicas


def test_streamlit_and_nginx_let_through_files_of_the_size_that_is_read():
    streamlit = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]["maxUploadSize"]
    nginx = re.search(r"client_max_body_size (\d+)m", (ROOT / "deploy/nginx.conf").read_text("utf-8"))
    assert streamlit == MAX_BYTES / 1e6
    assert nginx
    assert int(nginx[1]) > streamlit  # a request has headers, too


def test_the_first_start_does_not_wait_for_input():
    assert tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]["showEmailPrompt"] is False
