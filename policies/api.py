"""Lists, proposals and positions as resources of the API."""

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
from policies.views import ListFile, PositionFile, ProposalFile

LISTS = Resource(
    "lists",
    ProposalList,
    ListRecord,
    lambda: ListFile().every_row(),
    ListDetail,
    lambda: ListFile().every_row(),
    rests_on=("issued_by", "addressed_to", "article__outlet"),
    named_by=(("policies.proposal", ("proposal_list",)),),
)
PROPOSALS = Resource(
    "proposals",
    Proposal,
    ProposalRecord,
    lambda: ProposalFile().rows(),
    ProposalDetail,
    lambda: ProposalFile().rows(),
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
    lambda: PositionFile().rows(),
    PositionRecord,
    lambda: PositionFile().rows(),
    filterset=PositionFilterSet,
    rests_on=(
        "speaker__affiliations",
        "body",
        "evidence__article__outlet",
        "evidence__speaker",
        "proposal__proposal_list",
    ),
)
