"""A slice of a list's results: ids in order, from the index or from PostgreSQL.

A slice by date begins behind the sort key of the last result, which no other record
has: it costs the same at any depth, and a record published meanwhile moves nothing.
Every other slice begins at an offset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tantivy import Searcher

from archive import search
from archive.core.caches import is_apart
from archive.listing.answer import reading
from archive.listing.filterset import ArchiveFilterSet
from archive.search import find, query, ranking, schema
from archive.search.find import Hits
from archive.search.index import SearchIndex, Unavailable
from archive.search.question import Parameter, Question

LAST_KEY = (1 << 64) - 1


class Place(NamedTuple):
    """Behind this many results; `key` is the sort key of the last one, 0 if the list
    has none.
    """

    offset: int = 0
    key: int = 0


@dataclass(frozen=True)
class Slice:
    """`scores` are by primary key, only of a search in the order of relevance. `next`
    is where the next slice begins; None behind the last result.
    """

    ids: Sequence[int]
    total: int
    next: Place | None
    scores: Mapping[int, float] = field(default_factory=dict)
    is_relaxed: bool = False
    is_limited: bool = False


def take(filterset: ArchiveFilterSet, place: Place, size: int) -> Slice:
    if not is_apart():
        try:
            with reading() as (index, searcher):
                return _from_index(filterset.question, place, size, index, searcher)
        except Unavailable as reason:
            search.start_rebuild(reason)
    ids = filterset.results().values_list("pk", flat=True)
    total, end = filterset.qs.count(), place.offset + size
    return Slice(
        list(ids[place.offset : end]),
        total,
        Place(end) if end < total else None,
        is_limited=bool(filterset.question.text),
    )


def _from_index(
    question: Question, place: Place, size: int, index: SearchIndex, searcher: Searcher
) -> Slice:
    if question.sort in ("newest", "oldest") and place.key:
        total = find.find(searcher, index.schema, question, 0, 1)
        answered = total.question
        hits = find.find(searcher, index.schema, _behind(answered, place.key), 0, size)
        if hits.question.text != answered.text:  # nothing is left, so it was relaxed
            hits = Hits([], 0, answered)
        left = hits.total - len(hits.ids)
        hits = replace(hits, total=total.total, is_relaxed=total.is_relaxed)
    else:
        offset = min(place.offset, searcher.num_docs)
        hits = find.find(searcher, index.schema, question, offset, size)
        left = hits.total - place.offset - len(hits.ids)
    following = Place(
        place.offset + len(hits.ids),
        _key(question, hits.ids, index, searcher),
    )
    return Slice(
        hits.ids,
        hits.total,
        following if hits.ids and left > 0 else None,
        _scores(hits.question, hits.ids, index, searcher),
        hits.is_relaxed,
    )


def _behind(question: Question, key: int) -> Question:
    bounds = (
        query.Between("newest", None, key - 1)
        if question.sort == "newest"
        else query.Between("oldest", min(key, LAST_KEY - 1) + 1, None)
    )
    behind = Parameter("cursor", (str(key),), bounds)
    return replace(question, parameters=(*question.parameters, behind))


def _key(
    question: Question, ids: Sequence[int], index: SearchIndex, searcher: Searcher
) -> int:
    """The sort key of the last result."""
    if question.sort not in ("newest", "oldest") or not ids:
        return 0
    last = query.OneOf("key", (schema.key(question.type, ids[-1]),))
    hits = searcher.search(last.query(index.schema), 1)
    return next(iter(ranking.keys(searcher, question.sort, list(hits.hits))), 0)


def _scores(
    question: Question, ids: Sequence[int], index: SearchIndex, searcher: Searcher
) -> dict[int, float]:
    if question.sort != "relevance" or not question.text or not ids:
        return {}
    keys = query.OneOf("key", tuple(schema.key(question.type, pk) for pk in ids))
    text = query.text_query(index.schema, searcher, question.text)
    both = query.all_of([text, keys.query(index.schema)])
    hits = list(searcher.search(both, len(ids)).hits)
    pks = ranking.keys(searcher, "pk", hits)
    return {pk: round(score, 3) for pk, (score, _at) in zip(pks, hits, strict=True)}
