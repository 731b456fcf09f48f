"""Answers from the index: which records, in which order, how many, and how often each value occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import tantivy
from tantivy import Query, Schema, Searcher

from archive.search import query
from archive.search import schema as fields
from archive.search.language import TextQuery
from archive.search.query import Condition

# No fewer than the distinct values of a field: with tantivy's default, counts over several segments are wrong.
ALL_VALUES = 1_000_000
MOST_VALUES = 1_000  # of one facet that are told; the values in use always are
MANY_VALUES = 300  # where it is not shown whole: to tell more costs as much as to count them
ORDERS: dict[str, dict[str, Any]] = {
    "relevance": {},
    "newest": {"order_by_field": "newest"},
    "oldest": {"order_by_field": "oldest", "order": tantivy.Order.Asc},
    "name": {"order_by_field": "name", "order": tantivy.Order.Asc},
}

NO_TEXT = TextQuery()

_numbered: dict[str, dict[int, str]] = {name: {} for name in fields.NUMBERED}

Counts = dict[str, int]
Known = Callable[[tuple[str, ...]], dict[str, Counts]]


@dataclass(frozen=True)
class Asked:
    """One list's question. `joint` values must all be met by one related row; `active` are those of its facets."""

    type: str
    text: TextQuery = NO_TEXT
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    joint: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "newest"
    active: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def matching(self, leaving_out: Iterable[str] = ()) -> list[Condition]:
        made = [condition for name, condition in self.conditions.items() if name not in leaving_out]
        joint = {name: values for name, values in self.joint.items() if name not in leaving_out}
        return [query.one_of("type", [self.type]), *made, *([query.together(joint)] if joint else [])]


@dataclass(frozen=True)
class Found:
    """`asked` is what was answered: without its operators, if with them nothing was found."""

    ids: list[int]
    total: int
    asked: Asked
    is_relaxed: bool = False


def find(searcher: Searcher, schema: Schema, asked: Asked, offset: int = 0, size: int = 20) -> Found:
    found = _find(searcher, schema, asked, offset, size)
    if found.total or not asked.text.groups or not asked.text.has_operators:
        return found
    relaxed = replace(asked, text=asked.text.without_operators())
    return replace(_find(searcher, schema, relaxed, offset, size), is_relaxed=True)


def _find(searcher: Searcher, schema: Schema, asked: Asked, offset: int, size: int) -> Found:
    is_ranked = asked.order == "relevance"
    text = [query.text_query(schema, searcher, asked.text, is_ranked=is_ranked)] if asked.text else []
    wanted = query.all_of([*text, *(make(schema) for make in asked.matching())])
    if offset >= searcher.num_docs:  # tantivy would make room for them all
        return Found([], int(searcher.search(wanted, 1).count), asked)  # type: ignore[attr-defined]
    found = searcher.search(wanted, size, offset=offset, **ORDERS[asked.order])
    ids = searcher.fast_field_values("pk", [address for _, address in found.hits])
    return Found([int(pk or 0) for pk in ids], int(found.count), asked)  # type: ignore[attr-defined]


def count(searcher: Searcher, schema: Schema, asked: Asked, conditions: Iterable[Condition]) -> int:
    """How many satisfy the text and `conditions`, whatever else is asked."""
    found = searcher.search(_counted(searcher, schema, asked, conditions), 1)
    return int(found.count)  # type: ignore[attr-defined]


def undated(searcher: Searcher, schema: Schema, asked: Asked, years: Counts | None = None) -> int:
    """How many more there would be if their date were known: `since` and `until` leave them out.

    What has a date has a year, so the counts of `years`, where they are known, save a second look.
    """
    conditions = asked.matching(("since", "until"))
    every = count(searcher, schema, asked, conditions)
    return every - (sum(years.values()) if years else count(searcher, schema, asked, [*conditions, query.dated]))


def types(searcher: Searcher, schema: Schema, text: TextQuery) -> Counts:
    """How many records of each type match the words."""
    return _terms(searcher, _counted(searcher, schema, Asked("", text), []), ["type"])["type"]


def values(
    searcher: Searcher,
    schema: Schema,
    asked: Asked,
    names: Iterable[str],
    known: Known = lambda _ignored: {},
    size: int = MOST_VALUES,
) -> dict[str, Counts]:
    """Parameter -> value -> number of records; each ignores its own parameter. Those that ignore nothing share a pass.

    `since` and `until` are ignored by `year` alone. `known` gives what was counted before of questions that differ only
    in what is ignored, and remembers what is added.
    """
    passes: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        own = ("since", "until") if name == "year" else (name,)
        ignored = tuple(n for n in own if n in asked.conditions or n in asked.joint)
        passes.setdefault(ignored, []).append(name)
    found: dict[str, Counts] = {}
    for ignored, together in passes.items():
        conditions = asked.matching(ignored)
        counted = known(ignored)
        if missing := [name for name in together if name not in counted]:
            counted |= _terms(searcher, _counted(searcher, schema, asked, conditions), missing, size)
        for name in together:
            found[name] = dict(counted[name])
            for value in set(asked.active.get(name, ())) - found[name].keys():
                if number := count(searcher, schema, asked, [*conditions, query.found_by(name, [value])]):
                    found[name][value] = number
    return found


def joint_values(searcher: Searcher, schema: Schema, asked: Asked, name: str, choices: Iterable[str] | None) -> Counts:
    """The same for a joint parameter while another one is in use: they must be met by one related row."""
    others = {other: listed for other, listed in asked.joint.items() if other != name}
    base = asked.matching(asked.joint)
    if choices is not None:
        return {
            value: count(searcher, schema, asked, [*base, query.together({**others, name: [value]})])
            for value in choices
        }
    bundles = _terms(searcher, _counted(searcher, schema, asked, base), ["bundle"])["bundle"]
    counts: Counts = {}
    for bundle, number in bundles.items():
        own, *beside = bundle.split(" ")
        found_name, _, value = own.removeprefix("~").partition("=")
        is_offered = not own.startswith("~") or value in asked.active.get(name, ())
        if found_name == name and is_offered and any(_meets(row, others) for row in beside):
            counts[value] = counts.get(value, 0) + number
    return counts


def _meets(row: str, others: Mapping[str, Sequence[str]]) -> bool:
    has = dict(pair.split("=", 1) for pair in row.split("&"))
    return all(has.get(name) in listed for name, listed in others.items())


def _counted(searcher: Searcher, schema: Schema, asked: Asked, conditions: Iterable[Condition]) -> Query:
    text = [query.text_query(schema, searcher, asked.text, is_ranked=False)] if asked.text else []
    return query.all_of([*text, *(make(schema) for make in conditions)])


def _terms(searcher: Searcher, wanted: Query, names: Iterable[str], size: int = ALL_VALUES) -> dict[str, Counts]:
    counted = {n: fields.numbers_of(n) if n in fields.NUMBERED else n for n in names}
    asked = {n: {"terms": {"field": f, "size": size, "segment_size": ALL_VALUES}} for n, f in counted.items()}
    found = searcher.aggregate(wanted, asked)
    return {name: dict(_counts(searcher, name, found[name]["buckets"])) for name in asked}


def _counts(searcher: Searcher, name: str, buckets: Iterable[Any]) -> Iterator[tuple[str, int]]:
    counted = ((bucket["key"], int(bucket["doc_count"])) for bucket in buckets)
    if name not in fields.NUMBERED:
        return ((str(value), number) for value, number in counted)
    counts = {int(key): number for key, number in counted}
    return zip(_values(searcher, name, counts), counts.values(), strict=True)


def _values(searcher: Searcher, name: str, numbers: Iterable[int]) -> list[str]:
    """What the numbers stand for. They are read again only for new ones, since a number never changes its meaning."""
    known = _numbered[name]
    if any(number not in known for number in numbers):
        known.update({fields.number(value): value for value, _ in searcher.terms_with_prefix(name, "")})
    return [known[number] for number in numbers]
