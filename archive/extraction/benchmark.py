"""Measures the accuracy and speed of the engine; prints nothing itself."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.extraction import reliability
from archive.extraction.engine import extract
from archive.extraction.goldset import Article, compare, read
from archive.extraction.output import as_line

_ROOT = Path(__file__).resolve().parents[2]
OWN_GOLD = _ROOT / "tests" / "extraction" / "gold"
_SCORER_SECONDS = 600


def run(data: Path | None = None) -> Iterator[str]:
    """Returns lines to print: precision, recall, F1 and articles per second, on the
    project's own gold set and on *data*.

    data: a folder with dev.jsonl and score.py in the format of the shared extraction
    data, or None. The scorer runs as a separate program, so the figures are the
    scorer's own. Raises FileNotFoundError if *data* lacks a file.
    """
    yield from _project_gold_set(OWN_GOLD)
    if data is None:
        yield (
            "No folder with a dev set was given (--data): only the project's own gold "
            "set was measured."
        )
        return
    for name in ("dev.jsonl", "score.py"):
        if not (data / name).is_file():
            raise FileNotFoundError(f"{data / name} is missing.")
    yield from _dev(data)


def _project_gold_set(folder: Path) -> Iterator[str]:
    articles = [read(path) for path in sorted(folder.glob("*.txt"))]
    if not articles:
        yield (
            f"The project's own gold set is not here ({folder.name}/ holds no "
            "articles)."
        )
        return
    started = time.perf_counter()
    drafts = [extract(article.text) for article in articles]
    seconds = time.perf_counter() - started
    yield (
        f"own gold set: {len(articles)} articles, {len(articles) / seconds:.0f} "
        "articles/s"
    )
    totals = _totals(
        articles, [compare(a, d) for a, d in zip(articles, drafts, strict=True)]
    )
    for kind, (right, actual, expected) in totals.items():
        yield f"  {kind:9} {_figures(right, actual, expected)}  ({right} of {expected})"


def _totals(
    articles: list[Article], results: list[dict[str, tuple[int, int, int]]]
) -> dict[str, tuple[int, int, int]]:
    kinds = sorted({kind for result in results for kind in result})
    return {
        kind: tuple(  # type: ignore[misc]
            sum(r.get(kind, (0, 0, 0))[i] for r in results) for i in range(3)
        )
        for kind in kinds
    }


def _figures(right: int, actual: int, expected: int) -> str:
    precision = 100 * right / actual if actual else 0.0
    recall = 100 * right / expected if expected else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}"


def _dev(data: Path) -> Iterator[str]:
    records = [
        json.loads(line)
        for line in (data / "dev.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    started = time.perf_counter()
    drafts = [extract(record["text"]) for record in records]
    seconds = time.perf_counter() - started
    lines = [
        as_line(r["id"], r["text"], d) for r, d in zip(records, drafts, strict=True)
    ]
    scores = _score(data, lines)
    yield f"dev set: {len(records)} articles, {len(records) / seconds:.0f} articles/s"
    for track in ("quoted", "indirect"):
        figures = scores[track]
        for name, key in (("span, overlap", "overlap"), ("span and speaker", "e2e")):
            part = figures[key]
            yield (
                f"  {track:9} {name:17} P {part['P']:5.1f}  R {part['R']:5.1f}  F1 "
                f"{part['F1']:5.1f}"
            )
        yield f"  {track:9} {_names(figures)}"
    yield from reliability.table(records, drafts)


def _names(figures: dict[str, Any]) -> str:
    labels = {
        "att": "speaker's words",
        "name_name": "name of a named speaker",
        "name_pronoun": "name behind he or she",
        "name_verified": "of these, read by hand",
    }
    parts = (
        f"{text} {figures[key]['acc']} (n={figures[key]['n']})"
        for key, text in labels.items()
    )
    return "right: " + ", ".join(parts)


def _score(data: Path, lines: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(
        "w", suffix=".jsonl", encoding="utf-8"
    ) as predictions:
        predictions.writelines(
            json.dumps(line, ensure_ascii=False) + "\n" for line in lines
        )
        predictions.flush()
        command = [
            sys.executable,
            str(data / "score.py"),
            str(data / "dev.jsonl"),
            predictions.name,
            "--json",
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SCORER_SECONDS,
        )
    if done.returncode:
        raise RuntimeError(f"score.py failed: {done.stderr.strip()[-300:]}")
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores
