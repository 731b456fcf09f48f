"""Small charts: numbers in, geometry out. See README.md."""

from archive.charts.over_time import Lane, OverTime, Point, stance_over_time
from archive.charts.tallies import Count, Tally, tally
from archive.charts.year_strips import Series, Years, years

__all__ = [
    "Count",
    "Lane",
    "OverTime",
    "Point",
    "Series",
    "Tally",
    "Years",
    "stance_over_time",
    "tally",
    "years",
]
