"""The list of articles and the page of an article."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.core.citing import box, site
from archive.core.querysets import count_of
from archive.listing.columns import ARTICLES
from archive.listing.file_views import FilteredFile
from archive.listing.views import FilteredListView
from archive.models import Article, Rights, citations
from archive.models.withdrawn import get_public_or_gone
from archive.pages import full_text, json_ld
from archive.pages.filters import ArticleFilterSet
from archive.pages.reading import Reading
from policies.models import Proposal
from statements.models import Statement


class ArticleList(FilteredListView):
    filterset_class = ArticleFilterSet
    template_name = "archive/article_list.html"

    def rows(self) -> QuerySet[Article]:
        rows = (
            Article.objects.public()
            .dated()
            .searchable()
            .with_open_text()
            .select_related("outlet")
        )
        statements, proposals = Statement.objects.public(), Proposal.objects.public()
        return rows.annotate(
            statement_count=count_of(statements, "article"),
            proposal_count=count_of(proposals, "article"),
        )


class ArticleFile(FilteredFile):
    name, columns = "articles", ARTICLES
    filterset_class = ArticleFilterSet

    def rows(self) -> QuerySet[Article]:
        return ArticleList().rows().prefetch_related("identifiers")


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    record = get_public_or_gone(
        Article.objects.public().select_related("outlet"), slug=slug
    )
    reading = Reading(record, request.GET.get("speaker", ""))
    context: dict[str, Any] = {
        "article": record,
        "reading": reading,
        "linked": json_ld.article(reading),
        "cite": box(citations.article(record, site(request))),
    }
    if record.rights == Rights.FULL_TEXT and (version := record.latest_version):
        context["text_runs"] = full_text.runs(reading, version)
    return render(request, "archive/article_detail.html", context)
