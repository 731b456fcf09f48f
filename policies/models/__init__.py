"""Proposals, and the positions of speakers on them."""

from policies.models.positions import Basis, Check, Position, PositionEvidence, Stance
from policies.models.proposals import (
    Proposal,
    ProposalIdentifier,
    ProposalList,
    ProposalPassage,
    ProposalTopic,
)

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
