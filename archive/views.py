"""Pages that look at every app at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.defaults import bad_request, page_not_found

from archive import reading
from archive.base import Publishable
from archive.filters import ArticleFilter
from archive.gone import Gone, reason, shown_or_gone, withdrawn
from archive.listing import FilteredListView
from archive.models import Article, Topic
from archive.querysets import public_q
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement

NEWEST = 6
IDENTIFIED: list[Any] = [Article, Statement, ProposalList, Proposal, Position, Speaker]


def home(request: HttpRequest) -> HttpResponse:
    context = {
        "lists": ProposalList.objects.public().dated().newest_first().with_parties()[:NEWEST],
        "proposals": Proposal.objects.public().dated().with_sources().with_stances().newest_first()[:NEWEST],
        "statements": Statement.objects.public().dated().with_sources().with_positions().newest_first()[:NEWEST],
        "numbers": [model.objects.public().count() for model in (Statement, Proposal, Article)],
    }
    return render(request, "archive/home.html", context)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/about.html")


class ArticleList(FilteredListView):
    filterset_class = ArticleFilter
    template_name = "archive/article_list.html"

    def rows(self) -> QuerySet[Article]:
        statements = Count("statements", filter=public_q(Statement, "statements__"), distinct=True)
        proposals = Count("proposals", filter=public_q(Proposal, "proposals__"), distinct=True)
        rows = Article.objects.public().dated().searchable().select_related("outlet")
        return rows.annotate(statement_number=statements, proposal_number=proposals)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_gone(Article.objects.public().select_related("outlet"), slug=slug)
    context: dict[str, Any] = {"article": shown}
    if shown.rights == "full_text" and (version := shown.latest_version):
        context["paragraphs"] = reading.paragraphs(version)
    if shown.rights != "link_only":
        context["excerpts"] = reading.excerpts(shown)
    return render(request, "archive/article_detail.html", context)


def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/topic_list.html", {"topics": Topic.objects.public()})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic.objects.public(), slug=slug)
    said = shown.statements.public().dated().with_sources().with_positions().newest_first()
    proposals = shown.proposals.public().dated().with_sources().with_stances().newest_first()
    context = {"topic": shown, "statements": said[:NEWEST], "proposals": proposals}
    return render(request, "archive/topic_detail.html", context | {"number": said.count()})


def record(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent address of a record, whatever becomes of its slug."""
    for model in IDENTIFIED:
        if found := model.objects.public().filter(uid=uid).first():
            return redirect(found)
    hidden = (model.objects.filter(uid=uid).first() for model in IDENTIFIED if issubclass(model, Publishable))
    if found := next((gone for each in hidden if each and (gone := withdrawn(each))), None):
        raise Gone(found)
    raise Http404


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; or 410 with the reason, where something public was withdrawn."""
    if not isinstance(exception, Gone):
        return page_not_found(request, exception)
    context = {"record": exception.record, "reason": reason(exception.record)}
    return render(request, "410.html", context, status=410)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413, where a form is longer than the archive takes."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return render(request, "413.html", {"most": most}, status=413)
