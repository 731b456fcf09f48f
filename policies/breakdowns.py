"""Counts the speakers of each stance on a proposal by party, office and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policies.models import Position, Proposal, Stance
from policies.standings import Group, groups
from statements.models import AffiliationKind

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


def _party(position: Any) -> Value:
    known = position.speaker.public_affiliations if position.day else []
    for each in known:
        is_party = each.kind == AffiliationKind.PARTY and each.organization
        if is_party and each.held_on(position.day):
            return each.organization.slug, each.organization.name
    return UNKNOWN


def _office(position: Any) -> Value:
    held = position.speaker.office_on(position.day)
    return (held.title_slug, held.title) if held else UNKNOWN


def _year(position: Any) -> Value:
    return (str(position.day.year),) * 2 if position.day else UNKNOWN


KINDS: dict[str, tuple[Any, Callable[[Any], Value]]] = {
    "party": (_("By party"), _party),
    "office": (_("By office"), _office),
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


def _breakdown(
    proposal: Proposal, positions: Iterable[Position], kind: str
) -> Breakdown:
    label, value_of = KINDS[kind]
    taken: dict[Value, list[tuple[int, str]]] = {}
    for position in positions:
        pair = (position.speaker_id, position.stance)
        taken.setdefault(value_of(position), []).append(pair)
    rows = [
        Row(*value, groups(pairs), _url(proposal, kind, value[0]))
        for value, pairs in taken.items()
    ]
    key = {
        True: lambda row: (not row.value, row.value),
        False: lambda row: (not row.value, -row.speakers, row.label),
    }
    rows.sort(key=key[kind == "year"])
    file_url = reverse(f"proposal-{kind}-file", args=[proposal.slug])
    return Breakdown(kind, label, rows, file_url)


def _url(proposal: Proposal, kind: str, value: str) -> str:
    """The list of these positions; "" if no parameter selects them."""
    if not value:
        return ""
    names = ["since", "until"] if kind == "year" else [kind]
    query = {"proposal": proposal.slug, **dict.fromkeys(names, value)}
    return f"{reverse('positions')}?{urlencode(query)}"
