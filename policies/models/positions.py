"""Positions of speakers on proposals with their basis and evidence, and checks that
found none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlsplit

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.core import triggers
from archive.core.constraints import says_something, visible, web_addresses
from archive.core.dates import When, calendar_days, near
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.core.querysets import PublicQuerySet
from policies.models.proposals import Proposal
from policies.models.stances import Basis, Stance
from policies.querysets import PositionQuerySet
from statements.models import Speaker, Statement

# such as "history:422503", which a reader cannot look up
MACHINE_REF = re.compile(r"[\w-]+:\d+", re.ASCII)
# references that say what an action was: an entry of the list of sponsors, a vote
SPONSORS, VOTE_REF = "sponsors", re.compile(r"(history|vote):\d+", re.ASCII)
NO_BODY = "A body is an organization that is not merged into another."
UNSOURCED = triggers.refuse(
    "position_evidence",
    "A published position needs a statement it rests on, or a source address. "
    "For own words, the statement must quote the speaker.",
)


def unsourced(position: str) -> str:
    """PL/pgSQL of a deferred check. The statements are locked, so that they cannot
    change before commit.
    """
    return triggers.one_line(f"""
        PERFORM 1 FROM statements_statement s WHERE s.id IN (SELECT e.statement_id
            FROM policies_position_evidence e
            JOIN policies_position p ON p.id = e.position_id
            WHERE e.position_id = {position}
            AND p.status = 'published' AND p.source_url = '')
        FOR SHARE;
        IF policies_is_unsourced({position}) THEN
            {UNSOURCED}
        END IF;
        RETURN NULL;
    """)


@pghistory.track(exclude=NOT_TRACKED)
class Position(Publishable):
    """A speaker's stance on a proposal, the basis on which the archive says so, and the
    evidence.
    """

    hangs_from = ("proposal",)

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="positions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="positions")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    held_on = models.DateField(_("held on"), null=True, blank=True, validators=[near])
    body = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="body_positions",
        limit_choices_to={"kind": "organization", "merged_into": None},
        verbose_name=_("body"),
        help_text=_("The organization that voted."),
    )
    conditions = models.TextField(_("conditions"), blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    source_url = models.URLField(_("source address"), max_length=1000, blank=True)
    source_ref = models.CharField(
        _("reference in the source"),
        max_length=100,
        blank=True,
        help_text=_("Such as the number of the vote."),
    )
    evidence = models.ManyToManyField(Statement, blank=True, related_name="positions")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    public_evidence: list[Statement]  # set by with_sources()
    others: list[Position]  # set by load_others()
    further: list[Position]  # set by by_topic()
    earlier: Position | None = None  # set by load_earlier()
    # evidence printed above on the page -> its fragment; set by link_repeats()
    displayed_above: Mapping[int, str] = MappingProxyType({})

    objects = PositionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            web_addresses("source_url", name="position_source"),
            calendar_days("held_on", name="position_days"),
            visible(
                *("conditions", "rationale", "source_ref"), name="position_visible"
            ),
            models.CheckConstraint(
                name="position_stance", condition=Q(stance__in=Stance.values)
            ),
            models.CheckConstraint(
                name="position_basis", condition=Q(basis__in=Basis.values)
            ),
            models.CheckConstraint(
                name="position_mixed_conditions",
                condition=~Q(stance=Stance.MIXED) | Q(conditions__regex=r"\S"),
                violation_error_message=_("A mixed position needs its conditions."),
            ),
            models.CheckConstraint(
                name="position_inferred_rationale",
                condition=~Q(basis=Basis.INFERRED) | Q(rationale__regex=r"\S"),
                violation_error_message=_("An inferred position needs a rationale."),
            ),
            models.CheckConstraint(
                name="position_inferred_review",
                condition=~Q(basis=Basis.INFERRED, status="published")
                | Q(recorded_by__isnull=False, reviewed_by__isnull=False)
                & ~Q(reviewed_by=F("recorded_by")),
                violation_error_message=_(
                    "An inferred position is published only when a second person has "
                    "reviewed it."
                ),
            ),
        ]
        triggers = [
            *triggers.publishable(
                "policies.position",
                {"proposal_id": "policies_proposal"},
                rests=triggers.one_line("""
                policies_rests_on_public(NEW.id, NEW.basis,
                    NEW.source_url, NEW.speaker_id)
                """),
                watched=["basis", "source_url", "speaker_id"],
            ),
            pgtrigger.Trigger(
                name="evidence",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__status="published"),
                declare=[("compared", "record")],
                func=f"{triggers.ONLY_FOLLOWED} {unsourced('NEW.id')}",
            ),
            pgtrigger.Trigger(
                name="body",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__body_id__isnull=False),
                func=triggers.one_line(f"""
                IF (TG_OP = 'INSERT' OR NEW.body_id IS DISTINCT FROM OLD.body_id)
                AND NOT EXISTS (SELECT 1 FROM statements_speaker s
                    WHERE s.id = NEW.body_id AND s.kind = 'organization'
                    AND s.merged_into_id IS NULL
                    FOR SHARE) THEN
                    {triggers.refuse("position_body", NO_BODY)}
                END IF;
                RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                # a body that no position names any more may no longer be public
                name="log_former_body",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__body_id__isnull=False),
                func=triggers.one_line("""
                IF TG_OP = 'DELETE' OR NEW.body_id IS DISTINCT FROM OLD.body_id THEN
                    INSERT INTO archive_change (xid, at, model, record, operation)
                    VALUES (pg_current_xact_id()::text::bigint, statement_timestamp(),
                        'statements.speaker', OLD.body_id, 'update');
                END IF;
                RETURN NULL;
                """),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.get_stance_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.proposal.get_absolute_url()}#position-{self.uid}"

    def natural_key(self) -> tuple[str]:
        return (self.uid,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "policies.proposal",
        "statements.statement",
    ]

    @property
    def office(self) -> str:
        """The title printed with their own words, else the office known on the
        position's date.
        """
        statement_by_speaker = next(
            (
                statement
                for statement in self.public_evidence
                if statement.speaker_id == self.speaker_id
            ),
            None,
        )
        if statement_by_speaker:
            statement_by_speaker.speaker = self.speaker  # with affiliations
            return statement_by_speaker.office
        return str(self.speaker.office_on(self.when.date if self.when else None) or "")

    @property
    def when(self) -> When | None:
        """The `day` of `dated()` with its precision: when it was held, else the
        earliest date of its evidence.
        """
        if self.held_on:
            return When(self.held_on)
        return min(self.evidence_dates, key=lambda when: when.date, default=None)

    @cached_property
    def evidence_dates(self) -> list[When]:
        """The dates of the statements it rests on; set at once by load_dates()."""
        return [
            when
            for statement in self.public_evidence
            if (when := statement.when_said or statement.article.when_published)
        ]

    @property
    def sources(self) -> list[Statement]:
        """The first statement of each article it rests on."""
        by_article: dict[int, Statement] = {}
        for statement in self.public_evidence:
            by_article.setdefault(statement.article_id, statement)
        return list(by_article.values())

    @property
    def quoted(self) -> Statement | None:
        """The statement to quote in a row: the speaker's own, verbatim words first."""
        return min(
            self.public_evidence,
            key=lambda each: (each.speaker_id != self.speaker_id, not each.is_direct),
            default=None,
        )

    @property
    def more_evidence(self) -> str:
        """How many statements follow the first two."""
        count = len(self.public_evidence) - 2
        return ngettext("%d more statement", "%d more statements", count) % count

    @property
    def stance_label(self) -> str:
        """For lists: get_stance_display() rebuilds the choices on each call."""
        return str(Stance(self.stance).label)

    @property
    def is_bare_action(self) -> bool:
        """Whether it is an action of a known day that rests on an address alone; needs
        `public_evidence`.
        """
        says_more = self.conditions or self.rationale or self.public_evidence
        is_known = self.held_on and self.source_url
        return bool(self.basis == Basis.ACTION and is_known and not says_more)

    @property
    def source_host(self) -> str:
        """What the address of its source is called in a link."""
        return urlsplit(self.source_url).hostname or self.source_url

    @property
    def readable_ref(self) -> str:
        """The reference in its source, unless only a program can follow it."""
        is_for_programs = (
            MACHINE_REF.fullmatch(self.source_ref) or self.source_ref == SPONSORS
        )
        return "" if is_for_programs else self.source_ref

    @property
    def basis_label(self) -> str:
        """A short label for tables."""
        if self.basis != Basis.ACTION:
            return str(Basis(self.basis).label)
        if self.source_ref == SPONSORS:
            return str(_("Sponsorship"))
        is_vote = VOTE_REF.fullmatch(self.source_ref)
        return str(_("Recorded vote") if is_vote else _("Recorded action"))

    @property
    def is_inferred(self) -> bool:
        return self.basis == Basis.INFERRED


@pghistory.track(obj_field=None)
class PositionEvidence(Position.evidence.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = [
            # otherwise one editor could publish while another removes the evidence
            pgtrigger.Trigger(
                name="lock_position",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete | pgtrigger.Update,
                func=triggers.one_line("""
                PERFORM 1 FROM policies_position WHERE id = OLD.position_id
                FOR NO KEY UPDATE;
                IF TG_OP = 'DELETE' THEN
                    RETURN OLD;
                END IF;
                RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                name="evidence",
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=unsourced("OLD.position_id"),
            ),
            *triggers.change_log("policies.position", "position_id"),
        ]


@pghistory.track()
class Check(models.Model):
    """An editor looked for a position of this speaker on this proposal and
    found none.
    """

    hangs_from = ("proposal", "speaker")

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="checks")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="checks")
    checked_on = models.DateField(_("checked on"), validators=[near])
    where = models.CharField(_("where"), max_length=300)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_on"]
        constraints = [
            says_something("where", "check_where"),
            visible("where", name="check_visible"),
            calendar_days("checked_on", name="check_days"),
        ]
        triggers = triggers.change_log("policies.check")

    def __str__(self) -> str:
        return f"{self.speaker}: {self.checked_on}"

    @property
    def when(self) -> When:
        return When(self.checked_on)
