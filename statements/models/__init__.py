"""Who speaks, and what they said as an article reports it."""

from statements.models.speakers import Role, Speaker, SpeakerKind
from statements.models.statements import VERBATIM, Form, Statement, StatementPassage, StatementTopic

__all__ = [
    "VERBATIM",
    "Form",
    "Role",
    "Speaker",
    "SpeakerKind",
    "Statement",
    "StatementPassage",
    "StatementTopic",
]
