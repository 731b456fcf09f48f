from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.addresses import address
from archive.core.constraints import says_something, slug_is_plain, visible
from archive.core.dates import calendar_days, near
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.models import Article
from policies.querysets import ListQuerySet
from statements.models import Speaker


@pghistory.track(exclude=NOT_TRACKED)
class ProposalList(Publishable):
    """Proposals issued together."""

    hangs_from = ("article",)
    natural = ("slug",)

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True, blank=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="proposal_lists")
    issued_by = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="issued_lists",
        verbose_name=_("issued by"),
    )
    addressed_to = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received_lists",
        verbose_name=_("addressed to"),
    )
    issued_on = models.DateField(
        _("issued on"), null=True, blank=True, validators=[near]
    )
    introduction = models.TextField(_("introduction"), blank=True)
    is_complete = models.BooleanField(
        _("complete"),
        null=True,
        blank=True,
        help_text=_(
            "No: the source does not present it as complete (“included”). "
            "Unknown: the source does not say."
        ),
    )

    objects = ListQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            says_something("title", "list_title"),
            visible("title", "introduction", name="list_visible"),
            slug_is_plain("list_slug"),
            calendar_days("issued_on", name="list_days"),
        ]
        triggers = [
            *triggers.publishable(
                "policies.proposallist", {"article_id": "archive_article"}
            ),
            triggers.slug_from("title"),
            pgtrigger.Trigger(
                name="moves_proposals",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("article_id"),
                condition=pgtrigger.Q(
                    old__article_id__df=pgtrigger.F("new__article_id")
                ),
                func=triggers.one_line("""
                UPDATE policies_proposal SET article_id = NEW.article_id
                WHERE proposal_list_id = NEW.id;
                RETURN NULL;
                """),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("list", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "archive.article",
        "statements.speaker",
    ]

    @property
    def date(self) -> dt.date | None:
        return self.issued_on or self.article.published_on
