"""Every list as a file: its rows, parameters and queries are those of its page."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.editing.workflow import note
from archive.ingest import load_seed
from archive.listing import file_views
from statements.models import Statement
from tests.factories import make_article, make_list, make_listed, make_statement
from tests.public.test_exports import FILES, client, rows_of, text_of

pytestmark = pytest.mark.django_db


def test_every_list_is_a_file_with_the_rows_and_parameters_of_its_page():
    load_seed()
    wanted = {
        "/statements.csv?speaker=tom-homan": 2,
        "/statements.csv": 15,
        "/proposals.csv?stance=opposes": 1,
        "/proposals.csv": 13,
        "/lists.csv": 2,
        "/positions.csv": 5,
        "/speakers.csv?kind=organization": 2,
        "/articles.csv": 1,
    }
    for address, count in wanted.items():
        page = client.get(address.replace(".csv", "/"))
        assert page.status_code == 200
        rows = rows_of(address)
        name = address.partition(".")[0].strip("/")
        assert len({row[FILES[name]] for row in rows}) == count, address
        listing = page.context.get("page") or page.context["listing"].page
        assert listing.paginator.count == count, address


def test_a_list_leads_to_its_file_with_its_parameters():
    load_seed()
    queries = {
        "statements": "?form=direct",
        "proposals": "?stance=discusses",
        "positions": "?basis=inferred",
        "speakers": "?kind=person",
        "articles": "?kind=news",
        "lists": "",
    }
    for name, query in queries.items():
        html = client.get(f"/{name}/{query}").content.decode()
        assert f'href="/{name}.csv{query}"' in html, name


def test_a_line_of_each_file_says_what_its_page_says():
    load_seed()
    said = rows_of("/statements.csv?speaker=brad-lander&form=direct")[0]
    assert said["speaker_slug"] == "brad-lander"
    assert said["office"] == "city Comptroller"
    assert said["article_outlet"] == ""
    listed = rows_of("/proposals.csv?list=" + rows_of("/lists.csv")[0]["slug"])
    assert [row["number"] for row in listed] == ["1", "2", "3", "4", "5"]
    assert {row["list"] for row in listed} == {rows_of("/lists.csv")[0]["title"]}
    assert {row["statement_count"] for row in rows_of("/articles.csv")} == {"15"}


def test_topics_are_a_file():
    load_seed()
    rows = rows_of("/topics.csv")
    listed = client.get("/topics/").context["topics"]
    assert [row["name"] for row in rows] == [topic.name for topic, *_ in listed]
    for row in rows:
        statements = rows_of(f"/statements.csv?topic={row['slug']}")
        assert int(row["statement_count"]) == len(statements)
        assert client.get(row["address"]).status_code == 200
    assert 'href="/topics.csv"' in client.get("/topics/").content.decode()


def test_a_file_of_corrections_tells_what_became_of_a_record():
    corrected, withdrawn = (make_statement() for _ in range(2))
    note(corrected, "correction", "A name was wrong.")
    Statement.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    note(withdrawn, "withdrawal", "It was not said.")
    first, second = rows_of("/corrections.csv")
    assert (first["record_uid"], first["record"]) == (withdrawn.uid, "")
    assert (second["record_uid"], second["kind"]) == (corrected.uid, "correction")
    assert "We will fight," in second["record"]
    assert client.get(first["record_address"]).status_code == 410
    moved = client.get(second["record_address"], follow=True)
    assert moved.status_code == 200
    assert 'href="/corrections.csv"' in client.get("/corrections/").content.decode()
    assert withdrawn.uid not in text_of("/statements.csv")


def test_a_file_waits_its_turn_so_that_pages_are_answered_meanwhile(monkeypatch):
    """Its cost grows with its rows, and a process has four threads."""
    make_statement()
    turns = threading.BoundedSemaphore(file_views.MAX_AT_ONCE)
    monkeypatch.setattr(file_views, "_turns", turns)
    for _ in range(file_views.MAX_AT_ONCE):
        turns.acquire()
    for path in ("/statements.csv", "/lists.csv", "/compare.csv"):
        refused = client.get(path)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        assert "Try again in a few seconds." in refused.content.decode()
    assert client.get("/statements/").status_code == 200
    turns.release()
    assert len(rows_of("/statements.csv")) == len(rows_of("/statements.csv")) == 1


@pytest.mark.parametrize("name", ["statements", "proposals", "speakers", "articles"])
def test_a_malformed_parameter_of_a_file_is_refused_in_words(name):
    answer = client.get(f"/{name}.csv?page=none")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/")


@pytest.mark.parametrize("name", ["statements", "proposals", "speakers", "articles"])
def test_a_file_of_many_rows_asks_no_more_queries_than_one_of_few(name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            text_of(f"/{name}.csv")
        return len(captured)

    queries()
    make_listed(proposal_list=make_list(article=make_article()))
    make_statement()
    few = queries()
    for _ in range(5):
        make_statement()
        make_listed(proposal_list=make_list(article=make_article()))
    assert queries() == few
