"""Writes the rows of a block: creates records, links existing ones, updates what
changed. Every rule of the database, its change log and its history are on.

A block is one savepoint. If the database refuses it, it is written in halves, so that
each row that breaks a rule is named.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, IntegrityError, transaction

from archive.core.publishing import Status
from archive.core.rules import checked, refusal
from archive.importing import comparing
from archive.importing.base import Block, Kind, Row
from archive.importing.copying import copy
from archive.importing.problems import MOST
from archive.models import ExternalId, ImportChange, ImportRun


@dataclass
class Report:
    """How many rows by what was done, and a line for each change, up to MOST."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    line_count: int = 0

    def tell(self, line: str) -> None:
        self.line_count += 1
        if len(self.lines) < MOST:
            self.lines.append(line)


@dataclass(frozen=True)
class Writer:
    """Writes for one run."""

    kind: Kind
    run: ImportRun
    report: Report

    def write(self, block: Block) -> None:
        self.kind.match(block)
        comparing.match_uids(self.kind, block)
        new = [row for row in block.new_rows if row.target is None]
        linked = [row for row in block.new_rows if row.target is not None]
        known = [row for row in block.ok_rows if row.entry is not None]
        self._in_halves(block, new, self._create)
        self._in_halves(block, linked, self._link)
        self._in_halves(block, known, self._update)
        for name, pk in block.new_topics.items():
            self.report.counts["topics created"] += 1
            ExternalId.objects.update_or_create(
                source=self.run.source,
                kind="topics",
                external_id=name,
                defaults={"record": pk, "run": self.run, "row_hash": ""},
            )

    def _in_halves(
        self, block: Block, rows: list[Row], write: Callable[[list[Row]], None]
    ) -> None:
        if not rows:
            return
        if block.problems.total >= MOST:
            block.problems.is_complete = False
            return
        counts, line_count = Counter(self.report.counts), len(self.report.lines)
        try:
            with checked():
                write(rows)
        except DatabaseError as error:
            self.report.counts = counts
            del self.report.lines[line_count:]
            if len(rows) == 1:
                block.wrong(rows[0], sentence_of(error))
                return
            middle = len(rows) // 2
            self._in_halves(block, rows[:middle], write)
            self._in_halves(block, rows[middle:], write)

    def _create(self, rows: list[Row]) -> None:
        keys = copy(self.kind.model, [self._record(row) for row in rows])
        for row, key in zip(rows, keys, strict=True):
            row.target = key
        for part in self.kind.parts:
            pairs = [
                (row.record, row.fields[part.name])
                for row in rows
                if row.fields.get(part.name)
            ]
            part.add(pairs)
        self._enter(rows, is_linked=False)
        self.report.counts["created"] += len(rows)

    def _record(self, row: Row) -> dict[str, Any]:
        values = {
            name: value
            for name, value in row.fields.items()
            if name not in self.kind.part_names
        }
        if uid := row.values.get("uid"):
            values["uid"] = uid
        if self.kind.has_status and self.run.publishes:
            values["status"] = Status.PUBLISHED.value
        if self.kind.is_ticked:
            values["is_published"] = self.run.publishes
        if any(each.name == "recorded_by" for each in self.kind.model._meta.fields):
            values["recorded_by_id"] = self.run.account_id
        return values

    def _link(self, rows: list[Row]) -> None:
        """Changes nothing in the record; tells what differs."""
        current = comparing.current(self.kind, rows)
        for row in rows:
            now = current[row.record]
            for name, value in comparing.stored(self.kind, row.fields).items():
                if now.get(name) != value and name != "slug":
                    self.report.counts["differences"] += 1
                    self.report.tell(
                        f"{_place(row)}: linked; the archive keeps its own "
                        f"{comparing.difference(name, value, now.get(name))}"
                    )
        self._enter(rows, is_linked=True)
        self.report.counts["linked"] += len(rows)

    def _enter(self, rows: list[Row], is_linked: bool) -> None:
        copy(
            ExternalId,
            [
                {
                    "source": self.run.source,
                    "kind": self.kind.name,
                    "external_id": row.external_id,
                    "record": row.record,
                    "row_hash": row.row_hash,
                    "fields": json.dumps(
                        comparing.stored(self.kind, row.fields), ensure_ascii=False
                    ),
                    "is_linked": is_linked,
                    "run_id": self.run.pk,
                }
                for row in rows
            ],
        )

    def _update(self, rows: list[Row]) -> None:
        current = comparing.current(self.kind, rows)
        changes = [
            comparing.change(self.kind, row, current[row.record], self._may_change)
            for row in rows
        ]
        self._write_fields(changes)
        for part in self.kind.parts:
            part.replace(
                [
                    (change.record, change.row.fields[part.name])
                    for change in changes
                    if part.name in change.after
                ]
            )
        self._remember(changes)
        for change in changes:
            self._tell(change)

    def _may_change(self, status: str) -> bool:
        return status in ("", Status.DRAFT) or (
            status == Status.PUBLISHED and self.run.publishes
        )

    def _write_fields(self, changes: Sequence[comparing.Change]) -> None:
        by_names: dict[tuple[str, ...], list[comparing.Change]] = {}
        for change in changes:
            names = tuple(sorted(change.after.keys() - self.kind.part_names.keys()))
            by_names.setdefault(names, []).append(change)
        for names, group in by_names.items():
            if names:
                write_values(self.kind, [(each.record, each.after) for each in group])

    def _remember(self, changes: Sequence[comparing.Change]) -> None:
        """The new base of each entry. The hash of a row with a conflict stays, so that
        the conflict is reported until it is settled.
        """
        entries = []
        for each in changes:
            is_settled = not each.conflicts
            base = each.row.base | each.after
            if is_settled:
                base |= comparing.stored(self.kind, each.row.fields)
            hash_now = each.row.row_hash if is_settled else each.row.hash_before
            entries.append(
                ExternalId(pk=each.row.entry, fields=base, row_hash=hash_now)
            )
        ExternalId.objects.bulk_update(entries, ["fields", "row_hash"], batch_size=500)
        ImportChange.objects.bulk_create(
            [
                ImportChange(
                    run=self.run,
                    entry_id=each.row.entry or 0,
                    hash_before=each.row.hash_before,
                    before=each.before,
                    after=each.after,
                )
                for each in changes
                if each.after
            ],
            batch_size=500,
        )

    def _tell(self, change: comparing.Change) -> None:
        counts, label = self.report.counts, _place(change.row)
        counts["updated" if change.after else "unchanged"] += 1
        for name, value in change.after.items():
            line = comparing.difference(name, change.before.get(name), value)
            self.report.tell(f"{label}: {line}")
        if change.conflicts:
            counts["conflicts"] += 1
        for name, reason in change.conflicts.items():
            self.report.tell(f"{label}: conflict: {name} {reason}")


def write_values(kind: Kind, pairs: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Writes columns of records; all pairs have the same names."""
    names = [name for name in pairs[0][1] if name not in kind.part_names]
    records = [
        kind.model(pk=pk, **{name: values[name] for name in names})
        for pk, values in pairs
    ]
    manager = kind.model._base_manager
    fields = [_field(kind, name) for name in names]
    if fields:
        manager.bulk_update(records, fields, batch_size=500)


def _field(kind: Kind, attname: str) -> str:
    for each in kind.model._meta.concrete_fields:
        if attname in (each.attname, each.name):
            return each.name
    raise FieldDoesNotExist(attname)


def tick(kind: Kind, run: ImportRun, keys: Sequence[int]) -> int:
    """Publishes records without a status that earlier runs wrote; noted as a change, so
    that undoing the run takes it back.
    """
    rows = kind.model._base_manager.filter(pk__in=keys, is_published=False)
    drafts = set(rows.values_list("pk", flat=True))
    entries = ExternalId.objects.of(run.source, kind.name).filter(record__in=drafts)
    known = {
        each.entry_id: each
        for each in ImportChange.objects.filter(run=run, entry__in=entries)
    }
    for entry in entries:
        change = known.get(entry.pk) or ImportChange(
            run=run, entry=entry, hash_before=entry.row_hash
        )
        change.before |= {"is_published": False}
        change.after |= {"is_published": True}
        change.save()
    rows.update(is_published=True)
    return len(drafts)


def publish(kind: Kind, keys: Sequence[int]) -> None:
    """The step of the workflow from draft to published, for many at once."""
    rows = kind.model._base_manager.filter(pk__in=keys, status=Status.DRAFT)
    with transaction.atomic():
        rows.update(status=Status.PUBLISHED)


def sentence_of(error: DatabaseError) -> str:
    if isinstance(error, IntegrityError):
        return refusal(error)
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error)


def _place(row: Row) -> str:
    return f"{row.file}, line {row.line}, {row.external_id}"
