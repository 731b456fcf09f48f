"""What an import costs: positions from a CSV file, first, again, and with changes."""

from __future__ import annotations

import csv
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from archive.core.publishing import Status
from archive.devtools.benchmarks import who
from archive.devtools.benchmarks.bulk import server_seconds
from archive.importing import running, undoing
from archive.importing.kinds import KINDS
from archive.importing.mapping import Map
from archive.importing.running import Order, Outcome
from archive.models import ImportRun
from policies.models import Proposal
from statements.models import Speaker

ROWS = 65_000  # positions; about as many as two years of a city council give
SPEAKERS, PROPOSALS = 64, 2_700
BODY = "Benchmark Council"
COLUMNS = ["id", "proposal_uid", "speaker_uid", "stance", "basis", "held_on"]
COLUMNS += ["body", "source_url"]


def run(
    *, rows: int = ROWS, data: str | None = None, **_options: object
) -> Iterator[str]:
    """CPU seconds of the importing process and of its PostgreSQL process, and the most
    memory that they had so far; everything is rolled back. With a folder of the three
    data sets, who is who on them first.
    """
    if data:
        yield from who.run(Path(data))
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        slugs = [f"benchmark-{number}" for number in range(SPEAKERS)]
        Speaker.objects.bulk_create(
            Speaker(name=f"Benchmark {number}", slug=slug)
            for number, slug in enumerate(slugs)
        )
        Speaker.objects.create(kind="organization", name=BODY, slug="benchmark-body")
        proposals = Proposal.objects.bulk_create(
            Proposal(title=f"Benchmark {number}", status=Status.PUBLISHED)
            for number in range(PROPOSALS)
        )
        uids = [proposal.uid for proposal in proposals]
        path = Path(folder) / "positions.csv"
        for label, changed, publishes in (
            ("drafts", 0, False),
            ("the same file again", 0, False),
            ("one row in a hundred changed", 100, False),
            ("published at once", 0, True),
        ):
            if publishes:
                yield _undone()
            _write(path, rows, slugs, uids, changed)
            yield _measured(f"{rows:,} positions, {label}", path, publishes)
        transaction.set_rollback(True)


def _write(
    path: Path, count: int, slugs: list[str], uids: list[str], changed: int
) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(count):
            is_changed = changed and not number % changed
            proposal, day = uids[number // SPEAKERS % PROPOSALS], 1 + number % 28
            writer.writerow(
                [
                    *(f"{proposal}|{number}", proposal, slugs[number % SPEAKERS]),
                    *("opposes" if is_changed else "supports", "action"),
                    *(f"2024-03-{day:02}", BODY),
                    f"https://council.example/{proposal}",
                ]
            )


def _import(path: Path, publishes: bool) -> Outcome:
    return running.run(
        Order(KINDS["positions"], [path], Map("benchmark"), publishes=publishes)
    )


def _measured(label: str, path: Path, publishes: bool) -> str:
    app, database = time.process_time(), server_seconds()
    outcome = _import(path, publishes)
    app, database = time.process_time() - app, server_seconds() - database
    counts = ", ".join(
        f"{name} {n:,}" for name, n in outcome.report.counts.items() if n
    )
    return (
        f"{label}: {app + database:5.1f} s CPU ({app:.1f} app, {database:.1f} "
        f"PostgreSQL), at most {_memory()} MB; {counts}"
    )


def _undone() -> str:
    app, database = time.process_time(), server_seconds()
    for number in ImportRun.objects.order_by("-pk").values_list("pk", flat=True)[:3]:
        undoing.undo(number)
    app, database = time.process_time() - app, server_seconds() - database
    return f"undone: {app + database:5.1f} s CPU"


def _memory() -> str:
    """The most memory of this process, and of its PostgreSQL process, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/status")
    if not path.exists():
        return str(own)
    lines = dict(line.split(":", 1) for line in path.read_text().splitlines())
    server = int(lines["VmHWM"].split()[0]) // 1024
    return f"{own} + {server}"
