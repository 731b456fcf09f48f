"""The rows of lists, rendered by Jinja2."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import templatize

from archive.listing.facets import Facet, Option
from archive.models import Article
from archive.templatetags import rows
from statements.models import Affiliation
from tests.factories import (
    make_article,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>\"'&amp; mayor"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
client = Client()


def listed(address="/statements/"):
    return Html(client.get(address).content.decode())


def evil_statement(**fields):
    article = make_article(
        f"{EVIL} was said.",
        headline=EVIL,
        outlet=make_outlet(name=EVIL),
        published_on="2024-12-12",
    )
    speaker = make_speaker(name=EVIL)
    Affiliation.objects.create(
        is_published=True, speaker=speaker, title=EVIL, known_on="2024-12-12"
    )
    statement = make_statement(
        EVIL,
        article=article,
        speaker=speaker,
        occasion=EVIL,
        context=EVIL,
        marks_exception=EVIL,
        **fields,
    )
    statement.topics.add(make_topic(name=EVIL))
    make_position(
        statement,
        speaker=make_speaker(name=EVIL),
        proposal=make_proposal(title=EVIL),
        basis="reported",
    )
    return statement


@pytest.mark.parametrize("query", ["", "?q=mayor", "?q=mayor&speaker=%22%3Cscript%3E"])
def test_no_text_of_a_record_is_markup_in_a_list(query):
    evil_statement()
    page = listed(f"/statements/{query}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page or "not valid" in page
    assert EVIL not in page


def test_an_unnamed_group_has_a_name_and_no_page():
    article = make_article()
    group = make_speaker(name="Several officials", kind="group", article=article)
    make_statement(article=article, speaker=group)
    assert '<span class="nm">Several officials</span>' in listed()


def test_a_position_of_somebody_else_is_named():
    statement = make_statement()
    make_position(statement, speaker=make_speaker(name="Bo Chu"), basis="reported")
    make_position(
        statement,
        speaker=statement.speaker,
        basis="own_words",
        proposal=make_proposal(title="Own"),
    )
    page = listed()
    assert page.count("Bo Chu</span>") == 1
    assert ">Own</a>" in page


def test_beside_a_statement_without_positions_stands_nothing_not_even_a_blank():
    make_statement()
    assert '<div class="sd"></div>' in listed()


def test_a_date_says_that_it_is_inferred():
    article = make_article(
        published_on="2024-12-01",
        published_precision="month",
        published_is_inferred=True,
    )
    make_statement(article=article)
    markup = (
        '<time class="num" datetime="2024-12">December 2024<span '
        'class="inferred-date" aria-hidden="true">*</span><span class="vh"> '
        "(date inferred)</span></time>"
    )
    assert markup in listed()
    Article.objects.update(published_is_inferred=False)
    assert markup not in listed()


@pytest.mark.parametrize("said_on", ["2024-12-12", "2024-12-11", None])
def test_the_date_of_the_source_stands_once_in_a_row(said_on):
    make_statement(article=make_article(published_on="2024-12-12"), said_on=said_on)
    assert listed().split("<ol>", 1)[1].count("2024-12-12") == 1


def test_large_numbers_are_written_in_groups():
    facet = Facet(
        "topic", "Topic", [Option("schools", "Schools", 190_099, is_active=False)]
    )
    assert ">190,099<" in rows.facet(facet, "/statements/")
    page = Paginator(range(30_000), 20).page(1)
    assert "Page 1 of 1,500" in render_to_string("_pages.html", {"page": page})


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.jinja")), ids=lambda path: path.name
)
def test_makemessages_finds_every_string_of_a_row(path):
    """makemessages reads Jinja2's templates as Django's, so a string must come first in
    its tag, on the tag's line.
    """
    template = path.read_text()
    assert templatize(template).count("_(") == template.count("_(")
    assert not re.search(r"\|\s*safe\b|autoescape", template)


def test_a_quotation_without_marks_says_why_in_every_list():
    article = make_article("We will fight. That is all.")
    statement = make_statement(
        "We will fight.", article=article, marks_exception="It is a caption."
    )
    for path in (
        "/statements/",
        statement.get_absolute_url(),
        article.get_absolute_url(),
    ):
        assert "Not in quotation marks in the source: It is a caption." in listed(
            path
        ), path
    assert "Not in quotation marks" not in listed("/proposals/")


def test_a_quotation_over_two_paragraphs_is_shown_as_two():
    article = make_article("“We fight.\n“We win,” she said.")
    make_statement("We fight.", "We win,", article=article)
    assert '<span class="paragraphs">We fight. We win,</span>' in listed()


def test_a_cut_quotation_shows_the_cut_on_the_page_of_its_article():
    article = make_article("“I would never say we should close it,” she said.")
    make_statement("we should close it,", article=article)
    assert "“… we should close it,”" in listed(article.get_absolute_url())
