"""A process that starts the embedded PostgreSQL again when it has ended, such as after
`kill -9`, as long as `up` runs.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

from archive.setup.messages import say
from archive.setup.postgres import revive, signals_blocked

INTERVAL = 1.0  # seconds between two looks at the server
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def watched(folder: Path, settings: dict[str, str]) -> Iterator[None]:
    """Keeps the server on `folder` running until the block ends; the caller must be one
    of its users.

    The watcher ends when its pipe is written to or, because this process is gone,
    closed.
    """
    ending, end = os.pipe()
    watcher = 0
    try:
        with signals_blocked():
            watcher = os.fork()
            if not watcher:
                os.close(end)
                _watch(folder, settings, ending)
        yield
    finally:
        with signals_blocked(), contextlib.suppress(OSError):  # it may have been killed
            os.write(end, b".")
            os.waitpid(watcher, 0)
        os.close(ending)
        os.close(end)


def _watch(folder: Path, settings: dict[str, str], ending: int) -> None:
    """Never returns. Ignores signals, because the parent ends this process after the
    web server has stopped; a signal could leave a server half started.
    """
    try:
        for signum in ENDING_SIGNALS:
            signal.signal(signum, signal.SIG_IGN)
        trouble = ""
        while not select.select([ending], [], [], INTERVAL)[0]:
            trouble = _look(folder, settings, trouble)
    finally:
        os._exit(0)


def _look(folder: Path, settings: dict[str, str], trouble: str) -> str:
    """Restarts the server if it has ended. Returns why it cannot be started, or "". The
    reason is printed only if it differs from `trouble`, the previous one.
    """
    try:
        if revive(folder, settings):
            _say("PostgreSQL had ended; it has been started again.")
        return ""
    except Exception as error:  # the cause may be temporary
        if str(error) != trouble:
            _say(f"PostgreSQL has ended. {error}")
        return str(error)


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # stderr may be closed
        say(sentence)
