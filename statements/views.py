from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from archive.gone import shown_or_gone
from archive.listing import FilteredListView
from archive.querysets import public_q
from statements.filters import SpeakerFilter, StatementFilter
from statements.models import Speaker, Statement

NEWEST = 20


class StatementList(FilteredListView):
    filterset_class = StatementFilter
    template_name = "statements/statement_list.html"

    def rows(self) -> QuerySet[Statement]:
        return Statement.objects.public().dated().with_sources().with_positions()


class SpeakerList(FilteredListView):
    filterset_class = SpeakerFilter
    template_name = "statements/speaker_list.html"

    def rows(self) -> QuerySet[Speaker]:
        statements = Count("statements", filter=public_q(Statement, "statements__"), distinct=True)
        return Speaker.objects.public().listed().prefetch_related("roles").annotate(number=statements)


def statement(request: HttpRequest, uid: str) -> HttpResponse:
    rows = Statement.objects.public().with_sources().with_positions().prefetch_related("topics")
    return render(request, "statements/statement_detail.html", {"statement": shown_or_gone(rows, uid=uid)})


def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    known = get_object_or_404(Speaker.objects.listed().select_related("merged_into"), slug=slug)
    shown = get_object_or_404(Speaker.objects.public(), pk=known.merged_into_id or known.pk)
    if shown != known:
        return redirect(shown, permanent=True)
    said = shown.statements.public().dated().with_sources().with_positions().newest_first()
    positions = shown.positions.public().with_sources().dated().newest_first()
    context = {"speaker": shown, "statements": said[:NEWEST], "number": said.count(), "positions": positions}
    context["issued"] = [*shown.issued_lists.public(), *shown.proposed.public()]
    context["asked"] = [*shown.received_lists.public(), *shown.addressed.public()]
    return render(request, "statements/speaker_detail.html", context)
