"""What costs much to ask is asked once for each state of the archive, in each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from archive.core.revision import archive_revision

T = TypeVar("T")

_kept: dict[str, tuple[str, Any]] = {}


def for_this_state(name: str, ask: Callable[[], T]) -> T:
    """What `ask` returned since the archive last changed. What is asked later than its state is newer, never older."""
    revision = archive_revision()
    kept = _kept.get(name)
    if not kept or kept[0] != revision:
        kept = _kept[name] = (revision, ask())  # returned itself, since a slower thread may keep an older answer now
    found: T = kept[1]
    return found
