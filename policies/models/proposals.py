"""Proposals and their topics."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
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
from archive.core.passages import Passage, Removal, removal
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.models import Article, Topic
from policies.models.lists import ProposalList
from policies.querysets import ProposalQuerySet
from statements.models import Speaker, Statement, StatementPassage
from statements.querysets import StatementQuerySet

PASSAGES = "policies_proposalpassage"
MAX_CARD_POSITIONS = 3  # positions on the card of a proposal

ARTICLE_OF_LIST = triggers.one_line("""
    SELECT l.article_id INTO NEW.article_id FROM policies_proposallist l
    WHERE l.id = NEW.proposal_list_id
    FOR SHARE;
""")
WORDS = triggers.joined("proposal", PASSAGES)
AS_LISTED = f"{ARTICLE_OF_LIST} NEW.text = {WORDS}; RETURN NEW;"


@pghistory.track(exclude=NOT_TRACKED)
class Proposal(Publishable):
    """One thing somebody wants done. In a list, its article is the list's and its text
    is the source's.
    """

    hangs_from = ("proposal_list", "article")
    natural = ("slug",)

    proposal_list = models.ForeignKey(
        ProposalList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("proposal list"),
    )
    number = models.PositiveSmallIntegerField(
        _("number in the list"), null=True, blank=True
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("Short and neutral: what would be done."),
    )
    slug = models.SlugField(max_length=80, unique=True, blank=True)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "In a list: filled in from the passages. Otherwise our own wording, shown "
            "as such."
        ),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="proposals")
    topics_by_rule = models.BooleanField(
        _("topics given by a rule"), default=False, editable=False
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    proposed_by = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed",
        verbose_name=_("proposed by"),
        help_text=_("Outside a list only."),
    )
    addressed_to = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="addressed",
        verbose_name=_("addressed to"),
        help_text=_("Outside a list only."),
    )
    outcome = models.CharField(_("outcome"), max_length=100, blank=True)
    proposed_on = models.DateField(
        _("proposed on"),
        null=True,
        blank=True,
        validators=[near],
        help_text=_("Outside a list only: the day a source states."),
    )
    source_url = models.URLField(
        _("source address"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Of a proposal that has a page of its own, such as a bill. Title and text "
            "are then shown as that page words them."
        ),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            says_something("title", "proposal_title"),
            visible("title", "outcome", name="proposal_visible"),
            slug_is_plain("proposal_slug"),
            calendar_days("proposed_on", name="proposal_days"),
            web_addresses("source_url", name="proposal_source"),
            models.UniqueConstraint(
                fields=["proposal_list", "number"], name="proposal_number"
            ),
            models.CheckConstraint(
                name="proposal_number_in_list",
                condition=Q(proposal_list__isnull=True, number__isnull=True)
                | Q(proposal_list__isnull=False, number__isnull=False),
                violation_error_message=_(
                    "A proposal in a list needs a number; one outside a list has none."
                ),
            ),
            models.CheckConstraint(
                name="proposal_of_list",
                condition=Q(proposal_list__isnull=True)
                | Q(proposed_by__isnull=True, addressed_to__isnull=True),
                violation_error_message=_(
                    "A listed proposal has its list's issuer and addressee."
                ),
            ),
            models.CheckConstraint(
                name="proposal_date_of_list",
                condition=Q(proposal_list__isnull=True) | Q(proposed_on__isnull=True),
                violation_error_message=_("A listed proposal has its list's date."),
            ),
        ]
        triggers = [
            *triggers.publishable(
                "policies.proposal",
                {
                    "proposal_list_id": "policies_proposallist",
                    "article_id": "archive_article",
                },
            ),
            triggers.slug_from("title"),
            triggers.keeps_article("proposal", PASSAGES),
            triggers.cites_versions("proposal", PASSAGES),
            triggers.needs_passage(
                "proposal_passage",
                "proposal",
                PASSAGES,
                "o.proposal_list_id IS NOT NULL",
                "A published listed proposal needs its passage.",
            ),
            pgtrigger.Trigger(
                name="as_listed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__proposal_list_id__isnull=False),
                func=AS_LISTED,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("proposal", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["policies.proposallist"]  # type: ignore[attr-defined]

    @property
    def removal(self) -> Removal | None:
        """What the source has since removed of its words."""
        return removal(self.known_passages)

    @cached_property
    def known_passages(self) -> list[Passage]:
        """With the newest version of their article."""
        return list(self.passages.with_newest())

    @property
    def is_listed(self) -> bool:
        return self.proposal_list_id is not None

    @property
    def source_host(self) -> str:
        """The site of its own page."""
        return urlsplit(self.source_url).hostname or self.source_url

    @property
    def has_source_wording(self) -> bool:
        """Whether title and text are those of a page of its own."""
        return bool(self.source_url) and not self.is_listed

    @property
    def put_forward_by(self) -> Speaker | None:
        return self.proposal_list.issued_by if self.proposal_list else self.proposed_by

    @property
    def addressee_speaker(self) -> Speaker | None:
        return (
            self.proposal_list.addressed_to if self.proposal_list else self.addressed_to
        )

    @property
    def stances(self) -> list[Any]:
        """For its card: a few stated positions, each speaker and stance once; needs
        `with_stances()`.
        """
        by_stance: dict[tuple[int, str], Any] = {}
        for position in getattr(self, "first_positions", ()):
            by_stance.setdefault((position.speaker_id, position.stance), position)
        return list(by_stance.values())[:MAX_CARD_POSITIONS]

    def siblings(self) -> ProposalQuerySet:
        """The other public proposals of its list; none outside a list."""
        rows = Proposal.objects.public().filter(proposal_list=self.proposal_list_id)
        rows = rows if self.proposal_list_id else rows.none()
        return rows.exclude(pk=self.pk).with_counts().order_by("number")

    def overlapping_statements(self) -> StatementQuerySet:
        """The public statements whose passages overlap its own: the words in which it
        was put forward.
        """
        passages = StatementPassage.objects.filter(
            self._overlaps(), statement=models.OuterRef("pk")
        )
        return (
            Statement.objects.public()
            .filter(models.Exists(passages))
            .with_sources()
            .order_by("id")
        )

    def _overlaps(self) -> Q:
        condition = Q(pk__in=[])
        for passage in self.known_passages:
            condition |= Q(
                version=passage.version_id, start__lt=passage.end, end__gt=passage.start
            )
        return condition

    @property
    def date(self) -> dt.date | None:
        own = self.proposal_list.issued_on if self.proposal_list else self.proposed_on
        return own or (self.article.published_on if self.article else None)


@pghistory.track(obj_field=None)
class ProposalTopic(Proposal.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = triggers.change_log("policies.proposal", "proposal_id")
