"""Speakers and their statements."""

from statements.models.speakers import Role, Speaker, SpeakerKind, SpeakerMerge
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
    "Form",
    "Role",
    "Speaker",
    "SpeakerKind",
    "SpeakerMerge",
    "Statement",
    "StatementPassage",
    "StatementTopic",
    "Turn",
]
