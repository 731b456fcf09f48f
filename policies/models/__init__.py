"""Proposals, and the positions of speakers on them."""

from policies.models.identifiers import ProposalIdentifier
from policies.models.lists import ProposalList
from policies.models.passages import ProposalPassage
from policies.models.positions import Check, Position, PositionEvidence
from policies.models.proposals import Proposal, ProposalTopic
from policies.models.stances import Basis, Stance

__all__ = [
    "Basis",
    "Check",
    "Position",
    "PositionEvidence",
    "Proposal",
    "ProposalIdentifier",
    "ProposalList",
    "ProposalPassage",
    "ProposalTopic",
    "Stance",
]
