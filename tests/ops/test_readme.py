"""Every README leads where it says: links, headings, paths and commands exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("archive", "statements", "policies", "tests")
README = ROOT / "README.md"
PAGES = [
    README,
    ROOT / "CHANGELOG.md",
    *sorted(path for name in FOLDERS for path in (ROOT / name).rglob("README.md")),
]
# lines; every other page has 120. The changelog grows with every release.
LIMITS = {README: 150, ROOT / "CHANGELOG.md": 1_000}
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(
    r"(?<![\w./(-])"
    r"((?:archive|statements|policies|tests|templates|static|fixtures|requirements)"
    r"/[\w./*-]*[\w/*])"
)
COMMAND = re.compile(r"manage\.py (\w+)")
MODULES = re.compile(r"^\| module \|.*\n\|---.*\n((?:\|.*\n?)+)", re.MULTILINE)
PLACEHOLDERS = {"COMMAND", "NAME"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def headings(path: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles
    }


def linked(path: Path) -> list[tuple[Path, str]]:
    """(file, anchor) of every relative link."""
    urls = [url for url in LINK.findall(path.read_text()) if "://" not in url]
    parts = [url.partition("#") for url in urls]
    return [
        ((path.parent / file).resolve() if file else path, anchor)
        for file, _, anchor in parts
    ]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_relative_link_leads_to_a_file_and_a_heading(path):
    for target, anchor in linked(path):
        assert target.exists(), target
        assert not anchor or anchor in headings(target), f"{name_of(target)}#{anchor}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_keeps_to_its_length(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= LIMITS.get(path, 120)
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_path_of_the_project_exists(path):
    missing = [one for one in PATH.findall(path.read_text()) if not any(matches(one))]
    assert missing == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_exists(path):
    commands = {*get_commands(), *PLACEHOLDERS}
    assert set(COMMAND.findall(path.read_text())) <= commands


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_the_table_of_modules_names_what_is_in_the_package(path):
    rows = "".join(MODULES.findall(path.read_text())).splitlines()
    names = [name for row in rows for name in re.findall("`(.+?)`", row.split("|")[1])]
    for name in names:
        module = path.parent / name
        assert module.is_dir() or module.with_suffix(".py").exists(), name


def test_two_links_lead_from_the_readme_to_every_page():
    first = {target for target, _ in linked(README)}
    second = {
        target for page in first if page.suffix == ".md" for target, _ in linked(page)
    }
    assert set(PAGES) - {README} <= first | second


def matches(path: str) -> list[Path]:
    """The files of a path; a module may be named without its .py."""
    return [*ROOT.glob(path.rstrip("/")), *ROOT.glob(f"{path}.py")]
