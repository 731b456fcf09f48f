"""What the charts share: places along the width, in percent, and ticks below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MIN_GAP = 15.0  # percent between two labels: 4 digits on a phone
EDGE = 5.0  # percent: half a label of 4 digits on a phone
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # years between two labels


@dataclass(frozen=True)
class Tick:
    """A label at `x` percent of the width; `anchor` is the SVG text-anchor that keeps
    it inside the drawing.
    """

    x: float
    text: str
    anchor: str


def percent(part: float, whole: float) -> float:
    """`part` of `whole` in percent, with two decimals; 0 for a whole of 0."""
    return round(100 * part / whole, 2) if whole else 0.0


def anchor(x: float) -> str:
    """The text-anchor with which a short label at `x` percent stays inside."""
    if x < EDGE:
        return "start"
    return "end" if x > 100 - EDGE else "middle"


def year_ticks(first: int, last: int, places: Sequence[float]) -> tuple[Tick, ...]:
    """Labels of the first, the last and round years between; `places` has the middle
    of each year from `first` to `last`, in percent.
    """
    ends = {first, last}
    step = next(
        (
            step
            for step in STEPS
            if step * (places[-1] - places[0]) >= _span(first, last)
        ),
        STEPS[-1],
    )
    round_years = [year for year in range(first, last + 1) if not year % step]
    chosen = sorted(
        ends
        | {
            year
            for year in round_years
            if all(
                abs(places[year - first] - places[end - first]) >= MIN_GAP
                for end in ends
            )
        }
    )
    return tuple(_tick(year, places[year - first]) for year in chosen)


def _tick(year: int, place: float) -> Tick:
    side = anchor(place)
    return Tick({"start": 0.0, "end": 100.0}.get(side, place), str(year), side)


def _span(first: int, last: int) -> float:
    return MIN_GAP * (last - first)
