"""What a speaker has been, and where: offices, parties, memberships."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.constraints import visible, web_addresses
from archive.core.dates import (
    DayAfter,
    Precision,
    When,
    calendar_days,
    day_after,
    inferred,
    near,
    precise,
)
from statements.models.speakers import Speaker
from statements.querysets import AffiliationQuerySet

NO_BODY = "This must be an organization, not merged into another, and not the speaker."


class AffiliationKind(models.TextChoices):
    OFFICE = "office", _("Office")
    PARTY = "party", _("Party")
    MEMBER = "member", _("Member")


def precision(label: Any) -> models.CharField:
    return models.CharField(
        label, max_length=5, choices=Precision, default=Precision.DAY
    )


@pghistory.track(exclude=["title_slug", "place_slug"])
class Affiliation(models.Model):
    """An office, a party or a membership that a speaker has between two dates. On
    `known_on` a source shows it held.
    """

    hangs_from = ("speaker",)
    public_if = AffiliationQuerySet.PUBLIC_IF
    natural = (
        *("speaker__slug", "kind", "title"),
        *("organization__slug", "place", "start"),
    )
    # whom a public row with a source makes public
    reveals = {
        "speaker": ~Q(source_url=""),
        "organization": ~Q(source_url="")
        & Q(speaker__article=None, speaker__merged_into=None),
    }

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="affiliations", verbose_name=_("who")
    )
    kind = models.CharField(
        _("kind"),
        max_length=6,
        choices=AffiliationKind,
        default=AffiliationKind.OFFICE,
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("As the source calls it; of a party or a member it may be empty."),
    )
    organization = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        limit_choices_to={"kind": "organization", "merged_into": None},
        verbose_name=_("organization"),
    )
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Illinois” or “Council District 14”."),
    )
    start = models.DateField(_("from"), null=True, blank=True, validators=[near])
    start_precision = precision(_("from: known to the"))
    end = models.DateField(_("until"), null=True, blank=True, validators=[near])
    end_precision = precision(_("until: known to the"))
    known_on = models.DateField(_("known on"), null=True, blank=True, validators=[near])
    known_precision = precision(_("known on: known to the"))
    known_is_inferred = models.BooleanField(_("that date is inferred"), default=False)
    source_url = models.URLField(_("source address"), max_length=1000, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    # kept by a trigger; the tokens of the filters `office` and `place`
    title_slug = models.TextField(default="", editable=False, serialize=False)
    place_slug = models.TextField(default="", editable=False, serialize=False)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = [F("start").desc(nulls_last=True), "-known_on", "title", "id"]
        indexes = [
            models.Index(name="affiliation_title", fields=["title_slug"]),
            models.Index(name="affiliation_place", fields=["place_slug"]),
        ]
        constraints = [
            visible("title", "place", name="affiliation_visible"),
            web_addresses("source_url", name="affiliation_source"),
            calendar_days("start", "end", "known_on", name="affiliation_days"),
            precise("start", "start_precision", "affiliation_start_precision"),
            precise("end", "end_precision", "affiliation_end_precision"),
            precise("known_on", "known_precision", "affiliation_known_precision"),
            inferred("known_on", "known_is_inferred", "affiliation_known_inferred"),
            models.CheckConstraint(
                name="affiliation_kind", condition=Q(kind__in=AffiliationKind.values)
            ),
            models.CheckConstraint(
                name="affiliation_says_something",
                condition=Q(title__regex=r"\S")
                | Q(kind__in=["party", "member"])
                & (Q(organization__isnull=False) | Q(place__regex=r"\S")),
                violation_error_message=_(
                    "An office needs its title; a party or a membership needs a title, "
                    "an organization or a place."
                ),
            ),
            models.CheckConstraint(
                name="affiliation_dates",
                condition=GreaterThan(DayAfter("end", "end_precision"), F("start")),
                violation_error_message=_("It must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["speaker", "kind", "title", "organization", "place", "start"],
                nulls_distinct=False,
                name="affiliation_once",
                violation_error_message=_("The speaker has this already."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="slugs",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.one_line("""
                NEW.title_slug = archive_slug(NEW.title);
                NEW.place_slug = archive_slug(NEW.place);
                RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                name="organization",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__organization_id__isnull=False),
                func=triggers.one_line(f"""
                IF (TG_OP = 'INSERT'
                    OR ROW(NEW.organization_id, NEW.speaker_id)
                        IS DISTINCT FROM ROW(OLD.organization_id, OLD.speaker_id))
                AND NOT EXISTS (SELECT 1 FROM statements_speaker s
                    WHERE s.id = NEW.organization_id AND s.id <> NEW.speaker_id
                    AND s.kind = 'organization' AND s.merged_into_id IS NULL
                    FOR SHARE) THEN
                    {triggers.refuse("affiliation_organization", NO_BODY)}
                END IF;
                RETURN NEW;
                """),
            ),
            *triggers.change_log("statements.speaker", "speaker_id", "organization_id"),
        ]

    def __str__(self) -> str:
        """As it stands beside a name."""
        return (
            self.title
            or (self.organization.name if self.organization else "")
            or (self.place)
        )

    def natural_key(self) -> tuple[object, ...]:
        organization = self.organization.slug if self.organization else None
        return (
            *(self.speaker.slug, self.kind, self.title),
            *(organization, self.place, self.start),
        )

    natural_key.dependencies = ["statements.speaker"]  # type: ignore[attr-defined]

    @property
    def when_start(self) -> When | None:
        return When(self.start, self.start_precision) if self.start else None

    @property
    def when_end(self) -> When | None:
        return When(self.end, self.end_precision) if self.end else None

    @property
    def when_known(self) -> When | None:
        if not self.known_on:
            return None
        return When(self.known_on, self.known_precision, self.known_is_inferred)

    def held_on(self, day: dt.date) -> bool:
        """Whether it is held on that day, as far as the archive knows. With a start and
        no end it is held from then on; `known_on` replaces an unknown start. A date
        known to the month or year means all of it. The same as the queryset's.
        """
        first = self.start or self.known_on
        if not first or day < first:
            return False
        if self.end:
            return day < day_after(self.end, self.end_precision)
        if self.start or not self.known_on:
            return True
        return day < day_after(self.known_on, self.known_precision)
