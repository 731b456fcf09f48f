"""The text of an article beside the form of a record, whose words are marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from archive.editing.addresses import is_key
from archive.models import Article, ArticleVersion

Span = tuple[int, int]


@dataclass(frozen=True)
class Run:
    text: str
    is_marked: bool


@dataclass(frozen=True)
class Beside:
    article: Article
    paragraphs: list[list[Run]]
    is_newest: bool


class ShowsText(admin.ModelAdmin):
    def text_of(self, record: Any) -> tuple[Article | None, Iterable[Any]]:
        """Returns the article of the record, and the passages to mark in its text."""
        passages = getattr(record, "passages", None)
        article = getattr(record, "article", None)
        return article, passages.all() if passages is not None else ()

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if record := context.get("original"):
            context["beside"] = beside(*self.text_of(record))
        else:
            context["beside"] = beside(_chosen(request), ())
        return super().render_change_form(request, context, *args, **kwargs)


def beside(article: Article | None, passages: Iterable[Any]) -> Beside | None:
    newest = article.latest_version if article else None
    if article is None or newest is None:
        return None
    passages = list(passages)
    version = _version(newest, passages)
    spans = [(p.start, p.end) for p in passages if p.version_id == version.pk]
    return Beside(article, list(paragraphs(version.text, spans)), version == newest)


def _version(newest: ArticleVersion, passages: list[Any]) -> ArticleVersion:
    """The newest version, unless only an older one has words of the record."""
    if not passages or any(each.version_id == newest.pk for each in passages):
        return newest
    version: ArticleVersion = passages[0].version
    return version if version.article_id == newest.article_id else newest


def paragraphs(text: str, spans: Iterable[Span]) -> Iterator[list[Run]]:
    """The lines of the text that hold words, each in runs."""
    offset, marked = 0, list(_union(spans))
    for line in text.split("\n"):
        end = offset + len(line)
        if line.strip():
            yield list(_runs(text, offset, end, marked))
        offset = end + 1


def _runs(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Run]:
    for first, last in spans:
        if last <= start or first >= end:
            continue
        if first > start:
            yield Run(text[start:first], False)
        yield Run(text[max(first, start) : min(last, end)], True)
        start = min(last, end)
    if start < end:
        yield Run(text[start:end], False)


def _union(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that touch joined."""
    first, last = -1, -1
    for start, end in sorted(spans):
        if start > last:
            if last > first:
                yield first, last
            first = start
        last = max(last, end)
    if last > first:
        yield first, last


def _chosen(request: HttpRequest) -> Article | None:
    """The article that a form for a new record was opened or sent with."""
    key = request.POST.get("article") or request.GET.get("article") or ""
    return Article.objects.filter(pk=key).first() if is_key(key) else None
