from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)
from django.db.models import (
    When as If,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject, Least

from archive.core.querysets import PublicQuerySet, count_of
from policies import changes
from policies.of_a_speaker import OfASpeakerQuerySet
from statements.models import Statement
from statements.querysets import affiliations

SIDES = ("supports", "opposes")
MAX_FIRST_POSITIONS = 6  # loaded for each proposal; its card shows fewer


class ListQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """Adds `day`: when it was issued, else the article's date."""
        return self.annotate(day=Coalesce("issued_on", "article__published_on"))

    def with_parties(self) -> Self:
        return self.select_related("article__outlet", "issued_by", "addressed_to")

    def with_counts(self) -> Self:
        """Adds the number of public proposals in each list."""
        proposal: Any = self.model._meta.get_field("proposals").related_model
        return self.annotate(
            proposal_count=count_of(proposal.objects.public(), "proposal_list")
        )


class ProposalQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """Adds `day`: when its list was issued or it was proposed, else the article's
        date.
        """
        return self.annotate(
            day=Coalesce(
                "proposal_list__issued_on", "proposed_on", "article__published_on"
            )
        )

    def with_parties(self) -> Self:
        """Adds slug, name and sort key of issuer and addressee, of its list or its
        own.
        """
        return self.annotate(
            issuer=Coalesce("proposal_list__issued_by__slug", "proposed_by__slug"),
            issuer_name=Coalesce("proposal_list__issued_by__name", "proposed_by__name"),
            issuer_sort_key=Coalesce(
                "proposal_list__issued_by__sort_key", "proposed_by__sort_key"
            ),
            addressee=Coalesce(
                "proposal_list__addressed_to__slug", "addressed_to__slug"
            ),
            addressee_name=Coalesce(
                "proposal_list__addressed_to__name", "addressed_to__name"
            ),
            addressee_sort_key=Coalesce(
                "proposal_list__addressed_to__sort_key", "addressed_to__sort_key"
            ),
        )

    def with_stances(self) -> Self:
        """Prefetches the first public stated positions for `stances`, and adds the
        counts, and every speaker with each stance for `tally`.
        """
        first = (
            self._positions()
            .stated()
            .select_related("speaker")
            .order_by("id")[:MAX_FIRST_POSITIONS]
        )
        pairs = JSONObject(speaker="speaker_id", stance="stance")
        taken = self._positions().stated().filter(proposal=OuterRef("pk")).order_by()
        return (
            self.with_counts()
            .annotate(taken=ArraySubquery(taken.values(pair=pairs).distinct()))
            .prefetch_related(Prefetch("positions", first, to_attr="first_positions"))
        )

    def with_voices(self, *, inferred: bool = False) -> Self:
        """Prefetches `voices`: of those for it and of those against it the one to
        quote, in their own words before all others, then the newest; if `inferred`,
        also everyone whom the editors infer to be on a side.
        """
        rows = self._positions().filter(stance__in=SIDES).dated()
        rows = rows if inferred else rows.stated()
        own = Case(If(basis="own_words", then=0), default=1)
        each = Case(If(basis="inferred", then="speaker"), default=0)
        rows = rows.annotate(each=each).order_by(
            *("proposal", "-stance", "each", own),
            *(F("day").desc(nulls_last=True), "pk"),
        )
        rows = rows.distinct("proposal", "stance", "each").select_related("speaker")
        rows = rows.prefetch_related(_words())
        return self.prefetch_related(Prefetch("positions", rows, to_attr="voices"))

    def with_counts(self) -> Self:
        """Adds the numbers of public stated and inferred positions."""
        rows = self._positions()
        return self.annotate(
            stated_count=count_of(rows.stated(), "proposal"),
            inferred_count=count_of(rows.inferred(), "proposal"),
        )

    def _positions(self) -> Any:
        position: Any = self.model._meta.get_field("positions").related_model
        return position.objects.public()

    def with_sources(self) -> Self:
        return self.select_related(
            "article__outlet",
            "proposed_by",
            "addressed_to",
            "proposal_list__issued_by",
            "proposal_list__addressed_to",
        )


class PositionQuerySet(OfASpeakerQuerySet):
    def stated(self) -> Self:
        return self.exclude(basis="inferred")

    def counted(self) -> Self:
        """Dated, with what counts, tables and roll calls need; `quotes` says whether
        public words are its evidence.
        """
        words = Statement.objects.public().filter(positions=OuterRef("pk"))
        rows = self.dated().annotate(quotes=Exists(words))
        rows = rows.select_related("speaker", "body")
        return rows.prefetch_related(affiliations(with_organizations=True))

    def taken(self) -> list[tuple[int, str]]:
        """(speaker, stance) of every stated position."""
        return list(self.stated().values_list("speaker_id", "stance"))

    def inferred(self) -> Self:
        return self.filter(basis="inferred")

    def disputed(self, limit: int) -> list[int]:
        """The proposals that most speakers are for and most against; after those with
        stated positions on both sides those that somebody is inferred to oppose.
        """
        stated, speakers = ~Q(basis="inferred"), "speaker"
        sides = {
            stance: Count(speakers, stated & Q(stance=stance), distinct=True)
            for stance in SIDES
        }
        doubted = Count(speakers, Q(stance="opposes", basis="inferred"), distinct=True)
        rows = self.order_by().values("proposal").annotate(**sides, doubted=doubted)
        rows = rows.annotate(smaller=Least(*SIDES), larger=Greatest(*SIDES))
        rows = rows.filter(Q(smaller__gt=0) | Q(doubted__gt=0))
        order = ("-smaller", "-larger", "-doubted", "-proposal")
        return [row["proposal"] for row in rows.order_by(*order)[:limit]]

    def occasions(self) -> Any:
        """The days on which a body acted, newest first, with the number of its
        proposals.
        """
        acts = self.filter(basis="action").exclude(body=None).exclude(held_on=None)
        days: Any = acts.values("held_on", "body__name").order_by()
        days = days.annotate(proposals=Count("proposal", distinct=True))
        return days.order_by("-held_on", "-proposals", "body__name")

    def unconfirmed(self) -> Self:
        """Inferences waiting for a second person."""
        return self.inferred().filter(
            reviewed_by=None, status__in=["draft", "in_review"]
        )

    def dated(self) -> Self:
        """Adds `day`: when it was held, else the earliest date of its
        public evidence.
        """
        evidence = (
            Statement.objects.public()
            .filter(positions=OuterRef("pk"))
            .dated()
            .order_by()
            .values("positions")
            .annotate(first=Min("day"))
        )
        return self.annotate(
            day=Coalesce(F("held_on"), Subquery(evidence.values("first")))
        )

    def of_slugs(self, speakers: Collection[str]) -> Self:
        return self.filter(speaker__slug__in=speakers)

    def shared_proposals(self) -> list[int]:
        """Ids of the proposals on which these speakers have a position; first those on
        which most of them do.
        """
        counted: Any = self.order_by().values("proposal")
        rows = counted.annotate(
            people=Count("speaker", distinct=True), count=Count("pk")
        )
        ordered = rows.order_by("-people", "-count", "proposal")
        return list(ordered.values_list("proposal", flat=True))

    def differing(self, proposals: Sequence[int]) -> list[int]:
        """Those of the proposals, in their order, on which the newest stances of these
        speakers are not all the same.
        """
        newest: dict[int, dict[int, str]] = {}
        rows = self.dated().oldest_first()
        for proposal, speaker, stance in rows.values_list(
            "proposal", "speaker", "stance"
        ):
            newest.setdefault(proposal, {})[speaker] = stance
        return [pk for pk in proposals if len(set(newest.get(pk, {}).values())) > 1]

    def oldest_first(self) -> Self:
        """By the `day` of `dated()`; undated records come last."""
        return self.order_by(F("day").asc(nulls_last=True), "pk")

    def changes(self) -> dict[int, int]:
        """Position with which a speaker's stated stance changed -> the position before,
        by primary key, of every speaker and proposal of these rows, the newest change
        first; two queries.
        """
        every: Any = self.model._default_manager
        pair = {name: OuterRef(name) for name in ("speaker", "proposal")}
        sides = every.public().stated().filter(stance__in=changes.SIDES)
        other = sides.filter(**pair).exclude(stance=OuterRef("stance"))
        here = self.order_by().filter(**pair)
        rows = sides.filter(Exists(other), Exists(here))
        rows = list(rows.only("speaker", "proposal", "stance", "basis", "held_on"))
        return changes.newest_first(rows)

    def changed(self) -> Self:
        """Those with which a speaker's stated stance changed."""
        return self.filter(pk__in=list(self.changes()))

    def brief(self) -> Self:
        """Only what a cell of the comparison shows."""
        return self.only("uid", "stance", "basis", "held_on", "proposal", "speaker")

    def with_issuers(self) -> Self:
        return self.select_related(
            "proposal__proposal_list__issued_by", "proposal__proposed_by"
        )

    def with_sources(self, with_organizations: bool = False) -> Self:
        """Everything a row shows, in a fixed number of queries."""
        rows = self.of_one_speaker().select_related("speaker")
        held = affiliations(with_organizations=with_organizations)
        return rows.prefetch_related(held)

    def of_one_speaker(self) -> Self:
        """Everything a row shows if the speaker and affiliations are already
        loaded."""
        rows = self.select_related("proposal__proposal_list", "body")
        return rows.prefetch_related(public_evidence())


def _words() -> Prefetch:
    """What a row quotes of public evidence, without outlets and removals."""
    statements = Statement.objects.public().select_related("article").order_by("id")
    return Prefetch("evidence", statements, to_attr="public_evidence")


def public_evidence() -> Prefetch:
    """The public statements that positions rest on."""
    statements = Statement.objects.public().with_articles().with_removals()
    return Prefetch("evidence", statements.order_by("id"), to_attr="public_evidence")


def load_earlier(rows: Sequence[Any]) -> None:
    """Gives each row that is a changed position the position before it as `earlier`, in
    at most four queries.
    """
    if not rows:
        return
    public = rows[0].__class__.objects.public()
    before = public.filter(pk__in=[row.pk for row in rows]).changes()
    found = public.of_one_speaker().in_bulk(list(before.values()))
    for row in rows:
        if earlier := found.get(before.get(row.pk)):
            earlier.speaker, row.earlier = row.speaker, earlier
