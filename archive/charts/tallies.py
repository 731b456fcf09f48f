"""A bar of one line that is divided among stances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.charts.scales import percent

LABELLED = 9.0  # percent: from this width a part shows three digits on a phone


@dataclass(frozen=True)
class Count:
    """How many take a stance. `key` names the colour (a stance, or "differ"), `label`
    is the translated word beside the number.
    """

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Part:
    """A part of the bar: `x` and `width` in percent of the bar."""

    key: str
    label: str
    count: int
    x: float
    width: float

    @property
    def is_labelled(self) -> bool:
        """Whether the number fits into the part."""
        return self.width >= LABELLED

    @property
    def middle(self) -> float:
        """In percent, for the number."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Tally:
    """A bar of all counts; `total` is their sum."""

    parts: tuple[Part, ...]
    total: int
    macro = "charts/_tally.jinja"

    @property
    def description(self) -> str:
        """The whole bar in words."""
        return "; ".join(f"{part.label}: {part.count}" for part in self.parts)


def tally(counts: Sequence[Count]) -> Tally | None:
    """The bar of these counts, in their order; None if there is nothing to count.
    Counts of 0 have no part.
    """
    shown = [count for count in counts if count.count > 0]
    total = sum(count.count for count in shown)
    if not total:
        return None
    parts, before = [], 0
    for count in shown:
        x = percent(before, total)
        before += count.count
        width = round(percent(before, total) - x, 2)
        parts.append(Part(count.key, count.label, count.count, x, width))
    return Tally(tuple(parts), total)
