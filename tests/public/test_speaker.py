"""The pages of a speaker and of a statement."""

import pytest
from django.test import Client

from statements import views
from tests.factories import (
    make_article,
    make_list,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html
from tests.public.test_pages import between, text_of

pytestmark = pytest.mark.django_db
client = Client()


def page_of(record) -> str:
    return Html(client.get(record.get_absolute_url()).content.decode())


def test_positions_stand_under_the_topics_of_their_proposals():
    ann, housing, schools = (
        make_speaker(),
        make_topic(name="Housing"),
        make_topic(name="Schools"),
    )
    for topic in (schools, housing):
        proposal = make_proposal(title=f"Do {topic}")
        proposal.topics.add(topic)
        make_position(speaker=ann, proposal=proposal)
    make_position(speaker=ann, proposal=make_proposal(title="Do anything"))
    page = text_of(ann.get_absolute_url())
    page = page[page.index("Filter these positions") :]  # below the head
    places = [
        page.index(f" {words} ")
        for words in ("Housing", "Do Housing", "Schools", "Do Schools")
    ]
    places += [page.index(words) for words in ("Without a topic", "Do anything")]
    assert places == sorted(places)


def test_positions_that_differ_are_named_and_not_judged():
    ann, proposal = make_speaker(), make_proposal()
    make_position(speaker=ann, proposal=proposal, stance="supports")
    make_position(speaker=ann, proposal=proposal, stance="opposes")
    make_position(
        speaker=make_speaker(),
        proposal=proposal,
        stance="mixed",
        conditions="If cheap.",
    )
    page = text_of(ann.get_absolute_url())
    assert page.count("Positions differ: see also") == 2
    assert 'data-stance="mixed"' not in page


def test_a_page_that_cannot_show_all_positions_says_so_and_leads_to_all(monkeypatch):
    ann = make_speaker(name="Ann Lee")
    make_position(speaker=ann)
    assert "are listed, by topic" not in page_of(ann)
    monkeypatch.setattr(views, "MAX_POSITIONS", 2)
    for _ in range(2):
        make_position(speaker=ann)
    page = page_of(ann)
    assert "The newest 2 positions are listed, by topic." in page
    assert 'href="/positions/?speaker=ann-lee"' in page


def test_what_a_speaker_put_forward_and_is_asked_leads_to_the_list_of_it():
    ann, bo = make_speaker(name="Ann Lee"), make_speaker(name="Bo Ray")
    make_list(issued_by=ann, addressed_to=bo)
    assert 'href="/proposals/?issuer=ann-lee"' in page_of(ann)
    assert 'href="/proposals/?addressee=bo-ray"' in page_of(bo)


def test_the_statements_of_a_speaker_can_be_narrowed():
    ann, topic, article = (
        make_speaker(name="Ann Lee"),
        make_topic(name="Housing"),
        make_article(),
    )
    make_statement(speaker=ann, article=article).topics.add(topic)
    make_statement("And we win.", speaker=ann, article=article).topics.add(
        make_topic(name="Schools")
    )
    make_statement(article=article).topics.add(topic)
    page = page_of(ann)
    assert "Filter all 2 statements" in page
    pill = between(
        page,
        f'<a class="pill" href="/statements/?speaker=ann-lee&amp;topic={topic.slug}">',
        "</a>",
    )
    assert pill == Html('Housing <span class="num">1</span>')


def test_a_statement_says_where_in_its_source_it_stands():
    text = "Headline\n\n\nFirst paragraph.\n“We will fight,” Lee said."
    statement = make_statement(article=make_article(text))
    start = text.index("We will")
    page = text_of(statement.get_absolute_url())
    assert f"Paragraph 3, characters {start} to {start + 14} of version 1" in page


def test_a_reported_statement_has_no_link_to_its_words_at_the_publisher():
    article = make_article(url="https://example.org/a")
    fields = {
        "article": article,
        "form": "indirect",
        "text": "Lee expects lower taxes.",
    }
    assert ":~:text=" not in page_of(make_statement("taxes will fall", **fields))
    assert 'href="https://example.org/a#:~:text=We%20will%20fight"' in page_of(
        make_statement(article=article)
    )
