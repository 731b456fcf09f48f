"""The home page and the about page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.core import json_ld
from archive.core.caches import by_revision
from archive.ingest import first_articles
from archive.models import Article, DataSet
from policies.models import Position, Proposal, ProposalList
from statements.models import Statement

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    discussed, counts = by_revision("home", lambda: (most_discussed(), count_records()))
    proposals = (
        Proposal.objects.public().with_sources().with_stances().in_bulk(discussed)
    )
    newest = list(
        Statement.objects.public().dated().as_rows().newest_first()[: NEWEST + 1]
    )
    quoted = next((statement for statement in newest if statement.is_direct), None)
    context = {
        "quoted": quoted,
        "lists": ProposalList.objects.public()
        .dated()
        .newest_first()
        .with_parties()
        .with_counts()[:NEWEST],
        "proposals": [proposals[pk] for pk in discussed if pk in proposals],
        "statements": [statement for statement in newest if statement != quoted][
            :NEWEST
        ],
        "counts": counts,
        "linked": json_ld.website(),
    }
    return render(request, "archive/home.html", context)


def most_discussed() -> list[int]:
    """The proposals with the most stated positions."""
    stated = (
        Position.objects.public()
        .stated()
        .values("proposal")
        .annotate(count=Count("pk"))
    )
    return [row["proposal"] for row in stated.order_by("-count", "-proposal")[:NEWEST]]


def count_records() -> list[int]:
    return [model.objects.public().count() for model in (Statement, Proposal, Article)]


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
