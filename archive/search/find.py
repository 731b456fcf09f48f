"""Queries the index: ids in order, totals, and counts by value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import tantivy
from tantivy import Query, Schema, Searcher

from archive.search import meaning_order, query, ranking
from archive.search import schema as fields
from archive.search.language import TextQuery
from archive.search.query import DATED, Condition, ListedOrUnlisted, OneOf
from archive.search.question import Question

# At least the number of distinct values of a field: with tantivy's default segment
# size, counts over several segments are wrong.
ALL_VALUES = 1_000_000
MAX_FACET_VALUES = 1_000  # returned for one facet, besides those in use
MAX_FOLDED_VALUES = (
    300  # of a folded facet; returning more costs as much as counting them
)
ORDERS: dict[str, dict[str, Any]] = {
    "relevance": {},
    "newest": {"order_by_field": "newest"},
    "oldest": {"order_by_field": "oldest", "order": tantivy.Order.Asc},
    "name": {"order_by_field": "name", "order": tantivy.Order.Asc},
}

_decoded: dict[str, dict[int, str]] = {name: {} for name in fields.CODED}

Counts = dict[str, int]


@dataclass(frozen=True)
class Hits:
    """One page of results.

    `question` is the question that was answered: if the text with its operators found
    nothing, it is the question without them, and `is_relaxed` is true.
    """

    ids: list[int]
    total: int
    question: Question
    is_relaxed: bool = False


def find(
    searcher: Searcher,
    schema: Schema,
    question: Question,
    offset: int = 0,
    size: int = 20,
) -> Hits:
    hits = _find(searcher, schema, question, offset, size)
    if hits.total or not question.text.groups or not question.text.has_operators:
        return hits
    relaxed = replace(question, text=question.text.without_operators())
    return replace(_find(searcher, schema, relaxed, offset, size), is_relaxed=True)


def _find(
    searcher: Searcher, schema: Schema, question: Question, offset: int, size: int
) -> Hits:
    is_ranked = question.sort == "relevance"
    by_meaning = is_ranked and meaning_order.is_for(question.text)
    text = (
        [
            query.text_query(
                schema,
                searcher,
                question.text,
                is_ranked=is_ranked,
                is_side_by_side=by_meaning,
            )
        ]
        if question.text
        else []
    )
    combined = query.all_of([*text, *conditions(searcher, schema, question)])
    if (
        offset >= searcher.num_docs
    ):  # tantivy allocates memory for all skipped documents
        return Hits([], _count(searcher, combined), question)
    if is_ranked:
        hits, total = (
            meaning_order.hits(searcher, combined, question.text, offset, size)
            if by_meaning
            else ranking.hits(searcher, combined, offset, size)
        )
        ids = ranking.keys(searcher, "pk", hits)
    else:
        # no two records have the same key
        order = ORDERS[question.sort]
        result: Any = searcher.search(combined, size, offset=offset, **order)
        ids, total = ranking.keys(searcher, "pk", result.hits), int(result.count)
    return Hits(ids, total, question)


def count(
    searcher: Searcher, schema: Schema, question: Question, *further: Condition
) -> int:
    """The number of records that match the question and the further conditions."""
    return _count(searcher, _unranked(searcher, schema, question, *further))


def undated(
    searcher: Searcher, schema: Schema, question: Question, years: Counts | None = None
) -> int:
    """How many more records would match without `since` and `until`, which exclude
    undated records.

    Dated records have a year, so if `years` is given, its counts replace a query.
    """
    unbounded = question.without("since", "until")
    dated = sum(years.values()) if years else count(searcher, schema, unbounded, DATED)
    return count(searcher, schema, unbounded) - dated


def types(searcher: Searcher, schema: Schema, text: TextQuery) -> Counts:
    """The number of matching records by type."""
    return terms(searcher, _unranked(searcher, schema, Question("", text)), ["type"])[
        "type"
    ]


def values(
    searcher: Searcher,
    schema: Schema,
    question: Question,
    names: Iterable[str],
    cached: Callable[[Question], dict[str, Counts]] = lambda _counted: {},
    size: int = MAX_FACET_VALUES,
) -> dict[str, Counts]:
    """Counts by parameter and value. Each parameter ignores its own filter; `year`
    alone ignores `since` and `until`.

    Parameters that ignore the same filters share one aggregation. `cached` returns the
    mutable dict of counts already known for a question; new counts are added to it.
    """
    passes: dict[Question, list[str]] = {}
    for name in names:
        ignored = ("since", "until") if name == "year" else (name,)
        passes.setdefault(question.without(*ignored), []).append(name)
    results: dict[str, Counts] = {}
    for counted, grouped in passes.items():
        counts = cached(counted)
        if missing := [name for name in grouped if name not in counts]:
            counts |= terms(
                searcher, _unranked(searcher, schema, counted), missing, size
            )
        for name in grouped:
            uncounted = set(question.values(name)) - counts[name].keys()
            results[name] = counts[name] | _further_values(
                searcher, schema, counted, name, uncounted
            )
    return results


def _further_values(
    searcher: Searcher,
    schema: Schema,
    question: Question,
    name: str,
    values: Iterable[str],
) -> Counts:
    """Counts of values in use that are not offered, or not among the most frequent."""
    occurring = [
        value
        for value in values
        if searcher.doc_freq(name, value)
        or searcher.doc_freq("unlisted", f"{name}={value}")
    ]
    if not occurring:
        return {}
    base = _unranked(searcher, schema, question)
    counts = (
        (value, _count(searcher, base, ListedOrUnlisted(name, (value,)).query(schema)))
        for value in occurring
    )
    return {value: count for value, count in counts if count}


def joint_values(
    searcher: Searcher,
    schema: Schema,
    question: Question,
    name: str,
    choices: Collection[str] | None,
) -> Counts:
    """Counts by value of one joint parameter while another joint parameter is in use.

    One related row must satisfy all joint parameters.
    """
    others = {
        other: frozenset(listed)
        for other, listed in question.joint.items()
        if other != name
    }
    base = _unranked(searcher, schema, question.without(*question.joint))
    if choices is not None:
        tokens_by_value: dict[str, list[str]] = {value: [] for value in choices}
        joint = {**others, name: frozenset(choices)}
        for token in query.joint_tokens(searcher, joint):
            tokens_by_value[fields.joint_row(token)[name]].append(token)
        return {
            value: _count(searcher, base, OneOf("joint", tuple(tokens)).query(schema))
            for value, tokens in tokens_by_value.items()
        }
    bundles = terms(searcher, base, ["bundle"])["bundle"]
    counts: Counts = {}
    for bundle, records in bundles.items():
        value_token, *related_rows = bundle.split(" ")
        parameter, _, value = value_token.removeprefix("~").partition("=")
        is_offered = not value_token.startswith("~") or value in question.values(name)
        if (
            parameter == name
            and is_offered
            and any(_meets(row, others) for row in related_rows)
        ):
            counts[value] = counts.get(value, 0) + records
    return counts


def _meets(row: str, others: Mapping[str, Collection[str]]) -> bool:
    values = fields.joint_row(row)
    return all(values.get(name) in listed for name, listed in others.items())


def _unranked(
    searcher: Searcher, schema: Schema, question: Question, *further: Condition
) -> Query:
    """The query without scoring, for counting."""
    text = (
        [query.text_query(schema, searcher, question.text, is_ranked=False)]
        if question.text
        else []
    )
    added = (condition.query(schema) for condition in further)
    return query.all_of([*text, *conditions(searcher, schema, question), *added])


def conditions(searcher: Searcher, schema: Schema, question: Question) -> list[Query]:
    listed = question.conditions
    if joint := question.joint:
        listed.append(query.together(searcher, joint))
    return [condition.query(schema) for condition in listed]


def _count(searcher: Searcher, *queries: Query) -> int:
    result = searcher.search(query.all_of(queries), 1)
    return int(result.count)  # type: ignore[attr-defined]


def terms(
    searcher: Searcher, base: Query, names: Iterable[str], size: int = ALL_VALUES
) -> dict[str, Counts]:
    field_names = {
        name: fields.code_field(name) if name in fields.CODED else name
        for name in names
    }
    aggregations = {
        name: {"terms": {"field": field, "size": size, "segment_size": ALL_VALUES}}
        for name, field in field_names.items()
    }
    result = searcher.aggregate(base, aggregations)
    return {
        name: dict(_counts(searcher, name, result[name]["buckets"]))
        for name in aggregations
    }


def _counts(
    searcher: Searcher, name: str, buckets: Iterable[Any]
) -> Iterator[tuple[str, int]]:
    pairs = ((bucket["key"], int(bucket["doc_count"])) for bucket in buckets)
    if name not in fields.CODED:
        return ((str(value), doc_count) for value, doc_count in pairs)
    counts = {int(key): doc_count for key, doc_count in pairs}
    return zip(_values(searcher, name, counts), counts.values(), strict=True)


def _values(searcher: Searcher, name: str, codes: Iterable[int]) -> list[str]:
    """The values of these codes.

    The terms are read again only if a code is new, since the value of a code never
    changes.
    """
    decoded = _decoded[name]
    if any(code not in decoded for code in codes):
        decoded.update(
            {
                fields.value_code(value): value
                for value, _ in searcher.terms_with_prefix(name, "")
            }
        )
    return [decoded[code] for code in codes]
