"""Answers a question from the index: primary keys, totals and counts. Rows are loaded
from PostgreSQL.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.db import connection
from tantivy import Searcher

from archive import meaning, search
from archive.core.caches import Cache, is_apart
from archive.core.revision import will_not_last
from archive.search import find, suggest
from archive.search.find import Counts, Hits
from archive.search.index import SearchIndex, Unavailable
from archive.search.language import TextQuery
from archive.search.question import Countable, Question

PAGE_SIZE = 20
MAX_ANSWERS = 100

_index_database: Cache[str] = Cache(10)
_answers: Cache[Answer] = Cache(MAX_ANSWERS)
_counted: Cache[dict[str, Counts]] = Cache(MAX_ANSWERS)


@dataclass(frozen=True)
class Answer:
    """`ids` are those of one page; `counts` are by parameter and value, and by year.

    `undated` counts results excluded because they have no date. If there are no
    results, `without` counts the results without each parameter. The index holds no
    labels.
    """

    ids: list[int]
    total: int
    is_relaxed: bool
    counts: dict[str, Counts]
    undated: int
    without: Counts

    labels: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    is_counted: ClassVar[bool] = True

    def rows(self, load: Callable[[Sequence[int]], Sequence[Any]]) -> Sequence[Any]:
        return Rows(self.total, self.ids, load)

    def count_values(self, name: str) -> Counts:
        return self.counts.get(name, {})


@dataclass(frozen=True)
class Rows(Sequence[Any]):
    """A sequence for Paginator: the total number of results and the rows of
    one page.
    """

    total: int
    ids: Sequence[int]
    load: Callable[[Sequence[int]], Sequence[Any]]

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, _page: Any) -> Any:
        return self.load(self.ids)


def answer(question: Question, countable: tuple[Countable, ...]) -> Answer | None:
    """One page of results with counts by value; None if there is no index, or if this
    connection sees what the index cannot hold.

    Answers are cached by question and commit.
    """
    if is_apart():
        return None
    try:
        with reading() as (index, searcher):
            make = partial(_answer, question, countable, index, searcher)
            return _answers.get(
                (index.stamp, meaning.stamp()), (countable, question), make
            )
    except Unavailable as reason:
        search.start_rebuild(reason)
        return None


def every_id(question: Question) -> list[int] | None:
    """Ids of all results, in order; None if there is no index. Not cached, since it may
    be long.
    """
    try:
        with reading() as (index, searcher):
            total = find.find(searcher, index.schema, question, 0, 1).total
            return find.find(searcher, index.schema, question, 0, max(total, 1)).ids
    except Unavailable as reason:
        search.start_rebuild(reason)
        return None


def count_types(text: TextQuery) -> Counts | None:
    """The number of matching records by type; None if there is no index."""
    try:
        with reading() as (index, searcher):
            counts = find.types(searcher, index.schema, text)
            if text.has_operators:
                counts = (
                    find.types(searcher, index.schema, text.without_operators())
                    | counts
                )
            return counts
    except Unavailable as reason:
        search.start_rebuild(reason)
        return None


def suggestion(
    question: Question,
    public_texts: Callable[[Sequence[int]], Iterable[Sequence[str | None]]],
) -> str:
    """A corrected text, or "".

    Every replacement occurs in `public_texts`, that is, in a record that is public now,
    even if the index is out of date.
    """
    if not question.text:
        return ""
    with contextlib.suppress(Unavailable), reading() as (index, searcher):
        speller = search.speller()
        if speller.knows_all(searcher, question.text):
            return ""
        will_not_last()  # the list of words can be older than the index
        if corrected := speller.suggest(searcher, question.text):
            corrected_question = Question(
                question.type, search.parse(corrected), sort="relevance"
            )
            hits = find.find(searcher, index.schema, corrected_question)
            spellings = suggest.spellings(
                text for texts in public_texts(hits.ids) for text in texts if text
            )
            return suggest.as_printed(corrected, question.text.typed, spellings)
    return ""


def unknown_words(text: TextQuery) -> list[str]:
    """The words, as typed, that no record mentions; none of a pasted text."""
    if text and not text.is_prose:
        with contextlib.suppress(Unavailable), reading() as (_index, searcher):
            return search.speller().unknown_words(searcher, text)
    return []


def left_out() -> list[tuple[str, int]]:
    """(type, primary key) of the records that could not be indexed."""
    try:
        with reading() as (index, searcher):
            keys = index.left_out(searcher)
    except Unavailable:
        return []
    pairs = (key.partition(":") for key in keys)
    return [(type, int(pk)) for type, _, pk in pairs]


def check_database(index: SearchIndex, searcher: Searcher) -> None:
    """Raises Unavailable if the index was made from another database, such as the
    source of a restored dump.
    """
    if (
        _index_database.get(
            index.stamp[0],
            "database",
            lambda: index.applied_position(searcher).database,
        )
        != database()
    ):
        raise Unavailable("The index was made from another database.")


def database() -> str:
    """Identifies the server and its database."""
    name: str | None = getattr(connection, "archive_name", None)
    if name is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier || '.' || oid FROM pg_control_system(), "
                "pg_database"
                " WHERE datname = current_database()"
            )
            name = cursor.fetchone()[0]
        connection.archive_name = name  # type: ignore[attr-defined]
    return name


@contextlib.contextmanager
def reading() -> Iterator[tuple[SearchIndex, Searcher]]:
    """Raises Unavailable if there is no index of this database. What answers instead
    does not last: the fault may pass.
    """
    index = search.index()
    try:
        with index.reading() as searcher:
            check_database(index, searcher)
            yield index, searcher
    except Unavailable:
        will_not_last()
        raise


def _answer(
    question: Question,
    countable: tuple[Countable, ...],
    index: SearchIndex,
    searcher: Searcher,
) -> Answer:
    hits = find.find(
        searcher, index.schema, question, (question.page - 1) * PAGE_SIZE, PAGE_SIZE
    )
    counts = dict(_counts(hits.question, countable, index, searcher))
    return Answer(
        hits.ids,
        hits.total,
        hits.is_relaxed,
        counts,
        find.undated(searcher, index.schema, hits.question, counts.get("year"))
        if question.is_bounded
        else 0,
        {} if hits.total or not countable else _without(hits, index, searcher),
    )


def _counts(
    question: Question,
    countable: tuple[Countable, ...],
    index: SearchIndex,
    searcher: Searcher,
) -> Iterator[tuple[str, Counts]]:
    """Counts a joint parameter separately while another one is in use."""
    joint_parameters = [
        facet
        for facet in countable
        if facet.is_joint and question.joint.keys() - {facet.name}
    ]
    single = [facet.name for facet in countable if facet not in joint_parameters]
    size = find.MAX_FACET_VALUES if question.unfolded else find.MAX_FOLDED_VALUES

    def cached_counts(counted: Question) -> dict[str, Counts]:
        """Cached counts: page, order and the values of the ignored parameter do not
        affect them.
        """
        return _counted.get(index.stamp, (size, counted), dict)

    yield from find.values(
        searcher, index.schema, question, single, cached_counts, size
    ).items()
    for facet in joint_parameters:
        yield (
            facet.name,
            find.joint_values(
                searcher, index.schema, question, facet.name, facet.choices or None
            ),
        )


def _without(hits: Hits, index: SearchIndex, searcher: Searcher) -> Counts:
    """The number of results without each parameter in use."""
    names = [parameter.name for parameter in hits.question.parameters]
    return {
        name: find.count(searcher, index.schema, hits.question.without(name))
        for name in names
    }
