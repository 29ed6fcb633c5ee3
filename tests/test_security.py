"""What the app must never do, read from its source: run text as code, put text in as markup, share between sessions."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
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
WRITES_MARKUP = {"ui/markup.py", "ui/page.py", "ui/share.py", "ui/components/document/__init__.py"}
CHANGES = {
    "append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "remove", "discard", "clear", "sort",
    "reverse", "fill", "put",
}  # fmt: skip
"""Methods that change what they are called on."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def root_of(node: ast.expr) -> str | None:
    """The name at the root of a.b[c].d, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def lasting_names(tree: ast.Module) -> set[str]:
    """Names of a module that hold values: what it assigns at its top, and what it has from other rooms of the house."""
    names = set()
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("core.", "ui.")):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def own_names(function: ast.FunctionDef) -> set[str]:
    """What a function binds itself: parameters and whatever it assigns."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {argument.arg for argument in given if argument} | stored


def changed(function: ast.FunctionDef) -> Iterator[str]:
    """The names at the root of whatever a function changes in place."""
    for node in ast.walk(function):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.Delete):
            targets = [target for target in node.targets if not isinstance(target, ast.Name)]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign) and not isinstance(node.target, ast.Name):
            targets = [node.target]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            targets = [node.func.value]
        elif isinstance(node, ast.Global):
            yield from node.names
        yield from (root for target in targets if (root := root_of(target)))


def shared_changes(tree: ast.Module) -> set[str]:
    """Names of the module that outlive a session and that one of its functions changes."""
    lasting = lasting_names(tree)
    return {
        name for function in functions(tree) for name in changed(function) if name in lasting - own_names(function)
    } | {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}


def test_cross_site_requests_are_refused_by_the_apps_own_settings() -> None:
    server = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert "corsAllowedOrigins" not in server


@pytest.mark.parametrize("path", [ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "Makefile"], ids=name_of)
def test_nothing_that_starts_the_app_loosens_them(path: Path) -> None:
    assert not re.search(r"xsrf|cors|trustedUserHeaders", path.read_text("utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_runs_no_text_and_reaches_for_nothing_outside(path: Path) -> None:
    tree = parsed(path)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called & RUNS_TEXT == set()
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in imported if module in REACHES_OUT or module.split(".")[0] in REACHES_OUT} == set()
    assert "secrets" not in {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_markup_is_written_only_where_what_comes_in_is_escaped(path: Path) -> None:
    tree = parsed(path)
    words = {keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords}
    assert "unsafe_allow_html" not in words
    assert ("unsafe_allow_javascript" in words) == (name_of(path) == "ui/components/document/__init__.py")
    html = any(
        isinstance(node, ast.Attribute) and node.attr == "html" and root_of(node) == "st" for node in ast.walk(tree)
    )
    assert not html or name_of(path) in WRITES_MARKUP


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_session_writes_to_what_all_sessions_share(path: Path) -> None:
    assert shared_changes(parsed(path)) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("seen = []\ndef f(x):\n    seen.append(x)", {"seen"}),
        ("kept: dict = {}\ndef f(x):\n    kept['a'] = x", {"kept"}),
        ("last = None\ndef f(x):\n    global last\n    last = x", {"last"}),
        ("from ui.scenarios import SCENARIOS\ndef f(x):\n    del SCENARIOS[x]", {"SCENARIOS"}),
        ("class A: pass\none = A()\ndef f(x):\n    one.name = x", {"one"}),
        ("seen = []\ndef f(seen):\n    seen.append(1)", set()),
        ("import streamlit as st\ndef f(x):\n    st.session_state['a'] = x", set()),
    ],
)
def test_a_write_to_what_is_shared_is_found_in_every_form(source: str, found: set[str]) -> None:
    assert shared_changes(ast.parse(source)) == found


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_runs_no_text_writes_no_markup_and_asks_no_host(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML|innerHTML", text)
    assert not re.search(r"\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon|\bimport\(|https?://", text)


def test_no_secret_is_kept_with_the_source() -> None:
    assert not (ROOT / ".streamlit/secrets.toml").exists()
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
