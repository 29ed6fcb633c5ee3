"""What the app must never do, read from its source: run text as code, put text in as markup."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "app.py", *(path for part in ("core", "pages", "ui") for path in sorted((ROOT / part).rglob("*.py")))]
SCRIPTS = sorted((ROOT / "ui").rglob("*.js"))

RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
REACHES_OUT = {
    "os",
    "subprocess",
    "socket",
    "urllib.request",
    "http",
    "requests",
    "pickle",
    "marshal",
    "shelve",
    "ctypes",
}
ALLOWED_MARKUP = {
    **{path: {"st.html"} for path in ("ui/look/html.py", "ui/shell/page.py", "ui/shell/share.py")},
    "ui/components/document/__init__.py": {"st.html", "unsafe_allow_javascript"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def root_of(node: ast.expr) -> str | None:
    """The name at the root of a.b[c].d, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def test_cross_site_requests_are_refused_by_the_apps_own_settings() -> None:
    server = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert "corsAllowedOrigins" not in server


@pytest.mark.parametrize("path", [ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "Makefile"], ids=name_of)
def test_nothing_that_starts_the_app_loosens_them(path: Path) -> None:
    assert not re.search(r"xsrf|cors|trustedUserHeaders", path.read_text("utf-8"), re.IGNORECASE)


def offenders(paths: Iterable[Path], found: Callable[[Path], Iterable[str]]) -> dict[str, set[str]]:
    """Files and what was found in them, without those in which nothing was."""
    return {name_of(path): things for path in paths if (things := set(found(path)))}


def runs_text(path: Path) -> set[str]:
    tree = parsed(path)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return called & RUNS_TEXT


def reaches_out(path: Path) -> set[str]:
    tree = parsed(path)
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    reached = {module for module in modules if module in REACHES_OUT or module.split(".")[0] in REACHES_OUT}
    return reached | ({"secrets"} & attributes)


def writes_markup(path: Path) -> set[str]:
    tree, name = parsed(path), name_of(path)
    words = {str(keyword.arg) for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords}
    html = any(
        isinstance(node, ast.Attribute) and node.attr == "html" and root_of(node) == "st" for node in ast.walk(tree)
    )
    found = words & {"unsafe_allow_html", "unsafe_allow_javascript"} | ({"st.html"} if html else set())
    return found - (ALLOWED_MARKUP.get(name) or set())


def unsafe_script(path: Path) -> list[str]:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    markup = r"\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML|innerHTML"
    hosts = r"\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon|\bimport\(|https?://"
    return re.findall(f"{markup}|{hosts}", text)


def test_no_module_runs_text() -> None:
    assert offenders(SOURCES, runs_text) == {}


def test_no_module_reaches_for_anything_outside() -> None:
    assert offenders(SOURCES, reaches_out) == {}


def test_markup_is_written_only_where_what_comes_in_is_escaped() -> None:
    assert offenders(SOURCES, writes_markup) == {}


def test_no_script_runs_text_writes_markup_or_asks_a_host() -> None:
    assert offenders(SCRIPTS, unsafe_script) == {}


def test_no_secret_is_kept_with_the_source() -> None:
    assert not (ROOT / ".streamlit/secrets.toml").exists()
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
