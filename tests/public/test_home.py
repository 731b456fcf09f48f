"""The start page: what is new, what is disputed, who and what it is about."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from archive.core import caches
from archive.models import Article
from policies.models import Position, Proposal
from statements.models import Statement
from tests.factories import (
    make_article,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.public.test_pages import between, text_of
from tests.rules import silenced

pytestmark = pytest.mark.django_db
client = Client()
LONG_AGO = dt.timedelta(days=30)


@pytest.fixture
def two_articles():
    """The start page of one article tells its story instead."""
    return make_article(published_on="2020-01-01"), make_article()


def shown(begin, end):
    return between(text_of("/"), begin, end)


def test_the_newest_quotation_is_printed_once(two_articles):
    make_statement(
        "taxes will fall", form="indirect", text="Taxes.", said_on="2024-12-13"
    )
    make_statement(said_on="2024-12-12")
    page = client.get("/").content.decode()
    assert "We will fight," in shown("Newest quotation", "Topics")
    assert page.count("“We will fight,”") == 2  # and the hidden name of its link
    assert "Taxes." in shown("What is new", "Newest quotation")


def test_disputed_proposals_begin_with_the_largest_minority(two_articles):
    calm, split, agreed = (
        make_proposal(title=title) for title in ("Calm", "Split", "Agreed")
    )
    for proposal, against in ((calm, 1), (split, 2), (agreed, 0)):
        for _ in range(3):
            make_position(proposal=proposal)
        for _ in range(against):
            make_position(proposal=proposal, stance="opposes")
    disputed = shown("Disputed proposals", "People")
    assert disputed.index("Split") < disputed.index("Calm")
    assert "3 speakers support it" in disputed
    assert "2 speakers oppose it" in disputed
    assert "Agreed" not in disputed


def test_a_speaker_on_both_sides_disputes_a_proposal_alone_by_two_positions(
    two_articles,
):
    ann, proposal = make_speaker(name="Ann Lee"), make_proposal(title="Torn")
    make_position(speaker=ann, proposal=proposal, stance="supports")
    assert "Disputed" not in text_of("/")
    make_position(speaker=ann, proposal=proposal, stance="opposes")
    assert "1 speaker" not in text_of("/")
    assert "Torn" in text_of("/").split("Disputed proposals", 1)[1]


def test_the_votes_of_a_body_on_one_day_are_one_event(two_articles):
    council = make_organization(name="City Council")
    for title in ("One", "Other"):
        for stance in ("supports", "opposes"):
            make_position(
                proposal=make_proposal(title=title),
                stance=stance,
                basis="action",
                held_on="2024-05-06",
                body=council,
            )
    new = shown("What is new", "Disputed")
    assert new.count("City Council") == 1
    page = client.get("/").content.decode()
    assert "/positions/?since=2024-05-06&amp;until=2024-05-06" in page


def test_what_was_added_this_week_comes_before_newer_events_of_old_records(
    two_articles,
):
    make_statement(said_on="2024-12-12", text="", article=two_articles[1])
    make_proposal(title="Old one", proposed_on="2024-11-11", article=two_articles[1])
    with silenced("first_published"):
        for model in (Article, Statement, Proposal, Position):
            model.objects.update(first_published_at=timezone.now() - LONG_AGO)
    make_proposal(title="Found late", proposed_on="2019-01-01", article=two_articles[0])
    caches.clear_all()
    new = shown("What is new", "Newest quotation")
    assert "Added this week: 1 proposal" in new
    assert "Found late" in new
    assert "Old one" not in new


def test_a_new_archive_does_not_count_everything_as_added(two_articles):
    make_statement(article=two_articles[0])
    page = text_of("/")
    assert "What is new" in page
    assert "Added this week" not in page


def test_one_article_is_told_as_a_story_whose_inferences_are_labelled(
    django_user_model,
):
    one, two = (
        django_user_model.objects.create(username=name) for name in ("one", "two")
    )
    article = make_article(headline="Talks", summary="They met.")
    ann = make_speaker(name="Ann Lee")
    wish = make_proposal(title="Wish", proposed_by=ann, article=article)
    make_proposal(title="Nobody's", article=article)
    review = {"rationale": "So.", "recorded_by": one, "reviewed_by": two}
    said = make_statement(article=article, speaker=make_speaker(name="Bo Ash"))
    make_position(
        said,
        speaker=said.speaker,
        proposal=wish,
        basis="inferred",
        stance="opposes",
        **review,
    )
    story = text_of("/")
    disputed = between(story, "Disputed", "Who wants what")
    assert "They met." in story
    assert "Bo Ash , Inferred by the editors" in disputed
    wants = between(story, "Who wants what", "All people")
    assert wants.index("Ann Lee") < wants.index("Wish")
    assert wants.index("does not say who") < wants.index("Nobody's")
    assert "speaker opposes it" not in story


def test_people_with_words_and_people_with_positions_take_turns(two_articles):
    for name, statements, positions in (("Ann", 3, 0), ("Bo", 2, 0), ("Cy", 0, 2)):
        person = make_speaker(name=name)
        for _ in range(statements):
            make_statement(speaker=person)
        for _ in range(positions):
            make_position(speaker=person)
    people = client.get("/").context["people"]
    assert [person.name for person in people][:3] == ["Ann", "Cy", "Bo"]


def test_the_topics_with_most_records_are_offered_by_name(two_articles):
    for name in ("Water", "Air"):
        make_statement().topics.add(make_topic(name=name))
    topics = shown("Topics All topics", "People")
    assert topics.split() == ["Air", "Water"]


def test_the_menu_has_the_words_of_readers_and_marks_the_section():
    page = client.get("/topics/").content.decode()
    menu = between(page, '<nav aria-label="Main">', "</nav>")
    words = ["People", "Topics", "Proposals", "Compare", "Statements", "Data"]
    places = [menu.index(word) for word in words]
    assert places == sorted(places)
    assert 'href="/topics/" aria-current="page"' in menu
