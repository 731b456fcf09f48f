"""Queries and time of every public page, with few and with many rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.core import caches
from archive.devtools import page_types
from archive.devtools.benchmarks.bulk import server_seconds
from archive.serving.first_start import collect_static
from policies.models import Position, Proposal
from statements.models import Speaker

POSITIONS = 200
ROUNDS = 7


def run(**_options: object) -> Iterator[str]:
    """Yields one line per page of this archive, then one for a proposal with many
    positions; everything created is rolled back.
    """
    collect_static()  # page contents name static files by hash
    with transaction.atomic():  # and so on one connection, whose CPU can be read
        yield from (measured(page.address, page.name) for page in page_types.pages())
        yield measured(
            _proposal_with_many_positions(), f"a proposal with {POSITIONS} positions"
        )
        transaction.set_rollback(True)


def measured(address: str, name: str = "") -> str:
    """Queries and CPU of the first visit after a change of the archive, then of later
    ones: means, each of this process + PostgreSQL.
    """
    client = Client(headers={"host": "localhost"})

    def visit() -> HttpResponseBase:
        return client.get(address, secure=True)

    def first_visit() -> HttpResponseBase:
        caches.clear_revisions()
        return visit()

    visit()  # templates and code are loaded once for each process
    counts = _queries(first_visit), _queries(visit)
    response = visit()
    first, again = _milliseconds(first_visit), _milliseconds(visit)
    kilobytes = len(getattr(response, "content", b"")) / 1000
    return (
        f"{response.status_code} {counts[0]:3} queries, {first} ms CPU, again "
        f"{counts[1]:2}, {again}, {kilobytes:6.1f} kB  {name or address}"
    )


def _queries(visit: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        visit()
    return len(queries)


def _milliseconds(visit: Callable[[], object]) -> str:
    app, database = time.process_time(), server_seconds()
    for _ in range(ROUNDS):
        visit()
    app, database = time.process_time() - app, server_seconds() - database
    return f"{app * 1000 / ROUNDS:5.1f} + {database * 1000 / ROUNDS:3.0f}"


def _proposal_with_many_positions() -> str:
    proposal = Proposal.objects.create(title="Benchmark", status="published")
    speakers = Speaker.objects.bulk_create(
        [Speaker(name=f"Benchmark {index}") for index in range(POSITIONS)]
    )
    Position.objects.bulk_create(
        Position(
            speaker=speaker,
            proposal=proposal,
            stance="supports",
            basis="document",
            status="published",
        )
        for speaker in speakers
    )
    proposal.refresh_from_db()
    return proposal.get_absolute_url()
