"""Dated stances as dots in lanes: of one speaker, or the counts of a proposal."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from archive.charts.scales import Tick, percent, year_ticks

LEFT, RIGHT = 30.0, 95.0  # percent between which the dots lie; labels stand before
LANE = 34  # px
FOOT = 22  # px for the dates
SMALL, LARGE = 5.0, 15.0  # px: the radius of 1, and the largest
MIN_YEARS = 3  # from which the ticks are years


@dataclass(frozen=True)
class Point:
    """A stance on a day. `when` is the date as text (as precise as it is known),
    `count` how many took the stance then, `url` leads to the record.
    """

    day: dt.date
    key: str
    when: str
    count: int = 1
    is_inferred: bool = False
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Lane:
    """A stance: its key and its translated word. `y` is its line in px."""

    key: str
    label: str
    y: int = 0


@dataclass(frozen=True)
class Dot:
    """A dot: `x` in percent of the width, `y` and `radius` in px."""

    point: Point
    label: str
    x: float
    y: int
    radius: float


@dataclass(frozen=True)
class Line:
    """From one dot to the next: x in percent, y in px."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True)
class OverTime:
    """Lanes from top to bottom with dots in order of time; `height` in px."""

    lanes: tuple[Lane, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    left: float
    height: int
    macro = "charts/_over_time.jinja"

    @property
    def has_counts(self) -> bool:
        """Whether a dot stands for more than one."""
        return any(dot.point.count > 1 for dot in self.dots)

    @property
    def description(self) -> str:
        """The whole chart in words, oldest first."""
        return "; ".join(
            f"{dot.point.when}: {dot.label}"
            + (f": {dot.point.count}" if self.has_counts else "")
            for dot in self.dots
        )


def stance_over_time(
    points: Sequence[Point], lanes: Sequence[Lane], *, joined: bool = False
) -> OverTime | None:
    """The chart of these points; None if they lie on fewer than two days. A lane that
    no point needs is left out; a point without a lane is an error (KeyError). `joined`
    draws a line from dot to dot: for one speaker.
    """
    ordered = sorted(points, key=lambda point: point.day)
    if len({point.day for point in ordered}) < 2:
        return None
    used = {point.key for point in ordered}
    rows = {
        lane.key: Lane(lane.key, lane.label, LANE // 2 + LANE * index)
        for index, lane in enumerate(lane for lane in lanes if lane.key in used)
    }
    first, last = ordered[0].day, ordered[-1].day
    most = max(point.count for point in ordered)
    dots = [
        Dot(
            point,
            rows[point.key].label,
            _x(point.day, first, last),
            rows[point.key].y,
            _radius(point.count, most),
        )
        for point in ordered
    ]
    pairs = itertools.pairwise(dots) if joined else ()
    return OverTime(
        tuple(rows.values()),
        tuple(dots),
        tuple(Line(a.x, a.y, b.x, b.y) for a, b in pairs),
        _ticks(dots),
        LEFT,
        LANE * len(rows) + FOOT,
    )


def _x(day: dt.date, first: dt.date, last: dt.date) -> float:
    share = percent((day - first).days, (last - first).days) / 100
    return round(LEFT + 4 + share * (RIGHT - LEFT - 4), 2)


def _radius(count: int, most: int) -> float:
    """Areas are in proportion to counts, but for the smallest."""
    return round(max(SMALL, min(LARGE, SMALL * most**0.5) * (count / most) ** 0.5), 1)


def _ticks(dots: Sequence[Dot]) -> tuple[Tick, ...]:
    first, last = dots[0].point.day, dots[-1].point.day
    if last.year - first.year < MIN_YEARS:
        return (
            Tick(dots[0].x, dots[0].point.when, "start"),
            Tick(dots[-1].x, dots[-1].point.when, "end"),
        )
    starts = range(first.year + 1, last.year + 1)
    places = [_x(dt.date(year, 1, 1), first, last) for year in starts]
    return year_ticks(starts[0], starts[-1], places)
