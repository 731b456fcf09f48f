from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.gone import shown_or_gone
from archive.jsonld import topics
from archive.listing import FilteredListView
from archive.querysets import number_of
from statements import jsonld
from statements.filters import SaidFilter, SpeakerFilter, StatementFilter
from statements.models import Speaker, Statement

MOST = 50  # positions and proposals on the page of a speaker


class StatementList(FilteredListView):
    filterset_class = StatementFilter
    template_name = "statements/statement_list.html"

    def rows(self) -> QuerySet[Statement]:
        return Statement.objects.public().dated().with_sources().with_positions()


class SpeakerList(FilteredListView):
    filterset_class = SpeakerFilter
    template_name = "statements/speaker_list.html"

    def rows(self) -> QuerySet[Speaker]:
        number = number_of(Statement.objects.public(), "speaker")
        return Speaker.objects.public().listed().prefetch_related("roles").annotate(number=number)


@require_safe
def statement(request: HttpRequest, uid: str) -> HttpResponse:
    rows = Statement.objects.public().with_sources().with_positions().prefetch_related("topics")
    shown = shown_or_gone(rows, uid=uid)
    context = {"statement": shown, "linked": jsonld.statement(shown, about=topics(shown.topics.all()))}
    return render(request, "statements/statement_detail.html", context)


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    known = get_object_or_404(Speaker, slug=slug)
    rows = Speaker.objects.public().listed().prefetch_related("roles")
    shown = get_object_or_404(rows, pk=known.merged_into_id or known.pk)
    if shown != known:
        return redirect(shown, permanent=True)
    positions = shown.positions.public().with_sources().dated().newest_first()[:MOST].by_topic()
    said = said_by(shown)
    context = {"speaker": shown, "said": said, "statements": said.page_of_results(), "facets": said.facets()}
    context["linked"] = jsonld.speaker(shown)
    context["stated"] = [position for position in positions if not position.is_inferred]
    context["inferred"] = [position for position in positions if position.is_inferred]
    context["issued"] = [*shown.issued_lists.public()[:MOST], *shown.proposed.public()[:MOST]]
    context["asked"] = [*shown.received_lists.public()[:MOST], *shown.addressed.public()[:MOST]]
    return render(request, "statements/speaker_detail.html", context)


def said_by(speaker: Speaker) -> SaidFilter:
    """The list of statements as it is for this speaker alone."""
    found = SaidFilter(QueryDict(f"speaker={speaker.slug}"), queryset=StatementList().rows())
    found.is_valid()
    return found
