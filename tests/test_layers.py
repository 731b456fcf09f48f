"""Which module may import which: a module imports only from its own
layer or one above it in the list.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("archive", "statements", "policies")
LAYERS = [
    ["archive.extraction"],
    [
        "archive.cards",
        "archive.charts",
        "archive.citations",
        "archive.meaning",
        "archive.search",
        "archive.setup",
        "archive.wording",
    ],
    [
        "archive.core",
        "archive.models",
        "archive.listing",
        "archive.editing",
        "archive.admin",
        "archive.templatetags",
    ],
    ["statements"],
    ["policies"],
    [
        "archive.alerts",
        "archive.pages",
        "archive.site_search",
        "archive.data",
        "archive.desk",
        "archive.importing",
        "archive.serving",
        "archive.audit",
        "archive.devtools",
        "archive.management",
        "archive.ingest",
        "archive.settings",
        "archive.urls",
        "archive.rsgi",
        "archive.wsgi",
    ],
]
STANDARD_LIBRARY_ONLY = [
    "manage.py",
    "archive/setup/bootstrap.py",
    "archive/setup/messages.py",
    "archive/setup/packages.py",
]
# Imports inside a function: the imported module does not exist yet, or must not be
# loaded yet, when the importing module is.
LATE = {
    (
        "archive.setup.bootstrap",
        "archive.setup.postgres",
    ),  # psycopg is not installed yet
    ("archive.setup.bootstrap", "archive.setup.watch"),  # nor here
    # the parent of the workers loads no models
    ("archive.serving.server", "archive.serving.indexing"),
    ("archive.serving.server", "archive.serving.meaning"),
    ("archive.serving.server", "archive.rsgi"),
    # they need packages of an extra
    ("archive.devtools.benchmarks.meaning", "archive.meaning.model"),
    ("archive.devtools.benchmarks.meaning", "archive.meaning.vectors"),
    ("archive.devtools.benchmarks.search", "archive.meaning.model"),
    ("archive.devtools.benchmarks.search", "archive.meaning.service"),
    ("archive.devtools.benchmarks.search", "archive.meaning.vectors"),
}


def package(module: str) -> str:
    """Returns, for example, archive.pages for archive.pages.home and statements for
    statements.models.speakers.
    """
    return ".".join(module.split(".")[: 2 if module.startswith("archive.") else 1])


def layer(module: str) -> int:
    return next(
        layer_number
        for layer_number, packages in enumerate(LAYERS, 1)
        if package(module) in packages
    )


def modules() -> list[Path]:
    paths = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return [
        path
        for path in paths
        if "migrations" not in path.parts and path != ROOT / "archive" / "__init__.py"
    ]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def imported(path: Path, *, late: bool | None = None) -> Iterator[str]:
    """Yields our modules that a file imports; with `late` True only those imported
    inside a function, with False only the others.
    """
    for name, is_late in imports(path):
        if late is None or is_late == late:
            yield name


@cache
def imports(path: Path) -> list[tuple[str, bool]]:
    """Returns our modules that a file imports, each with whether a function does."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    return [
        (name, id(node) in inside)
        for node in ast.walk(tree)
        for name in names_in(node)
        if name.split(".")[0] in APPS
    ]


def names_in(node: ast.AST) -> Iterator[str]:
    """Yields the imported modules; `from archive.core import triggers` imports
    archive.core.triggers.
    """
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        below = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name if is_module(name) else node.module for name in below)


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@cache
def graph() -> dict[str, set[str]]:
    return {
        name_of(path): set(imported(path, late=False)) - {name_of(path)}
        for path in modules()
    }


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """Returns the names from which a path of imports leads back to themselves."""
    reached = {name: set(targets) for name, targets in arrows.items()}
    for through in arrows:
        for targets in reached.values():
            if through in targets:
                targets.update(reached[through])
    return sorted(name for name, targets in reached.items() if name in targets)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_from_its_own_layer_or_one_above(path):
    own = layer(name_of(path))
    assert [name for name in imported(path) if layer(name) > own] == []


def test_a_module_that_imports_upwards_is_noticed():
    assert (
        layer("policies.models")
        > layer("statements.models")
        > layer("archive.models")
        > layer("archive.search")
    )
    assert layer("archive.pages.home") > layer("policies.views")
    assert "policies.models" in set(imported(ROOT / "archive" / "pages" / "home.py"))


def test_no_circle_of_imports():
    assert circles(graph()) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


def test_the_index_answers_a_question_whoever_asked_it():
    assert (
        not {"archive.listing.filterset", "archive.listing.filters"}
        & graph()["archive.listing.answer"]
    )


def test_no_circle_of_packages():
    arrows: dict[str, set[str]] = {}
    for module, names in graph().items():
        arrows.setdefault(package(module), set()).update(
            package(name) for name in names
        )
    assert circles({name: targets - {name} for name, targets in arrows.items()}) == []


def test_an_import_inside_a_function_has_a_reason():
    late = {
        (name_of(path), name)
        for path in modules()
        for name in imported(path, late=True)
    }
    assert late == LATE


def test_the_map_of_the_readme_has_a_row_for_each_package_in_its_layer():
    readme = (
        (ROOT / "README.md")
        .read_text()
        .partition("\n## Map\n")[2]
        .partition("\n## ")[0]
    )
    rows = re.findall(r"^\| (\d) \| (.+?) \|", readme, re.M)
    layers_in_readme = {
        (name.rstrip("/").replace("/", "."), int(layer_number))
        for layer_number, names in rows
        for name in re.findall("`(.+?)`", names)
    }
    assert layers_in_readme == {
        (name, layer_number)
        for layer_number, names in enumerate(LAYERS, 1)
        for name in names
    }
    assert {package(name_of(path)) for path in modules()} == {
        name for names in LAYERS for name in names
    }


@pytest.mark.parametrize("path", STANDARD_LIBRARY_ONLY)
def test_what_runs_before_anything_is_installed_needs_the_standard_library_only(path):
    """At import; functions that run inside .venv may import more."""
    tree = ast.parse((ROOT / path).read_text())
    names = {name for node in tree.body for name in names_in(node)}
    assert {
        name.split(".")[0] for name in names if not name.startswith("archive.setup.")
    } <= sys.stdlib_module_names


def test_extraction_knows_no_django():
    for path in (ROOT / "archive" / "extraction").rglob("*.py"):
        roots = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            for name in names_in(node)
        }
        assert "django" not in roots, path
