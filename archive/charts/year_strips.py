"""Counts by year as bars: one series upwards, a second one downwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.charts.scales import Tick, anchor, percent, year_ticks

MAX_YEARS = 120
BAR = 44  # px: the highest bar of a series
HEAD = 16  # px above (or below) the bars, for the number of the highest one
FOOT = 20  # px for the years


@dataclass(frozen=True)
class Series:
    """`counts` is year -> number; `key` names the colour ("all" or a stance), `label`
    is the translated word for it.
    """

    key: str
    label: str
    counts: Mapping[int, int]


@dataclass(frozen=True)
class Bar:
    """A bar: `x` and `width` in percent of the strip, `y` and `height` in px."""

    year: int
    key: str
    count: int
    x: float
    width: float
    y: int
    height: int


@dataclass(frozen=True)
class Peak:
    """The number at the highest bar of a series: `x` in percent, `y` in px (the
    baseline of the text).
    """

    x: float
    y: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Years:
    """A strip `height` px high; the bars stand on a line at `base` px. `table` has a
    row for each year with anything: the year and its number in each series.
    """

    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    peaks: tuple[Peak, ...]
    ticks: tuple[Tick, ...]
    table: tuple[tuple[int, tuple[int, ...]], ...]
    base: int
    height: int
    macro = "charts/_years.jinja"

    @property
    def first(self) -> int:
        return self.table[0][0]

    @property
    def last(self) -> int:
        return self.table[-1][0]

    @property
    def description(self) -> str:
        """The whole strip in words."""
        each = (
            f"{one.label}: " + ", ".join(f"{year}: {n}" for year, n in _years(one))
            for one in self.series
        )
        return "; ".join(each)


def years(*series: Series) -> Years | None:
    """The strip of one series or of two, of which the second hangs below the line;
    None if fewer than two years have anything. Of more than 120 years it shows the
    last 120.
    """
    found = {year for one in series for year, _count in _years(one)}
    if len(found) < 2:
        return None
    last = max(found)
    first = max(min(found), last - MAX_YEARS + 1)
    drawn = range(first, last + 1)
    highest = max(one.counts.get(year, 0) for one in series for year in drawn)
    bars = [
        _bar(one, year, drawn, highest, is_below=bool(index))
        for index, one in enumerate(series)
        for year in drawn
        if one.counts.get(year, 0) > 0
    ]
    base = HEAD + BAR
    deepest = max((bar.height for bar in bars if bar.y > base), default=-HEAD)
    places = [percent(index + 0.5, len(drawn)) for index in range(len(drawn))]
    return Years(
        series,
        tuple(bars),
        tuple(_peak(one, bars, base) for one in series if _years(one)),
        year_ticks(first, last, places),
        tuple(
            (year, tuple(one.counts.get(year, 0) for one in series))
            for year in sorted(found)
        ),
        base,
        base + deepest + HEAD + FOOT,
    )


def _years(series: Series) -> list[tuple[int, int]]:
    return sorted((year, count) for year, count in series.counts.items() if count > 0)


def _bar(
    series: Series, year: int, drawn: range, highest: int, *, is_below: bool
) -> Bar:
    count = series.counts[year]
    height = max(2, round(BAR * count / highest))
    step = 100 / len(drawn)
    return Bar(
        year,
        series.key,
        count,
        round((year - drawn[0] + 0.1) * step, 2),
        round(0.8 * step, 2),
        HEAD + BAR + 1 if is_below else HEAD + BAR - height,
        height,
    )


def _peak(series: Series, bars: Sequence[Bar], base: int) -> Peak:
    top = max((bar for bar in bars if bar.key == series.key), key=lambda bar: bar.count)
    x = round(top.x + top.width / 2, 2)
    y = top.y - 4 if top.y < base else top.y + top.height + 13
    return Peak(x, y, str(top.count), anchor(x))
