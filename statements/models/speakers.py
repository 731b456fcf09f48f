"""Persons, organizations and groups, and the roles they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.addresses import address
from archive.core.constraints import (
    says_something,
    slug_is_plain,
    visible,
    web_addresses,
)
from archive.core.dates import calendar_days, near
from archive.core.publishing import new_uid
from archive.core.querysets import PublicQuerySet
from archive.models import Article
from archive.search import fallback
from statements.models.sort_names import SortNameField
from statements.querysets import SpeakerQuerySet

MERGED = "A speaker is merged into one that is not merged itself."


class SpeakerKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANIZATION = "organization", _("Organization")
    GROUP = "group", _("Group")


@pghistory.track(exclude=["sort_key"])
class Speaker(models.Model):
    """A person, organization or group that says or issues things, or is addressed by
    proposals.
    """

    natural = ("slug",)

    kind = models.CharField(
        _("kind"), max_length=12, choices=SpeakerKind, default=SpeakerKind.PERSON
    )
    name = models.CharField(_("name"), max_length=200)
    sort_name = SortNameField(
        _("name to sort by"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, a person is sorted by surname: “Lander, Brad”."),
    )
    # kept by a trigger; the index, lists and the admin sort by it
    sort_key = models.TextField(
        db_collation="C", default="", editable=False, serialize=False
    )
    slug = models.SlugField(max_length=80, unique=True, blank=True)
    uid = models.CharField(max_length=10, unique=True, default=new_uid, editable=False)
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One per line.")
    )
    summary = models.TextField(_("summary"), blank=True)
    wikidata_id = models.CharField("Wikidata", max_length=20, blank=True)
    url = models.URLField(_("home page"), max_length=1000, blank=True)
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("only in this article"),
        help_text=_("For an unnamed group, such as “several elected officials”."),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    known_roles: Sequence[Role]  # set by prefetching ROLES

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "name"]
        indexes = [
            models.Index(name="speaker_in_order", fields=["sort_key", "name"]),
            GinIndex(fallback.vector("name", "other_names"), name="speaker_words"),
            GinIndex(
                name="speaker_name_alike", fields=["name"], opclasses=["gin_trgm_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="speaker_kind", condition=Q(kind__in=SpeakerKind.values)
            ),
            says_something("name", "speaker_name"),
            visible(
                *("name", "sort_name", "other_names", "summary"), name="speaker_visible"
            ),
            slug_is_plain("speaker_slug"),
            web_addresses("url", name="speaker_url"),
            models.CheckConstraint(
                name="speaker_unnamed_is_group",
                condition=Q(article__isnull=True) | Q(kind=SpeakerKind.GROUP),
                violation_error_message=_("Only a group can belong to one article."),
            ),
            models.CheckConstraint(
                name="speaker_not_into_itself",
                condition=~Q(merged_into=F("id")),
                violation_error_message=_("A speaker cannot be merged into itself."),
            ),
            models.CheckConstraint(
                name="speaker_wikidata",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message=_(
                    "A Wikidata identifier is the letter Q and a number."
                ),
            ),
        ]
        triggers = [
            triggers.slug_from("name"),
            triggers.uid_is_permanent(),
            pgtrigger.Trigger(
                name="sort_name",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.one_line("""
                NEW.sort_name = coalesce(nullif(NEW.sort_name, ''), NEW.name);
                NEW.sort_key = archive_sort_key(NEW.sort_name);
                RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                name="merge_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__merged_into_id__isnull=False),
                func=triggers.one_line(f"""
                IF EXISTS (SELECT 1 FROM statements_speaker s
                    WHERE s.id = NEW.merged_into_id AND s.merged_into_id IS NOT NULL
                    OR s.merged_into_id = NEW.id) THEN
                    {triggers.refuse("speaker_merged_once", MERGED)}
                END IF;
                RETURN NEW;
                """),
            ),
            *triggers.change_log("statements.speaker"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """An unnamed group has no page of its own, so its article's URL is used."""
        return (
            self.article.get_absolute_url()
            if self.article
            else address("speaker", self.slug)
        )

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["archive.article"]  # type: ignore[attr-defined]

    def role_on(self, day: dt.date | None) -> Role | None:
        """The role held on that day, as far as the archive knows; uses prefetched
        roles.
        """
        roles = self.known_roles if hasattr(self, "known_roles") else self.roles.all()
        return next((role for role in roles if day and role.held_on(day)), None)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [words[0], *words[1:][-1:]]).upper()


@pghistory.track()
class Role(models.Model):
    """A title held between two dates. On `known_on` a source shows it held."""

    hangs_from = ("speaker",)
    natural = ("speaker__slug", "title")

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles")
    title = models.CharField(_("title"), max_length=200)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    start = models.DateField(_("from"), null=True, blank=True, validators=[near])
    end = models.DateField(_("until"), null=True, blank=True, validators=[near])
    known_on = models.DateField(_("known on"), null=True, blank=True, validators=[near])
    known_is_inferred = models.BooleanField(_("that date is inferred"), default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = [F("start").desc(nulls_last=True), "-known_on", "title"]
        constraints = [
            says_something("title", "role_title"),
            visible("title", "organization", name="role_visible"),
            calendar_days("start", "end", "known_on", name="role_days"),
            models.CheckConstraint(
                name="role_dates",
                condition=Q(end__gte=F("start")),
                violation_error_message=_("A role must end after it starts."),
            ),
            models.CheckConstraint(
                name="role_known_inferred",
                condition=Q(known_is_inferred=False) | Q(known_on__isnull=False),
                violation_error_message=_(
                    "Enter a date before you mark it as inferred."
                ),
            ),
            models.UniqueConstraint(
                fields=["speaker", "title", "start"],
                nulls_distinct=False,
                name="role_once",
            ),
        ]
        triggers = triggers.change_log("statements.speaker", "speaker_id")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.speaker.slug, self.title)

    natural_key.dependencies = ["statements.speaker"]  # type: ignore[attr-defined]

    def held_on(self, day: dt.date) -> bool:
        """Whether it is held on that day, as far as the archive knows. With a start and
        no end it is held from then on; `known_on` replaces an unknown start.
        """
        first = self.start or self.known_on
        last = self.end or (day if self.start else self.known_on)
        return bool(first and last and first <= day <= last)


class MergeQuerySet(models.QuerySet):
    def of(self, speaker: Speaker) -> Self:
        """Merges that involve the speaker, newest first."""
        rows = self.filter(Q(source=speaker) | Q(target=speaker))
        return rows.select_related("source", "target", "made_by").order_by("-id")


class SpeakerMerge(models.Model):
    """A merge and what it moved, so that it can be undone."""

    source = models.ForeignKey(Speaker, models.CASCADE, related_name="+")
    target = models.ForeignKey(Speaker, models.CASCADE, related_name="+")
    moved = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
