"""Search by meaning with as many texts as a large archive has: random vectors, the real
model in its own process.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from archive.meaning.client import Client
from archive.meaning.sockets import socket_of

TEXTS = 200_000
BLOCK = 10_000
TIMES = 20
QUESTION = "who wants to close the jail on the island"


def run(**_options: object) -> Iterator[str]:
    """Yields lines of figures: sizes in MB, milliseconds of CPU of that process."""
    with tempfile.TemporaryDirectory(prefix="on-record-benchmark-") as name:
        folder = Path(name)
        _fill(folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        yield f"{TEXTS} texts: {size / 1e6:.0f} MB on disk"
        command = [sys.executable, "-m", "archive.meaning", name]
        with subprocess.Popen(command, cwd=settings.BASE_DIR) as process:
            try:
                while not socket_of(folder).exists():
                    time.sleep(0.1)
                yield from _figures(Client(folder), process.pid)
            finally:
                process.terminate()


def _fill(folder: Path) -> None:
    import numpy as np

    from archive.meaning.model import SIZE
    from archive.meaning.vectors import Vectors

    random, vectors = np.random.default_rng(7), Vectors(folder)
    for start in range(1, TEXTS, BLOCK):
        block = random.normal(size=(BLOCK, SIZE)).astype(np.float32)
        vectors.add(range(start, start + BLOCK), list(block))


def _figures(client: Client, pid: int) -> Iterator[str]:
    spread = range(1, TEXTS, TEXTS // 100)
    asked = _cpu(pid, lambda at: client.similarities(f"{QUESTION} {at}", spread))
    near = _cpu(pid, lambda at: client.nearest(at, 60))
    yield f"a question of nine words against 100 texts: {asked:.1f} ms"
    yield f"the 60 texts nearest to one: {near:.1f} ms"
    yield f"memory of its own: {_memory(pid, 'RssAnon'):.0f} MB"
    yield f"with mapped files: {_memory(pid, 'VmRSS'):.0f} MB"


def _cpu(pid: int, ask: Callable[[int], object]) -> float:
    ask(TIMES + 1)
    start = _seconds(pid)
    for at in range(1, TIMES + 1):
        ask(at)
    return (_seconds(pid) - start) / TIMES * 1000


def _seconds(pid: int) -> float:
    """CPU time of a process, in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (kilobytes,) = re.findall(rf"{name}:\s+(\d+) kB", status)
    return int(kilobytes) / 1024
