"""Statements as articles report them, and the passages with their words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.core import passage_triggers, triggers
from archive.core.addresses import address
from archive.core.constraints import visible
from archive.core.dates import Precision, When, calendar_days, dated, near
from archive.core.passages import Passage, PassageQuerySet, Removal, removal
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.models import Article, Topic
from archive.search import fallback
from archive.wording.shortening import truncate
from archive.wording.text_fragments import at_words
from statements.models import rules
from statements.models.speakers import Speaker
from statements.querysets import StatementQuerySet


class Form(models.TextChoices):
    DIRECT = "direct", _("Direct quotation")
    PARTIAL = "partial", _("Partial quotation")
    INDIRECT = "indirect", _("Reported, not verbatim")
    COLLECTIVE = "collective", _("Attributed to a group, not verbatim")


VERBATIM = [Form.DIRECT, Form.PARTIAL]
SHORT = 160  # characters of a statement that a row quotes beside something else

# An attribution that consists of these words names no office.
NO_TITLE = frozenset(
    "he she they it i we you who him her them his hers their mr mrs ms miss mx dr the "
    "and".split()
)


@pghistory.track(exclude=NOT_TRACKED)
class Statement(Publishable):
    """What one speaker said, as one article reports it."""

    hangs_from = ("article",)

    article = models.ForeignKey(Article, models.PROTECT, related_name="statements")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="statements")
    form = models.CharField(_("form"), max_length=10, choices=Form)
    attribution = models.CharField(
        _("attribution"),
        max_length=300,
        blank=True,
        help_text=_("Name and title exactly as printed."),
    )
    reported_by = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reported by"),
    )
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True, validators=[near])
    said_precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
    )
    said_is_inferred = models.BooleanField(_("date is inferred"), default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="statements")
    topics_by_rule = models.BooleanField(
        _("topics given by a rule"), default=False, editable=False
    )
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Direct: filled in from the passages. Otherwise our own sentence, never in "
            "quotation marks."
        ),
    )
    context = models.CharField(
        _("context"),
        max_length=300,
        blank=True,
        help_text=_("Shown in square brackets before the words."),
    )

    marks_exception = models.CharField(
        _("why it is a quotation without marks"),
        max_length=300,
        blank=True,
        help_text=_(
            "Needed only if the words are neither in quotation marks nor in a turn of "
            "their speaker. Readers see this sentence."
        ),
    )

    public_positions: list[Any]  # where `with_positions` has loaded them
    removed_at: dt.datetime | None = None  # where `with_removals` has added them
    keeps_words: bool = True

    objects = StatementQuerySet.as_manager()

    class Meta(Publishable.Meta):
        indexes = [
            GinIndex(
                fallback.vector("text", "context", "occasion"), name="statement_words"
            )
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *dated("said_on", "said_precision", "said_is_inferred", "statement_date"),
            calendar_days("said_on", name="statement_days"),
            visible(
                *("attribution", "occasion", "context", "marks_exception"),
                name="statement_visible",
            ),
            models.CheckConstraint(
                name="statement_form", condition=Q(form__in=Form.values)
            ),
            models.CheckConstraint(
                name="statement_no_marks",
                condition=Q(form__in=VERBATIM) | ~Q(text__regex='["“”„«»]'),
                violation_error_message=_(
                    "A reported statement is our own sentence, without quotation marks."
                ),
            ),
            models.CheckConstraint(
                name="statement_text",
                condition=Q(form=Form.DIRECT)
                | ~Q(status="published")
                | Q(text__regex=r"\S"),
                violation_error_message=_("A published statement needs its sentence."),
            ),
        ]
        triggers = [
            *triggers.publishable(
                "statements.statement", {"article_id": "archive_article"}
            ),
            triggers.keeps_article("statement", rules.PASSAGES),
            triggers.cites_versions("statement", rules.PASSAGES),
            triggers.needs_passage(
                "statement_passage",
                "statement",
                rules.PASSAGES,
                "true",
                "A published statement needs its passage.",
            ),
            pgtrigger.Trigger(
                name="verbatim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__form="direct"),
                func=rules.VERBATIM_TEXT,
            ),
            rules.at_commit(
                "fragments",
                pgtrigger.Q(new__form="partial", new__status="published"),
                rules.FRAGMENTS,
                rest="text",
                fragment="text",
            ),
            rules.at_commit(
                "own_sentence", pgtrigger.Q(new__status="published"), rules.OWN_SENTENCE
            ),
            rules.at_commit(
                "in_marks",
                pgtrigger.Q(new__status="published", new__form__in=VERBATIM),
                f"{triggers.ONLY_FOLLOWED} {rules.IN_MARKS}",
                compared="record",
            ),
            rules.at_commit(
                "in_order", pgtrigger.Q(new__status="published"), rules.IN_ORDER
            ),
            pgtrigger.Trigger(
                name="group_of_article",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=rules.GROUP_OF_ARTICLE,
            ),
        ]

    def __str__(self) -> str:
        return truncate(self.label)

    def get_absolute_url(self) -> str:
        return address("statement", self.uid)

    def natural_key(self) -> tuple[str]:
        return (self.uid,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "archive.article",
        "statements.speaker",
    ]

    @property
    def form_label(self) -> str:
        """For lists: get_form_display() rebuilds the choices on each call."""
        return str(Form(self.form).label)

    @property
    def is_direct(self) -> bool:
        return self.form == Form.DIRECT

    @property
    def is_verbatim(self) -> bool:
        return self.form in VERBATIM

    @property
    def date(self) -> dt.date | None:
        return self.said_on or self.article.published_on

    @property
    def when_said(self) -> When | None:
        return (
            When(self.said_on, self.said_precision, self.said_is_inferred)
            if self.said_on
            else None
        )

    @property
    def source_address(self) -> str:
        """Its anchor on the page of its article."""
        return f"{self.article.get_absolute_url()}#s-{self.uid}"

    @property
    def label(self) -> str:
        """One line that can stand alone: with its context, and in quotation marks if
        direct.
        """
        words = f"“{self.text}”" if self.is_direct else self.text
        return f"[{self.context}] {words}" if self.context else words

    @property
    def short(self) -> str:
        """The label as rows quote it."""
        return truncate(self.label, SHORT)

    @cached_property
    def located_passages(self) -> list[StatementPassage]:
        """Its passages in reading order."""
        return list(self.passages.with_newest().select_related("version"))

    @property
    def is_in_own_turn(self) -> bool:
        """Whether its first passage lies in a turn of its speaker, such as a speech."""
        passage = next(iter(self.located_passages), None)
        if not passage:
            return False
        turns = passage.version.turns.filter(speaker=self.speaker_id)
        return turns.filter(start__lte=passage.start, end__gte=passage.end).exists()

    @property
    def when_removed(self) -> When | None:
        """For rows: the day since which the source lacks words of it."""
        return When(timezone.localdate(self.removed_at)) if self.removed_at else None

    @property
    def removal(self) -> Removal | None:
        """What the source has since removed of its words."""
        return removal(self.passages.with_newest())

    @property
    def office(self) -> str:
        """The title printed with the full name here, else the office known on that
        date, else the attribution as printed.
        """
        speaker = self.speaker
        printed = title_of(self.attribution, speaker.name)
        if printed is None:
            known = str(speaker.office_on(self.date) or "")
            return known or as_printed(
                self.attribution, speaker.name, speaker.other_names
            )
        return printed


def title_of(attribution: str, name: str) -> str | None:
    """The title printed with the full name; None without the full name."""
    printed = attribution.strip(" ,")
    if printed.startswith((f"{name},", f"{name} ")):
        return printed.removeprefix(name).strip(" ,")
    if printed.endswith(f" {name}"):
        return printed.removesuffix(name).strip(" ,")
    return None


def as_printed(attribution: str, name: str, other_names: str) -> str:
    """An attribution that says more than names of the speaker."""
    printed = attribution.strip(" ,")
    return "" if names_only(printed, f"{name} {other_names}") else printed


def names_only(printed: str, names: str) -> bool:
    """Whether an attribution is a pronoun or only words of the speaker's names."""
    words = re.findall(r"[\w'’-]+", re.sub(r"['’]s\b", "", printed).casefold())
    known = set(re.findall(r"[\w'’-]+", names.casefold())) | NO_TITLE
    return all(word in known for word in words)


@pghistory.track()
class StatementPassage(Passage):
    """The words of a statement at their place in the source."""

    hangs_from = ("statement",)
    natural = ("statement__uid", "ordinal")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="passages")

    objects = PassageQuerySet.as_manager()

    class Meta(Passage.Meta):
        constraints = [
            *Passage.Meta.constraints,
            models.UniqueConstraint(
                fields=["statement", "ordinal"], name="statementpassage_ordinal"
            ),
        ]
        triggers = [
            passage_triggers.passage_stands("statement", "statements_statement"),
            passage_triggers.removed_since(),
            pgtrigger.Trigger(
                name="verbatim",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=rules.RECHECK,
            ),
            *triggers.change_log("statements.statement", "statement_id"),
        ]

    def natural_key(self) -> tuple[str, int]:
        return (self.statement.uid, self.ordinal)

    @property
    def address(self) -> str:
        """A link to these words at the publisher; "" if they may not be shown on their
        own, or do not stand in the newest version.
        """
        return (
            at_words(self.statement.article.url, self.exact)
            if self.statement.is_verbatim and self.is_current
            else ""
        )

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "statements.statement",
        "archive.articleversion",
    ]


@pghistory.track(obj_field=None)
class StatementTopic(Statement.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = triggers.change_log("statements.statement", "statement_id")
