"""Asks the index for all kinds of records at once. Each function returns None if there
is no index.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from archive import meaning, search
from archive.core.caches import Cache, is_apart
from archive.listing.answer import MAX_ANSWERS, reading
from archive.search import across, find
from archive.search.across import Found
from archive.search.index import Unavailable
from archive.search.language import Group, TextQuery
from archive.search.query import OneOf
from archive.search.question import Question

_found: Cache[Found] = Cache(MAX_ANSWERS)


def found(
    questions: tuple[Question, ...],
    without: tuple[str, ...] = (),
    offset: int = 0,
    size: int = 20,
) -> Found | None:
    """Records of every kind in one order, best first. The questions have the same text
    and differ in type and conditions; `without` are the keys of records to leave out.
    """
    if is_apart():
        return None
    try:
        with reading() as (index, searcher):
            key = (questions, without, offset, size)
            make = partial(
                across.find, searcher, index.schema, questions, without, offset, size
            )
            return _found.get((index.stamp, meaning.stamp()), key, make)
    except Unavailable as reason:
        search.start_rebuild(reason)
        return None


def with_titles(type: str, words: Sequence[str], size: int) -> list[int] | None:
    """Primary keys of the records of one type whose titles have one of the words, those
    with most words first.
    """
    if is_apart():
        return None
    try:
        with reading() as (index, searcher):
            return across.with_titles(searcher, index.schema, type, words, size)
    except Unavailable:
        return None


def share_of_speakers(word: str, slugs: Sequence[str]) -> float | None:
    """Of the statements and positions with the word, the share that these speakers
    have.
    """
    if is_apart():
        return None
    try:
        with reading() as (index, searcher):
            counts = [
                sum(
                    find.count(
                        searcher, index.schema, Question(type, any_of([word])), *by
                    )
                    for type in ("statements", "positions")
                )
                for by in ((), (OneOf("speaker", tuple(slugs)),))
            ]
    except Unavailable:
        return None
    return counts[1] / counts[0] if counts[0] else 1.0


def any_of(words: Sequence[str]) -> TextQuery:
    return TextQuery(tuple(Group((word,)) for word in words), typed=" ".join(words))
