"""What the shipped sets cost: loading, loading again, the index, `verify`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.core.management.base import CommandError

from archive.audit import verify
from archive.devtools.benchmarks.bulk import server_seconds
from archive.devtools.benchmarks.importing import memory
from archive.importing import sets
from archive.importing.sets import loading
from archive.models import Article
from archive.serving import indexing


def run(**_options: object) -> Iterator[str]:
    """CPU seconds here and in PostgreSQL, and the most memory that both had so far. It
    writes to the archive, which must hold the first article at most.
    """
    if Article.objects.count() > 1:
        raise CommandError(
            "This benchmark fills an archive: name an empty folder in ON_RECORD_DATA, "
            "and run migrate there first."
        )
    indexing.rebuild()
    names = sets.names()
    for label in ("loaded", "loaded again"):
        for name in names:
            yield _timed(f"{name}, {label}", partial(_load, name))
    yield _timed("the index, brought up to date", lambda: f"{indexing.refresh():,}")
    yield _timed("verify", _verify)


def _load(name: str) -> str:
    loaded = loading.load(sets.read(name))
    counts: dict[str, int] = {}
    for _order, outcome in loaded:
        for what, number in outcome.report.counts.items():
            counts[what] = counts.get(what, 0) + number
    return ", ".join(f"{what} {number:,}" for what, number in counts.items() if number)


def _verify() -> str:
    with verify.one_snapshot():
        problems = sum(1 for _problem in verify.problems())
    return f"{problems} problems"


def _timed(label: str, work: Callable[[], str]) -> str:
    app, database = time.process_time(), server_seconds()
    outcome = work()
    app, database = time.process_time() - app, server_seconds() - database
    return (
        f"{label}: {app + database:5.1f} s CPU ({app:.1f} app, {database:.1f} "
        f"PostgreSQL), at most {memory()} MB; {outcome}"
    )
