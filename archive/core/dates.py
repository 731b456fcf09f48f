"""Dates with a precision (day, month or year), stated or inferred."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
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


def calendar_days(*fields: str, name: str) -> models.CheckConstraint:
    """PostgreSQL also has infinity and years BC, which no page can display."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(
            **{f"{field}__range": (dt.date.min, dt.date.max)}
        )
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_("The year must be between 1 and 9999."),
    )


def dated(
    date: str, precision: str, is_inferred: str, name: str
) -> list[models.CheckConstraint]:
    """A date known only to the month or year is stored as its first day; without a
    date, nothing is inferred.
    """
    first_day = Q(**{f"{date}__day": 1})
    return [
        models.CheckConstraint(
            name=f"{name}_precision",
            condition=Q(**{precision: Precision.DAY})
            | Q(**{precision: Precision.MONTH}) & first_day
            | Q(**{precision: Precision.YEAR, f"{date}__month": 1}) & first_day,
            violation_error_message=_(
                "A date known to the month or year stands on its first day."
            ),
        ),
        models.CheckConstraint(
            name=f"{name}_inferred",
            condition=Q(**{is_inferred: False}) | Q(**{f"{date}__isnull": False}),
            violation_error_message=_("There is no date that could be inferred."),
        ),
    ]
