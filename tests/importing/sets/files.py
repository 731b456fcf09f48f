"""Reads the files of the shipped sets without the importer: the second opinion."""

import csv
import io
import json
import lzma
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "sets"
SPEECHES, CONGRESS, COUNCIL = "state-of-the-state-2019", "us-congress", "nyc-council"


@cache
def rows(name: str, *files: str) -> list[dict]:
    return [row for file in files for row in _read(FOLDER / name / file)]


def _read(path: Path) -> list[dict]:
    text = lzma.decompress(path.read_bytes()).decode()
    if ".jsonl" in path.suffixes:
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text)))


def proposals() -> list[dict]:
    names = ("proposals-disputed.jsonl.xz", "proposals-other.jsonl.xz")
    return rows(COUNCIL, *names)


def positions() -> list[dict]:
    return rows(COUNCIL, "positions-disputed.csv.xz", "positions-other.csv.xz")
