"""Pages send as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.core import caches
from policies.models import Position, Proposal
from statements.models import Speaker, Statement, StatementPassage
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture(autouse=True)
def _database_is_named():
    """The name of the database is asked once for each connection."""
    client.get("/about/")


def queries_of(path):
    """How many queries the page sends if nothing is cached."""
    caches.clear_revisions()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def fill(count):
    """Creates more of everything, all of it on the first pages."""
    article, topic = make_article(published_on="2024-12-12"), make_topic()
    proposal_list = make_list(article=article)
    for _ in range(count):
        statement = make_statement(article=article, speaker=make_speaker())
        proposal = make_listed(proposal_list=proposal_list)
        statement.topics.add(topic)
        proposal.topics.add(topic)
        statement.speaker.affiliations.create(
            is_published=True, title="Mayor", known_on="2024-12-12"
        )
        make_position(
            statement, speaker=statement.speaker, proposal=proposal, basis="own_words"
        )


LISTS = [
    "/",
    "/statements/",
    "/proposals/",
    "/positions/",
    "/speakers/",
    "/articles/",
    "/lists/",
]


def test_a_list_asks_as_many_queries_for_many_rows_as_for_few():
    """PostgreSQL answers alone, so it counts the values of each filter."""
    fill(1)
    fill(1)  # with one article the start page tells its story
    few = {path: queries_of(path) for path in LISTS}
    fill(12)
    assert {path: queries_of(path) for path in LISTS} == few
    assert max(few.values()) <= 17, few


def test_with_an_index_a_list_asks_at_most_14_queries(reindex):
    for number in (12, 1):
        fill(number)
        reindex()
        make_position(proposal=Proposal.objects.first(), stance="opposes")
        counts = {path: queries_of(path) for path in LISTS}
        assert max(counts.values()) <= 14, counts


def test_a_record_asks_as_many_queries_for_many_rows_as_for_few():
    fill(2)
    statement, proposal = Statement.objects.first(), Proposal.objects.first()
    paths = [
        record.get_absolute_url()
        for record in (statement, statement.article, statement.speaker, proposal)
    ]
    few = [queries_of(path) for path in paths]
    for _ in range(5):
        more = make_statement(article=statement.article, speaker=statement.speaker)
        make_position(
            more, speaker=statement.speaker, proposal=proposal, basis="own_words"
        )
    assert [queries_of(path) for path in paths] == few


def fill_proposal(proposal, article, number):
    """Creates positions of as many speakers, each with a statement of its own."""
    public = {"status": "published"}
    speakers = Speaker.objects.bulk_create(
        Speaker(name=f"Ann Lee {each}") for each in range(number)
    )
    said = Statement.objects.bulk_create(
        Statement(article=article, speaker=speaker, form="direct", **public)
        for speaker in speakers
    )
    version, words = article.latest_version, "We will fight,"
    start = version.text.index(words)
    place = {"start": start, "end": start + len(words), "exact": words}
    StatementPassage.objects.bulk_create(
        StatementPassage(statement=each, version=version, ordinal=1, **place)
        for each in said
    )
    kind = {"proposal": proposal, "stance": "supports", "basis": "reported"}
    positions = Position.objects.bulk_create(
        Position(speaker=speaker, **kind, **public) for speaker in speakers
    )
    Position.evidence.through.objects.bulk_create(
        Position.evidence.through(position=position, statement=each)
        for position, each in zip(positions, said, strict=True)
    )


def test_a_proposal_with_200_positions_asks_at_most_12_queries():
    proposal, article = make_proposal(), make_article()
    fill_proposal(proposal, article, 200)
    assert proposal.positions.public().count() == 200
    assert queries_of(proposal.get_absolute_url()) <= 12
