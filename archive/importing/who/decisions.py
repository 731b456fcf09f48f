"""What was decided about pairs of records: read, applied, added to, stored. Decisions
that contradict each other are refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from archive.importing.who.persons import Side
from archive.models import ExternalId, IdentityDecision
from archive.models.identity import sides
from statements.models import Speaker


class Contradiction(Exception):
    """A decision cannot be right together with earlier ones; the message says why."""


class Decision(NamedTuple):
    one: Side
    other: Side
    is_same: bool
    note: str = ""


class Known:
    """Which sides are one person, and which are not. Decisions are added by `decide`
    and stored by `save`.
    """

    def __init__(self) -> None:
        self._parents: dict[Side, Side] = {}
        self._apart: defaultdict[Side, set[Side]] = defaultdict(set)
        self._made: list[Decision] = []

    def root(self, side: Side) -> Side:
        path = []
        while (parent := self._parents.get(side, side)) != side:
            path.append(side)
            side = parent
        for each in path:
            self._parents[each] = side
        return side

    def is_same(self, one: Side, other: Side) -> bool:
        return self.root(one) == self.root(other)

    def is_other(self, one: Side, other: Side) -> bool:
        ours, theirs = self.root(one), self.root(other)
        return theirs in {self.root(each) for each in self._apart[ours]}

    def is_decided(self, one: Side, other: Side) -> bool:
        return self.is_same(one, other) or self.is_other(one, other)

    def join(self, one: Side, other: Side) -> None:
        """They are one by what the archive has: a row and its record."""
        ours, theirs = sorted((self.root(one), self.root(other)))
        if ours != theirs:
            self._parents[theirs] = ours
            self._apart[ours] |= self._apart.pop(theirs, set())

    def part(self, one: Side, other: Side) -> None:
        ours, theirs = self.root(one), self.root(other)
        self._apart[ours].add(theirs)
        self._apart[theirs].add(ours)

    def decide(self, one: Side, other: Side, is_same: bool, note: str = "") -> None:
        """Raises Contradiction. What is known already is not stored again."""
        if is_same and self.is_other(one, other):
            raise Contradiction(
                f"{one} and {other} are not the same by earlier decisions."
            )
        if not is_same and self.is_same(one, other):
            raise Contradiction(f"{one} and {other} are the same by earlier decisions.")
        if self.is_decided(one, other):
            return
        self._made.append(Decision(one, other, is_same, note))
        (self.join if is_same else self.part)(one, other)

    def made(self) -> list[Decision]:
        """Those that are not stored yet."""
        return list(self._made)

    def save(self, account: Any, made: Iterable[Decision] | None = None) -> int:
        """Stores the new decisions, or those given; returns how many they are."""
        rows = IdentityDecision.objects.bulk_create(
            IdentityDecision(
                **sides(each.one, each.other),
                is_same=each.is_same,
                note=each.note,
                made_by=account,
            )
            for each in (self._made if made is None else made)
        )
        self._made.clear()
        return len(rows)


def load() -> Known:
    """The decisions that stand, and what the archive has of their sides."""
    known = Known()
    rows = list(IdentityDecision.objects.standing().order_by("pk"))
    _join_records(known, {Side(*side) for row in rows for side in (row.one, row.other)})
    for row in rows:
        if row.is_same:
            known.join(Side(*row.one), Side(*row.other))
    for row in rows:
        if not row.is_same:
            known.part(Side(*row.one), Side(*row.other))
    return known


def join_rows(known: Known, wanted_rows: Iterable[Side]) -> None:
    """Joins rows that the archive has with their records."""
    _join_records(known, set(wanted_rows))


def _join_records(known: Known, named: set[Side]) -> None:
    rows = {side for side in named if side.source}
    speakers = {side.id for side in named if not side.source}
    entries = ExternalId.objects.filter(
        kind="speakers",
        source__in={side.source for side in rows},
        external_id__in={side.id for side in rows},
    ).values_list("source", "external_id", "record")
    records = {Side(source, key): pk for source, key, pk in entries}
    uids = dict(
        Speaker.objects.filter(pk__in=records.values()).values_list("pk", "uid")
    )
    for side, pk in records.items():
        if side in rows and pk in uids:
            known.join(side, Side("", uids[pk]))
            speakers.add(uids[pk])
    merged = Speaker.objects.filter(uid__in=speakers).exclude(merged_into=None)
    for uid, into in merged.values_list("uid", "merged_into__uid"):
        known.join(Side("", uid), Side("", into))
