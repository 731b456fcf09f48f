"""When a speaker's stated stance on a proposal changed (see README.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.core.dates import When, day_after
from statements.models import Statement

DATES = [
    *(f"said_{name}" for name in ("on", "precision", "is_inferred")),
    *(f"article__published_{name}" for name in ("on", "precision", "is_inferred")),
]

SIDES = ("supports", "mixed", "opposes")  # the stances that can be changed


@dataclass(frozen=True)
class _Held:
    """A position from `start` up to the day before `end`, as precisely as it is
    known.
    """

    position: Any
    stance: str
    start: dt.date
    end: dt.date

    def may_be_of_the_day_of(self, other: _Held) -> bool:
        return self.start < other.end and other.start < self.end


def changes(positions: Iterable[Any]) -> dict[Any, Any]:
    """Each position with which a speaker's stated stance changed -> the position
    before. `positions` are all those of the speakers on the proposals.
    """
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for position in positions:
        if position.stance in SIDES and not position.is_inferred:
            pair = (position.speaker_id, position.proposal_id)
            by_pair.setdefault(pair, []).append(position)
    return {
        later: earlier
        for pair in by_pair.values()
        if len({position.stance for position in pair}) > 1
        for later, earlier in _of_pair(pair)
    }


def _of_pair(positions: list[Any]) -> Iterator[tuple[Any, Any]]:
    changed_to = set()  # stance and position before: two of one day are one change
    clear = _clear([_held(each) for each in positions if each.when])
    for later in clear:
        before = [each for each in clear if each.end <= later.start]
        if before and before[-1].stance != later.stance:
            change = (later.stance, before[-1].position)
            if change not in changed_to:
                changed_to.add(change)
                yield later.position, before[-1].position


def _held(position: Any) -> _Held:
    when = position.when
    end = day_after(when.date, when.precision)
    return _Held(position, position.stance, when.date, end)


def _clear(rows: list[_Held]) -> list[_Held]:
    """Oldest first, without those that another stance may share the day with: which of
    the two came first is not known.
    """
    clear = [
        row
        for row in rows
        if not any(
            other.stance != row.stance and other.may_be_of_the_day_of(row)
            for other in rows
        )
    ]
    return sorted(clear, key=lambda row: (row.start, row.position.pk))


def newest_first(positions: list[Any]) -> dict[int, int]:
    """The same by primary key, the newest change first; at most one query."""
    load_dates(positions)
    pairs = sorted(changes(positions).items(), key=lambda pair: pair[0].pk)
    pairs.sort(key=lambda pair: pair[0].when.date, reverse=True)
    return {later.pk: earlier.pk for later, earlier in pairs}


def load_dates(positions: Iterable[Any]) -> None:
    """Loads what `when` reads, in one query, without a statement or an article."""
    undated = {position.pk: position for position in positions if not position.held_on}
    for position in undated.values():
        position.evidence_dates = []
    rows = Statement.objects.public().order_by().filter(positions__in=list(undated))
    for pk, *dates in rows.values_list("positions", *DATES):
        known = dates[:3] if dates[0] else dates[3:]
        if known[0]:
            undated[pk].evidence_dates.append(When(*known))
