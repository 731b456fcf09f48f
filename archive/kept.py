"""What costs much to ask is asked once for each state of the archive, in each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from archive.changes import Change

T = TypeVar("T")

_kept: dict[str, tuple[str, Any]] = {}


def for_this_state(name: str, ask: Callable[[], T]) -> T:
    """What `ask` returned since the archive last changed. What is asked later than its state is newer, never older."""
    revision = Change.revision()
    if name not in _kept or _kept[name][0] != revision:
        _kept[name] = (revision, ask())
    found: T = _kept[name][1]
    return found
