"""Speakers without words: public by a published affiliation with a source."""

import pytest
from django.test import Client

from statements import affiliated
from statements.models import Affiliation
from tests.factories import (
    make_affiliation,
    make_organization,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.test_crawling import in_sitemap
from tests.public.test_pages import text_of
from tests.public.test_search import answering  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
client = Client()
SOURCE = "https://a.example/members"


@pytest.fixture
def ann():
    """A member of the council, and what makes her public."""
    row = make_affiliation(
        speaker=make_speaker(name="Ann Lee"),
        organization=make_organization(name="City Council"),
        place="District 14",
        source_url=SOURCE,
    )
    return row.speaker


def status(record):
    return client.get(record.get_absolute_url()).status_code


def test_the_page_shows_what_the_source_says_of_her(ann):
    page = Html(client.get(ann.get_absolute_url()).content.decode())
    assert f'href="{SOURCE}"' in page
    assert '<a href="/speakers/city-council/">City Council</a>' in page
    assert "District 14" in page


def test_the_organization_has_a_page_that_names_her(ann):
    council = ann.affiliations.get().organization
    assert "Ann Lee" in text_of(council.get_absolute_url())


def test_words_of_an_office_are_marked_once_among_results(ann, answering):  # noqa: F811
    answering()
    html = client.get("/search/", {"q": "district"}).content.decode()
    assert "City Council, <mark>District</mark> 14, " in " ".join(html.split())
    assert "&lt;" not in html.split("<main", 1)[1]


@pytest.mark.parametrize("change", [{"is_published": False}, {"source_url": ""}])
def test_without_publication_or_source_neither_has_a_page(ann, change):
    council = ann.affiliations.get().organization
    assert (status(ann), status(council)) == (200, 200)
    Affiliation.objects.update(**change)
    assert (status(ann), status(council)) == (404, 404)
    assert "Ann Lee" not in text_of("/speakers/")
    assert ann.get_absolute_url() not in in_sitemap()


def test_lists_have_her_below_those_with_words(ann, answering):  # noqa: F811
    make_statement(speaker=make_speaker(name="Zoe Zorn"))
    answering()
    page = text_of("/speakers/")
    assert page.index("Zoe Zorn") < page.index("Ann Lee")


def test_the_sitemap_has_her_page(ann):
    assert ann.get_absolute_url() in in_sitemap()


@pytest.mark.parametrize("words", ["Ann Lee", "Mayor", "City Council"])
def test_search_finds_her_until_she_is_unpublished(ann, answering, words):  # noqa: F811
    answering()
    address = f"/search/?q={words}&type=speakers"
    assert ">Ann Lee<" in _unmarked(address)
    Affiliation.objects.update(is_published=False)
    assert ">Ann Lee<" not in _unmarked(address)


def _unmarked(address):
    text = client.get(address).content.decode()
    return text.replace("<mark>", "").replace("</mark>", "")


def test_the_members_of_a_large_body_have_pages(monkeypatch):
    monkeypatch.setattr(affiliated, "MEMBERS", 3)
    body = make_organization(name="Senate")
    for number in range(5):
        make_affiliation(
            speaker=make_speaker(name=f"Member {number}"),
            organization=body,
            source_url=SOURCE,
        )
    first, second = (
        Html(client.get(f"/speakers/senate/?members={page}").content.decode())
        for page in (1, 2)
    )
    assert [f"Member {n}" in first for n in range(5)] == [True] * 3 + [False] * 2
    assert [f"Member {n}" in second for n in range(5)] == [False] * 3 + [True] * 2
    assert 'href="?members=2#members" rel="next"' in first
    assert 'href="?members=1#members" rel="prev"' in second
    assert "5 are recorded" in first


def test_a_page_of_members_that_is_none_shows_one_that_is():
    council = make_affiliation(
        organization=make_organization(name="Senate"), source_url=SOURCE
    ).organization
    for page in ("0", "99", "x", "\x00", "9" * 5000):
        answer = client.get(council.get_absolute_url(), {"members": page})
        assert answer.status_code in (200, 400), page
