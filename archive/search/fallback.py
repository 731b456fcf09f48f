"""The same words asked of PostgreSQL while there is no index: it finds the same, in a plainer order."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Model, QuerySet, Value

from archive.search import analysis, language
from archive.search.language import TextQuery
from archive.search.query import MAX_TERMS

CONFIG = "archive"  # accents folded, English stems, no stop list

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str, *columns: str) -> Any:
    """The rows in whose `columns` every phrase, or else any word, of `text` stands, with their `relevance`."""
    asked = language.parse(text)
    wanted = _wanted(asked)
    if wanted is None:
        every = rows.annotate(relevance=Value(0.0))
        return every.filter(pk__in=[]) if asked.groups else every
    vector = SearchVector(*columns, config=CONFIG)
    return rows.alias(searched=vector).filter(searched=wanted).annotate(relevance=SearchRank(F("searched"), wanted))


def _wanted(asked: TextQuery) -> Any:
    """One tsquery; None where nothing can be asked."""
    parts = [_any(group.texts) for group in asked.groups if group.is_required]
    if not parts and asked.groups:
        parts = [_any(_words(asked))]
    if None in parts:
        return None
    parts += [~_phrase(text) for text in asked.excluded if analysis.stems(text)]
    return functools.reduce(operator.and_, parts) if parts else None


def _words(asked: TextQuery) -> list[str]:
    """Without stop words, unless nothing else was typed."""
    words = [word for text in asked.texts for word in analysis.words(text)]
    return ([word for word in words if word not in analysis.STOP_WORDS] or words)[:MAX_TERMS]


def _any(texts: Iterable[str]) -> Any:
    phrases = [_phrase(text) for text in texts if analysis.stems(text)]
    return functools.reduce(operator.or_, phrases) if phrases else None


def _phrase(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="phrase")
