"""The archive's revision, read from the change log that the triggers write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from django.db import connection

_of_request: ContextVar[str] = ContextVar("revision", default="")


def archive_revision() -> str:
    """Identifies the visible state: if two values are equal, nothing was committed in
    between. Inside `one_revision()` it is asked once.
    """
    return _of_request.get() or _current()


@contextlib.contextmanager
def one_revision() -> Iterator[None]:
    """Within the block, which only reads, the revision is the one at its start."""
    token = _of_request.set(_current())
    try:
        yield
    finally:
        _of_request.reset(token)


def _current() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            # no WITH clause: pghistory would treat it as a write
            """
            SELECT coalesce((SELECT max(id) FROM archive_change), 0),
                coalesce((SELECT max(xid) FROM archive_change), 0),
                s.xmin,
                (SELECT count(*) FROM archive_change WHERE xid >= s.xmin)
            FROM (
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin
            ) s
            """
        )
        newest, youngest, xmin, unsettled = cursor.fetchone()
    # Open transactions have an xid of at least xmin, above every settled one, whatever
    # the ids of their changes.
    settled = f"{newest}.{youngest}"
    return f"{settled}.{xmin}.{unsettled}" if unsettled else settled
