"""How often each value of a filter occurs among the results, and what is active."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MAX_YEARS = 60


@dataclass(frozen=True)
class Option:
    """One value: how it stands in the address, how it is shown, and how many results
    have it (None: not counted).
    """

    value: str
    label: str
    count: int | None
    is_active: bool


@dataclass(frozen=True)
class Facet:
    """The values of one filter, most frequent first; for fixed choices in their own
    order.

    `whole_url` shows them all, where some are left out.
    """

    name: str
    label: str
    options: list[Option]
    whole_url: str = ""

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass(frozen=True)
class WayOut:
    """From no result: what to drop, how many results there are then, and their url."""

    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Histogram:
    """Results by year, as paths of an SVG that is `width` wide and 40 high; `chosen`
    lies between since and until.
    """

    first: int
    last: int
    fullest: int
    width: int
    bars: str
    chosen: str


@dataclass(frozen=True)
class Chip:
    """An active value, and the url of the results without it."""

    name: str
    label: str
    url: str


def most_frequent(
    counts: Mapping[str, int], size: int, active: Collection[str]
) -> list[str]:
    """Those `size` values that `by_frequency` puts first; of a thousand, few are worth
    sorting.
    """
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
    """The values that have a label. Active ones come first, also without a result or a
    label.
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
        key=lambda option: (not option.is_active, -(option.count or 0), option.value),
    )


def by_choice(
    counts: Mapping[str, int],
    choices: Iterable[tuple[str, str]],
    active: Collection[str],
) -> list[Option]:
    """All choices that occur or are active, in the order they are declared."""
    return [
        Option(value, str(label), counts.get(value, 0), value in active)
        for value, label in choices
        if counts.get(value) or value in active
    ]


def histogram(
    counts: dict[int, int], since: int | None, until: int | None
) -> Histogram | None:
    """Of year -> number; None where there is nothing to compare."""
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
