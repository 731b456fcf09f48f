"""What a comparison costs: as many queries for many cells as for few, and bounds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import comparison
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
from tests.public.test_compare import client, look, page, table

pytestmark = pytest.mark.django_db


def queries_of(address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert b"".join(answer) if answer.streaming else answer.content
    return len(queries)


def fill(count):
    proposal_list, topic = (
        make_list(article=make_article(published_on="2024-12-12")),
        make_topic(),
    )
    speakers = [make_speaker() for _ in range(count)]
    for _ in range(count):
        proposal = make_listed(proposal_list=proposal_list)
        proposal.topics.add(topic)
        for speaker in speakers:
            make_position(
                make_statement(),
                make_statement(),
                speaker=speaker,
                proposal=proposal,
                basis="reported",
            )
            look(speaker, proposal)
    return proposal_list, speakers


def test_a_table_asks_as_many_queries_for_many_cells_as_for_few():
    few, some = fill(2)
    addresses = [
        "/compare/",
        f"/compare/?list={few.slug}",
        f"/compare/?speaker={some[0].slug}",
    ]
    page("/about/")  # asks for the name of the database
    before = [queries_of(address) for address in addresses]
    many, more = fill(7)  # after which nothing is cached
    after = [
        queries_of("/compare/"),
        queries_of(f"/compare/?list={many.slug}"),
        queries_of(f"/compare/?speaker={more[0].slug}"),
    ]
    assert after == before
    assert max(before) <= 13


def test_a_table_too_large_for_a_file_is_refused_in_words(monkeypatch):
    fill(2)
    monkeypatch.setattr(comparison, "MAX_PAIRS", 3)
    assert "Choose a list, a topic or speakers" in page("/compare.csv", 400)


def counts_of_all_positions():
    with CaptureQueriesContext(connection) as queries:
        page()
    return any(f"LIMIT {comparison.MAX_DISCUSSED}" in query["sql"] for query in queries)


def test_what_is_discussed_most_is_counted_once_until_something_changes():
    make_position(proposal=make_proposal(title="Build"), basis="document")
    assert counts_of_all_positions() == 1
    assert 0 in [
        counts_of_all_positions() for _ in range(9)
    ]  # other processes' transactions on this server start a new state
    make_position(proposal=make_proposal(title="Plant"), basis="document")
    assert counts_of_all_positions() == 1
    assert set(table("/compare/")) == {"Build", "Plant"}
