"""A bar on stderr while an import runs, if stderr is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

WIDTH = 30
PAUSE = 0.2  # seconds between two drawings


class Progress:
    """Counts up to `total`; draws nothing."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.count = label, total, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass

    def advance(self, size: int) -> None:
        self.set(self.count + size)

    def set(self, count: int) -> None:
        self.count = count

    def beginning(self, _path: Path) -> Callable[[int], None]:
        """A function that is called with how much of the next file is read."""
        before = self.count
        return lambda size: self.set(before + size)


class Bar(Progress):
    """Draws the share that is done."""

    drawn_at = 0.0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()

    def set(self, count: int) -> None:
        super().set(count)
        now = time.monotonic()
        if now - self.drawn_at >= PAUSE:
            self.drawn_at = now
            share = min(1.0, count / self.total) if self.total else 1.0
            bar = ("█" * round(share * WIDTH)).ljust(WIDTH, "░")
            sys.stderr.write(f"\r\033[K{self.label} {bar} {share:4.0%}")
            sys.stderr.flush()


def silent(label: str, total: int) -> Progress:
    return Progress(label, total)


def for_terminal(label: str, total: int) -> Progress:
    return (Bar if sys.stderr.isatty() else Progress)(label, total)
