"""Rebuilds a missing or damaged index in a separate process, while PostgreSQL
answers.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence

from archive.search.index import Busy, SearchIndex, Unavailable

PAUSE = 60.0  # seconds between two attempts by one process

_last: dict[str, float] = {}
_started: list[subprocess.Popen[bytes]] = []  # polled, so that no zombies remain


def start(index: SearchIndex, command: Sequence[str]) -> bool:
    """Runs `command` unless a rebuild is running or was started less than PAUSE seconds
    ago.
    """
    now, folder = time.monotonic(), str(index.folder)
    if now < _last.get(folder, -PAUSE) + PAUSE:
        return False
    _last[folder] = now
    try:
        with index.locked("build", timeout=0):
            pass
    except (Busy, Unavailable):
        return False
    _started[:] = [process for process in _started if process.poll() is None]
    _started.append(
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
    return True
