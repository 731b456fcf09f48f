"""Full-text search in PostgreSQL, for when there is no index.

It finds the same records as the index, but in the order of the list instead of by
relevance.
"""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchQuery,
    SearchVector,
)
from django.db.models import F, Func, Model, QuerySet

from archive.search import analysis
from archive.search.language import PROSE_WORDS, TextQuery
from archive.search.query import MAX_TERMS

CONFIG = "archive"  # unaccented, English stems, no stop words removed

M = TypeVar("M", bound=Model)
PhraseQuery = SearchQuery | CombinedSearchQuery


def matching(rows: QuerySet[M], text: TextQuery, *columns: str) -> QuerySet[M]:
    """Rows in which the `columns` match `text`: every required group or, without any,
    at least one word.

    Columns of one table are combined into one vector, so that a GIN index on `vector`
    of them is used.
    """
    required = [_phrases(group.texts) for group in text.groups if group.is_required]
    return _filtered(
        rows,
        columns,
        text,
        required
        or ([_phrases([*_content_words(text), *text.synonyms])] if text.groups else []),
    )


def matching_all(rows: QuerySet[M], text: TextQuery, *columns: str) -> QuerySet[M]:
    """Rows in which the `columns` match every group of `text`.

    The last word also matches as a prefix, because the user may still be typing it. Of
    pasted text only the first content words are used.
    """
    content_words = set(_content_words(text))
    groups = [
        group
        for group in text.groups
        if group.is_required or content_words.intersection(_split_words(group.texts))
    ]
    selected = list(dict.fromkeys(groups))[:PROSE_WORDS]
    phrase_lists = [_phrases((*group.texts, *group.synonyms)) for group in selected]
    if selected and selected[-1] == text.groups[-1] and not selected[-1].is_required:
        for word in filter(str.isalnum, _split_words(selected[-1].texts[-1:])):
            phrase_lists[-1].append(
                SearchQuery(f"'{word}':*", config=CONFIG, search_type="raw")
            )
    return _filtered(rows, columns, text, phrase_lists)


def vector(*columns: str) -> SearchVector:
    """The words of the columns, and names with an apostrophe also without it."""
    texts = (Func(F(column), function="archive_spelled_out") for column in columns)
    return SearchVector(*texts, config=CONFIG)


def _filtered(
    rows: QuerySet[M],
    columns: Iterable[str],
    text: TextQuery,
    phrase_lists: list[list[PhraseQuery]],
) -> QuerySet[M]:
    """Rows that match one query of each list in `phrase_lists` and no excluded text."""
    filtered = rows
    for phrases in phrase_lists:
        filtered = filtered.filter(pk__in=_matching_pks(rows, columns, phrases))
    for excluded in text.excluded:
        if phrases := _phrases([excluded]):
            filtered = filtered.exclude(pk__in=_matching_pks(rows, columns, phrases))
    return filtered


def _phrases(texts: Iterable[str]) -> list[PhraseQuery]:
    return [
        SearchQuery(text, config=CONFIG, search_type="phrase")
        for text in texts
        if analysis.stems(text)
    ]


def _matching_pks(
    rows: QuerySet[M], columns: Iterable[str], phrases: list[PhraseQuery]
) -> Any:
    """Primary keys of the rows that match at least one of the phrases."""
    if not phrases:
        return rows.none()
    search_query = functools.reduce(operator.or_, phrases)
    tables = defaultdict(list)
    for column in columns:
        table, _, name = column.rpartition("__")
        tables[table].append(name)
    unordered = rows.order_by()
    querysets = [
        _in_table(unordered, table, names, search_query).values("pk")
        for table, names in tables.items()
    ]
    return querysets[0].union(*querysets[1:]) if len(querysets) > 1 else querysets[0]


def _in_table(
    rows: QuerySet[M], table: str, names: list[str], search_query: object
) -> Any:
    if not table:
        return rows.alias(words_here=vector(*names)).filter(words_here=search_query)
    related: Any = rows.model
    for step in table.split("__"):
        related = related._meta.get_field(step).related_model
    matches = related._default_manager.alias(words_here=vector(*names)).filter(
        words_here=search_query
    )
    shown = displayed(rows.model, table)
    return rows.filter(**{f"{table}__in": matches.values("pk")}, **shown)


def displayed(model: Any, path: str) -> dict[str, Any]:
    """Conditions under which readers may see what a path leads to: the `public_if` of
    the models on it.
    """
    conditions: dict[str, Any] = {}
    prefix = ""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model if step else None
        if model is None:
            break
        prefix += f"{step}__"
        own = getattr(model, "public_if", {})
        conditions |= {f"{prefix}{name}": value for name, value in own.items()}
    return conditions


def _content_words(text: TextQuery) -> list[str]:
    """The words without stop words, unless the text has nothing else."""
    words = _split_words(text.texts)
    return ([word for word in words if word not in analysis.STOP_WORDS] or words)[
        :MAX_TERMS
    ]


def _split_words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in analysis.words(text)]
