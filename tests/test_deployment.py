"""The files for deployment agree with each other and with Streamlit, and the server does what it says."""

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import streamlit

import server
from core.table_import import MAX_BYTES
from tests.browser.app import free_port, run_app, wait_until_healthy

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


def test_the_policy_names_the_script_within_streamlits_page():
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text("utf-8")
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    ]
    assert hashes == re.findall(r"'sha256-([^']+)'", (ROOT / "deploy/nginx.conf").read_text("utf-8"))


def test_the_server_sends_compressed_scripts():
    with run_app() as address:
        for name, path in list(server.FILES.items())[:3]:
            request = urllib.request.Request(address + name, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request) as answer:
                assert answer.headers["Content-Encoding"] == "gzip"
                assert answer.headers.get_content_type() == server.TYPES[path.suffix]
                assert gzip.decompress(answer.read()) == path.read_bytes()
            with urllib.request.urlopen(address + name) as answer:
                assert answer.headers["Content-Encoding"] is None
                assert answer.read() == path.read_bytes()


def test_a_class_is_invited_to_an_address_that_phones_reach_or_told_that_there_is_none():
    assert "http://192.168.1.5:8501" in server.invitation(["192.168.1.5"], 8501)
    assert "no network" in server.invitation([], 8501)


def test_addresses_that_no_phone_can_reach_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = ["127.0.1.1", "169.254.7.7", "192.168.1.5", "192.168.1.5"]
    monkeypatch.setattr(server.socket, "gethostbyname_ex", lambda name: (name, [], addresses))
    found = server.local_addresses()
    assert "192.168.1.5" in found
    assert len(found) == len(set(found))
    assert not any(address.startswith(("127.", "169.254.")) for address in found)


def copied_into_the_image():
    """Yield the files that `COPY . .` copies: what .dockerignore lets through."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    for name in (line[1:] for line in lines if line.startswith("!")):
        path = ROOT / name
        assert path.exists(), f".dockerignore names {name}"
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        for file in files:
            relative = file.relative_to(ROOT)
            is_source = relative.is_relative_to("ui/frontend") and not relative.is_relative_to("ui/frontend/dist")
            if not is_source and "__pycache__" not in relative.parts:
                yield relative


def test_what_the_image_and_compose_use_exists():
    copied = set(copied_into_the_image())
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert {Path("requirements.txt"), Path("app.py"), Path("server.py"), Path(".streamlit/config.toml")} <= copied
    assert re.search(r'^CMD \["streamlit", "run", "server\.py"', dockerfile, re.MULTILINE)
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    mounted = re.findall(r"- \./([^:]+):", compose)
    assert mounted
    assert [path for path in mounted if not (ROOT / path).is_file()] == []
    assert "read_only: true" in compose
    kept = re.search(r"proxy_cache_path (\S+)", (ROOT / "deploy/nginx.conf").read_text("utf-8"))[1]
    assert f"{kept}:uid=" in compose  # nginx may write there


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_work_in_an_empty_folder():
    """Install, copy, and run as another user with a read-only tree; the app's script runs, and nothing is written."""
    with TemporaryDirectory() as name:  # not tmp_path, which other users cannot open
        folder = Path(name)
        folder.chmod(0o755)
        python, app = install(folder)
        files = set(app.rglob("*"))
        for path in [app, *files]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert answer_of_the_script(python, app) == b"ok"
        assert set(app.rglob("*")) == files


def install(folder):
    """Install the requirements and copy the app; return the paths of Python and of the app."""
    python, app = folder / "venv/bin/python", folder / "app"
    for file in copied_into_the_image():
        (app / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, app / file)
    installed = "/usr/bin/python3" if os.geteuid() == 0 else sys.executable  # root's own may be closed to other users
    subprocess.run([installed, "-m", "venv", folder / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"], cwd=app, check=True)
    return python, app


def answer_of_the_script(python, app):
    """Run the app as another user, if root may choose one; return the answer of its first page's health check."""
    port = free_port()
    command = [python, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1", f"--server.port={port}"]
    command += ["--server.headless=true", "--server.scriptHealthCheckEnabled=true"]
    environment = {"HOME": "/tmp", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
    user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(command, cwd=app, env=environment, **user) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address)
            with urllib.request.urlopen(f"{address}/_stcore/script-health-check") as answer:
                return answer.read()
        finally:
            process.terminate()


def test_the_app_multiplies_matrices_in_one_thread():
    script = (
        "import streamlit, ui.shell.page, threadpoolctl\n"
        "print([one['num_threads'] for one in threadpoolctl.threadpool_info() if one['internal_api'] == 'openblas'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", script]
    counts = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    assert set(json.loads(counts)) == {1}
