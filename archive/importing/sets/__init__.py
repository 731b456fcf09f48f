"""The shipped sets: what they are, and what they hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "sets"
DEMO = ("state-of-the-state-2019", "us-congress", "nyc-council")


@dataclass(frozen=True)
class Files:
    """Files of one kind; `demo` are those of the demo."""

    kind: str
    paths: tuple[Path, ...]
    demo: tuple[Path, ...]


@dataclass(frozen=True)
class Set:
    """`name` is also the source of its records' ids."""

    name: str
    title: str
    summary: str
    credit: str
    licence: str
    licence_url: str
    url: str
    files: tuple[Files, ...]
    same_as: Mapping[str, str]


def names() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/set.toml"))


def read(name: str) -> Set:
    folder = FOLDER / name
    content = tomllib.loads((folder / "set.toml").read_text("utf-8"))
    files = tuple(_files(folder, each) for each in content.pop("files"))
    same_as = content.pop("same_as")
    return Set(name=name, files=files, same_as=same_as, **content)


def _files(folder: Path, each: dict[str, object]) -> Files:
    paths, demo = each["paths"], each.get("demo", each["paths"])
    return Files(str(each["kind"]), _paths(folder, paths), _paths(folder, demo))


def _paths(folder: Path, names: object) -> tuple[Path, ...]:
    return tuple(folder / str(name) for name in names)  # type: ignore[attr-defined]
