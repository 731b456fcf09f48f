"""Dates with a precision (day, month or year), stated or inferred."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


FORMAT: dict[str, str] = {
    Precision.DAY: "N j, Y",
    Precision.MONTH: "F Y",
    Precision.YEAR: "Y",
}
ISO_LENGTH: dict[str, int] = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


# The range of dates that the database accepts. The validator `near` also limits dates
# in the future; a CHECK constraint cannot, because it cannot use the current date.
FIRST_DAY, LAST_DAY = dt.date(1000, 1, 1), dt.date(2200, 1, 1)
YEARS_AHEAD = 5


@dataclass(frozen=True)
class When:
    """A date with its precision, and whether it is inferred."""

    date: dt.date
    precision: str = Precision.DAY
    is_inferred: bool = False

    def __str__(self) -> str:
        return _written(self.date, self.precision, get_language())

    @property
    def iso(self) -> str:
        """For the `datetime` attribute: 2024-12-12, 2024-12 or 2024."""
        return self.date.isoformat()[: ISO_LENGTH[self.precision]]


@functools.lru_cache(maxsize=10_000)
def _written(date: dt.date, precision: str, _language: str | None) -> str:
    """Cached: formatting the same few dates again took a tenth of the time of a page of
    statements.
    """
    return date_format(date, FORMAT[precision])


def near(day: dt.date) -> None:
    """Validates a date or time: rejects one before FIRST_DAY or more than YEARS_AHEAD
    years ahead, which is a typing error, such as 2068 for 68.
    """
    date = day.date() if isinstance(day, dt.datetime) else day
    if date < FIRST_DAY:
        raise ValidationError(
            _("No source has a date before the year 1000. Type the year in full.")
        )
    latest = timezone.localdate().year + YEARS_AHEAD
    if date.year > latest:
        raise ValidationError(
            _("This date is too far ahead: the latest year is %(latest)s."),
            params={"latest": str(latest)},
        )


def calendar_days(*fields: str, name: str) -> models.CheckConstraint:
    """Limits date columns: PostgreSQL also accepts infinity and years BC, which pages
    cannot display.
    """
    return _between(fields, (FIRST_DAY, LAST_DAY), name)


def calendar_times(*fields: str, name: str) -> models.CheckConstraint:
    """Like `calendar_days`, for timestamps."""
    first, last = (
        dt.datetime.combine(day, dt.time(), dt.UTC) for day in (FIRST_DAY, LAST_DAY)
    )
    return _between(fields, (first, last), name)


def _between(
    fields: tuple[str, ...], bounds: tuple[dt.date, dt.date], name: str
) -> models.CheckConstraint:
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": bounds})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_("The date must be between the years 1000 and 2200."),
    )


def dated(
    date: str, precision: str, is_inferred: str, name: str
) -> list[models.CheckConstraint]:
    """A date known only to the month or year is stored as its first day; without a
    date, nothing is inferred.
    """
    return [
        precise(date, precision, f"{name}_precision"),
        inferred(date, is_inferred, f"{name}_inferred"),
    ]


def precise(date: str, precision: str, name: str) -> models.CheckConstraint:
    first_day = Q(**{f"{date}__day": 1})
    return models.CheckConstraint(
        name=name,
        condition=Q(**{precision: Precision.DAY})
        | Q(**{precision: Precision.MONTH}) & first_day
        | Q(**{precision: Precision.YEAR, f"{date}__month": 1}) & first_day,
        violation_error_message=_(
            "If only the month or year is known, enter its first day."
        ),
    )


def inferred(date: str, is_inferred: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{is_inferred: False}) | Q(**{f"{date}__isnull": False}),
        violation_error_message=_("Enter a date before you mark it as inferred."),
    )


def day_after(date: dt.date, precision: str) -> dt.date:
    """The first day after a date that is known to the day, month or year."""
    if precision == Precision.YEAR:
        return dt.date(date.year + 1, 1, 1)
    if precision == Precision.MONTH:
        return dt.date(date.year + date.month // 12, date.month % 12 + 1, 1)
    return date + dt.timedelta(days=1)


class DayAfter(models.Func):
    """The same in the database: date and precision."""

    function = "archive_day_after"
    arity = 2
    output_field = models.DateField()
