"""Canonical URLs, the sitemap and robots.txt."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from archive.models import Article, Topic
from policies.models import Proposal, ProposalList
from statements.models import Speaker, Statement
from tests.factories import make_speaker, make_statement
from tests.public.hidden import make_hidden
from tests.public.machines import canonical, client, page
from tests.public.marks import LEAK, SLUG
from tests.public.test_nothing_leaks import hidden_values
from tests.public.visible import make_public

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def addresses(path="/sitemap.xml"):
    return re.findall(r"<loc>(.*?)</loc>", page(path))


def in_sitemap():
    """Returns the paths of every page in every section."""
    return {
        each.removeprefix(SITE)
        for section in addresses()
        for each in addresses(section.removeprefix(SITE))
    }


def test_a_record_has_one_canonical_address_whatever_is_asked_beside():
    statement = make_statement()
    assert (
        canonical(f"{statement.get_absolute_url()}?utm_source=x&page=3")
        == SITE + statement.get_absolute_url()
    )


def test_a_list_keeps_what_narrows_it_in_one_order():
    one = canonical(
        "/statements/?utm_source=x&topic=b&speaker=z&speaker=a"
        "&sort=oldest&page=1&all=topic"
    )
    two = canonical("/statements/?speaker=a&speaker=z&topic=b")
    assert one == two == f"{SITE}/statements/?speaker=a&speaker=z&topic=b"


def test_a_further_page_of_a_list_is_an_address_of_its_own():
    for _ in range(21):
        make_statement()
    assert canonical("/statements/?page=2") == f"{SITE}/statements/?page=2"


@pytest.mark.parametrize("path", ["/statements/?q=fight", "/search/?q=fight"])
def test_results_of_a_search_by_words_are_not_indexed(path):
    assert '<meta name="robots" content="noindex">' in page(path)
    assert "noindex" not in page("/statements/")


@pytest.mark.parametrize(
    "path", ["/nothing/", "/statements/?page=x", "/statements/?speaker=a%20b"]
)
def test_what_cannot_be_answered_has_no_address_and_is_not_indexed(path):
    assert not canonical(path)
    assert "og:url" not in page(path)
    assert '<meta name="robots" content="noindex">' in page(path)


def test_the_sitemap_names_every_public_record_and_each_page_answers():
    public = make_public()
    listed = in_sitemap()
    for model in (Article, Statement, ProposalList, Proposal, Topic, Speaker):
        assert {
            record.get_absolute_url() for record in model.objects.public()
        } <= listed, model
    assert public["article"].get_absolute_url() in listed
    assert {client.get(path).status_code for path in listed} == {200}


def test_the_sitemap_names_nothing_hidden():
    public = make_public()
    before = in_sitemap()
    make_hidden(public)
    assert in_sitemap() == before
    text = " ".join([*addresses(), *in_sitemap()])
    assert not [value for value in (LEAK, SLUG, *hidden_values()) if value in text]


def test_groups_of_one_article_and_merged_speakers_have_no_page_to_name():
    statement = make_statement()
    group = make_statement(
        article=statement.article,
        speaker=make_speaker(kind="group", article=statement.article),
    ).speaker
    gone = make_statement(speaker=make_speaker(merged_into=statement.speaker)).speaker
    named = "".join(addresses("/sitemap-speakers.xml"))
    assert statement.speaker.slug in named
    assert not [each for each in (group, gone) if each.slug in named]


def test_the_sitemap_says_when_a_record_last_changed():
    statement = make_statement()
    assert f"<lastmod>{timezone.localdate(statement.updated_at)}" in page(
        "/sitemap-statements.xml"
    )
    assert "<lastmod>" in page("/sitemap.xml")


def test_a_sitemap_says_nothing_that_an_earlier_request_saw():
    make_statement()
    assert "Last-Modified" in client.get("/sitemap-statements.xml").headers
    Statement.objects.update(status="withdrawn")
    assert "Last-Modified" not in client.get("/sitemap-statements.xml").headers


def test_the_sitemap_names_every_page_of_the_footer():
    footer = page("/").partition('<footer class="foot">')[2]
    ways = set(re.findall(r'href="([^"]+)"', footer)) - {
        "/admin/",
        "/search/",
    }  # what robots.txt disallows
    assert ways
    assert ways <= in_sitemap()


def test_a_sitemap_asks_few_queries_and_reads_no_row_for_its_index(
    django_assert_max_num_queries,
):
    for _ in range(5):
        make_statement()
    client.get("/about/")  # the name of the database is asked once for each connection
    with django_assert_max_num_queries(3):
        client.get("/sitemap-statements.xml")
    with django_assert_max_num_queries(15):
        client.get("/sitemap.xml")


def test_robots_are_told_where_the_sitemap_is_and_what_to_leave_alone():
    lines = page("/robots.txt").splitlines()
    assert {
        "Allow: /",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {SITE}/sitemap.xml",
    } <= set(lines)


def test_the_page_of_an_error_on_our_side_needs_no_request():
    html = render_to_string("500.html")
    assert '<meta name="robots" content="noindex">' in html
    assert "og:" not in html
