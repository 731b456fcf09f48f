"""What researchers and followers ask for: every list as a file in each format, and as a
feed, CPU and the memory that a request adds to a process; pages of the API, CPU only.

    python3 manage.py sample_archive --statements 100000 --seed 1
    python3 manage.py benchmark data
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from http import HTTPStatus
from statistics import median

from django.test import Client

from archive.devtools.benchmarks.bulk import server_seconds
from archive.devtools.benchmarks.files import measured

PATHS = (
    "/statements.csv",
    "/statements.jsonl",
    "/statements.csv?form=direct",
    "/statements.csv?q=rent",
    "/positions.csv",
    "/statements.atom",
    "/statements.atom?q=rent",
    "/speakers.atom",
)
PAGES = (
    "/api/v1/statements/?size=20",
    "/api/v1/statements/?size=100",
    "/api/v1/statements/?q=rent&size=20",
    "/api/v1/statements/?q=rent&size=100",
    "/api/v1/statements/?size=20&facets=true",
    "/api/v1/statements/?q=rent&size=20&facets=true",
    "/api/v1/proposals/?size=20",
    "/api/v1/positions/?size=20",
    "/api/v1/search/?q=rent&size=20",
)
TIMES = 11


def run(**_options: object) -> Iterator[str]:
    """A line for each file, measured in a process of its own, and for each page."""
    yield from measured(PATHS)
    client = Client(headers={"host": "localhost"})
    for path in PAGES:
        yield _page(client, path)


def _page(client: Client, path: str) -> str:
    """The first request, and the median of those that follow."""
    costs = [_cost(client, path) for _ in range(TIMES)]
    again = [median(part) for part in zip(*costs[1:], strict=True)]
    (first, first_server), (app, server) = costs[0], again
    return (
        f"{path:47} {app:5.1f} ms app {server:5.1f} PostgreSQL "
        f"(first {first:.0f} + {first_server:.0f})"
    )


def _cost(client: Client, path: str) -> tuple[float, float]:
    """Milliseconds of CPU, of this process and of PostgreSQL."""
    app, server = time.process_time(), server_seconds()
    status = client.get(path, secure=True).status_code
    app, server = time.process_time() - app, server_seconds() - server
    if status != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {status}.")
    return app * 1000, server * 1000
