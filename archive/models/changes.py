"""The append-only log of committed changes, read by the index and the caches."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import connection, models

from archive.core import triggers

ONLY_GROWS = "The change log only grows."


class Change(models.Model):
    """One insert, update or delete of a row that can be public, written by triggers;
    `record` is its primary key.

    Ids are assigned before commit, so a reader that remembers the highest id misses
    rows: use `since`.
    """

    xid = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    model = models.CharField(max_length=50)
    record = models.BigIntegerField()
    operation = models.CharField(max_length=6)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="change_notifies",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="PERFORM pg_notify('archive_change', ''); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="change_immutable",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                # After a restore on another server, old transaction ids are
                # meaningless and set to 0.
                func=triggers.one_line(f"""
                IF TG_OP = 'UPDATE' AND NEW.xid = 0
                AND (NEW.id, NEW.at, NEW.model, NEW.record, NEW.operation)
                IS NOT DISTINCT FROM
                (OLD.id, OLD.at, OLD.model, OLD.record, OLD.operation) THEN
                    RETURN NEW;
                END IF;
                {triggers.refuse("change_immutable", ONLY_GROWS)}
                """),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.model} {self.record}"

    @staticmethod
    def times_since(position: int) -> tuple[dict[tuple[str, int], dt.datetime], int]:
        """The same as `since`, with the time of each record's last change."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                    c.model, c.record, max(c.at)
                FROM (SELECT 1) one
                LEFT JOIN archive_change c ON c.xid >= %s
                GROUP BY c.model, c.record
                """,
                [position],
            )
            rows = cursor.fetchall()
        return {row[1:3]: row[3] for row in rows if row[1]}, rows[0][0]

    @staticmethod
    def position_before(moment: dt.datetime) -> int:
        """A position that every change since `moment` comes after."""
        changes = Change.objects.filter(at__gte=moment, xid__gt=0)
        first: int | None = changes.aggregate(first=models.Min("xid"))["first"]
        return first if first is not None else Change.times_since(1 << 62)[1]

    @staticmethod
    def since(position: int = 0) -> tuple[set[tuple[str, int]], int]:
        """The (model, record) pairs changed since `position`, and the next position.

        No change is missed, whatever the order of commits, and it does not wait for
        open transactions. While an older transaction is open, a record may be returned
        twice, so readers must be idempotent.
        """
        with connection.cursor() as cursor:  # one statement, so one snapshot
            cursor.execute(
                """
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                    c.model, c.record
                FROM (SELECT 1) one
                LEFT JOIN archive_change c ON c.xid >= %s
                """,
                [position],
            )
            rows = cursor.fetchall()
        return {(model, record) for _, model, record in rows if model}, rows[0][0]
