"""How near texts are in meaning, by a small language model in a process of its own.

An optional extra: without it, `is_on()` is false and search goes by words alone.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from pathlib import Path

from django.conf import settings

from archive.meaning.client import Client, Silent
from archive.meaning.digests import digest
from archive.meaning.stamps import Stamp

__all__ = [
    "Silent",
    "add",
    "digest",
    "is_on",
    "keep",
    "nearest",
    "similarities",
    "stamp",
    "unknown",
]


def is_on() -> bool:
    return _client().is_on


def stamp() -> Stamp:
    """Identifies the texts that are known, for cache keys."""
    return _client().stamp


def similarities(text: str, digests: Sequence[int]) -> list[float | None]:
    """The cosine of the text and each of the others, -1 to 1; None for one that the
    model has not read yet, and for all if it does not answer.
    """
    return _client().similarities(text, digests)


def nearest(known: int, count: int) -> list[tuple[int, float]]:
    """(digest, cosine) of the texts nearest to a known one, itself left out."""
    return _client().nearest(known, count)


def unknown(digests: Collection[int]) -> list[int]:
    """Those that the model has not read. Raises Silent."""
    return _client().unknown(digests)


def add(texts: Sequence[str]) -> None:
    """Has texts read. Raises Silent."""
    _client().add(texts)


def keep(digests: Collection[int]) -> None:
    """Has all other texts forgotten. Raises Silent."""
    _client().keep(digests)


def _client() -> Client:
    return _of(Path(settings.MEANING_DIR))


@functools.lru_cache(maxsize=8)
def _of(folder: Path) -> Client:
    return Client(folder)
