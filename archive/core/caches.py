"""What a process remembers between requests. Every cache is made here, so `clear_all()`
empties them all.

There is one rule of expiry: entries hold for one revision, that of the archive, or of
the index made from it. What depends on code and settings alone holds as long as the
process.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from archive.core.revision import archive_revision

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_clear: list[Callable[[], None]] = []
_clear_constants: list[Callable[[], None]] = []


class Cache(Generic[T]):
    """At most `size` entries, all of one revision; a new revision, or one entry too
    many, empties it.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.clear()
        _clear.append(self.clear)

    def clear(self) -> None:
        self._state: tuple[Hashable, dict[Hashable, T]] = (None, {})

    def get(self, revision: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The entry of `key`, made if it is missing. What is made later than its
        revision is newer, never older.
        """
        return self.get_many(revision, [key], lambda _missing: {key: make()})[key]

    def get_many(
        self,
        revision: Hashable,
        keys: Sequence[K],
        make: Callable[[list[K]], dict[K, T]],
    ) -> dict[K, T]:
        """The entries of `keys`, in their order. `make` gives those that are missing,
        as far as there are any.
        """
        state = self._state
        missing = (
            list(keys)
            if state[0] != revision
            else [key for key in keys if key not in state[1]]
        )
        if state[0] != revision or len(state[1]) + len(missing) > self.size:
            missing, state = list(keys), (revision, {})
            self._state = state
        entries = state[
            1
        ]  # of this revision, even if another thread begins a new one meanwhile
        if missing:
            entries.update(make(missing).items())
        return {key: entries[key] for key in keys if key in entries}


_pieces: Cache[Any] = Cache(100)


def by_revision(name: str, make: Callable[[], T]) -> T:
    """What `make` returned since the archive last changed."""
    piece: T = _pieces.get(archive_revision(), name, make)
    return piece


def constant(function: Callable[..., T]) -> Callable[..., T]:
    """Remembers a function of its arguments that reads code and settings, never the
    archive.
    """
    cached = functools.cache(function)
    _clear_constants.append(cached.cache_clear)
    return cached


def clear_revisions() -> None:
    """What was asked of the archive is asked again."""
    for clear in _clear:
        clear()


def clear_all() -> None:
    """Also for what depends on code and settings, where a test changes these."""
    for clear in (*_clear, *_clear_constants):
        clear()
