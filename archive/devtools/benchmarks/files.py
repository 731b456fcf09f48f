"""The cost of every list as a file, of the comparison and of the sitemaps: CPU, and the
memory that a request adds to a process. Run it on archives of two sizes: memory must
not grow with the rows.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.test import Client

from archive.devtools.benchmarks.bulk import server_seconds

PATHS = (
    "/statements.csv",
    "/positions.csv",
    "/proposals.csv",
    "/speakers.csv",
    "/articles.csv",
    "/lists.csv",
    "/compare.csv",
    "/compare/",
    "/corrections.atom",
    "/sitemap.xml",
)
NARROW = {"q": "unheardof"}  # a first request, which loads code and templates
CODE = "from archive.devtools.benchmarks import files; print(files.measure({path!r}))"


def run(**_options: object) -> Iterator[str]:
    """A line for each path, each measured in a process of its own."""
    return measured(PATHS)


def measured(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell"]
        command += ["--verbosity", "0", "--command", CODE.format(path=path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        yield f"{path:27} {done.stdout.strip()}"


def measure(path: str) -> str:
    """Requests the whole of a path in this process."""
    client = Client(headers={"host": "localhost"})
    for _ in range(2):
        _size(client, path, NARROW)
    gc.collect()
    gc.freeze()  # as the server does
    Path("/proc/self/clear_refs").write_text("5")  # the peak is now what is in use
    memory, app, database = _kilobytes("VmRSS"), time.process_time(), server_seconds()
    size, lines, status = _size(client, path, {})
    app, database = time.process_time() - app, server_seconds() - database
    added = _kilobytes("VmHWM") - memory
    rate = lines / (app + database) if path.endswith((".csv", ".jsonl")) else 0
    speed = f" {rate:8.0f} rows a second of CPU" if rate else ""
    return (
        f"{status} {lines:6} lines {size / 2**20:6.2f} MB {app * 1000:6.0f} ms app "
        f"{database * 1000:5.0f} PostgreSQL {added / 1024:6.1f} MB added at the peak"
        f"{speed}"
    )


def _size(client: Client, path: str, query: dict[str, str]) -> tuple[int, int, int]:
    """Bytes, line ends and status of a response, which is read in pieces."""
    response = client.get(path, query, secure=True)
    size = lines = 0
    for piece in response:
        size, lines = size + len(piece), lines + piece.count(b"\n")
    return size, lines, response.status_code


def _kilobytes(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0])
