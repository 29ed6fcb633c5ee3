"""Imports run one way: app → pages → ui → core, and pages → core."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"app": {"pages", "ui"}, "pages": {"ui", "core"}, "ui": {"ui", "core"}, "core": {"core"}}
CORE_IS_BUILT_ON = {"numpy", "pandas"}

FILES = [path.relative_to(ROOT) for layer in MAY_IMPORT for path in sorted(ROOT.glob(f"{layer}.py"))] + [
    path.relative_to(ROOT) for layer in MAY_IMPORT for path in sorted(ROOT.glob(f"{layer}/**/*.py"))
]


def layer_of(path):
    return path.parts[0].removesuffix(".py")


def imported(source, layer):
    """Top-level packages that a module of this layer imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield layer if node.level else node.module.split(".")[0]


def against_the_arrows(source, layer):
    return {name for name in imported(source, layer) if name in MAY_IMPORT} - MAY_IMPORT[layer]


def offenders(found):
    """Files and what was found in them, without those in which nothing was."""
    return {str(path): things for path in FILES if (things := set(found(path)))}


def source(path):
    return (ROOT / path).read_text(encoding="utf-8")


def test_a_module_imports_only_what_lies_below_it():
    assert offenders(lambda path: against_the_arrows(source(path), layer_of(path))) == {}


def test_core_is_built_on_numpy_and_pandas_alone():
    def others(path):
        known = sys.stdlib_module_names | {"core"} | CORE_IS_BUILT_ON
        return set(imported(source(path), "core")) - known if layer_of(path) == "core" else ()

    assert offenders(others) == {}


def unbounded_caches(source):
    """Names of functions with parameters whose results are kept without a limit on how many."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in function.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name not in {"cache", "lru_cache", "cache_data", "cache_resource"}:
                continue
            options = {option.arg: option.value for option in getattr(decorator, "keywords", [])}
            limit = options.get("maxsize") or options.get("max_entries")
            parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            if parameters and (limit is None or ast.unparse(limit) == "None"):
                yield function.name


def test_every_cache_has_a_limit():
    assert offenders(lambda path: unbounded_caches(source(path))) == {}


@pytest.mark.parametrize(
    "decorator", ["cache", "functools.cache", "lru_cache(maxsize=None)", "st.cache_data", "st.cache_resource(ttl=3)"]
)
def test_a_cache_without_a_limit_is_found(decorator):
    assert list(unbounded_caches(f"@{decorator}\ndef kept(key): ...")) == ["kept"]


@pytest.mark.parametrize(
    ("layer", "source", "found"),
    [
        ("core", "import ui.state", {"ui"}),
        ("core", "def f():\n    from pages import training", {"pages"}),
        ("ui", "if True:\n    from pages.training import page", {"pages"}),
        ("ui", "import app as a, core", {"app"}),
        ("pages", "from pages.softmax import page", {"pages"}),
        ("pages", "from . import softmax", {"pages"}),
        ("app", "from core import train", {"core"}),
        ("pages", "import numpy\nfrom core import train\nfrom ui.state import State", set()),
    ],
)
def test_an_import_against_the_arrows_is_found_in_every_form(layer, source, found):
    assert against_the_arrows(source, layer) == found
