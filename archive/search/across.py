"""Finds records of all types in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tantivy import Occur, Query, Schema, Searcher

from archive.search import find as finding
from archive.search import meaning_order, query, ranking
from archive.search import schema as fields
from archive.search.analysis import content_stems, stems
from archive.search.find import Counts
from archive.search.language import TextQuery
from archive.search.query import OneOf
from archive.search.question import Question

# Added to the rank of a record of the type, of which a word adds 2 to 12: a person or a
# proposal answers more than one sentence does. Round numbers, as in `query`.
PRIOR = {"speakers": 6.0, "proposals": 6.0, "articles": 0.0, "statements": 0.0}


@dataclass(frozen=True)
class Found:
    """`records` are (type, primary key, score) of one page; `counts` are by type.
    `is_whole`: whether the first record has all the words. `is_relaxed` as in Hits.
    """

    records: tuple[tuple[str, int, float], ...]
    counts: Counts
    is_whole: bool
    is_relaxed: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def find(
    searcher: Searcher,
    schema: Schema,
    questions: Sequence[Question],
    without: Sequence[str],
    offset: int,
    size: int,
) -> Found:
    """The records that satisfy the question of their type; all have one text."""
    found = _find(searcher, schema, questions, without, offset, size)
    text = questions[0].text if questions else None
    if found.total or not text or not text.groups or not text.has_operators:
        return found
    plain = text.without_operators()
    relaxed = [replace(each, text=plain) for each in questions]
    found = _find(searcher, schema, relaxed, without, offset, size)
    return replace(found, is_relaxed=True)


def with_titles(
    searcher: Searcher, schema: Schema, type: str, words: Sequence[str], size: int
) -> list[int]:
    searched = dict.fromkeys(stem for word in words for stem in stems(word))
    titles = query.any_of(
        Query.term_query(schema, "title", stem, "freq") for stem in searched
    )
    combined = query.all_of([OneOf("type", (type,)).query(schema), titles])
    result: Any = searcher.search(combined, size)
    return ranking.keys(searcher, "pk", result.hits)


def _find(
    searcher: Searcher,
    schema: Schema,
    questions: Sequence[Question],
    without: Sequence[str],
    offset: int,
    size: int,
) -> Found:
    names = [question.type for question in questions]
    if not names:
        return Found((), {}, False)
    kinds = query.any_of(
        query.all_of(finding.conditions(searcher, schema, question))
        for question in questions
    )
    text = questions[0].text
    ranked = [(Occur.Must, Query.const_score_query(kinds, 0.0))]
    ranked += [(Occur.Should, _prior(schema, name)) for name in names]
    ranked += [(Occur.MustNot, OneOf("key", (key,)).query(schema)) for key in without]
    unranked = [(Occur.Must, kinds)]
    if text:
        words = query.text_query(
            schema,
            searcher,
            text,
            long_type="articles",
            is_side_by_side=meaning_order.is_for(text),
        )
        ranked.append((Occur.Must, words))
        counted = query.text_query(schema, searcher, text, is_ranked=False)
        unranked.append((Occur.Must, counted))
    counts = finding.terms(searcher, Query.boolean_query(unranked), ["type"])["type"]
    if offset >= searcher.num_docs:
        return Found((), counts, False)
    combined = Query.boolean_query(ranked)
    hits, _total = (
        meaning_order.hits(searcher, combined, text, offset, size)
        if meaning_order.is_for(text)
        else ranking.hits(searcher, combined, offset, size)
    )
    return Found(
        tuple(_records(searcher, hits, names)),
        {name: counts.get(name, 0) for name in names},
        bool(hits) and (not has_several_words(text) or hits[0][0] >= query.ALL_WORDS),
    )


def has_several_words(text: TextQuery) -> bool:
    """Whether a record may have some of the words and lack others."""
    content = (any(content_stems(one) for one in each.texts) for each in text.groups)
    return sum(content) > 1 and not text.is_prose


def _prior(schema: Schema, name: str) -> Query:
    of_type = Query.term_query(schema, "type", name, "basic")
    return Query.const_score_query(of_type, PRIOR.get(name, 0.0))


def _records(
    searcher: Searcher, hits: Sequence[tuple[float, Any]], names: Sequence[str]
) -> list[tuple[str, int, float]]:
    names_by_code = {fields.value_code(name): name for name in names}
    pks = ranking.keys(searcher, "pk", list(hits))
    codes = ranking.keys(searcher, fields.code_field("type"), list(hits))
    return [
        (names_by_code[code], pk, rank)
        for (rank, _address), pk, code in zip(hits, pks, codes, strict=True)
    ]
