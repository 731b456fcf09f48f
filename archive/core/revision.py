"""The archive's revision, read from the change log that the triggers write."""

from __future__ import annotations

from django.db import connection


def archive_revision() -> str:
    """Names the visible state: equal answers mean that nothing was committed in
    between.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # not WITH: pghistory takes it for a write
            "SELECT coalesce((SELECT max(id) FROM archive_change), 0),"
            " coalesce((SELECT max(xid) FROM archive_change), 0), s.xmin,"
            " (SELECT count(*) FROM archive_change WHERE xid >= s.xmin)"
            " FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "
            "xmin) s"
        )
        newest, youngest, xmin, unsettled = cursor.fetchone()
    # What is still to be committed has an xid of xmin or more, above every settled one,
    # whatever its id.
    settled = f"{newest}.{youngest}"
    return f"{settled}.{xmin}.{unsettled}" if unsettled else settled
