from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.core.caches import constant
from archive.core.citing import box, site
from archive.listing.file_views import FieldsFile, FilteredFile
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.models.json_ld import topics
from archive.models.withdrawn import get_public_or_gone
from statements import citations, json_ld, overview, surroundings
from statements.affiliated import affiliated
from statements.columns import (
    SPEAKERS,
    STATEMENTS,
    Affiliations,
    StatementTopics,
)
from statements.filters import (
    SpeakerFilterSet,
    SpeakerStatementFilterSet,
    StatementFilterSet,
)
from statements.models import Speaker, Statement
from statements.querysets import affiliations
from statements.similar import similar_statements

MAX_ROWS = 50  # proposals on the page of a speaker
MAX_POSITIONS = 45  # there; votes on one proposal share a row
MAX_CHANGED = 3  # there


class StatementList(FilteredListView):
    filterset_class = StatementFilterSet
    template_name = "statements/statement_list.html"

    def rows(self) -> QuerySet[Statement]:
        return Statement.objects.public().dated().as_rows()


class SpeakerList(FilteredListView):
    filterset_class = SpeakerFilterSet
    template_name = "statements/speaker_list.html"

    def rows(self) -> QuerySet[Speaker]:
        return (
            Speaker.objects.public()
            .listed()
            .with_activity()
            .with_counts()
            .prefetch_related(affiliations("", with_organizations=True))
        )


class StatementFile(FieldsFile):
    name, columns = "statements", STATEMENTS
    filterset_class = StatementFilterSet
    loaders: ClassVar = {
        "known_topics": StatementTopics,
        "speaker__known_affiliations": Affiliations,
    }

    def rows(self) -> QuerySet[Statement]:
        return Statement.objects.public().dated()


class SpeakerFile(FilteredFile):
    name, columns = "speakers", SPEAKERS
    filterset_class = SpeakerFilterSet

    def rows(self) -> QuerySet[Speaker]:
        return SpeakerList().rows().prefetch_related("identifiers")


@require_safe
def statement(request: HttpRequest, uid: str) -> HttpResponse:
    rows = (
        Statement.objects.public()
        .with_sources()
        .with_positions()
        .select_related("reported_by")
    )
    record = get_public_or_gone(rows.prefetch_related("topics"), uid=uid)
    context = {
        "statement": record,
        "linked": json_ld.statement(record, about=topics(record.topics.all())),
        "cite": box(citations.statement(record, site(request))),
        "around": surroundings.paragraphs(record),
        "beside": surroundings.neighbours(record),
        "similar": similar_statements(record),
    }
    return render(request, "statements/statement_detail.html", context)


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    rows = (
        Speaker.objects.public()
        .listed()
        .prefetch_related(affiliations("", with_organizations=True), "identifiers")
    )
    record = rows.filter(slug=slug).first()
    if not record:
        return redirect(get_object_or_404(rows, merged__slug=slug), permanent=True)
    said, positions = record.statements.public(), record.positions.public()
    held = positions.of_a_page(MAX_POSITIONS, MAX_CHANGED)
    listing = statement_listing(record)
    context: dict[str, Any] = {
        "speaker": record,
        "statement_list": listing,
        "statements": listing.page,
        "facets": listing.facets,
    }
    is_cut = len(held.every_row) == MAX_POSITIONS
    context |= {
        "newest": MAX_POSITIONS if is_cut else 0,
        "stated": [position for position in held.rows if not position.is_inferred],
        "inferred": [position for position in held.rows if position.is_inferred],
        "held": held,
        "topics": overview.topics(listing, held.stances),
        "year_files": overview.files(speaker=record.slug),
        "years": overview.strip(listing, said, held.years),
    }
    context |= issued_and_addressed(record)
    context |= affiliated(record, request.GET.get("members", "1"))
    context["linked"] = json_ld.speaker(record, context["with_page"])
    return render(request, "statements/speaker_detail.html", context)


def issued_and_addressed(speaker: Speaker) -> dict[str, list[Any]]:
    """Lists and proposals that the speaker issued, and those addressed to
    the speaker.
    """
    lists: Any = speaker.issued_lists.model.objects.public()
    lists = lists.filter(Q(issued_by=speaker) | Q(addressed_to=speaker))[:MAX_ROWS]
    single: Any = speaker.proposed.model.objects.public()
    single = single.filter(Q(proposed_by=speaker) | Q(addressed_to=speaker))[:MAX_ROWS]
    issued = [record for record in lists if record.issued_by_id == speaker.pk]
    issued += [record for record in single if record.proposed_by_id == speaker.pk]
    return {
        "issued": issued,
        "addressed": [
            record
            for record in [*lists, *single]
            if record.addressed_to_id == speaker.pk
        ],
    }


def statement_listing(speaker: Speaker) -> Listing:
    """The list of statements, filtered by this speaker."""
    query = QueryDict(f"speaker={speaker.slug}")
    listing = Listing(SpeakerStatementFilterSet(query, queryset=_rows_of_one()))
    for statement in listing.page:
        statement.speaker = speaker
    return listing


@constant
def _rows_of_one() -> QuerySet[Statement]:
    return Statement.objects.public().dated().as_rows_of_one()
