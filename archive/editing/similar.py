"""Finds records similar to the one being entered, to warn the editor before saving."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import SortKey
from archive.editing.sources import canonical, host_of, spellings
from archive.models import Article

ALIKE = 0.55
"""Trigram similarity of two names from which on they are pointed out."""


def articles(article: Article, cleaned: dict[str, Any]) -> Iterator[Any]:
    """Yields a sentence for each article with the same address, text or headline."""
    others = Article.objects.exclude(pk=article.pk)
    for name in ("url", "archived_url"):
        if (url := cleaned.get(name)) and not _is_stored(article, name, url):
            same = same_page(others, url)
            yield from _messages(
                same, _("This address already belongs to an article: {}.")
            )
    if text := (cleaned.get("text") or "").strip():
        digest = hashlib.sha256(cleaned["text"].encode()).hexdigest()
        same_text = others.filter(versions__sha256=digest).distinct()
        if text:
            yield from _messages(
                same_text, _("This text is already in the archive: {}.")
            )
    if headline := cleaned.get("headline"):
        rows = others.filter(headline__iexact=headline.strip())
        yield from _messages(rows, _("An article already has this headline: {}."))


def names(record: Any, name: str) -> Iterator[Any]:
    """Yields a sentence for each record with nearly the same name."""
    rows = type(record)._default_manager.exclude(pk=record.pk)
    if "merged_into" in {field.name for field in record._meta.fields}:
        rows = rows.filter(merged_into=None, article=None)
    if not name or (record.pk and name == record.name):
        return
    near = dict.fromkeys([*read_alike(rows, name)[:3], *alike(rows, name)[:3]])
    yield from _messages(
        [*near], _("A record with nearly this name already exists: {}.")
    )


def alike(rows: Any, name: str) -> Any:
    """The rows with a similar name, most similar first."""
    likeness = TrigramSimilarity("name", name)
    near = rows.filter(name__trigram_similar=name).annotate(likeness=likeness)
    return near.filter(likeness__gte=ALIKE).order_by("-likeness")


def read_alike(rows: Any, name: str) -> Any:
    """The rows whose name differs in accents, apostrophes or script only; reads all."""
    return rows.annotate(read=SortKey("name")).filter(read=SortKey(Value(name)))


def _is_stored(article: Article, name: str, url: str) -> bool:
    """Nobody is asked again about an address that stays as it is."""
    stored = Article.objects.filter(pk=article.pk).values_list(name, flat=True)
    return bool(article.pk) and url in stored


def same_page(rows: Any, url: str) -> list[Any]:
    """The articles with the same address, or with an archived copy of it."""
    address, at_host = canonical(url), Q(pk__in=[])
    for host in spellings(host_of(url)):
        at_host |= Q(url__icontains=host) | Q(archived_url__icontains=host)
    pks = [
        pk
        for pk, *urls in rows.filter(at_host).values_list("pk", "url", "archived_url")
        if address in [canonical(each) for each in urls if each]
    ]
    return list(rows.filter(pk__in=pks[:3]))


def _messages(rows: Any, sentence: Promise) -> Iterator[Any]:
    for row in rows[:3]:
        name = admin_urlname(row._meta, "change")  # type: ignore[arg-type]
        url = reverse(name, args=[row.pk])
        yield format_html(str(sentence), format_html('<a href="{}">{}</a>', url, row))
