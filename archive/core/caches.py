"""Caches of a process between requests. Every cache is created here, so that
`clear_all()` clears them all.

There is one expiry rule: entries belong to one revision, of the archive or of the index
made from it. What is read `apart` belongs to none. Values that depend only on code and
settings live as long as the process.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from archive.core.revision import archive_revision

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_apart: ContextVar[bool] = ContextVar("apart", default=False)
_clear: list[Callable[[], None]] = []
_clear_constants: list[Callable[[], None]] = []


class Cache(Generic[T]):
    """At most `size` entries of one revision. A new revision, or one entry too many,
    clears it.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.clear()
        _clear.append(self.clear)

    def clear(self) -> None:
        self._state: tuple[Hashable, dict[Hashable, T]] = (None, {})

    def get(self, revision: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The entry of `key`, made if missing. An entry may be newer than its revision,
        never older.
        """
        return self.get_many(revision, [key], lambda _missing: {key: make()})[key]

    def get_many(
        self,
        revision: Hashable,
        keys: Sequence[K],
        make: Callable[[list[K]], dict[K, T]],
    ) -> dict[K, T]:
        """The entries of `keys`, in order. `make` returns the missing entries; keys
        without a value are left out.
        """
        if _apart.get():
            made = make(list(keys))
            return {key: made[key] for key in keys if key in made}
        state = self._state
        missing = (
            list(keys)
            if state[0] != revision
            else [key for key in keys if key not in state[1]]
        )
        if state[0] != revision or len(state[1]) + len(missing) > self.size:
            missing, state = list(keys), (revision, {})
            self._state = state
        # of this revision, even if another thread replaces the state meanwhile
        entries = state[1]
        if missing:
            entries.update(make(missing).items())
        return {key: entries[key] for key in keys if key in entries}


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Within the block nothing is taken from a cache or put into one, because what this
    connection sees is never committed.
    """
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def is_apart() -> bool:
    return _apart.get()


_pieces: Cache[Any] = Cache(100)


def by_revision(name: str, make: Callable[[], T]) -> T:
    """The result of `make`, cached until the archive changes."""
    piece: T = _pieces.get(archive_revision(), name, make)
    return piece


def constant(function: Callable[..., T]) -> Callable[..., T]:
    """Caches a function of its arguments that depends only on code and settings, never
    on the archive.
    """
    cached = functools.cache(function)
    _clear_constants.append(cached.cache_clear)
    return cached


def on_clear(clear: Callable[[], None]) -> None:
    """Calls `clear` whenever everything derived from the archive is cleared."""
    _clear.append(clear)


def clear_revisions() -> None:
    """Clears everything derived from the archive."""
    for clear in _clear:
        clear()


def clear_all() -> None:
    """Also clears what depends on code and settings, for tests that change these."""
    for clear in (*_clear, *_clear_constants):
        clear()
