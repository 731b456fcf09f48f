"""Who may import whom (DESIGN, section 5): a module only from its own layer or one above it in the list."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("archive", "statements", "policies")
EXTRACTION, INFRASTRUCTURE, BASE, STATEMENTS, POLICIES, COMPOSITION = range(1, 7)

INFRASTRUCTURE_MODULES = {
    "archive.core.addresses",
    "archive.wording.anchoring",
    "archive.setup.binaries",
    "archive.setup.bootstrap",
    "archive.citations",
    "archive.wording.differences",
    "archive.listing.csv",
    "archive.listing.facets",
    "archive.setup.postgres",
    "archive.setup.secret",
    "archive.pages.headers",
    "archive.text",
}
BASE_MODULES = {
    "archive.admin",
    "archive.editing.authorship",
    "archive.base",
    "archive.models.changes",
    "archive.listing.columns",
    "archive.listing.documents",
    "archive.listing.csv_views",
    "archive.listing.filterset",
    "archive.listing.answer",
    "archive.jsonld",
    "archive.core.caches",
    "archive.listing.labels",
    "archive.pages.corrections",
    "archive.editing",
    "archive.editing.forms",
    "archive.pages.editors.guide",
    "archive.editing.history_pages",
    "archive.editing.new_version",
    "archive.editing.passages",
    "archive.editing.records",
    "archive.editing.reports",
    "archive.editing.search",
    "archive.editing.steps",
    "archive.models.withdrawn",
    "archive.listing",
    "archive.models",
    "archive.listing.filters",
    "archive.listing.prepared",
    "archive.core.querysets",
    "archive.models.reports",
    "archive.core.roles",
    "archive.core.rules",
    "archive.editing.history",
    "archive.core.triggers",
    "archive.models.failed_searches",
    "archive.editing.versions",
    "archive.editing.workflow",
}
STANDARD_LIBRARY_ONLY = ["manage.py", "archive/setup/bootstrap.py", "archive/setup/messages.py"]


def layer(module: str) -> int:
    if module.startswith("archive.extraction"):
        return EXTRACTION
    package = module.split(".")[1] if module.startswith("archive.") else ""
    if module in INFRASTRUCTURE_MODULES or package in ("search", "setup", "wording"):
        return INFRASTRUCTURE
    if module in BASE_MODULES or package in ("core", "models", "listing", "editing", "templatetags"):
        return BASE
    return {"statements": STATEMENTS, "policies": POLICIES}.get(module.split(".", maxsplit=1)[0], COMPOSITION)


def modules() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """Every module a file names in an import; `from archive import triggers` names archive.core.triggers."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if is_module(name) else node.module for name in below)


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_a_module_imports_only_from_its_own_layer_or_one_above(path):
    own = layer(name_of(path))
    ours = [name for name in imported(path) if name.split(".")[0] in APPS]
    assert [name for name in ours if layer(name) > own] == []


def test_a_module_that_imports_upwards_is_noticed():
    assert (
        layer("policies.models")
        > layer("statements.models")
        > layer("archive.models")
        > layer("archive.listing.facets")
    )
    assert layer("archive.pages.home") > layer("policies.views")
    assert "policies.models" in set(imported(ROOT / "archive" / "pages" / "home.py"))


@pytest.mark.parametrize("path", STANDARD_LIBRARY_ONLY)
def test_what_runs_before_anything_is_installed_needs_the_standard_library_only(path):
    """At import; functions that run inside .venv may import more."""
    top = ast.Module([node for node in ast.parse((ROOT / path).read_text()).body if is_import(node)], [])
    names = {alias.name for node in top.body if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in top.body if isinstance(node, ast.ImportFrom)}
    roots = {name.split(".")[0] for name in names if not name.startswith("archive.setup")}
    assert roots <= sys.stdlib_module_names


def is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_extraction_knows_no_django():
    for path in (ROOT / "archive" / "extraction").rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] == "django"], path
