"""Imports a text as a file of a kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive.importing import mapping, running
from archive.importing.kinds import KINDS
from archive.importing.problems import Refused
from archive.importing.running import Order, Outcome

SPEECH = "Good evening.\nWe will build a bridge. It costs little.\nWe will fight. Yes."


class Importer:
    """Imports into the archive of a test, from files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, kind: str, text: str | bytes, name: str = "file.csv", **options: Any
    ) -> Outcome:
        return running.run(self.order(kind, self.file(text, name), **options))

    def file(self, text: str | bytes, name: str = "file.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def order(self, kind: str, *paths: Path, map: str = "", **options: Any) -> Order:
        lost = options.pop("max_lost", 100)
        toml = self.folder / "map.toml"
        source = f"source = {json.dumps(options.pop('source', 'test'))}\n"
        toml.write_text(f"{source}max_lost = {lost}\n{map}")
        loaded = mapping.load(toml, KINDS[kind].columns)
        return Order(KINDS[kind], paths, loaded, **options)

    def refused(self, kind: str, text: str | bytes, *arguments: Any, **options: Any):
        """The problems' lines of an import that is refused."""
        try:
            self(kind, text, *arguments, **options)
        except Refused as refusal:
            return refusal.problems.lines()
        raise AssertionError("it was not refused")


def counts(outcome: Outcome) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "linked", "conflicts", "lost")
    return {
        name: outcome.report.counts[name]
        for name in names
        if outcome.report.counts[name]
    }
