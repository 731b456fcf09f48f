"""Roll calls: positions that many speakers took at once, one line for each stance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.core.dates import When
from policies.models import Basis, Position, Stance

MIN_VOTE = 5
MAX_NAMES = 12  # a side with more names is folded


@dataclass(frozen=True)
class Side:
    """The speakers with one stance in a roll call, in the order of their names."""

    stance: Stance
    positions: list[Position]

    def __str__(self) -> str:
        return self.stance.counted(len(self.positions))

    @property
    def is_short(self) -> bool:
        return len(self.positions) <= MAX_NAMES


@dataclass(frozen=True)
class Roll:
    """Positions of one day, one body and one source that rest on nothing else."""

    positions: list[Position]

    @property
    def first(self) -> Position:
        return self.positions[0]

    @property
    def when(self) -> When | None:
        return self.first.when

    @property
    def sides(self) -> list[Side]:
        """In the order of the stances."""
        sides = []
        for stance in Stance:
            taken = [each for each in self.positions if each.stance == stance]
            if taken:
                taken.sort(key=lambda each: (each.speaker.sort_key, each.pk))
                sides.append(Side(stance, taken))
        return sides


def rolls(positions: Iterable[Position]) -> list[Roll]:
    """The roll calls among `counted()` positions, in their order."""
    by_occasion: dict[tuple[object, ...], list[Position]] = {}
    for position in positions:
        if _is_bare_action(position):
            occasion = (position.held_on, position.body_id)
            source = (position.source_url, position.source_ref)
            by_occasion.setdefault((*occasion, *source), []).append(position)
    found = [Roll(each) for each in by_occasion.values() if len(each) >= MIN_VOTE]
    for roll in found:
        for position in roll.positions:
            position.public_evidence = []
    return found


def _is_bare_action(position: Any) -> bool:
    """Whether it is an action of a known day that rests on an address alone."""
    return bool(
        position.basis == Basis.ACTION
        and position.held_on
        and position.source_url
        and not position.conditions
        and not position.rationale
        and not position.quotes
    )
