"""Bulk writes with every rule, the change log and the history: their cost must grow
linearly.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from archive.models import Change
from policies.models import Position, Proposal
from statements.models import Speaker

SIZES = (5_000, 10_000, 20_000)
TICKS = 100  # ticks of /proc/PID/stat per second, on every Linux


def run(**_options: object) -> Iterator[str]:
    """CPU seconds of bulk_create in this process and in its PostgreSQL process;
    everything is rolled back.
    """
    for size in SIZES:
        with transaction.atomic():
            speaker = Speaker.objects.create(name="Benchmark")
            proposal = Proposal.objects.create(title="Benchmark", status="published")
            rows = [_position(speaker, proposal) for _ in range(size)]
            app_seconds, database_seconds, change_count = (
                time.process_time(),
                server_seconds(),
                Change.objects.count(),
            )
            Position.objects.bulk_create(rows)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            app_seconds, database_seconds = (
                time.process_time() - app_seconds,
                server_seconds() - database_seconds,
            )
            if Change.objects.count() - change_count != size:
                raise RuntimeError("not every row was logged")
            transaction.set_rollback(True)
        yield (
            f"{size:6} positions: {app_seconds + database_seconds:5.1f} s CPU "
            f"({app_seconds:.1f} app, {database_seconds:.1f} PostgreSQL)"
        )


def _position(speaker: Speaker, proposal: Proposal) -> Position:
    return Position(
        speaker=speaker,
        proposal=proposal,
        stance="supports",
        basis="document",
        source_url="https://example.org/benchmark",
        status="published",
    )


def server_seconds() -> float:
    """Returns user plus system time of our connection's server process; 0 if it runs on
    another machine.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not path.exists():
        return 0.0
    fields = path.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
