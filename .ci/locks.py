"""Fails if the locks and pyproject.toml differ, or if a lock holds something it should
not.

A lock names no index, path or option, and has a hash for every package. It holds
everything that pyproject.toml declares, in a version that pyproject.toml allows, and no
other direct requirement. Each of run.txt, meaning.txt and dev.txt holds all of the one
before it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
PACKAGE = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; [^\n\\]+)? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
    r"(?P<via>(?:    #.*\n)+)"
)
OURSELVES = "on-record (pyproject.toml"


class Locked(NamedTuple):
    version: str
    hashes: str
    is_direct: bool


def main() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = declared["project"]["dependencies"]
    meaning = run + declared["project"]["optional-dependencies"]["meaning"]
    dev = meaning + declared["dependency-groups"]["dev"]
    problems = [
        *differences("run.txt", run),
        *differences("meaning.txt", meaning),
        *differences("dev.txt", dev),
        *beyond("run.txt", "meaning.txt"),
        *beyond("meaning.txt", "dev.txt"),
        *npm(),
    ]
    sys.exit("\n".join(problems) or 0)


def locked(lock: str) -> dict[str, Locked]:
    """Returns the lock's packages by name; empty if a line is anything but a package
    with its hashes.
    """
    text = (LOCKS / lock).read_text()
    if PACKAGE.sub("", text):
        return {}
    return {
        canonicalize_name(m["name"]): Locked(
            m["version"], m["hashes"], OURSELVES in m["via"]
        )
        for m in PACKAGE.finditer(text)
    }


def differences(lock: str, declared: list[str]) -> Iterator[str]:
    packages, requirements = locked(lock), [Requirement(line) for line in declared]
    if not packages:
        yield f"{lock}: a line is not a package with its hashes"
    for one in requirements:
        package = packages.get(canonicalize_name(one.name))
        if not package or not one.specifier.contains(package.version):
            yield f"{lock}: {one} is missing"
    for name in {name for name, one in packages.items() if one.is_direct} - {
        canonicalize_name(w.name) for w in requirements
    }:
        yield f"{lock}: {name} is not declared in pyproject.toml"


def beyond(lock: str, larger: str) -> Iterator[str]:
    """The packages of a lock that the larger one lacks or has in another version."""
    packages, others = locked(lock), locked(larger)
    for name, package in packages.items():
        if name not in others or others[name][:2] != package[:2]:
            yield f"{larger}: {name} differs from {lock}"


def npm() -> Iterator[str]:
    packages = json.loads((LOCKS / "npm" / "package-lock.json").read_text())["packages"]
    for name, entry in packages.items():
        if name and ("resolved" in entry or "integrity" not in entry):
            yield f"package-lock.json: no hash, or a URL, for {name}"


if __name__ == "__main__":
    main()
