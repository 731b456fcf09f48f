"""One import: reads files, compares them with the last import, writes what is new or
changed. Everything or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pghistory
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from archive.core.rules import checked
from archive.importing import staging
from archive.importing.base import Block, Kind
from archive.importing.kinds.sources import SPEAKERS
from archive.importing.lookups import resolve
from archive.importing.mapping import Map
from archive.importing.opening import described
from archive.importing.problems import MOST, Problems, Refused
from archive.importing.progress import Progress, silent
from archive.importing.rows import Reading
from archive.importing.who.settling import Settling
from archive.importing.writing import Report, Writer, publish, sentence_of, tick
from archive.models import ImportRun

MOST_LOST = 20  # rows that are named
BUSY = (
    "Another import or undoing is running on this archive. Try again when it is over."
)


@dataclass(frozen=True)
class Order:
    """What to import, and how."""

    kind: Kind
    paths: Sequence[Path]
    map: Map = field(default_factory=Map)
    account: Any = None
    publishes: bool = False
    is_trial: bool = False
    review: Path | None = None  # the file to which undecided rows are written
    decisions: Path | None = None  # the same file, filled in


@dataclass
class Outcome:
    """`run` is None after a trial."""

    run: ImportRun | None
    report: Report
    problems: Problems


def run(order: Order, progress: Callable[..., Progress] = silent) -> Outcome:
    """Raises Refused with every problem; the archive is then as before."""
    work = _Work(order, progress)
    with _attributed(order.account), transaction.atomic():
        take_turn(work.problems)
        made = work.do()
        transaction.set_rollback(order.is_trial)
    return Outcome(None if order.is_trial else made, work.report, work.problems)


def _attributed(account: Any) -> Any:
    values = {"user": account.pk} if account else {}
    return pghistory.context(origin="import", **values)


def take_turn(problems: Problems) -> None:
    """Two imports at once could both create what neither sees of the other's. As there
    is only one, it needs no lock for each slug; there is room for some thousands.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('archive.importing'))"
        )
        if not cursor.fetchone()[0]:
            problems.add(BUSY)
            raise Refused(problems)
        cursor.execute("SELECT set_config('archive.importing', 'on', true)")


class _Work:
    def __init__(self, order: Order, progress: Callable[..., Progress]) -> None:
        self.order, self.kind, self.progress = order, order.kind, progress
        self.problems, self.report = Problems(), Report()

    def do(self) -> ImportRun:
        staging.create()
        self._read()
        staging.compare(self.kind, self.order.map.source)
        staging.leave_out_duplicates(self.problems)
        states = staging.counts()
        self._check_lost()
        for file, line, external_id in staging.gone():
            self.report.tell(
                f"{file}, line {line}, {external_id}: an editor has deleted this "
                f"{self.kind.one}; it is not created again"
            )
        self._settle()
        made = self._start()
        self._write(made, states)
        if self.order.publishes and self.kind.has_status:
            self._publish()
        if self.order.publishes and self.kind.is_ticked:
            for keys in staging.unpublished_records(self.kind):
                self.report.counts["published"] += tick(self.kind, made, keys)
        self._end(made, states)
        staging.drop()
        return made

    def _read(self) -> None:
        reading = Reading(self.kind, self.order.map, self.problems)
        total = sum(path.stat().st_size for path in self.order.paths if path.exists())
        with self.progress("Reading", total) as bar:
            staging.fill(
                chain.from_iterable(
                    reading.rows(path, bar.beginning(path)) for path in self.order.paths
                )
            )
        self.report.counts["read"] = reading.count
        if not reading.is_complete:
            raise Refused(self.problems)
        if not reading.count and not self.problems.total:
            self.problems.add("The files have no rows.")

    def _check_lost(self) -> None:
        count, total, first = staging.lost(self.kind, self.order.map.source)
        if not count:
            return
        self.report.counts["lost"] = count
        for external_id in first[:MOST_LOST]:
            self.report.tell(
                f"{external_id}: no longer in the files; the {self.kind.one} stays"
            )
        if count > MOST_LOST:
            self.report.tell(f"… and {count - MOST_LOST:,} more are no longer there")
        share = 100 * count / total
        if share > self.order.map.max_lost:
            self.problems.add(
                f"{count:,} of {total:,} rows that “{self.order.map.source}” had are "
                f"no longer in the files: {share:.1f} %, more than "
                f"{self.order.map.max_lost:g} %. If that is right, say --max-lost "
                f"{min(100, int(share) + 1)}. For another set of files, name another "
                "source."
            )
            raise Refused(self.problems)

    def _settle(self) -> None:
        if self.kind is SPEAKERS:
            order = self.order
            Settling(
                *(order.map.source, self.problems, order.account),
                *(order.review, order.decisions),
            ).do()

    def _start(self) -> ImportRun:
        order = self.order
        return ImportRun.objects.create(
            source=order.map.source,
            kind=self.kind.name,
            files=[described(path) for path in order.paths],
            account=order.account,
            publishes=order.publishes,
            started_at=timezone.now(),
        )

    def _write(self, made: ImportRun, states: dict[str, int]) -> None:
        writer = Writer(self.kind, made, self.report)
        total = states.get(staging.NEW, 0) + states.get(staging.CHANGED, 0)
        with self.progress("Writing", total) as bar:
            for block in self._blocks(made.source):
                resolve(self.kind, block)
                writer.write(block)
                bar.advance(len(block.rows))
        if self.problems.total:
            raise Refused(self.problems)

    def _blocks(self, source: str) -> Iterator[Block]:
        """Rows that are one record with another row come last."""
        yield from staging.blocks(source, self.problems)
        last = staging.follow_leaders(self.kind, source)
        yield from staging.blocks(source, self.problems, last)

    def _publish(self) -> None:
        """Drafts of earlier runs: new records are published as they are created."""
        for rows in staging.draft_records(self.kind):
            self._publish_rows(rows)
        if self.problems.total:
            raise Refused(self.problems)

    def _publish_rows(self, rows: list[tuple[int, str, int]]) -> None:
        if self.problems.total >= MOST:
            self.problems.is_complete = False
            return
        try:
            with checked():
                publish(self.kind, [pk for pk, _file, _line in rows])
        except DatabaseError as error:
            if len(rows) == 1:
                _pk, file, line = rows[0]
                self.problems.add(sentence_of(error), file, line)
                return
            middle = len(rows) // 2
            self._publish_rows(rows[:middle])
            self._publish_rows(rows[middle:])
        else:
            self.report.counts["published"] += len(rows)

    def _end(self, made: ImportRun, states: dict[str, int]) -> None:
        counts = self.report.counts
        counts["unchanged"] += states.get(staging.SAME, 0)
        counts["deleted by editors"] += states.get(staging.GONE, 0)
        made.counts = {name: count for name, count in counts.items() if count}
        made.finished_at = timezone.now()
        made.save()
