"""A list answered from the index. Its rows are always loaded by the list itself, through public()."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection
from tantivy import Schema, Searcher

from archive import search
from archive.listing.filters import JointFilter, ValuesFilter
from archive.search import analysis, find
from archive.search.find import Asked, Counts, Found
from archive.search.index import SearchIndex, Unavailable

if TYPE_CHECKING:
    from archive.listing.filterset import ArchiveFilterSet

T = TypeVar("T")

_trusted: set[tuple[str, str]] = set()  # (folder, database) of indexes known to be made from this database
_answers: dict[object, Answer] = {}
_counted: dict[object, dict[str, Counts]] = {}
MOST_ANSWERS = 100


@dataclass
class Answer:
    """`counts` are those of facets by value, and of the years; `without` is of what each parameter takes away."""

    ids: list[int]
    total: int
    is_relaxed: bool = False
    counts: dict[str, Counts] = field(default_factory=dict)
    undated: int = 0
    without: Counts = field(default_factory=dict)
    suggestion: str = ""


class Rows(Sequence[Any]):
    """What a Paginator asks for: the number of all results, and the rows of the one page that was looked up."""

    def __init__(self, answer: Answer, load: Callable[[Sequence[int]], Sequence[Any]]) -> None:
        self.answer, self.load = answer, load

    def __len__(self) -> int:
        return self.answer.total

    def __getitem__(self, _page: Any) -> Any:
        return self.load(self.answer.ids)


def answer(asked: ArchiveFilterSet, offset: int, size: int) -> Answer | None:
    """None while there is no index to ask."""
    if not asked.type:
        return None
    index = search.index()
    try:
        with index.reading() as searcher:
            check_database(index, searcher)
            known = _known(asked, searcher, index, (offset, size))
            return replace(known, suggestion=_suggestion(asked, searcher, index.schema))
    except Unavailable as reason:
        search.mend(reason)
        return None


def every_id(asked: ArchiveFilterSet) -> list[int] | None:
    """Of all results, in order; None while there is no index to ask. Not remembered, since it may be long."""
    if not asked.answer:
        return None
    index = search.index()
    try:
        with index.reading() as searcher:
            return find.find(searcher, index.schema, question(asked), 0, max(asked.answer.total, 1)).ids
    except Unavailable:
        return None


def check_database(index: SearchIndex, searcher: Searcher) -> None:
    """Raises Unavailable for an index of another database, such as the one a dump was restored from."""
    if (index.stamp[0], database()) in _trusted:
        return
    if index.mark(searcher).database != database():
        raise Unavailable("It was made from another database.")
    _trusted.add((index.stamp[0], database()))


def database() -> str:
    """Names the server and the database in it."""
    known: str | None = getattr(connection, "archive_name", None)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier || '.' || oid FROM pg_control_system(), pg_database"
                " WHERE datname = current_database()"
            )
            known = connection.archive_name = cursor.fetchone()[0]  # type: ignore[attr-defined]
    return known


def question(asked: ArchiveFilterSet) -> Asked:
    """The FilterSet's cleaned data, compiled."""
    values = asked.form.cleaned_data
    active = {name: one for name, one in asked.filters.items() if values.get(name)}
    return Asked(
        asked.type,
        search.parse(asked.text),
        {n: f.condition(values[n]) for n, f in active.items() if _narrows(f)},
        {n: values[n] for n, f in active.items() if isinstance(f, JointFilter)},
        asked.sort,
        {n: values[n] for n, f in active.items() if isinstance(f, ValuesFilter)},
    )


def _narrows(one: Any) -> bool:
    return hasattr(one, "condition") and not isinstance(one, JointFilter)


def _known(asked: ArchiveFilterSet, searcher: Searcher, index: SearchIndex, piece: tuple[int, int]) -> Answer:
    """The same question to the same commit has the same answer: numbers, whose rows are always loaded anew."""
    key = (index.stamp, asked.type, asked.is_counted, asked.facet_names, piece, _values(asked, ("page",)))
    return _kept(_answers, key, lambda: _answer(asked, searcher, index, *piece))


def _values(asked: ArchiveFilterSet, leaving_out: tuple[str, ...]) -> str:
    pairs = asked.form.cleaned_data.items()
    return repr(sorted((name, value) for name, value in pairs if value and name not in leaving_out))


def _kept(kept: dict[object, T], key: object, ask: Callable[[], T]) -> T:
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST_ANSWERS:
            kept.clear()
        found = kept[key] = ask()
    return found


def _answer(asked: ArchiveFilterSet, searcher: Searcher, index: SearchIndex, offset: int, size: int) -> Answer:
    schema = index.schema
    found = find.find(searcher, schema, question(asked), offset, size)
    counts = dict(_counts(asked, searcher, index, found)) if asked.is_counted else {}
    return Answer(
        found.ids,
        found.total,
        found.is_relaxed,
        counts,
        find.undated(searcher, schema, found.asked, counts.get("year")) if asked.is_bounded else 0,
        {} if found.total else dict(_without(asked, searcher, schema, found)),
    )


def _counts(
    asked: ArchiveFilterSet, searcher: Searcher, index: SearchIndex, found: Found
) -> Iterator[tuple[str, Counts]]:
    joint = [name for name in asked.facet_names if found.asked.joint.keys() - {name} and _is_joint(asked, name)]
    single = {*asked.facet_names, *(["year"] if asked.is_dated else [])} - set(joint)

    size = find.MOST_VALUES if asked.form.cleaned_data.get("all") else find.MANY_VALUES

    def known(ignored: tuple[str, ...]) -> dict[str, Counts]:
        """Another page, order or value of the ignored parameter leaves these counts as they are."""
        left = _values(asked, (*ignored, "page", "sort", "all"))
        return _kept(_counted, (index.stamp, asked.type, found.is_relaxed, size, left), dict)

    yield from find.values(searcher, index.schema, found.asked, single, known, size).items()
    for name in joint:
        choices = [value for value, _ in asked.filters[name].choices] if asked.filters[name].is_choice else None
        yield name, find.joint_values(searcher, index.schema, found.asked, name, choices)


def _is_joint(asked: ArchiveFilterSet, name: str) -> bool:
    return isinstance(asked.filters[name], JointFilter)


def _without(asked: ArchiveFilterSet, searcher: Searcher, schema: Schema, found: Found) -> Iterator[tuple[str, int]]:
    """How many results there are without each parameter in use."""
    for name in asked.active():
        left = replace(found.asked, text=find.NO_TEXT) if name == "q" else found.asked
        yield name, find.count(searcher, schema, left, left.matching((name,)))


def _suggestion(asked: ArchiveFilterSet, searcher: Searcher, schema: Schema) -> str:
    """Only words that stand in what is shown of records that are public at this moment, whatever the index believes."""
    if not asked.text:
        return ""
    better = search.speller().suggest(searcher, search.parse(asked.text), asked.text)
    if not better:
        return ""
    hits = find.find(searcher, schema, Asked(asked.type, search.parse(better), order="relevance"))
    shown = asked.queryset.filter(pk__in=hits.ids).values_list(*asked.filters["q"].shown)
    words = {word for row in shown for text in row for word in analysis.words(text or "")}
    return better if words.issuperset(set(analysis.words(better)) - set(analysis.words(asked.text))) else ""
