"""What the index holds of proposals and positions."""

from archive.listing.documents import Kind
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal

UNLISTED = 1 << 44


def list_order(proposal_list: int | None, number: int | None, pk: int) -> int:
    """By list and number, then proposals outside a list: the order of
    `ProposalFilterSet`.
    """
    return (
        UNLISTED | pk if proposal_list is None else proposal_list << 15 | (number or 0)
    )


KINDS = [
    Kind(
        ProposalFilterSet,
        lambda: Proposal.objects.public().dated().with_parties(),
        rests_on=(
            "article",
            "topics",
            "proposal_list__article",
            "proposal_list__issued_by",
            "proposal_list__addressed_to",
            "proposed_by",
            "addressed_to",
            "positions__speaker",
            "positions__evidence__article",
        ),
        gathers=("positions",),
        tie=list_order,
        tie_columns=("proposal_list_id", "number", "pk"),
    ),
    Kind(
        PositionFilterSet,
        lambda: Position.objects.public().dated(),
        rests_on=(
            "speaker__affiliations__organization",
            "evidence__article",
            "proposal__topics",
            "proposal__article",
            "proposal__proposal_list__article",
        ),
        together=("speaker_id", "proposal_id"),
    ),
]
