"""The archive's revision, read from the change log that the triggers write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection

_of_request: ContextVar[Revision | None] = ContextVar("revision", default=None)


@dataclass
class Revision:
    """`is_lasting`: whether the same revision and index always give the same page;
    `is_counted`: whether making the page counts something, each time.
    """

    name: str
    is_lasting: bool = True
    is_counted: bool = False


def archive_revision() -> str:
    """Identifies the visible state: if two values are equal, nothing was committed in
    between. Inside `one_revision()` it is asked once.
    """
    revision = _of_request.get()
    return revision.name if revision else _current()


@contextlib.contextmanager
def one_revision() -> Iterator[Revision]:
    """Within the block, which only reads, the revision is the one at its start."""
    revision = Revision(_current())
    token = _of_request.set(revision)
    try:
        yield revision
    finally:
        _of_request.reset(token)


def will_not_last() -> None:
    """Says that an answer of this request rests on something that changes without a
    new revision or index, such as a fault that may pass.
    """
    if revision := _of_request.get():
        revision.is_lasting = False


def counts_each_time() -> None:
    """Says that this page is to be made for each reader, because that is counted."""
    if revision := _of_request.get():
        revision.is_counted = True


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
