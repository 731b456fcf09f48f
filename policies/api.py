"""Lists, proposals and positions as resources of the API."""

from django.db.models import QuerySet

from archive.listing.columns import WITH_TOPICS
from archive.listing.resources import Resource
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal, ProposalList
from policies.schemas import (
    ListDetail,
    ListRecord,
    PositionRecord,
    ProposalDetail,
    ProposalRecord,
)


def _lists() -> QuerySet[ProposalList]:
    rows = ProposalList.objects.public().dated().with_parties()
    return rows.with_counts().newest_first()


def _proposals() -> QuerySet[Proposal]:
    rows = Proposal.objects.public().dated().with_parties().with_sources()
    return rows.with_counts().prefetch_related(WITH_TOPICS, "identifiers")


def _positions() -> QuerySet[Position]:
    return Position.objects.public().dated().with_sources().with_issuers()


LISTS = Resource(
    "lists",
    ProposalList,
    ListRecord,
    _lists,
    ListDetail,
    _lists,
    rests_on=("issued_by", "addressed_to", "article__outlet"),
    named_by=(("policies.proposal", ("proposal_list",)),),
)
PROPOSALS = Resource(
    "proposals",
    Proposal,
    ProposalRecord,
    _proposals,
    ProposalDetail,
    _proposals,
    filterset=ProposalFilterSet,
    rests_on=(
        "article__outlet",
        "topics",
        "proposal_list__issued_by",
        "proposal_list__addressed_to",
        "proposed_by",
        "addressed_to",
    ),
    named_by=(("policies.position", ("proposal",)),),
)
POSITIONS = Resource(
    "positions",
    Position,
    PositionRecord,
    _positions,
    PositionRecord,
    _positions,
    filterset=PositionFilterSet,
    rests_on=(
        "speaker__affiliations",
        "body",
        "evidence__article__outlet",
        "evidence__speaker",
        "proposal__proposal_list",
    ),
)
