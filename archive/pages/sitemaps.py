"""Sitemaps of every indexable page, by kind of record, and robots.txt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from archive.core.querysets import PublicQuerySet
from archive.models import Article, Topic
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement

PAGE = "sitemap"
ROBOTS = (
    "User-agent: *\nAllow: /\nDisallow: /admin/\nDisallow: /search/\n\nSitemap: {}\n"
)


class Records(Sitemap):
    """The public rows of a queryset, with the date of the last change if the model
    stores it.
    """

    limit = 5_000

    def __init__(self, rows: PublicQuerySet) -> None:
        self.rows = rows
        self.is_stamped = any(
            field.name == "updated_at" for field in rows.model._meta.fields
        )

    def items(self) -> PublicQuerySet:
        return self.rows.public().order_by("pk")

    def lastmod(self, row: Any) -> dt.datetime | None:
        return row.updated_at if self.is_stamped else None

    def get_latest_lastmod(self) -> dt.datetime | None:
        """One aggregate query; Django would read every row."""
        return (
            self.items().aggregate(latest=Max("updated_at"))["latest"]
            if self.is_stamped
            else None
        )


class OnTopic(Sitemap):
    """What each speaker said on each topic."""

    limit = 5_000

    def items(self) -> list[tuple[str, str]]:
        """The slugs of speaker and topic."""
        said = Statement.objects.public().filter(topics__isnull=False)
        held = Position.objects.public().filter(proposal__topics__isnull=False)
        pairs = {
            *_listed(said).values_list("speaker__slug", "topics__slug"),
            *_listed(held).values_list("speaker__slug", "proposal__topics__slug"),
        }
        return sorted(pairs)

    def location(self, item: tuple[str, str]) -> str:
        return reverse("on-topic", args=item)


def _listed(rows: Any) -> Any:
    """Of speakers with a page, without an order that would repeat pairs."""
    listed = rows.filter(speaker__article=None, speaker__merged_into=None)
    return listed.order_by().distinct()


class Pages(Sitemap):
    def items(self) -> list[str]:
        lists = [
            "proposals",
            "statements",
            "positions",
            "speakers",
            "articles",
            "topics",
            "lists",
        ]
        return [
            "home",
            *lists,
            "compare",
            "corrections",
            "about",
            "search_help",
            "data_help",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


# Callables, because Django stores the latest lastmod on the Sitemap instance.
SECTIONS: dict[str, Callable[[], Sitemap]] = {
    "pages": Pages,
    "articles": partial(Records, Article.objects.all()),
    "lists": partial(Records, ProposalList.objects.all()),
    "proposals": partial(Records, Proposal.objects.all()),
    "speakers": partial(Records, Speaker.objects.listed()),
    "statements": partial(Records, Statement.objects.all()),
    "topics": partial(Records, Topic.objects.all()),
    "on-topic": OnTopic,
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    url = request.build_absolute_uri(reverse("sitemap-index"))
    return HttpResponse(ROBOTS.format(url), content_type="text/plain; charset=utf-8")


def _section(name: str) -> URLPattern:
    """Every section has its own route, so that the leak tests crawl it."""
    return path(
        f"sitemap-{name}.xml",
        require_safe(sitemap),
        {"sitemaps": SECTIONS, "section": name},
        name=PAGE,
    )


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(index),
        {"sitemaps": SECTIONS, "sitemap_url_name": PAGE},
        name="sitemap-index",
    ),
    *(_section(name) for name in SECTIONS),
]
