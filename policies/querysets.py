from __future__ import annotations

from typing import Any, Self

from django.db.models import F, Min, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from archive.core.querysets import PublicQuerySet, count_of
from statements.models import Statement
from statements.querysets import ROLES

MAX_FIRST_POSITIONS = (
    6  # of the positions of a proposal, for the few that its card shows
)


class ListQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`: when it was issued, else the article's date."""
        return self.annotate(day=Coalesce("issued_on", "article__published_on"))

    def with_parties(self) -> Self:
        return self.select_related("article__outlet", "issued_by", "addressed_to")

    def with_counts(self) -> Self:
        """With how many public proposals each holds."""
        proposal: Any = self.model._meta.get_field("proposals").related_model
        return self.annotate(
            proposal_number=count_of(proposal.objects.public(), "proposal_list")
        )


class ProposalQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`: when its list was issued, else the article's date."""
        return self.annotate(
            day=Coalesce("proposal_list__issued_on", "article__published_on")
        )

    def with_parties(self) -> Self:
        """With slug and name of who put it forward and of whom it is addressed to, of
        its list or its own.
        """
        return self.annotate(
            issuer=Coalesce("proposal_list__issued_by__slug", "proposed_by__slug"),
            issuer_name=Coalesce("proposal_list__issued_by__name", "proposed_by__name"),
            addressee=Coalesce(
                "proposal_list__addressed_to__slug", "addressed_to__slug"
            ),
            addressee_name=Coalesce(
                "proposal_list__addressed_to__name", "addressed_to__name"
            ),
        )

    def with_stances(self) -> Self:
        """With what `stances` reads, the first public stated positions, and how many
        are stated and inferred.
        """
        first = (
            self._positions()
            .stated()
            .select_related("speaker")
            .order_by("id")[:MAX_FIRST_POSITIONS]
        )
        return self.with_counts().prefetch_related(
            Prefetch("positions", first, to_attr="first_positions")
        )

    def with_counts(self) -> Self:
        """With how many public positions are stated and how many inferred."""
        rows = self._positions()
        return self.annotate(
            stated_number=count_of(rows.stated(), "proposal"),
            inferred_number=count_of(rows.inferred(), "proposal"),
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


class PositionQuerySet(PublicQuerySet):
    def stated(self) -> Self:
        return self.exclude(basis="inferred")

    def taken(self) -> list[tuple[int, str]]:
        """Speaker and stance of every stated position."""
        return list(self.stated().values_list("speaker_id", "stance"))

    def inferred(self) -> Self:
        return self.filter(basis="inferred")

    def unconfirmed(self) -> Self:
        """Inferences that wait for a second person."""
        return self.inferred().filter(
            reviewed_by=None, status__in=["draft", "in_review"]
        )

    def dated(self) -> Self:
        """With `day`: when it was held, else the earliest date of what it rests on."""
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

    def with_dates(self) -> Self:
        """What `when` reads, in one more query."""
        evidence = Prefetch(
            "evidence",
            Statement.objects.public().select_related("article"),
            to_attr="public_evidence",
        )
        return self.prefetch_related(evidence)

    def with_issuers(self) -> Self:
        return self.select_related(
            "proposal__proposal_list__issued_by", "proposal__proposed_by"
        )

    def with_sources(self) -> Self:
        """Everything a row of positions shows, in a fixed number of queries."""
        rows = self._with_evidence(Statement.objects.public().with_sources())
        return rows.select_related("speaker").prefetch_related(ROLES)

    def of_one_speaker(self) -> Self:
        """Everything a row shows where the speaker and their roles are known
        already.
        """
        return self._with_evidence(Statement.objects.public().with_articles())

    def _with_evidence(self, statements: Any) -> Self:
        evidence = Prefetch(
            "evidence", statements.order_by("id"), to_attr="public_evidence"
        )
        return self.select_related("proposal__proposal_list").prefetch_related(evidence)

    def with_others(self) -> list[Any]:
        """The rows, each with `others`: the same speaker's stated positions on the same
        proposal that differ.
        """
        rows: list[Any] = list(self)
        by_pair: dict[tuple[int, int], list[Any]] = {}
        for row in rows:
            if not row.is_inferred:
                by_pair.setdefault((row.speaker_id, row.proposal_id), []).append(row)
        for row in rows:
            same_pair = (
                [] if row.is_inferred else by_pair[row.speaker_id, row.proposal_id]
            )
            row.others = [other for other in same_pair if other.stance != row.stance]
        return rows

    def by_topic(self) -> list[Any]:
        """The rows with `others`, in the order of the first topic of their proposals,
        which is their `topic`.
        """
        rows = self.prefetch_related("proposal__topics").with_others()
        for row in rows:
            row.topic = min(
                (topic.name for topic in row.proposal.topics.all()), default=""
            )
        return sorted(rows, key=lambda row: (not row.topic, row.topic))
