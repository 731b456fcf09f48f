"""What one speaker said on one topic; the page of a topic; the head of a speaker."""

import pytest
from django.test import Client

from tests.factories import (
    make_affiliation,
    make_article,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html
from tests.public.test_changed import words_of
from tests.public.test_query_counts import queries_of

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture
def ann():
    return make_speaker(name="Ann Lee")


@pytest.fixture
def police():
    return make_topic(name="Police")


@pytest.fixture
def bill(police):
    proposal = make_proposal(title="Cut it")
    proposal.topics.add(police)
    return proposal


def page_of(path):
    response = client.get(path)
    assert response.status_code == 200
    return Html(response.content.decode())


def said(speaker, topic, day, **fields):
    statement = make_statement(speaker=speaker, said_on=day, **fields)
    statement.topics.add(topic)
    return statement


def test_statements_and_positions_stand_in_order_of_time(ann, police, bill):
    said(ann, police, "2016-01-01", occasion="Third")
    said(ann, police, "2012-01-01", occasion="First")
    make_position(speaker=ann, proposal=bill, held_on="2014-01-01")
    page = page_of("/speakers/ann-lee/on/police/")
    assert words_of(page, "h2")[-3:] == ["2012", "2014", "2016"]
    assert page.index("First") < page.index("Cut it") < page.index("Third")
    assert words_of(page, "h1") == ["Ann Lee on Police"]
    assert "2 statements" in page
    assert "1 stated position" in page


def test_a_change_is_marked_and_stands_first(ann, police, bill):
    make_position(speaker=ann, proposal=bill, held_on="2014-01-01")
    make_position(speaker=ann, proposal=bill, held_on="2015-01-01", stance="opposes")
    page = page_of("/speakers/ann-lee/on/police/")
    assert words_of(page, "h2")[0] == "Changed positions"
    assert page.count('<ol class="chg">') == 2
    assert "Changed positions" in page_of("/speakers/ann-lee/")


def test_a_position_beside_its_statement_is_no_entry_of_its_own(ann, police, bill):
    words = said(ann, police, "2014-01-01")
    make_position(words, speaker=ann, proposal=bill, basis="own_words")
    page = page_of("/speakers/ann-lee/on/police/")
    assert page.count('<div class="res">') == 1
    assert "Cut it" in page


def test_what_others_said_and_what_is_said_on_other_topics_is_not_there(ann, police):
    said(ann, police, "2014-01-01", occasion="Here")
    said(make_speaker(), police, "2014-01-01", occasion="Elsewhere")
    said(ann, make_topic(), "2014-01-01", occasion="Elsewhere")
    page = page_of("/speakers/ann-lee/on/police/")
    assert "Here" in page
    assert "Elsewhere" not in page


def test_without_anything_public_there_is_no_page(ann, police):
    make_statement(speaker=ann)
    said(make_speaker(), police, "2014-01-01")
    said(ann, police, "2014-01-01", status="draft")
    assert client.get("/speakers/ann-lee/on/police/").status_code == 404
    assert client.get("/speakers/ann-lee/on/nothing/").status_code == 404
    assert "/on/police/" not in page_of("/speakers/ann-lee/")


def test_a_merged_speaker_leads_to_the_other(ann, police):
    said(ann, police, "2014-01-01")
    make_speaker(name="A. Lee", merged_into=ann)
    answer = client.get("/speakers/a-lee/on/police/")
    assert (answer.status_code, answer.url) == (301, "/speakers/ann-lee/on/police/")


def test_speaker_topic_and_sitemap_lead_there(ann, police):
    said(ann, police, "2014-01-01")
    for path in ("/speakers/ann-lee/", "/topics/police/", "/sitemap-on-topic.xml"):
        assert "/speakers/ann-lee/on/police/" in page_of(path), path


def test_pages_of_a_topic_ask_at_most_14_queries(ann, police, bill):
    paths = ["/speakers/ann-lee/on/police/", "/topics/police/"]
    stances = ["supports", "opposes"]

    def fill(count):
        for number in range(count):
            words = said(ann, police, f"20{number + 10}-01-01")
            for speaker, stance in zip((ann, make_speaker()), stances, strict=True):
                make_position(words, speaker=speaker, proposal=bill, stance=stance)
            stances.reverse()

    fill(3)
    few = [queries_of(path) for path in paths]
    fill(9)
    many = [queries_of(path) for path in paths]
    assert max(few + many) <= 14, (few, many)


def test_a_topic_shows_disputes_words_of_both_sides_and_who_said_most(
    ann, police, bill
):
    bob = make_speaker(name="Bob Ray")
    for speaker, stance in ((ann, "supports"), (bob, "opposes")):
        words = said(speaker, police, "2014-01-01")
        held = {"speaker": speaker, "proposal": bill, "stance": stance}
        make_position(words, basis="own_words", **held)
    said(bob, police, "2015-03-01", article=make_article(headline="The Post"))
    page = page_of("/topics/police/")
    assert words_of(page, "h2") == [
        *("Disputed", "Newest words for", "Newest words against"),
        *("Who said most", "Newest statements", "Articles"),
    ]
    voices = [text for text in words_of(page, "li") if " last " in text]
    assert voices == [
        "Bob Ray 2 statements last Mar 2015",
        "Ann Lee 1 statement last Jan 2014",
    ]


def test_an_inference_is_no_dispute(ann, police, bill, django_user_model):
    one, two = (django_user_model.objects.create(username=each) for each in "ab")
    make_position(speaker=ann, proposal=bill)
    make_position(
        proposal=bill,
        stance="opposes",
        basis="inferred",
        rationale="x",
        recorded_by=one,
        reviewed_by=two,
    )
    assert "Disputed" not in words_of(page_of("/topics/police/"), "h2")


def test_a_speaker_has_office_topics_and_stances(ann, police, bill, request):
    make_affiliation(speaker=ann, title="Mayor", known_on="2014-01-01")
    said(ann, police, "2013-01-01")
    make_position(speaker=ann, proposal=bill, held_on="2014-01-01")
    request.getfixturevalue("reindex")
    page = page_of("/speakers/ann-lee/")
    assert "Mayor, as of Jan. 1, 2014" in " ".join(words_of(page, "p"))
    (topic,) = [text for text in words_of(page, "li") if text.startswith("Police")]
    assert topic == "Police 1 statement Supports 1"
    assert "Statements and stated positions by year" in page
