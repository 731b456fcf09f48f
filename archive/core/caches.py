"""What a process remembers between requests. Every cache is made here, so `clear_all()` empties them all.

There is one rule of expiry: entries hold for one revision, that of the archive, or of the index made from it. What
depends on code and settings alone holds as long as the process.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from archive.core.revision import archive_revision

T = TypeVar("T")

_clear: list[Callable[[], None]] = []


class Cache(Generic[T]):
    """At most `size` entries, all of one revision; a new revision, or one entry too many, empties it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.clear()
        _clear.append(self.clear)

    def clear(self) -> None:
        self._state: tuple[Hashable, dict[Hashable, T]] = (None, {})

    def get(self, revision: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The entry of `key`, made if it is missing. What is made later than its revision is newer, never older."""
        state = self._state
        if state[0] != revision or (key not in state[1] and len(state[1]) >= self.size):
            state = self._state = (revision, {})
        entries = state[1]  # of this revision, even if another thread begins a new one meanwhile
        if key not in entries:
            entries[key] = make()
        return entries[key]


_pieces: Cache[Any] = Cache(100)


def by_revision(name: str, make: Callable[[], T]) -> T:
    """What `make` returned since the archive last changed."""
    piece: T = _pieces.get(archive_revision(), name, make)
    return piece


def constant(function: Callable[..., T]) -> Callable[..., T]:
    """Remembers a function of its arguments that reads code and settings, never the archive."""
    cached = functools.cache(function)
    _clear.append(cached.cache_clear)
    return cached


def clear_all() -> None:
    for clear in _clear:
        clear()
