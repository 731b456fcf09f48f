"""Puts the first results by words in the order of words and meaning together.

Only the order of relevance changes: which records are results, their number and the
other orders stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from tantivy import Query, Searcher

from archive import meaning
from archive.search import query, ranking
from archive.search.language import TextQuery
from archive.search.ranking import Hit

FIRST = 100  # results that are compared with the question
K = 20  # of reciprocal ranks: 1 / (K + rank by words) + 1 / (K + rank by meaning)


def is_for(text: TextQuery) -> bool:
    """A single word means too little to be compared."""
    return len(text.groups) > 1 and meaning.is_on()


def hits(
    searcher: Searcher, combined: Query, text: TextQuery, offset: int, size: int
) -> tuple[list[Hit], int]:
    """The rank and the address of each record of a page, and the total."""
    if offset >= FIRST:
        return ranking.hits(searcher, combined, offset, size)
    first, total = ranking.hits(searcher, combined, 0, FIRST)
    in_order = _in_order(searcher, first, text)
    if offset + size > FIRST:
        in_order += ranking.hits(searcher, combined, FIRST, offset + size - FIRST)[0]
    return in_order[offset : offset + size], total


def _in_order(searcher: Searcher, first: list[Hit], text: TextQuery) -> list[Hit]:
    digests = ranking.keys(searcher, "sense", first)
    cosines = meaning.similarities(typed(text), digests) if any(digests) else []
    fused = _fused(cosines)
    in_order: list[Hit] = []
    places = range(len(first))
    for _tier, group in groupby(places, key=lambda place: tier(first[place])):
        # a record without a vector, such as a person, keeps its place
        slots = list(group)
        movable = [place for place in slots if place in fused]
        best = iter(sorted(movable, key=lambda place: (-fused[place], place)))
        in_order += [first[next(best) if slot in fused else slot] for slot in slots]
    return in_order


def tier(hit: tuple[float, Any]) -> int:
    """2: it has all the words side by side, 1: all the words, 0: some."""
    return int(hit[0] // query.ALL_WORDS)


def _fused(cosines: Sequence[float | None]) -> dict[int, float]:
    """Place in the order of words -> sum of the reciprocal ranks."""
    known = [(-cosine, at) for at, cosine in enumerate(cosines) if cosine is not None]
    return {
        at: 1 / (K + at) + 1 / (K + rank)
        for rank, (_cosine, at) in enumerate(sorted(known))
    }


def typed(text: TextQuery) -> str:
    return " ".join(text.texts) if text.has_operators else text.typed
