"""Statements and speakers as resources of the API."""

from typing import Any

from django.db.models import QuerySet

from archive.listing.columns import WITH_TOPICS
from archive.listing.resources import Resource
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement
from statements.schemas import (
    SpeakerDetail,
    SpeakerRecord,
    StatementDetail,
    StatementRecord,
)
from statements.views import SpeakerList

TIMES = ("created_at", "updated_at", "first_published_at")
UNUSED = (*TIMES, *(f"article__{name}" for name in TIMES))


def _statements() -> QuerySet[Statement]:
    rows = Statement.objects.public().dated().with_sources()
    rows = rows.select_related("reported_by").prefetch_related(WITH_TOPICS)
    return rows.defer(*UNUSED)


def _details() -> Any:
    rows: Any = _statements()
    return rows.with_positions()


def _speakers() -> QuerySet[Speaker]:
    return SpeakerList().rows().prefetch_related("identifiers")


STATEMENTS = Resource(
    "statements",
    Statement,
    StatementRecord,
    _statements,
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
    _speakers,
    SpeakerDetail,
    _speakers,
    filterset=SpeakerFilterSet,
    named_by=(
        ("statements.statement", ("speaker", "reported_by")),
        ("policies.position", ("speaker", "body")),
        ("policies.proposallist", ("issued_by", "addressed_to")),
        ("policies.proposal", ("proposed_by", "addressed_to")),
    ),
)
