"""Pages that look at every app at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive import linked, reading
from archive.core import json_ld
from archive.core.caches import for_this_state
from archive.core.publishing import Publishable
from archive.core.querysets import number_of
from archive.ingest import first_articles
from archive.listing.views import FilteredListView
from archive.models import Article, Rights, Topic
from archive.models.json_ld import topic as topic_node
from archive.models.withdrawn import Gone, shown_or_gone, withdrawn
from archive.pages.filters import ArticleFilter
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement

NEWEST = 6
MOST = 20  # proposals on the page of a topic
IDENTIFIED: list[Any] = [Article, Statement, ProposalList, Proposal, Position, Speaker]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    discussed, numbers = for_this_state("home", lambda: (most_discussed(), numbers_of_all()))
    proposals = Proposal.objects.public().with_sources().with_stances().in_bulk(discussed)
    newest = list(Statement.objects.public().dated().with_sources().with_positions().newest_first()[: NEWEST + 1])
    quoted = next((statement for statement in newest if statement.is_direct), None)
    context = {
        "quoted": quoted,
        "lists": ProposalList.objects.public().dated().newest_first().with_parties().with_numbers()[:NEWEST],
        "proposals": [proposals[pk] for pk in discussed if pk in proposals],
        "statements": [statement for statement in newest if statement != quoted][:NEWEST],
        "numbers": numbers,
        "linked": json_ld.website(),
    }
    return render(request, "archive/home.html", context)


def most_discussed() -> list[int]:
    """The proposals with the most stated positions."""
    stated = Position.objects.public().stated().values("proposal").annotate(number=Count("pk"))
    return [row["proposal"] for row in stated.order_by("-number", "-proposal")[:NEWEST]]


def numbers_of_all() -> list[int]:
    return [model.objects.public().count() for model in (Statement, Proposal, Article)]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    name, _blank, address = settings.LICENCE.rpartition(" ")
    if not address.startswith("https://"):
        name, address = settings.LICENCE, ""
    who: dict[str, Any] = {"operator": settings.OPERATOR, "contact": settings.CONTACT}
    who["holds_first"] = Article.objects.public().filter(slug__in=first_articles()).exists()
    return render(request, "archive/about.html", {**who, "licence": name, "licence_url": address})


class ArticleList(FilteredListView):
    filterset_class = ArticleFilter
    template_name = "archive/article_list.html"

    def rows(self) -> QuerySet[Article]:
        rows = Article.objects.public().dated().searchable().with_open_text().select_related("outlet")
        statements, proposals = Statement.objects.public(), Proposal.objects.public()
        return rows.annotate(
            statement_number=number_of(statements, "article"), proposal_number=number_of(proposals, "article")
        )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_gone(Article.objects.public().select_related("outlet"), slug=slug)
    found = reading.Reading(shown, request.GET.get("speaker", ""))
    context: dict[str, Any] = {"article": shown, "reading": found, "linked": linked.article(found)}
    if shown.rights == Rights.FULL_TEXT and (version := shown.latest_version):
        context["paragraphs"] = found.paragraphs(version)
    return render(request, "archive/article_detail.html", context)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    proposals, statements = for_this_state("topics", lambda: (by_topic(Proposal), by_topic(Statement)))
    rows = [(topic, proposals.get(topic.pk, 0), statements.get(topic.pk, 0)) for topic in Topic.objects.public()]
    return render(request, "archive/topic_list.html", {"topics": rows})


def by_topic(model: Any) -> dict[int, int]:
    """How many public records each topic has."""
    rows = model.objects.public().order_by().filter(topics__isnull=False).values_list("topics")
    return dict(rows.annotate(number=Count("pk")))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic.objects.public(), slug=slug)
    said = shown.statements.public().dated().with_sources().with_positions().newest_first()
    proposals = shown.proposals.public().dated().with_sources().with_stances().newest_first()
    context = {
        "topic": shown,
        "statements": said[:NEWEST],
        "proposals": proposals[:MOST],
        "linked": topic_node(shown),
    }
    context |= {"number": said.count(), "proposal_number": shown.proposals.public().count()}
    return render(request, "archive/topic_detail.html", context)


@require_safe
def record(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent address of a record, whatever becomes of its slug."""
    for model in IDENTIFIED:
        if found := model.objects.public().filter(uid=uid).first():
            return redirect(found)
    hidden = [row for model in IDENTIFIED if issubclass(model, Publishable) for row in model.objects.filter(uid=uid)]
    if found := next((lost for row in hidden if (lost := withdrawn(row))), None):
        raise Gone(found)
    gone = get_object_or_404(Speaker, uid=uid, merged_into__isnull=False)
    return redirect(get_object_or_404(Speaker.objects.public(), pk=gone.merged_into_id))
