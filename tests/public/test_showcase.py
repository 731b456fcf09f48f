"""The list of page types that pictures, browser tests and the benchmark of pages
use.
"""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from archive.devtools import page_types
from archive.ingest import load_seed
from archive.listing import page as page_module
from tests.factories import make_proposal, make_statement

pytestmark = [pytest.mark.volume, pytest.mark.django_db]

client = Client()
MOST_QUERIES = 14


@pytest.fixture
def pages(reindex):
    load_seed()
    gone = make_proposal()
    gone.status = "withdrawn"
    gone.save()
    reindex()
    return page_types.pages()


def test_every_page_answers_as_it_should_and_asks_few_queries(pages):
    query_counts = {}
    for page in pages:
        client.get(page.address)
        page_module._rows.clear()  # the pages just shown are loaded again
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.address).status_code == page.status, page.name
        query_counts[page.name] = len(queries)
    over = {name: count for name, count in query_counts.items() if count > MOST_QUERIES}
    assert over == {}
    failing = {page.name for page in pages if page.status != 200}
    errors = {"error-400", "error-404", "error-410", "statements-malformed"}
    assert failing == errors | {"follow"}  # nothing was named that could be followed


def test_the_first_article_shows_every_kind_of_page_and_no_feed_or_redirect(pages):
    names = {page.name for page in pages}
    records = {"proposal", "list", "statement", "speaker", "article", "topic"}
    kinds = {
        "proposal-with-inferred",
        "proposal-listed-with-positions",
        "statement-partial",
        "statement-collective",
    }
    lists = {
        "home",
        "search",
        "proposals",
        "statements-filtered",
        "positions-words",
        "speakers-nothing",
    }
    assert names >= records | kinds | lists
    files = (".csv", ".jsonl", ".atom", ".png", ".bib", ".ris")
    assert not [page.address for page in pages if page.address.endswith(files)]
    assert len(names) == len({page.address for page in pages}) == len(pages)
    assert not {"corrections-feed", "record", "healthz"} & names


class New:
    """The archive's URLs and three more."""

    handler400, handler404 = (
        "archive.pages.errors.malformed",
        "archive.pages.errors.missing",
    )
    urlpatterns = [
        path("", include("archive.urls")),
        path("new/", lambda request: HttpResponse("<p>"), name="new"),
        path(
            "new/<slug:uid>/",
            lambda request, uid: HttpResponse(f"<p>{uid}"),
            name="of_a_record",
        ),
        path(
            "new.csv",
            lambda request: HttpResponse("", content_type="text/csv"),
            name="file",
        ),
    ]


def test_a_new_page_is_shown_without_being_named(settings):
    make_statement()
    before = page_types.pages()
    settings.ROOT_URLCONF = New
    added = {
        page.name: page.address for page in page_types.pages() if page not in before
    }
    assert added.keys() == {"new", "of_a_record"}
    assert client.get(added["of_a_record"]).content != b"<p>"


def test_a_page_that_breaks_is_noticed(settings):
    def broken(request):
        raise ZeroDivisionError

    class Broken(New):
        urlpatterns = [*New.urlpatterns, path("broken/", broken, name="broken")]

    settings.ROOT_URLCONF = Broken
    with pytest.raises(ZeroDivisionError):
        page_types.pages()
