"""The index is compiled from the FilterSets; here the FilterSets answer every question
themselves, and must give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from archive import search
from archive.listing import answer
from archive.listing.fallback import FallbackAnswer
from archive.listing.filters import JointFilter, ValuesFilter
from archive.listing.page import Listing
from archive.models import Article
from archive.pages.filters import ArticleFilterSet
from archive.search import analysis, fallback, find, schema
from archive.search.query import OneOf
from archive.search.question import Parameter, Question
from archive.serving import indexing
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement
from tests.rules import sql
from tests.search.random_archive import WORDS, RandomArchive

pytestmark = [pytest.mark.volume, pytest.mark.django_db]

LISTS = {
    StatementFilterSet: lambda: Statement.objects.public().dated(),
    ProposalFilterSet: lambda: Proposal.objects.public().dated().with_parties(),
    PositionFilterSet: lambda: Position.objects.public().dated(),
    ArticleFilterSet: lambda: Article.objects.public().dated().searchable(),
    SpeakerFilterSet: lambda: Speaker.objects.public().listed().with_activity(),
}
DRAWS = 60


def by_both(filterset, query):
    """Answers the same question twice: by the index, and by PostgreSQL alone."""
    listing, oracle = (
        Listing(filterset(QueryDict(query), queryset=LISTS[filterset]()))
        for _ in range(2)
    )
    assert listing.is_valid, (query, listing.form.errors)
    assert oracle.is_valid
    oracle.answer = FallbackAnswer(oracle.filterset)
    assert isinstance(listing.answer, answer.Answer)
    return listing, oracle


def ids(listing):
    index = search.index()
    with index.reading() as searcher:
        return find.find(searcher, index.schema, listing.question, 0, 5000).ids


def options(listing):
    return {
        facet.name: [(o.value, o.count, o.is_active) for o in facet.options]
        for facet in listing.facets
    }


def drawable(filterset):
    """Returns, by parameter, the values of each existing row."""
    filters = {
        n: f for n, f in filterset.base_filters.items() if isinstance(f, ValuesFilter)
    }
    values = {name: defaultdict(list) for name in filters}
    for name, one in filters.items():
        for pk, value, _is_listed in one.values(LISTS[filterset]()):
            values[name][pk].append(value)
    return values


def joint_names(filterset):
    filters = filterset.base_filters.items()
    return {name for name, one in filters if isinstance(one, JointFilter)}


def draw(sample, filterset):
    """Draws some values of one existing row, and now and then a value of another."""
    values = sample.drawable[filterset]
    with_position = list(values.get("stance", ()))  # half of the time, if there are any
    pk = sample.pick(
        sample.pick(
            sample.pks[filterset],
            with_position or sample.pks[filterset],
        )
    )
    own = sorted(name for name in values if values[name][pk])
    joint = [name for name in own if name in joint_names(filterset)]
    names = sample.some(own, min(3, len(own)))
    if len(joint) > 1 and sample.random.random() < 0.2:
        names = list(dict.fromkeys([*names, *sample.random.sample(joint, 2)]))
    parameters = {}
    for name in names:
        every = sorted({value for listed in values[name].values() for value in listed})
        parameters[name] = [
            sample.pick(values[name][pk]),
            *sample.some(every, min(1, len(every))),
        ]
    if filterset.is_dated:
        for name in ("since", "until"):
            if sample.random.random() < 0.2:
                parameters[name] = [str(sample.day() or "2020-06-01")]
        parameters["sort"] = [sample.pick("newest", "oldest")]
    return urlencode(parameters, doseq=True)


def test_index_and_rows_give_the_same_records_in_the_same_order_and_the_same_counts(
    sample,
):
    for filterset in LISTS:
        check_same(sample, filterset)


def check_same(sample, filterset):
    with_hits, crossed = 0, 0
    joint = joint_names(filterset)
    for _ in range(DRAWS):
        address = draw(sample, filterset)
        listing, oracle = by_both(filterset, address)
        wanted = list(oracle.filterset.results().values_list("pk", flat=True))
        assert ids(listing) == wanted, address
        assert listing.answer.total == len(wanted), address
        assert options(listing) == options(oracle), address
        assert listing.undated == oracle.undated, address
        with_hits += bool(wanted)
        crossed += len(joint.intersection(QueryDict(address))) > 1
    assert with_hits >= DRAWS / 2
    assert crossed >= DRAWS / 20 or not joint, (
        "too few draws put several conditions on one position"
    )


def draw_text(sample):
    word = lambda: sample.pick(WORDS)  # noqa: E731
    parts = [
        word,
        lambda: f'"{word()} {word()}"',
        lambda: f"-{word()}",
        lambda: f"{word()} OR {word()}",
        lambda: "the",
    ]
    return " ".join(sample.pick(parts)() for _ in range(sample.random.randint(1, 4)))


def stems_of(filterset, pk):
    columns = filterset.base_filters["q"].columns
    row = (
        LISTS[filterset]()
        .filter(pk=pk)
        .annotate(**promoted(columns))
        .values_list(*columns)
        .get()
    )
    return [
        analysis.stems(text or "") for text in [*row, *texts_of_many(filterset, pk)]
    ]


def texts_of_many(filterset, pk):
    """Those of related rows that readers may see."""
    rows = LISTS[filterset]().filter(pk=pk)
    for column in filterset.base_filters["q"].many:
        shown = fallback.displayed(rows.model, column)
        yield from rows.filter(**shown).values_list(column, flat=True)


def promoted(columns):
    from django.db.models import F

    return {"latest_text": F("latest_text")} if "latest_text" in columns else {}


def holds(texts, words):
    return any(
        words == text[at : at + len(words)] for text in texts for at in range(len(text))
    )


def test_every_hit_is_public_satisfies_the_filters_and_holds_a_searched_word(
    sample,
):
    for filterset in LISTS:
        check_hits(sample, filterset)


def check_hits(sample, filterset):
    with_hits = 0
    for _ in range(DRAWS):
        text = draw_text(sample)
        listing, oracle = by_both(
            filterset, f"{draw(sample, filterset)}&{urlencode({'q': text})}"
        )
        allowed, hits = (
            set(oracle.filterset.filtered(("q",)).values_list("pk", flat=True)),
            ids(listing),
        )
        assert set(hits) <= allowed, text
        wanted = search.parse(text)
        if listing.is_relaxed:
            wanted = wanted.without_operators()
        for pk in hits[:5]:
            texts = stems_of(filterset, pk)
            assert not wanted.groups or any(
                holds(texts, analysis.stems(t)) for t in wanted.texts
            ), (text, texts)
            assert not any(holds(texts, analysis.stems(t)) for t in wanted.excluded), (
                text,
                texts,
            )
        with_hits += bool(hits)
    assert with_hits >= DRAWS / 4


def test_postgresql_alone_finds_what_the_index_finds(sample):
    for filterset in [StatementFilterSet, ProposalFilterSet] * 30:
        address = urlencode({"q": draw_text(sample), "sort": "newest"})
        listing, oracle = by_both(filterset, address)
        if (
            not listing.is_relaxed and '"' not in QueryDict(address)["q"]
        ):  # there, a phrase may span two columns
            assert ids(listing) == list(
                oracle.filterset.results().values_list("pk", flat=True)
            ), address


def dump():
    """Returns everything that the index stores, record by record."""
    index, records = search.index(), {}
    with index.reading() as searcher:
        for type in indexing.KINDS:
            question = Question(type)
            names = [
                *schema.PARAMETERS,
                "bundle",
                "name",
                "year",
                "newest",
                "oldest",
                "pk",
            ]
            counts = find.terms(
                searcher, find._unranked(searcher, index.schema, question), names
            )
            records[type] = counts
            for name in schema.PARAMETERS:
                for value in counts[name]:
                    wanted = Question(
                        type,
                        parameters=(Parameter(name, (value,), OneOf(name, (value,))),),
                    )
                    records[type, name, value] = sorted(
                        find.find(searcher, index.schema, wanted, 0, 5000).ids
                    )
            for word in WORDS:
                wanted = Question(type, search.parse(word))
                records[type, word] = sorted(
                    find.find(searcher, index.schema, wanted, 0, 5000).ids
                )
    return records


@pytest.mark.django_db(transaction=True)  # the log of changes is by transaction
def test_an_index_brought_up_to_date_says_what_a_new_one_would_say(sample, reindex):
    for _round in range(12):
        for _ in range(6):
            sample.change()
        indexing.refresh()
    updated = dump()
    reindex()
    assert updated == dump()


@pytest.fixture
def sample(db, search_folder):
    made = RandomArchive(seed=4)
    sql("ANALYZE")
    indexing.rebuild()
    made.drawable = {filterset: drawable(filterset) for filterset in LISTS}
    made.pks = {
        filterset: list(rows().values_list("pk", flat=True))
        for filterset, rows in LISTS.items()
    }
    return made
