"""Counts by value of each filter, and the active values."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MAX_YEARS = 60


@dataclass(frozen=True)
class Option:
    """One value: as in the URL, its label, and its number of results (None: not
    counted).
    """

    value: str
    label: str
    count: int | None
    is_active: bool


@dataclass(frozen=True)
class Facet:
    """The values of one filter, most frequent first; fixed choices in their own order.

    `whole_url` shows all values if some are left out.
    """

    name: str
    label: str
    options: list[Option]
    whole_url: str = ""

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass(frozen=True)
class RemovableFilter:
    """Offered if there are no results: the filter to drop, and the number of results
    and the URL without it.
    """

    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Histogram:
    """Results by year as SVG paths, `width` wide and 40 high; `chosen` covers the years
    between since and until.
    """

    first: int
    last: int
    fullest: int
    width: int
    bars: str
    chosen: str


@dataclass(frozen=True)
class Chip:
    """An active value, and the URL of the results without it."""

    name: str
    label: str
    url: str


def most_frequent(
    counts: Mapping[str, int], size: int, active: Collection[str]
) -> list[str]:
    """The first `size` values of `by_frequency`, without sorting all of them."""
    least = min(heapq.nlargest(size, counts.values()), default=0)
    candidates = [
        value for value, count in counts.items() if count >= least or value in active
    ]
    return sorted(
        candidates, key=lambda value: (value not in active, -counts[value], value)
    )[:size]


def by_frequency(
    counts: Mapping[str, int], labels: Mapping[str, str], active: Collection[str]
) -> list[Option]:
    """The values that have a label, active ones first, even without a result or a
    label; those with the same count in the order of `labels`.
    """
    options = [
        Option(value, label, counts.get(value, 0), value in active)
        for value, label in labels.items()
    ]
    options += [
        Option(value, value, 0, True) for value in active if value not in labels
    ]
    return sorted(
        options,
        key=lambda option: (not option.is_active, -(option.count or 0)),
    )


def by_choice(
    counts: Mapping[str, int],
    choices: Iterable[tuple[str, str]],
    active: Collection[str],
) -> list[Option]:
    """The choices that occur or are active, in their declared order."""
    return [
        Option(value, str(label), counts.get(value, 0), value in active)
        for value, label in choices
        if counts.get(value) or value in active
    ]


def histogram(
    counts: dict[int, int], since: int | None, until: int | None
) -> Histogram | None:
    """Takes year -> count; returns None if there are fewer than two years."""
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - MAX_YEARS + 1)
    fullest = max(counts, key=lambda year: counts[year])
    bars: dict[bool, list[str]] = {False: [], True: []}
    for index, year in enumerate(range(first, last + 1)):
        height = -(-40 * counts.get(year, 0) // counts[fullest])
        is_chosen = bool(since or until) and (since or year) <= year <= (until or year)
        bars[is_chosen].append(f"M{index * 10} 40v-{height}h8v{height}z")
    return Histogram(
        first,
        last,
        fullest,
        (last - first + 1) * 10,
        "".join(bars[False]),
        "".join(bars[True]),
    )
