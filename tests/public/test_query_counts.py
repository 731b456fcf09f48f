"""Pages send as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policies.models import Proposal
from statements.models import Statement
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


def queries_of(path):
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
        statement.speaker.roles.create(title="Mayor", known_on="2024-12-12")
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


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_as_many_queries_for_many_rows_as_for_few(path):
    fill(2)
    client.get("/about/")  # the name of the database is asked once for each connection
    few = queries_of(path)
    fill(12)
    assert queries_of(path) == few <= 12


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


def test_a_proposal_with_200_positions_asks_at_most_12_queries():
    proposal, article = make_proposal(), make_article()
    for _ in range(200):
        make_position(
            make_statement(article=article), proposal=proposal, basis="reported"
        )
    client.get("/about/")
    assert queries_of(proposal.get_absolute_url()) <= 12
