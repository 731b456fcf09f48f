"""Outlets, articles and the immutable versions of their texts."""

from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.addresses import address
from archive.core.constraints import (
    says_something,
    slug_is_plain,
    visible,
    web_addresses,
)
from archive.core.dates import (
    Precision,
    When,
    calendar_days,
    calendar_times,
    dated,
    near,
)
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.core.querysets import PublicQuerySet
from archive.core.sorting import SortKey
from archive.models.querysets import ArticleQuerySet


@pghistory.track()
class Outlet(models.Model):
    """Publishes articles."""

    natural = ("slug",)

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True, blank=True)
    url = models.URLField(_("home page"), max_length=1000, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = [SortKey("name"), "name"]
        constraints = [
            says_something("name", "outlet_name"),
            visible("name", name="outlet_visible"),
            slug_is_plain("outlet_slug"),
            web_addresses("url", name="outlet_url"),
        ]
        triggers = [triggers.slug_from("name"), *triggers.change_log("archive.outlet")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Rights(models.TextChoices):
    FULL_TEXT = "full_text", _("The whole text may be shown")
    EXCERPTS = "excerpts", _("Only the passages quoted")
    LINK_ONLY = "link_only", _("A link only")


class ArticleKind(models.TextChoices):
    NEWS = "news", _("News article")
    SPEECH = "speech", _("Speech")
    PRESS_RELEASE = "press_release", _("Press release")
    TRANSCRIPT = "transcript", _("Transcript")
    INTERVIEW = "interview", _("Interview")
    POST = "post", _("Post")
    DOCUMENT = "document", _("Document")


VERSION_IN_USE = "Something was published from this version; it stays."
CITE_WHOLE_TEXT = triggers.one_line("""
    UPDATE archive_articleversion SET cited_at = statement_timestamp()
    WHERE article_id = NEW.id AND cited_at IS NULL;
    RETURN NULL;
""")


@pghistory.track(exclude=NOT_TRACKED)
class Article(Publishable):
    """A source document."""

    natural = ("slug",)

    headline = models.CharField(_("headline"), max_length=300)
    headline_is_supplied = models.BooleanField(
        _("headline supplied by the archive"),
        default=False,
        help_text=_(
            "The source printed no headline we know of; this one is ours and is shown "
            "as such."
        ),
    )
    slug = models.SlugField(max_length=80, unique=True, blank=True)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    kind = models.CharField(
        _("kind"), max_length=13, choices=ArticleKind, default=ArticleKind.NEWS
    )
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    published_on = models.DateField(
        _("published on"), null=True, blank=True, validators=[near]
    )
    published_precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
    )
    published_is_inferred = models.BooleanField(_("date is inferred"), default=False)
    date_note = models.CharField(_("note on the date"), max_length=300, blank=True)
    summary = models.TextField(_("summary in our own words"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    rights = models.CharField(
        _("rights"), max_length=10, choices=Rights, default=Rights.EXCERPTS
    )
    excerpt_limit = models.PositiveIntegerField(
        _("limit on characters shown"),
        null=True,
        blank=True,
        help_text=_(
            "Each character of the public passages counts once. Empty: no limit."
        ),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            *dated(
                "published_on",
                "published_precision",
                "published_is_inferred",
                "article_date",
            ),
            says_something("headline", "article_headline"),
            visible(
                *("headline", "byline", "date_note", "summary"), name="article_visible"
            ),
            slug_is_plain("article_slug"),
            web_addresses("url", "archived_url", name="article_urls"),
            calendar_days("published_on", name="article_days"),
            models.CheckConstraint(
                name="article_rights", condition=Q(rights__in=Rights.values)
            ),
            models.CheckConstraint(
                name="article_kind", condition=Q(kind__in=ArticleKind.values)
            ),
        ]
        triggers = [
            *triggers.publishable("archive.article"),
            triggers.slug_from("headline"),
            pgtrigger.Trigger(
                name="cites_whole_text",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__status="published", new__rights="full_text"),
                func=CITE_WHOLE_TEXT,
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.headline}]" if self.headline_is_supplied else self.headline

    def get_absolute_url(self) -> str:
        return address("article", self.slug)

    @property
    def when_published(self) -> When | None:
        if not self.published_on:
            return None
        return When(
            self.published_on, self.published_precision, self.published_is_inferred
        )

    @property
    def latest_version(self) -> ArticleVersion | None:
        return self.versions.order_by("-number").first()


def _as_bytes(field: str) -> Func:
    return Func(F(field), Value("UTF8"), function="convert_to")


@pghistory.track()
class ArticleVersion(models.Model):
    """One immutable snapshot of an article's text, normalized by
    `archive.extraction.normalize`.
    """

    hangs_from = ("article",)
    natural = ("article__slug", "number")

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    retrieved_at = models.DateTimeField(
        _("retrieved at"), null=True, blank=True, validators=[near]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    cited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="version_number"
            ),
            calendar_times("retrieved_at", name="version_times"),
            models.CheckConstraint(name="version_not_empty", condition=~Q(text="")),
            models.CheckConstraint(
                name="version_lf", condition=~Q(text__contains="\r")
            ),
            models.CheckConstraint(
                name="version_sha256",
                condition=Q(
                    sha256=Func(
                        Func(_as_bytes("text"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
            ),
            models.CheckConstraint(
                name="version_nfc",
                condition=Q(
                    Func(
                        F("text"),
                        template="(%(expressions)s IS NFC NORMALIZED)",
                        output_field=models.BooleanField(),
                    )
                ),
                violation_error_message=_("The text must be normalized (Unicode NFC)."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="arrives",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.one_line("""
                NEW.sha256 = encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex');
                IF EXISTS (SELECT 1 FROM archive_article a
                    WHERE a.id = NEW.article_id
                    AND a.status = 'published' AND a.rights = 'full_text') THEN
                    NEW.cited_at = statement_timestamp();
                END IF;
                RETURN NEW;
                """),
            ),
            # fires before "version_immutable": columns set by triggers are no change
            pgtrigger.Trigger(
                name="stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.one_line("""
                NEW.cited_at = coalesce(OLD.cited_at, NEW.cited_at);
                NEW.created_at = OLD.created_at;
                IF NEW.sha256 = '' THEN
                    NEW.sha256 = OLD.sha256;
                END IF;
                RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                name="version_immutable",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["cited_at"]),
                func=triggers.refuse(
                    "version_immutable",
                    "A version of a text never changes; add a new one.",
                ),
            ),
            pgtrigger.Trigger(
                name="version_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__cited_at__isnull=False),
                func=triggers.refuse("version_kept", VERSION_IN_USE),
            ),
            *triggers.change_log("archive.article", "article_id"),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    @property
    def seen_on(self) -> dt.date:
        """The day on which the archive saw this text at the publisher."""
        return timezone.localdate(self.retrieved_at or self.created_at)

    def natural_key(self) -> tuple[str, int]:
        return (self.article.slug, self.number)

    natural_key.dependencies = ["archive.article"]  # type: ignore[attr-defined]
