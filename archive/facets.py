"""How often each value of a filter occurs among the results, and what is active."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One value: how it stands in the address, how it is shown, and how many results have it (None: not counted)."""

    value: str
    label: str
    count: int | None
    is_active: bool


@dataclass(frozen=True)
class Facet:
    """The values of one filter, most frequent first; for fixed choices in their own order."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass(frozen=True)
class Chip:
    """An active value, and the address of the results without it."""

    name: str
    label: str
    address: str


def by_frequency(counts: Iterable[tuple[str, str, int]], active: list[str]) -> list[Option]:
    """`counts` are (value, label, number); active values come first, also those without a result."""
    options = [Option(value, label, count, value in active) for value, label, count in counts]
    return sorted(options, key=lambda option: (not option.is_active, -(option.count or 0), option.label))


def by_choice(counts: dict[str, int], choices: Iterable[tuple[str, str]], active: list[str]) -> list[Option]:
    """All choices that occur or are active, in the order they are declared."""
    return [
        Option(value, str(label), counts.get(value, 0), value in active)
        for value, label in choices
        if counts.get(value) or value in active
    ]
