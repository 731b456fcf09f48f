"""Why a search found a result, and where it leads on."""

import pytest

from tests.factories import (
    make_article,
    make_listed,
    make_organization,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.public.test_search import answering, page

__all__ = ["answering"]  # a fixture
pytestmark = pytest.mark.django_db


def test_the_examples_come_from_the_archive_at_hand(reindex):
    assert '<span class="num">(' not in page("/help/search/")
    for name in ("Ann Lee", "Bo Diaz"):
        make_statement(speaker=make_speaker(name=name))
    reindex()
    html = page("/help/search/")
    assert "/search/?q=Lee%20OR%20Diaz" in html
    assert "Adams" not in html


def test_an_office_an_organization_a_topic_and_another_name_lead_to_their_bearers(
    answering,
):
    homan = make_speaker(name="Tom Homan", other_names="Thomas Douglas")
    homan.affiliations.create(
        is_published=True,
        title="Border Czar",
        organization=make_organization(name="White House"),
    )
    make_speaker(name="Ann Lee").affiliations.create(
        is_published=True, title="Border Czar"
    )  # nothing public
    statement = make_statement(speaker=homan, attribution="Dana Fox, a councilwoman")
    statement.topics.add(make_topic(name="Harbor policy"))
    make_listed().topics.add(make_topic(name="School meals"))
    answering()
    for typed, reason in {
        "border czar": "Office: <mark>Border</mark> <mark>Czar</mark>",
        "white house": "Organization: <mark>White</mark> <mark>House</mark>",
        "douglas": "Another name: Thomas <mark>Douglas</mark>",
    }.items():
        html = page(f"/search/?type=speakers&plain=words&q={typed}")
        assert "1 result" in html
        assert reason in html
    for typed, chip in {
        "border czar": "Office</b> Border Czar",
        "white house": "Body</b> White House",
    }.items():
        html = page(f"/search/?type=speakers&q={typed}")
        assert "1 result" in html
        assert chip in html
    assert "1 statement" in page("/statements/?q=councilwoman")
    html = page("/search/?q=harbor+policy")
    assert 'href="/topics/harbor-policy/">Harbor policy' in html
    assert "Topic: <mark>Harbor</mark> <mark>policy</mark>" in html
    html = page("/proposals/?q=meals")
    assert "Topic: School <mark>meals</mark>" in html


def test_a_statement_found_by_a_printed_title_shows_it_once(answering):
    fox = make_speaker(name="Dana Fox")
    fox.affiliations.create(
        is_published=True, title="Member of the Council", known_on="2024-12-12"
    )
    said = {"speaker": fox, "said_on": "2024-12-12"}
    make_statement(**said, attribution="Fox, a firebrand")
    make_statement(**said, attribution="Dana Fox, a maverick")
    answering()
    html = page("/statements/?q=firebrand")
    assert "As printed: Fox, a <mark>firebrand</mark>" in html
    html = page("/statements/?q=maverick")
    assert "a <mark>maverick</mark>" in html
    assert "As printed:" not in html


@pytest.mark.parametrize("typed", ["ONeil", "O Neil", "o'neil"])
def test_a_row_that_marks_a_name_needs_no_other_reason(answering, typed):
    article = make_article("“We will,” O’Neil said.", headline="O’Neil will")
    make_statement("We will,", article=article)
    answering()
    html = page(f"/articles/?q={typed}")
    assert "<mark>O’Neil</mark> will" in html
    assert "Found in the text of the source" not in html


def test_an_article_found_by_a_text_that_is_not_shown_says_so(answering):
    make_article("“We will fight,” Lee said. A zephyr blew.", headline="Wind")
    answering()
    html = page("/articles/?q=zephyr")
    assert "Found in the text of the source." in html
    assert "blew" not in html
    assert "Found in the text" not in page("/articles/?q=wind")


def test_a_word_that_nothing_mentions_is_named(reindex):
    make_statement(speaker=make_speaker(name="Ann Lee"))
    reindex()
    assert "Nothing in the archive mentions “Wallaby”." in page(
        "/statements/?q=Lee+the+Wallaby"
    )
    assert "Nothing in the archive mentions" not in page("/statements/?q=Lee+the")


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [("María Avilés", "avilez", "Avilés"), ("Liam McKay", "mckey", "McKay")],
)
def test_a_suggestion_is_printed_as_the_archive_prints_it(reindex, name, typed, meant):
    make_statement(speaker=make_speaker(name=name))
    reindex()
    assert f"<b>{meant}</b>" in page(f"/search/?q={typed}")


def test_a_search_in_vain_leads_to_topics_people_and_the_newest_statements(answering):
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    statement.topics.add(make_topic(name="Harbors"))
    make_topic(name="Never used")
    make_statement(status="draft", speaker=make_speaker(name="Bo Draft"))
    answering()
    html = page("/search/?q=zzzz")
    assert 'href="/topics/harbors/"' in html
    assert 'href="/speakers/ann-lee/"' in html
    assert statement.get_absolute_url() in html
    assert "Never used" not in html
    assert "Bo Draft" not in html
    assert 'href="/search/?q=zzzz"' in page("/statements/?q=zzzz")
