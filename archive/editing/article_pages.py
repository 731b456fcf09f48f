"""The form of an article leads to its desk, and lists, counts and links its records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from archive.core.publishing import Status
from archive.editing.below import records_below
from archive.editing.narrowing import list_url
from archive.editing.workflow import change_url
from archive.models import Article

MOST = 100  # records of a kind that are listed


@dataclass(frozen=True)
class Kind:
    """The article's records of one model; `rows` are (address, record) of the first."""

    name: str
    count: int
    states: list[tuple[str, Any, int]]
    url: str
    rows: list[tuple[str, Any]]


class ListsRecords(admin.ModelAdmin):
    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if article := context.get("original"):
            context["kinds"] = kinds(article)
            context["desk_url"] = reverse("admin:desk_article", args=[article.uid])
        return super().render_change_form(request, context, *args, **kwargs)


def kinds(article: Article) -> list[Kind]:
    """The article's statements, lists, proposals and positions."""
    by_model: dict[Any, list[Any]] = {}
    for record in records_below(article):
        by_model.setdefault(type(record), []).append(record)
    return [_kind(article, model, records) for model, records in by_model.items()]


def _kind(article: Article, model: Any, records: list[Any]) -> Kind:
    states = Counter(record.status for record in records)
    is_linked = "article" in {field.name for field in model._meta.fields}
    return Kind(
        capfirst(model._meta.verbose_name_plural),
        len(records),
        [(each, each.label, states[each]) for each in Status if states[each]],
        list_url(model, article=article.pk) if is_linked else "",
        [(change_url(record), record) for record in records[:MOST]],
    )
