"""Speakers whose positions on one proposal changed, with the dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from policies.models import Position
from statements.models import Speaker


@dataclass(frozen=True)
class Changed:
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


def changes(stated: Iterable[Position], differing: set[int]) -> list[Changed]:
    """Of `counted()` positions with their dates; the newest change comes first, what
    has no order last.
    """
    by_speaker: dict[int, list[Position]] = {}
    for position in stated:
        if position.speaker_id in differing:
            by_speaker.setdefault(position.speaker_id, []).append(position)
    made = [
        Changed(steps, _is_ordered(steps)) for steps in map(_steps, by_speaker.values())
    ]
    made.sort(key=lambda each: (not each.is_ordered, -_day(each.last)))
    return made


def _steps(positions: list[Position]) -> list[Position]:
    """A stance that was repeated is one step, with its first date."""
    steps: list[Position] = []
    for position in sorted(positions, key=_day):
        if not steps or position.stance != steps[-1].stance:
            steps.append(position)
    return steps


def _is_ordered(steps: list[Position]) -> bool:
    """Whether each date is surely later than the one before: a month or a year has no
    order with a day in it.
    """
    dates = [step.when.iso if step.when else "" for step in steps]
    return all(
        not later.startswith(earlier) and not earlier.startswith(later)
        for earlier, later in pairwise(dates)
    )


def _day(position: Any) -> int:
    return position.day.toordinal() if position.day else 0
