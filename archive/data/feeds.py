"""The feeds of articles, and of everything about one person, topic or proposal."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.listing.feeds import FilteredFeed, Kind, newest, page_number, written
from archive.listing.file_views import bad_request
from archive.models import Article, Topic
from archive.models.withdrawn import get_public_or_gone
from archive.pages.filters import ArticleFilterSet
from policies.feeds import POSITION, PROPOSAL
from policies.models import Position, Proposal
from statements.feeds import STATEMENT
from statements.models import Speaker, Statement


def _articles() -> Any:
    return Article.objects.public().dated().searchable().select_related("outlet")


def _title(article: Article) -> str:
    return f"{gettext('Article')}: {article}"


ARTICLE = Kind("article", _articles, _title, "feeds/article.html")


class ArticleFeed(FilteredFeed):
    kind, title = ARTICLE, _("Articles")
    filterset_class = ArticleFilterSet


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a person said, where they stand, and what they put forward."""
    rows = Speaker.objects.public().listed()
    record = rows.filter(slug=slug).first()
    if not record:
        current = get_object_or_404(rows, merged__slug=slug)
        return redirect("speaker-feed", current.slug, permanent=True)
    proposed = Q(proposed_by=record) | Q(proposal_list__issued_by=record)
    sources = [
        (STATEMENT, Statement.objects.public().filter(speaker=record)),
        (POSITION, Position.objects.public().filter(speaker=record)),
        (PROPOSAL, Proposal.objects.public().filter(proposed)),
    ]
    return _written(request, record, sources)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The statements and proposals of a topic."""
    record = get_object_or_404(Topic.objects.public(), slug=slug)
    sources = [
        (STATEMENT, record.statements.public()),
        (PROPOSAL, record.proposals.public()),
    ]
    return _written(request, record, sources)


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A proposal, and the positions on it."""
    record = get_public_or_gone(Proposal.objects.public(), slug=slug)
    sources = [
        (PROPOSAL, Proposal.objects.public().filter(pk=record.pk)),
        (POSITION, record.positions.public()),
    ]
    return _written(request, record, sources)


def _written(request: HttpRequest, record: Any, sources: Any) -> HttpResponseBase:
    number = page_number(request)
    if not number:
        return bad_request([gettext("page: Enter a whole number.")])
    return written(request, str(record), "", newest(sources, number))
