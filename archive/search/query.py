"""Compiles a TextQuery and conditions into tantivy queries.

Values are matched as terms and never parsed as query text.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query, Schema, Searcher

from archive.search import schema as fields
from archive.search.analysis import content_stems, stems
from archive.search.language import Group, TextQuery

MAX_TERMS = 64  # a longer query is reduced to its rarest words
# Round numbers, not fitted to a collection: titles and neighbours weigh less than the
# words themselves.
ALL_WORDS = 1000.0  # higher than any score of a partial match
NEIGHBOURS = 0.1
TITLE = 0.3
SYNONYM = 0.6  # a synonym counts less than the word that was typed

Alternatives = tuple[tuple[str, ...], ...]  # the runs of stems of one group


@dataclass(frozen=True)
class OneOf:
    """The field holds one of the values."""

    field: str
    values: tuple[str, ...]

    def query(self, schema: Schema) -> Query:
        if len(self.values) == 1:
            return _unscored(
                Query.term_query(schema, self.field, self.values[0], "basic")
            )
        return _unscored(Query.term_set_query(schema, self.field, list(self.values)))


@dataclass(frozen=True)
class ListedOrUnlisted:
    """The parameter has one of the values, listed or unlisted."""

    parameter: str
    values: tuple[str, ...]

    def query(self, schema: Schema) -> Query:
        unlisted = tuple(f"{self.parameter}={value}" for value in self.values)
        return any_of(
            one.query(schema)
            for one in (OneOf(self.parameter, self.values), OneOf("unlisted", unlisted))
        )


@dataclass(frozen=True)
class Between:
    """The field holds a number between `low` and `high`, inclusive; None means
    unbounded.
    """

    field: str
    low: int | None
    high: int | None

    def query(self, schema: Schema) -> Query:
        return _unscored(
            Query.range_query(
                schema, self.field, FieldType.Unsigned, self.low, self.high
            )
        )


Condition = OneOf | ListedOrUnlisted | Between
DATED = Between("day", 0, None)


def all_of(queries: Iterable[Query]) -> Query:
    listed = list(queries)
    return (
        Query.boolean_query([(Occur.Must, query) for query in listed])
        if listed
        else Query.all_query()
    )


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def together(searcher: Searcher, values: Mapping[str, Sequence[str]]) -> Condition:
    """One related row has a value of every parameter."""
    if len(values) == 1:
        name, listed = next(iter(values.items()))
        return OneOf(name, tuple(listed))
    return OneOf("joint", tuple(joint_tokens(searcher, values)))


def joint_tokens(
    searcher: Searcher, values: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """The tokens in the index with a value of every parameter.

    They are read from the index by the values of one parameter. Putting every value
    beside every other would multiply the numbers of values.
    """
    names = fields.joint_names(values)
    allowed_values = {name: frozenset(values[name]) for name in names}
    for value in values[names[0]]:
        prefix = f"{'&'.join(names)}={value}&"
        for token, _records in searcher.terms_with_prefix("joint", prefix):
            row = fields.joint_row(token)
            if all(row[name] in allowed_values[name] for name in names):
                yield token


def text_query(
    schema: Schema,
    searcher: Searcher,
    text: TextQuery,
    *,
    is_ranked: bool = True,
    long_type: str = "",
    is_side_by_side: bool = False,
) -> Query:
    """Matches every required group or, without any, at least one word; never an
    excluded text.

    Ranked, records with all words come before records with some. Unranked, it matches
    the same records a third faster, for counting. Of `long_type`, whose texts are so
    long that all words occur in most of them, the title must have all words. With
    `is_side_by_side`, those with all words side by side come first among them.
    """
    required = [
        any_of(phrase(schema, t) for t in group.texts)
        for group in text.groups
        if group.is_required
    ]
    loose = [group for group in text.groups if not group.is_required]
    groups = _rarest(searcher, loose)
    synonyms = [other for group in loose for other in _synonyms(schema, group)]
    clauses = [(Occur.Must, query) for query in required]
    if groups and (is_ranked or not required):
        words = (
            _ranked(schema, groups, synonyms)
            if is_ranked
            else any_of([*(_term(schema, s) for s in _stems(groups)), *synonyms])
        )
        clauses.append((Occur.Should if required else Occur.Must, words))
    if is_ranked and 1 < len(groups) <= 16:
        every = _all_words(schema, groups, loose)
        if long_type:
            of_long = OneOf("type", (long_type,)).query(schema)
            of_others = Query.boolean_query(
                [(Occur.Must, every), (Occur.MustNot, of_long)]
            )
            titled = _all_words(schema, groups, loose, "title")
            every = any_of([of_others, titled])
        clauses.append((Occur.Should, Query.const_score_query(every, ALL_WORDS)))
        if is_side_by_side and all(len(group.texts) == 1 for group in loose):
            run = phrase(schema, " ".join(group.texts[0] for group in loose))
            beside = Query.const_score_query(all_of([every, run]), ALL_WORDS)
            clauses.append((Occur.Should, beside))
    if not clauses:
        clauses = [
            (Occur.Must, Query.empty_query() if text.groups else Query.all_query())
        ]
    return Query.boolean_query(
        [
            *clauses,
            *((Occur.MustNot, phrase(schema, t)) for t in text.excluded if stems(t)),
        ]
    )


def phrase(schema: Schema, text: str) -> Query:
    stem_run = stems(text)
    if len(stem_run) > 1:  # tantivy panics on a phrase of one word
        return Query.phrase_query(schema, "text", list(stem_run))
    return _term(schema, stem_run[0]) if stem_run else Query.empty_query()


def _rarest(searcher: Searcher, groups: list[Group]) -> list[Alternatives]:
    """Stems of each alternative of each group, at most MAX_TERMS groups, in order.

    Stop words are used only if nothing else is left.
    """
    analyzed: list[Alternatives] = []
    for analyze in (content_stems, stems):
        runs = (_runs(analyze, group) for group in groups)
        if analyzed := list(dict.fromkeys(filter(None, runs))):
            break
    if len(analyzed) <= MAX_TERMS:
        return analyzed
    rarest = sorted(
        range(len(analyzed)),
        key=lambda index: searcher.doc_freq("text", analyzed[index][0][0]),
    )
    return [analyzed[index] for index in sorted(rarest[:MAX_TERMS])]


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _ranked(schema: Schema, groups: list[Alternatives], synonyms: list[Query]) -> Query:
    group_stems = _stems(groups)
    extra = [
        Query.boost_query(_term(schema, stem, "title"), TITLE) for stem in group_stems
    ]
    extra += [
        Query.boost_query(Query.phrase_query(schema, "text", [a, b]), NEIGHBOURS)
        for a, b in _neighbours(groups)
    ]
    boosted = [Query.boost_query(synonym, SYNONYM) for synonym in synonyms]
    words = any_of([*(_term(schema, stem) for stem in group_stems), *boosted])
    return Query.boolean_query(
        [(Occur.Must, words), *((Occur.Should, query) for query in extra)]
    )


def _all_words(
    schema: Schema, groups: list[Alternatives], loose: list[Group], field: str = "text"
) -> Query:
    """Of each group one alternative or one synonym."""
    others = {_runs(content_stems, each): _synonyms(schema, each) for each in loose}
    return all_of(
        any_of(
            [
                *(all_of(_term(schema, stem, field) for stem in run) for run in group),
                *others.get(group, ()),
            ]
        )
        for group in groups
    )


def _synonyms(schema: Schema, group: Group) -> list[Query]:
    return [phrase(schema, synonym) for synonym in group.synonyms]


def _runs(analyze: Callable[[str], list[str]], group: Group) -> Alternatives:
    return tuple(tuple(run) for text in group.texts if (run := analyze(text)))


def _stems(groups: list[Alternatives]) -> list[str]:
    return list(
        dict.fromkeys(stem for group in groups for run in group for stem in run)
    )


def _neighbours(groups: list[Alternatives]) -> list[tuple[str, str]]:
    """Pairs of adjacent stems, within a run and across groups."""
    inside = [
        pair for group in groups for run in group for pair in itertools.pairwise(run)
    ]
    across = [(a[-1][-1], b[0][0]) for a, b in itertools.pairwise(groups)]
    return [(a, b) for a, b in dict.fromkeys(inside + across) if a != b]


def _term(schema: Schema, stem: str, field: str = "text") -> Query:
    return Query.term_query(schema, field, stem, "freq")
