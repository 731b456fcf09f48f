"""Statements and speakers as resources of the API."""

from typing import Any

from archive.listing.resources import Resource
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement
from statements.schemas import (
    SpeakerDetail,
    SpeakerRecord,
    StatementDetail,
    StatementRecord,
)
from statements.views import SpeakerFile, StatementFile


def _details() -> Any:
    rows: Any = StatementFile().rows()
    return rows.with_positions()


STATEMENTS = Resource(
    "statements",
    Statement,
    StatementRecord,
    lambda: StatementFile().rows(),
    StatementDetail,
    _details,
    filterset=StatementFilterSet,
    rests_on=(
        "speaker__affiliations__organization",
        "reported_by",
        "article__outlet",
        "topics",
    ),
)
SPEAKERS = Resource(
    "speakers",
    Speaker,
    SpeakerRecord,
    lambda: SpeakerFile().rows(),
    SpeakerDetail,
    lambda: SpeakerFile().rows(),
    filterset=SpeakerFilterSet,
    named_by=(
        ("statements.statement", ("speaker", "reported_by")),
        ("policies.position", ("speaker", "body")),
        ("policies.proposallist", ("issued_by", "addressed_to")),
        ("policies.proposal", ("proposed_by", "addressed_to")),
    ),
)
