"""Static checks of the source: it does not run text as code, insert text as markup or access other hosts."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [
    ROOT / "app.py",
    *(
        path
        for part in ("core", "pages", "ui")
        for path in sorted((ROOT / part).rglob("*.py"))
        if "node_modules" not in path.parts
    ),
]
SCRIPTS = sorted((ROOT / "ui/frontend/src").rglob("*.js"))

CODE_EXECUTION = {"eval", "exec", "compile", "__import__"}
SYSTEM_MODULES = {
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
ALLOWED_SYSTEM_ACCESS = {
    "core/workbook.py": {"subprocess"},
    "ui/__init__.py": {"os"},
    "ui/classroom/database.py": {"secrets"},
}
"""core/workbook.py runs core/workbook_process.py, so that a hostile workbook ends that process and not the app.
ui/__init__.py sets the number of threads of NumPy. ui/classroom/database.py reads the address of the database, which
contains a password, from secrets.toml."""

ALLOWED_REQUESTS = {"ui/frontend/src/training_stage/channel.js": {"fetch("}}
"""The stage asks the app's own server for rows, at a URL relative to the page."""

ALLOWED_MARKUP = {
    **{path: {"st.html"} for path in ("ui/look/html.py", "ui/shell/page.py")},
    "ui/look/terms.py": {"unsafe_allow_html"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def root_of(node: ast.expr) -> str | None:
    """Return the name at the root of a.b[c].d, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def test_the_settings_refuse_cross_site_requests() -> None:
    server = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert "corsAllowedOrigins" not in server


@pytest.mark.parametrize("path", [ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "Makefile"], ids=name_of)
def test_no_start_script_changes_these_settings(path: Path) -> None:
    assert not re.search(r"xsrf|cors|trustedUserHeaders", path.read_text("utf-8"), re.IGNORECASE)


def offenders(paths: Iterable[Path], found: Callable[[Path], Iterable[str]]) -> dict[str, set[str]]:
    """Return what `found` finds in each file, without the files in which it finds nothing."""
    return {name_of(path): names for path in paths if (names := set(found(path)))}


def code_execution(path: Path) -> set[str]:
    tree = parsed(path)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return called & CODE_EXECUTION


def system_access(path: Path) -> set[str]:
    tree = parsed(path)
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    system_modules = {
        module for module in modules if module in SYSTEM_MODULES or module.split(".")[0] in SYSTEM_MODULES
    }
    return system_modules | ({"secrets"} & attributes)


def unescaped_markup(path: Path) -> set[str]:
    tree, name = parsed(path), name_of(path)
    keywords = {str(keyword.arg) for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords}
    html = any(
        isinstance(node, ast.Attribute) and node.attr == "html" and root_of(node) == "st" for node in ast.walk(tree)
    )
    found = keywords & {"unsafe_allow_html", "unsafe_allow_javascript"} | ({"st.html"} if html else set())
    return found - (ALLOWED_MARKUP.get(name) or set())


def unsafe_javascript(path: Path) -> list[str]:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    markup = r"\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML|innerHTML"
    # import("./file.js") in a comment names a type.
    hosts = r"\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon|\bimport\((?!\"\.)|https?://"
    return re.findall(f"{markup}|{hosts}", text)


def test_no_module_executes_text_as_code() -> None:
    assert offenders(SOURCES, code_execution) == {}


def test_no_module_uses_the_system_or_the_network() -> None:
    assert offenders(SOURCES, system_access) == ALLOWED_SYSTEM_ACCESS


def test_markup_is_written_only_by_modules_that_escape_text() -> None:
    assert offenders(SOURCES, unescaped_markup) == {}


def test_no_script_executes_text_or_writes_markup_and_only_one_sends_requests() -> None:
    assert SCRIPTS
    assert offenders(SCRIPTS, unsafe_javascript) == ALLOWED_REQUESTS


def test_no_secrets_are_in_the_repository() -> None:
    assert not (ROOT / ".streamlit/secrets.toml").exists()
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
