"""The charts on the page of a proposal: how many take each stance, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from archive.charts import Count, Lane, OverTime, Point, Tally, stance_over_time, tally
from archive.core.dates import ISO_LENGTH, Precision, When
from policies.models import Position, Stance
from policies.standings import Group

MAX_MARKS = 40  # up to here each speaker has a mark of their own
MIN_DAYS = 3
MAX_DOTS = 12


def tally_of(groups: list[Group]) -> Tally | None:
    """A bar of many speakers; None of so few that each has a mark."""
    if sum(group.count for group in groups) <= MAX_MARKS:
        return None
    return tally(
        [
            Count(group.stance.value, str(group.stance.label), group.count)
            if group.stance
            else Count("differ", _("Differing"), group.count)
            for group in groups
        ]
    )


def over_time(stated: Iterable[Position]) -> OverTime | None:
    """How many took each stance on each day; None for so few days that words say it."""
    dated = [(when, position.stance) for position in stated if (when := position.when)]
    if len({when for when, _stance in dated}) < MIN_DAYS:
        return None
    counts = _counted(dated)
    points = [
        Point(when.date, stance, str(when), count)
        for (when, stance), count in counts.items()
    ]
    taken = {stance for _when, stance in counts}
    return stance_over_time(
        points, [Lane(each.value, str(each.label)) for each in Stance if each in taken]
    )


def _counted(dated: list[tuple[When, str]]) -> Counter[tuple[When, str]]:
    """By day; by month or year where there would be too many dots."""
    counts = Counter(dated)
    for precision in (Precision.MONTH, Precision.YEAR):
        if len(counts) > MAX_DOTS:
            counts = Counter((_within(when, precision), each) for when, each in dated)
    return counts


def _within(when: When, precision: str) -> When:
    """Its month or year, unless it is not known so precisely."""
    if ISO_LENGTH[when.precision] < ISO_LENGTH[precision]:
        return when
    first = when.date.replace(day=1)
    if precision == Precision.YEAR:
        first = first.replace(month=1)
    return When(first, precision)
