"""Queries and time of every public page, with few and with many rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.devtools import page_types
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
    with transaction.atomic():
        yield from (measured(page.address, page.name) for page in page_types.pages())
        yield measured(
            _proposal_with_many_positions(), f"a proposal with {POSITIONS} positions"
        )
        transaction.set_rollback(True)


def measured(address: str, name: str = "") -> str:
    client, seconds = Client(headers={"host": "localhost"}), []
    for _ in range(ROUNDS):
        start = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, secure=True)
        seconds.append(time.process_time() - start)
    kilobytes = len(response.content) / 1000
    return (
        f"{response.status_code} {len(queries):3} queries "
        f"{median(seconds) * 1000:6.1f} ms CPU"
        f" {kilobytes:6.1f} kB  {name or address}"
    )


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
