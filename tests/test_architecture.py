"""Imports have one direction: app → pages → ui → core, pages → core, and within ui the order of UI_ORDER."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"app": {"pages", "ui"}, "pages": {"ui", "core"}, "ui": {"ui", "core"}, "core": {"core"}}
CORE_DEPENDENCIES = {"numpy", "pandas", "charset_normalizer", "python_calamine"}
UI_ORDER = (
    "i18n", "look", "state", "components", "data", "calibration", "lecture", "classroom", "softmax", "loss", "training",
    "digits", "comparison", "shell",
)  # fmt: skip
"""The packages of ui. Each imports only from itself and the packages before it."""

FILES = [path.relative_to(ROOT) for layer in MAY_IMPORT for path in sorted(ROOT.glob(f"{layer}.py"))] + [
    path.relative_to(ROOT)
    for layer in MAY_IMPORT
    for path in sorted(ROOT.glob(f"{layer}/**/*.py"))
    if "node_modules" not in path.parts
]


def layer_of(path):
    return path.parts[0].removesuffix(".py")


def imported_packages(source, layer):
    """Yield the top-level packages that a module of this layer imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield layer if node.level else node.module.split(".")[0]


def forbidden_layers(source, layer):
    return {name for name in imported_packages(source, layer) if name in MAY_IMPORT} - MAY_IMPORT[layer]


def offenders(found):
    """Return what `found` finds in each file, without the files in which it finds nothing."""
    return {str(path): names for path in FILES if (names := set(found(path)))}


def source(path):
    return (ROOT / path).read_text(encoding="utf-8")


def test_a_module_imports_only_from_its_own_and_lower_layers():
    assert offenders(lambda path: forbidden_layers(source(path), layer_of(path))) == {}


def imported_ui_packages(source):
    """Yield the packages of ui that a module imports from, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "ui" else [node.module]
        yield from (name.split(".")[1] for name in names if name.startswith("ui."))


def forbidden_ui_packages(path, source):
    """Return the packages that a module of ui imports from but must not."""
    if path.parts[0] != "ui" or len(path.parts) == 2:
        return set()
    allowed = UI_ORDER[: UI_ORDER.index(path.parts[1]) + 1]
    return set(imported_ui_packages(source)) - set(allowed)


def test_every_package_of_ui_is_in_the_order_and_has_a_docstring():
    packages = {path.parts[1] for path in FILES if path.parts[0] == "ui" and len(path.parts) > 2}
    assert packages == set(UI_ORDER)
    assert all(ast.get_docstring(ast.parse(source(Path("ui", name, "__init__.py")))) for name in UI_ORDER)


def test_a_module_of_ui_imports_only_from_its_own_and_earlier_packages():
    assert offenders(lambda path: forbidden_ui_packages(path, source(path))) == {}


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("ui/look/html.py", "from ui.state import widgets", {"state"}),
        ("ui/look/html.py", "from ui import state, i18n", {"state"}),
        ("ui/components/curves.py", "def f():\n    import ui.training.scene", {"training"}),
        ("ui/training/scene.py", "from ui.data.picker import class_names\nfrom ui.training import model", set()),
    ],
)
def test_every_form_of_import_from_a_later_ui_package_is_found(path, source, found):
    assert forbidden_ui_packages(Path(path), source) == found


def test_core_depends_only_on_numpy_and_libraries_that_read_tables():
    def other_packages(path):
        allowed = sys.stdlib_module_names | {"core"} | CORE_DEPENDENCIES
        return set(imported_packages(source(path), "core")) - allowed if layer_of(path) == "core" else ()

    assert offenders(other_packages) == {}


def comparable_dataclasses_with_arrays(source):
    """Yield the names of dataclasses that hold arrays and have an `==`, which would raise ValueError."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        fields = [ast.unparse(field.annotation) for field in node.body if isinstance(field, ast.AnnAssign)]
        is_comparable = any("dataclass" in text and "eq=False" not in text for text in decorators)
        if is_comparable and any(name in text for text in fields for name in ("Floats", "Labels", "NDArray")):
            yield node.name


def test_no_dataclass_with_arrays_has_an_equality_that_raises():
    assert offenders(lambda path: comparable_dataclasses_with_arrays(source(path))) == {}


@pytest.mark.parametrize("field", ["Floats", "Floats | None", "list[NDArray[np.intp]]"])
def test_a_comparable_dataclass_with_arrays_is_found(field):
    source = f"@dataclass(frozen=True{{}})\nclass Data:\n    X: {field}"
    assert list(comparable_dataclasses_with_arrays(source.format(""))) == ["Data"]
    assert list(comparable_dataclasses_with_arrays(source.format(", eq=False"))) == []


def unbounded_caches(source):
    """Yield the names of functions with parameters that have a cache without a maximum size."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in function.decorator_list:
            name = ast.unparse(getattr(decorator, "func", decorator)).split(".")[-1]
            if name not in {"cache", "lru_cache", "cache_data", "cache_resource"}:
                continue
            options = {option.arg: option.value for option in getattr(decorator, "keywords", [])}
            limit = options.get("maxsize") or options.get("max_entries")
            parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            if parameters and (limit is None or ast.unparse(limit) == "None"):
                yield function.name


def test_every_cache_has_a_maximum_size():
    assert offenders(lambda path: unbounded_caches(source(path))) == {}


@pytest.mark.parametrize(
    "decorator", ["cache", "functools.cache", "lru_cache(maxsize=None)", "st.cache_data", "st.cache_resource(ttl=3)"]
)
def test_a_cache_without_a_maximum_size_is_found(decorator):
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
def test_every_form_of_import_from_a_higher_layer_is_found(layer, source, found):
    assert forbidden_layers(source, layer) == found
