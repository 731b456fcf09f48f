"""Speakers and their statements."""

from statements.models.affiliations import Affiliation, AffiliationKind
from statements.models.identifiers import SpeakerIdentifier
from statements.models.speakers import Speaker, SpeakerKind, SpeakerMerge
from statements.models.statements import (
    VERBATIM,
    Form,
    Statement,
    StatementPassage,
    StatementTopic,
)
from statements.models.turns import Turn

__all__ = [
    "VERBATIM",
    "Affiliation",
    "AffiliationKind",
    "Form",
    "Speaker",
    "SpeakerIdentifier",
    "SpeakerKind",
    "SpeakerMerge",
    "Statement",
    "StatementPassage",
    "StatementTopic",
    "Turn",
]
