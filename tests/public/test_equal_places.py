"""Records that share a date, a name and every word have one order: on each page, in the
file, and from PostgreSQL.
"""

import datetime as dt

import pytest
from django.http import QueryDict

from archive.listing.page import Listing
from archive.models import Article
from archive.pages.articles import ArticleList
from archive.serving import indexing
from policies.views import PositionFilteredList, ProposalFilteredList
from statements.views import SpeakerList, StatementList
from tests.factories import (
    make_article,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.public.test_exports import FILES, rows_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 12, 12)
PAGES = 7
COUNT = 20 * (PAGES - 1) + 5  # more than are read beside a page


@pytest.fixture(scope="module", autouse=True)
def twins(records_of_module):
    for _ in range(COUNT):
        article = make_article(headline="Bridge", published_on=DAY)
        speaker = make_speaker(name="Ann Bridge")
        statement = make_statement(
            article=article, speaker=speaker, form="indirect", text="A bridge."
        )
        proposal = make_proposal(title="Bridge", text="A bridge", article=article)
        make_position(statement, speaker=speaker, proposal=proposal, held_on=DAY)


@pytest.fixture
def rewritten_index(reindex):
    """An index in which some of the records were written again, after all others."""
    for article in Article.objects.order_by("pk")[3:COUNT:11]:
        Article.objects.filter(pk=article.pk).update(date_note="So dated.")
    indexing.refresh()


LISTS = {
    "statements": (StatementList, "uid"),
    "proposals": (ProposalFilteredList, "slug"),
    "positions": (PositionFilteredList, "uid"),
    "articles": (ArticleList, "uid"),
    "speakers": (SpeakerList, "slug"),
}


def on_pages(name, query):
    view, key = LISTS[name]
    keys = []
    for number in range(1, PAGES + 1):
        parameters = QueryDict(f"{query}&page={number}")
        filterset = view.filterset_class(parameters, queryset=view.all_rows())
        keys += [str(getattr(row, key)) for row in Listing(filterset).page.object_list]
    return keys


def in_file(name, query):
    rows = rows_of(f"/{name}.csv?{query}")
    return list(dict.fromkeys(row[FILES[name]] for row in rows))


@pytest.mark.parametrize("name", LISTS)
def test_pages_and_file_have_one_order_from_index_and_postgresql(name, request):
    queries = ["q=bridge", "q=bridge&sort=oldest", "sort=newest", "sort=oldest"]
    by_postgresql = {query: on_pages(name, query) for query in queries}
    request.getfixturevalue("rewritten_index")
    for query, expected in by_postgresql.items():
        assert len(set(expected)) == COUNT
        assert on_pages(name, query) == expected, query
        assert in_file(name, query) == expected, query
