"""Imports run one way: app → pages → ui → core, pages → core, and inside ui from the special to the general."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"app": {"pages", "ui"}, "pages": {"ui", "core"}, "ui": {"ui", "core"}, "core": {"core"}}
CORE_IS_BUILT_ON = {"numpy", "pandas"}
UI_ORDER = (
    "i18n", "look", "state", "components", "data", "lecture", "softmax", "loss", "training", "comparison", "shell",
)  # fmt: skip
"""The packages of ui; each imports only from itself and from those before it."""

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


def ui_packages_imported(source):
    """The packages of ui that a module imports from, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "ui" else [node.module]
        yield from (name.split(".")[1] for name in names if name.startswith("ui."))


def against_the_order(path, source):
    """Packages of ui that a module of ui may not import from."""
    if path.parts[0] != "ui" or len(path.parts) == 2:
        return set()
    allowed = UI_ORDER[: UI_ORDER.index(path.parts[1]) + 1]
    return set(ui_packages_imported(source)) - set(allowed)


def test_every_package_of_ui_has_its_place_in_the_order_and_says_what_is_in_it():
    packages = {path.parts[1] for path in FILES if path.parts[0] == "ui" and len(path.parts) > 2}
    assert packages == set(UI_ORDER)
    assert all(ast.get_docstring(ast.parse(source(Path("ui", name, "__init__.py")))) for name in UI_ORDER)


def test_inside_ui_a_module_imports_only_from_packages_before_its_own():
    assert offenders(lambda path: against_the_order(path, source(path))) == {}


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("ui/look/html.py", "from ui.state import widgets", {"state"}),
        ("ui/look/html.py", "from ui import state, i18n", {"state"}),
        ("ui/components/curves/__init__.py", "def f():\n    import ui.training.scene", {"training"}),
        ("ui/training/scene.py", "from ui.data.picker import class_names\nfrom ui.training import model", set()),
    ],
)
def test_an_import_against_the_order_is_found_in_every_form(path, source, found):
    assert against_the_order(Path(path), source) == found


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
