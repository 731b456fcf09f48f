"""A storm of 100 connections on dear pages, and a person who reads beside it; this tree
and others (`--tree DIR`) in one run, on the same archive.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings

from policies.models import Proposal

CONNECTIONS, SECONDS = 100, 10
STORMS = {
    "search": "/search/?q=word{number}",
    "comparison": "/compare/?storm={number}",
    "a whole file": "/positions.csv?storm={number}",
}
SERVE = (
    "import sys, django; django.setup(); from archive.serving import server; "
    "server.serve(server.claim('127.0.0.1', sys.argv[1]), '')"
)


def run(tree: Sequence[str] = (), **_options: Any) -> Iterator[str]:
    """A person's seconds for /about/ and a proposal's page, while the storm lasts."""
    proposal = Proposal.objects.public().first()
    person = ["/about/", proposal.get_absolute_url() if proposal else "/"]
    yield (
        f"a person's page beside {CONNECTIONS} connections for {SECONDS} s: "
        "median, 95 of 100, longest; what the storm got"
    )
    for folder in [*map(Path, tree), Path(settings.BASE_DIR)]:
        with _served(folder) as port:
            for name, path in STORMS.items():
                taken, got = _beside(port, path, person)
                yield f"{folder.name:12} {name:14} {_summary(taken)}   {dict(got)}"


def _summary(taken: list[float]) -> str:
    worst = (
        statistics.quantiles(taken, n=20, method="inclusive")[-1]
        if len(taken) > 1
        else taken[0]
    )
    times = (statistics.median(taken), worst, max(taken))
    return " ".join(f"{1000 * each:7.0f} ms" for each in times)


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """The web server of a tree, with its own packages, on this archive."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    python = folder / ".venv" / "bin" / "python"
    program = str(python if python.exists() else sys.executable)
    place = {
        "cwd": folder,
        "env": {**os.environ, "ON_RECORD_DATA": str(settings.DATA_DIR)},
        "stdout": subprocess.DEVNULL,
    }
    collect = [program, "manage.py", "collectstatic", "--no-input"]
    subprocess.run(collect, check=True, **place)  # type: ignore[call-overload]
    process = subprocess.Popen([program, "-c", SERVE, str(port)], **place)  # type: ignore[call-overload]
    try:
        _wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _wait_for(port: int) -> None:
    for _ in range(600):
        if _get(port, "/about/") == 200:
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _get(port: int, path: str, timeout: float = 60) -> int:
    """The status; 0 if there is no answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _beside(
    port: int, path: str, person: list[str]
) -> tuple[list[float], Counter[int]]:
    got: Counter[int] = Counter()
    taken: list[float] = []
    end = time.monotonic() + SECONDS

    def storm(first: int) -> None:
        number = first * 1_000_000
        while time.monotonic() < end:
            number += 1
            status = _get(port, path.format(number=number))
            got[status] += 1
            if status != 200:  # a client that is refused asks again at once, but not
                time.sleep(0.05)  # so fast that this process is what is measured

    threads = [threading.Thread(target=storm, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    while time.monotonic() < end:
        begun = time.monotonic()
        _get(port, person[len(taken) % len(person)])
        taken.append(time.monotonic() - begun)
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    return taken, got
