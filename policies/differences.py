"""Speakers whose positions on one proposal differ: who changed, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from policies.changes import changes
from policies.models import Position
from statements.models import Speaker


@dataclass(frozen=True)
class Difference:
    """A speaker's differing positions, the oldest first; `is_ordered` unless the dates
    do not say which came first.
    """

    steps: list[Position]
    is_ordered: bool

    @property
    def speaker(self) -> Speaker:
        return self.steps[0].speaker

    @property
    def url(self) -> str:
        """The list of all their positions on the proposal."""
        names = {"proposal": self.last.proposal.slug, "speaker": self.speaker.slug}
        return f"{reverse('positions')}?{urlencode(names)}"

    @property
    def last(self) -> Position:
        return self.steps[-1]


def differences(stated: Iterable[Position], differing: set[int]) -> list[Difference]:
    """Of `counted()` positions with their dates; the newest change comes first, what
    has no order last.
    """
    by_speaker: dict[int, list[Position]] = {}
    for position in stated:
        if position.speaker_id in differing:
            by_speaker.setdefault(position.speaker_id, []).append(position)
    made = [_difference(positions) for positions in by_speaker.values()]
    made.sort(key=lambda each: (not each.is_ordered, -_day(each.last)))
    return made


def _difference(positions: list[Position]) -> Difference:
    """Its changes, or each stance once where the dates give no order."""
    pairs = sorted(changes(positions).items(), key=lambda pair: _day(pair[0]))
    if pairs:
        laters = [later for later, _earlier in pairs]
        return Difference([pairs[0][1], *laters], is_ordered=True)
    first: dict[str, Position] = {}
    for position in sorted(positions, key=_day):
        first.setdefault(position.stance, position)
    return Difference(list(first.values()), is_ordered=False)


def _day(position: Any) -> int:
    return position.day.toordinal() if position.day else 0
