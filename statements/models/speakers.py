"""Persons, organizations and groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

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
from archive.core.publishing import new_uid
from archive.models import Article
from archive.search import fallback
from statements.models.sort_names import SortNameField
from statements.querysets import SpeakerQuerySet

MERGED = "A speaker is merged into one that is not merged itself."
HAS_MEMBERS = "This must remain an organization: others are recorded as its members."


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

    known_affiliations: Sequence[Any]  # set by prefetching AFFILIATIONS

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
            # a migration of policies has the same rule for bodies
            pgtrigger.Trigger(
                name="kind",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("kind"),
                condition=pgtrigger.Q(old__kind="organization")
                & ~pgtrigger.Q(new__kind="organization"),
                func=triggers.one_line(f"""
                IF EXISTS (SELECT 1 FROM statements_affiliation a
                    WHERE a.organization_id = NEW.id) THEN
                    {triggers.refuse("speaker_kind_members", HAS_MEMBERS)}
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

    def office_on(self, day: dt.date | None) -> Any:
        """The office held on that day, else the titled membership, as far as the
        archive knows; uses prefetched affiliations.
        """
        return office_among(self.public_affiliations, day) if day else None

    @property
    def public_affiliations(self) -> Sequence[Any]:
        """Those that readers may see; they are prefetched for lists."""
        if hasattr(self, "known_affiliations"):
            return self.known_affiliations
        return list(self.affiliations.displayed())

    @property
    def first_affiliation(self) -> Any:
        """For lists: the newest office, else the newest membership or party."""
        order = ("office", "member", "party")
        rows = self.public_affiliations
        return min(rows, key=lambda row: order.index(row.kind), default=None)

    @property
    def kind_label(self) -> str:
        """For lists: get_kind_display() rebuilds the choices on each call."""
        return str(SpeakerKind(self.kind).label)

    @property
    def tint(self) -> int:
        """One of six tints of the initials, the same on every page."""
        return sum(self.slug.encode()) % 6

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [words[0], *words[1:][-1:]]).upper()


def office_among(affiliations: Sequence[Any], day: dt.date) -> Any:
    """The office held on that day, else the titled membership."""
    rows = [each for each in affiliations if each.held_on(day)]
    return next(
        (each for each in rows if each.kind == "office"),
        next((each for each in rows if each.kind == "member" and each.title), None),
    )


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
