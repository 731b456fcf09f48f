"""The same words asked of PostgreSQL while there is no index: it finds the same, in the order of the list."""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db.models import Model, QuerySet

from archive.search import analysis, language
from archive.search.language import TextQuery
from archive.search.query import MAX_TERMS

CONFIG = "archive"  # accents folded, English stems, no stop list

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str, *columns: str) -> QuerySet[M]:
    """The rows in whose `columns` every phrase, or else any word, of `text` stands.

    Columns of one table are asked together, so that an index on `vector` of them serves.
    """
    asked = language.parse(text)
    required: list[Iterable[str]] = [group.texts for group in asked.groups if group.is_required]
    found = rows
    for texts in required or ([_words(asked)] if asked.groups else []):
        found = found.filter(pk__in=_holding(rows, columns, texts))
    for excluded in asked.excluded:
        if analysis.stems(excluded):
            found = found.exclude(pk__in=_holding(rows, columns, [excluded]))
    return found


def vector(*columns: str) -> SearchVector:
    return SearchVector(*columns, config=CONFIG)


def _holding(rows: QuerySet[M], columns: Iterable[str], texts: Iterable[str]) -> Any:
    """Primary keys of the rows that hold one of the texts."""
    phrases: list[SearchQuery | CombinedSearchQuery] = [
        SearchQuery(text, config=CONFIG, search_type="phrase") for text in texts if analysis.stems(text)
    ]
    if not phrases:
        return rows.none()
    wanted = functools.reduce(operator.or_, phrases)
    tables = defaultdict(list)
    for column in columns:
        table, _, name = column.rpartition("__")
        tables[table].append(name)
    every = rows.order_by()
    parts = [_in_table(every, table, names, wanted).values("pk") for table, names in tables.items()]
    return parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]


def _in_table(rows: QuerySet[M], table: str, names: list[str], wanted: object) -> Any:
    if not table:
        return rows.alias(words_here=vector(*names)).filter(words_here=wanted)
    related: Any = rows.model._meta.get_field(table).related_model
    found = related._default_manager.alias(words_here=vector(*names)).filter(words_here=wanted)
    return rows.filter(**{f"{table}__in": found.values("pk")})


def _words(asked: TextQuery) -> list[str]:
    """Without stop words, unless nothing else was typed."""
    words = [word for text in asked.texts for word in analysis.words(text)]
    return ([word for word in words if word not in analysis.STOP_WORDS] or words)[:MAX_TERMS]
