"""The home page and the about page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.core import json_ld
from archive.core.caches import by_revision
from archive.core.querysets import count_of
from archive.ingest import first_articles
from archive.models import Article, DataSet, Topic
from archive.pages.news import news
from policies.models import Position, Proposal
from statements.models import Speaker, Statement

MAX_DISPUTED = 6
MAX_PEOPLE = 8
MAX_TOPICS = 12
MAX_STORY = 40  # proposals
MAX_LOOKED_AT = 6  # statements, for one that quotes


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    latest = news()
    context = {
        **by_revision("home", front_page),
        "news": latest,
        "counts": latest.counts,
        "story": by_revision("story", story) if latest.counts["articles"] == 1 else {},
        "linked": json_ld.website(),
    }
    return render(request, "archive/home.html", context)


def front_page() -> dict[str, Any]:
    disputed = Position.objects.public().disputed(MAX_DISPUTED)
    proposals = Proposal.objects.public().with_sources().with_stances()
    newest = Statement.objects.public().dated().with_sources().newest_first()
    return {
        "disputed": proposals.with_voices(inferred=True).with_ids(disputed),
        "quoted": next(
            (each for each in newest[:MAX_LOOKED_AT] if each.is_direct), None
        ),
        "topics": topics(),
        "people": list(Speaker.objects.public().listed().most_heard()[:MAX_PEOPLE]),
    }


def topics() -> list[Topic]:
    """Those with most records, in the order of their names."""
    records = sum(
        count_of(each.objects.public(), "topics") for each in (Statement, Proposal)
    )
    rows = Topic.objects.public().annotate(records=records)
    return sorted(rows.order_by("-records", "name")[:MAX_TOPICS], key=str)


def story() -> dict[str, Any]:
    """Of an archive with one article: the article, and who wants what."""
    rows = Proposal.objects.public().with_sources()
    wants: dict[Speaker | None, list[Proposal]] = {}
    for proposal in rows.order_by("proposal_list", "number", "pk")[:MAX_STORY]:
        wants.setdefault(proposal.put_forward_by, []).append(proposal)
    unknown = {None: wants.pop(None)} if None in wants else {}
    return {"article": Article.objects.public().first(), "wants": wants | unknown}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    name, _space, url = settings.LICENCE.rpartition(" ")
    if not url.startswith("https://"):
        name, url = settings.LICENCE, ""
    context: dict[str, Any] = {
        "operator": settings.OPERATOR,
        "contact": settings.CONTACT,
    }
    context["sets"] = DataSet.objects.loaded()
    context["has_first_article"] = (
        Article.objects.public().filter(slug__in=first_articles()).exists()
    )
    return render(
        request, "archive/about.html", {**context, "licence": name, "licence_url": url}
    )
