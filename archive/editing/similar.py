"""Finds records similar to the one being entered, to warn the editor before saving."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.postgres.search import TrigramSimilarity
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from archive.models import Article

ALIKE = 0.55
"""Trigram similarity of two names from which on they are pointed out."""
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref|smid|mc_[ce]id")


def articles(article: Article, cleaned: dict[str, Any]) -> Iterator[Any]:
    """Yields a sentence for each article with the same address, text or headline."""
    others = Article.objects.exclude(pk=article.pk)
    if url := cleaned.get("url"):
        same = [other for other in _at_host(others, url) if _same_page(other.url, url)]
        yield from _messages(same, _("This address already belongs to an article: {}."))
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
    yield from _messages(
        alike(rows, name), _("A record with nearly this name already exists: {}.")
    )


def alike(rows: Any, name: str) -> Any:
    """The rows with a similar name, most similar first."""
    likeness = TrigramSimilarity("name", name)
    near = rows.filter(name__trigram_similar=name).annotate(likeness=likeness)
    return near.filter(likeness__gte=ALIKE).order_by("-likeness")


def canonical(url: str) -> str:
    """An address without its scheme, www., port, fragment, slash at the end and the
    parameters that only track readers.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    query = [pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0])]
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def _same_page(one: str, other: str) -> bool:
    return canonical(one) == canonical(other)


def _at_host(rows: Any, url: str) -> Any:
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    return rows.filter(url__icontains=host).filter(url__contains=path)


def _messages(rows: Any, sentence: Promise) -> Iterator[Any]:
    for row in rows[:3]:
        url = reverse(admin_urlname(row._meta, "change"), args=[row.pk])  # type: ignore[arg-type]
        yield format_html(str(sentence), format_html('<a href="{}">{}</a>', url, row))
