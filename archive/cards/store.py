"""Cards that were drawn before, as files under a digest of what they show."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from archive.cards.card import Card
from archive.cards.drawing import draw
from archive.cards.fonts import FOLDER

MAX_FILES = 2_000  # some 15 kB each
DROPPED = 200  # of the oldest at once
MAX_WAITING = 2  # threads of a process that wait for their turn to draw
PATIENCE = 1.0  # seconds
_waiting = threading.BoundedSemaphore(MAX_WAITING)
_drawing = threading.Lock()


class Store:
    """A folder of at most 2,000 pictures. One process of a machine draws at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def picture(self, card: Card) -> bytes | None:
        """The PNG; None if too many wait to be drawn."""
        path = self.folder / f"{_digest(card)}.png"
        if known := _read(path):
            return known
        if not _waiting.acquire(blocking=False):
            return None
        try:
            with self._turn() as is_ours:
                return (_read(path) or self._draw(card, path)) if is_ours else None
        finally:
            _waiting.release()

    def _draw(self, card: Card, path: Path) -> bytes:
        picture = draw(card)
        unfinished = path.with_suffix(".new")
        unfinished.write_bytes(picture)
        unfinished.replace(path)
        self._drop_oldest()
        return picture

    @contextlib.contextmanager
    def _turn(self) -> Iterator[bool]:
        """Whether it is our turn; others of this machine wait on the same file."""
        end = time.monotonic() + PATIENCE
        if not _drawing.acquire(timeout=PATIENCE):
            yield False
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "draw.lock").open("w") as file:
                yield _locked(file.fileno(), end)
        finally:
            _drawing.release()

    def _drop_oldest(self) -> None:
        files = [path for path in self.folder.iterdir() if path.suffix == ".png"]
        if len(files) > MAX_FILES:
            files.sort(key=lambda path: path.stat().st_mtime)
            for path in files[: len(files) - MAX_FILES + DROPPED]:
                path.unlink(missing_ok=True)


def _locked(file: int, end: float) -> bool:
    """Closing the file ends the lock, and so does the end of the process."""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        else:
            return True


def _read(path: Path) -> bytes | None:
    try:
        picture = path.read_bytes()
        os.utime(path)  # what is asked for stays
    except FileNotFoundError:
        return None
    return picture


def _digest(card: Card) -> str:
    return hashlib.sha256(f"{_code()}{card!r}".encode()).hexdigest()[:40]


@cache
def _code() -> str:
    """A digest of what draws: another design gives other pictures."""
    digest = hashlib.sha256()
    for path in [*Path(__file__).parent.glob("*.py"), *FOLDER.glob("*.woff2")]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
