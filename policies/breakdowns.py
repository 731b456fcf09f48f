"""Counts the speakers of each stance on a proposal by party, office and year: a row
has the positions that the filter of its name finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policies.models import Position, Proposal, Stance
from policies.standings import Group, groups
from statements.affiliation_filters import (
    AffiliationFilter,
    OfficeFilter,
    PartyFilter,
)

MIN_SPEAKERS = 5
Value = tuple[str, str]  # as in the URL, its label
UNKNOWN: Value = ("", "")


@dataclass(frozen=True)
class Row:
    """The speakers with one value; `value` is "" for those of whom none is recorded."""

    value: str
    label: str
    groups: list[Group]
    url: str

    def count_of(self, stance: Stance | None) -> int:
        return next((each.count for each in self.groups if each.stance == stance), 0)

    @property
    def speakers(self) -> int:
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class Breakdown:
    """One table. `kind` is party, office or year; `stances` are its columns, None for
    speakers whose own positions differ.
    """

    kind: str
    label: Any
    rows: list[Row]
    file_url: str

    @cached_property
    def stances(self) -> list[Stance | None]:
        taken = {group.stance for row in self.rows for group in row.groups}
        return [stance for stance in (*Stance, None) if stance in taken]

    @property
    def counted(self) -> list[tuple[Row, list[int]]]:
        """Each row with its numbers in the order of `stances`."""
        return [
            (row, [row.count_of(stance) for stance in self.stances])
            for row in self.rows
        ]


def _year(position: Any) -> list[Value]:
    return [(str(position.day.year),) * 2]


def _held(filter_: AffiliationFilter, position: Any) -> list[Value]:
    return filter_.values_on(position.speaker, position.day)


KINDS: dict[str, tuple[Any, Callable[[Any], list[Value]]]] = {
    "party": (_("By party"), partial(_held, PartyFilter())),
    "office": (_("By office"), partial(_held, OfficeFilter())),
    "year": (_("By year"), _year),
}


def breakdowns(proposal: Proposal, positions: list[Position]) -> list[Breakdown]:
    """The tables that tell something about `counted()` positions: of enough speakers,
    with more than one row.
    """
    if len({position.speaker_id for position in positions}) < MIN_SPEAKERS:
        return []
    tables = [_breakdown(proposal, positions, kind) for kind in KINDS]
    return [table for table in tables if len(table.rows) > 1]


def breakdown(proposal: Proposal, kind: str) -> Breakdown:
    return _breakdown(proposal, proposal.positions.public().stated().counted(), kind)


def _breakdown(proposal: Proposal, positions: Iterable[Any], kind: str) -> Breakdown:
    label, values_of = KINDS[kind]
    labels: dict[str, str] = {}
    pairs: dict[str, list[tuple[int, str]]] = {}
    for position in positions:
        values = values_of(position) if position.day else []
        for value, name in values or [UNKNOWN]:
            labels[value] = min(labels.get(value, name), name)
            pairs.setdefault(value, []).append((position.speaker_id, position.stance))
    rows = [
        Row(value, labels[value], groups(pairs[value]), _url(proposal, kind, value))
        for value in pairs
    ]
    key = {
        True: lambda row: (not row.value, row.value),
        False: lambda row: (not row.value, -row.speakers, row.label),
    }
    rows.sort(key=key[kind == "year"])
    file_url = reverse(f"proposal-{kind}-csv", args=[proposal.slug])
    return Breakdown(kind, label, rows, file_url)


def _url(proposal: Proposal, kind: str, value: str) -> str:
    """The list of these positions; "" if no parameter selects them."""
    if not value:
        return ""
    names = ["since", "until"] if kind == "year" else [kind]
    query = {"proposal": proposal.slug, **dict.fromkeys(names, value)}
    return f"{reverse('positions')}?{urlencode(query)}"
