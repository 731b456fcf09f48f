"""Roll calls: positions that many speakers took at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.core.dates import When
from policies.models import Position, Stance

MIN_VOTE = 5


@dataclass(frozen=True)
class Side:
    """The speakers with one stance in a roll call, in the order of their names."""

    stance: Stance
    positions: list[Position]

    def __str__(self) -> str:
        return self.stance.counted(len(self.positions))


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


def rolls(positions: Iterable[Any]) -> list[Roll]:
    """The roll calls among `counted()` positions, in their order."""
    by_occasion: dict[tuple[object, ...], list[Position]] = {}
    for position in positions:
        if not position.quotes:
            position.public_evidence = []
            if position.is_bare_action:
                by_occasion.setdefault(_occasion(position), []).append(position)
    return [Roll(each) for each in by_occasion.values() if len(each) >= MIN_VOTE]


def _occasion(position: Position) -> tuple[object, ...]:
    source = (position.source_url, position.source_ref)
    return (position.held_on, position.body_id, *source)
