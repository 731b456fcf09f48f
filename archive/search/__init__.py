"""Full-text search. Every list that is searched by words asks `matching`, and nothing else does it."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Model, QuerySet

MAX_CHARACTERS = 2000
CONFIG = "archive"

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str, *columns: str) -> QuerySet[M]:
    """The rows in whose `columns` all words of `text` stand, with their `relevance`.

    "phrases", -minus and OR are understood as PostgreSQL's websearch_to_tsquery does; nothing typed is an error.
    """
    query = SearchQuery(text, config=CONFIG, search_type="websearch")
    vector = SearchVector(*columns, config=CONFIG)
    return rows.alias(words=vector).filter(words=query).annotate(relevance=SearchRank(F("words"), query))
