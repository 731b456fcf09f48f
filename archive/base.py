"""What the records of every app have in common."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

UID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


@dataclass(frozen=True)
class When:
    """A date as well as it is known."""

    date: dt.date
    precision: str = Precision.DAY
    is_inferred: bool = False

    def __str__(self) -> str:
        form = {Precision.DAY: "N j, Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}[Precision(self.precision)]
        return date_format(self.date, form)

    @property
    def iso(self) -> str:
        """For the `datetime` attribute: 2024-12-12, 2024-12 or 2024."""
        return self.date.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7}.get(Precision(self.precision), 4)]


def new_uid() -> str:
    return "".join(secrets.choice(UID_ALPHABET) for _ in range(10))


class Publishable(models.Model):
    """A record with an editorial status and a permanent public identifier.

    `hangs_from` names the foreign keys whose records must be public too; `natural` the fields a fixture knows it by.
    """

    hangs_from: tuple[str, ...] = ()
    natural: tuple[str, ...] = ("uid",)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    uid = models.CharField(max_length=10, unique=True, default=new_uid, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="%(app_label)s_%(class)s_uid", condition=Q(uid__regex=r"^[0-9a-z]{10}$")),
        ]

    def natural_key(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in self.natural)


class Passage(models.Model):
    """The exact run of characters `start`..`end` (Unicode code points) of a version.

    W3C TextPositionSelector and TextQuoteSelector in one row; prefix and suffix are filled in by the database.
    """

    version = models.ForeignKey("archive.ArticleVersion", models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True, editable=False)
    suffix = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["ordinal", "id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("A passage ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:60]

    @property
    def paragraph(self) -> int:
        """In which paragraph of the text it begins, counted from 1; blank lines are none."""
        return sum(bool(line.strip()) for line in self.version.text[: self.start + 1].split("\n"))


def says_something(field: str, name: str) -> models.CheckConstraint:
    """Not empty and not only blanks."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__regex": r"\S"}),
        violation_error_message=_("This must not be empty."),
    )


def web_addresses(*fields: str, name: str) -> models.CheckConstraint:
    """Empty, or an address a browser opens and nothing else: never javascript:."""
    condition = Q()
    for field in fields:
        condition &= Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://\S+$"})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_("An address starts with http:// or https:// and has no blanks."),
    )


def calendar_days(*fields: str, name: str) -> models.CheckConstraint:
    """PostgreSQL also knows infinity and years before our era; no page could show them."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (dt.date.min, dt.date.max)})
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_message=_("The year must be between 1 and 9999.")
    )


def slug_is_plain(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$"),
        violation_error_message=_("An address has letters, digits, hyphens and underscores only."),
    )


def dated(date: str, precision: str, is_inferred: str, name: str) -> list[models.CheckConstraint]:
    """A date that is only known to the month or year stands on its first day; no date, nothing inferred."""
    first_day = Q(**{f"{date}__day": 1})
    return [
        models.CheckConstraint(
            name=f"{name}_precision",
            condition=Q(**{precision: Precision.DAY})
            | Q(**{precision: Precision.MONTH}) & first_day
            | Q(**{precision: Precision.YEAR, f"{date}__month": 1}) & first_day,
            violation_error_message=_("A date known to the month or year stands on its first day."),
        ),
        models.CheckConstraint(
            name=f"{name}_inferred",
            condition=Q(**{is_inferred: False}) | Q(**{f"{date}__isnull": False}),
            violation_error_message=_("There is no date that could be inferred."),
        ),
    ]
