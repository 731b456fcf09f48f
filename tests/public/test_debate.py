"""The page of a proposal: the answer first, then the words of each side, how it
unfolded and who changed.
"""

import pytest
from django.test import Client

from policies.rolls import MIN_VOTE
from policies.standings import MAX_MOMENTS
from policies.voices import MAX_VOICES, MAX_WORDS
from tests.factories import (
    make_article,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.test_affiliation_filters import join
from tests.public.test_compare import infer
from tests.public.test_pages import between, text_of

pytestmark = pytest.mark.django_db


def page_of(proposal):
    return Html(Client().get(proposal.get_absolute_url()).content.decode())


def say(proposal, words, stance="supports", basis="own_words", **fields):
    """A position by one's own words, on a day."""
    day = fields.pop("day", "2024-03-01")
    speaker = fields.pop("speaker", None) or make_speaker()
    article = make_article(f"“{words}” they said.")
    said = make_statement(words, article=article, speaker=speaker, said_on=day)
    return make_position(
        said, speaker=speaker, proposal=proposal, stance=stance, basis=basis, **fields
    )


def change(proposal, *dates):
    """Ann Lee supports it, and opposes it on the last day."""
    ann, dates = make_speaker(name="Ann Lee"), dates or ("2023-01-02", "2024-01-02")
    for day in dates:
        stance = "opposes" if day == dates[-1] else "supports"
        make_position(speaker=ann, proposal=proposal, stance=stance, held_on=day)


def side(proposal, kind):
    return between(page_of(proposal), f'<section class="side {kind}"', "</section>")


def answer(proposal):
    page = text_of(proposal.get_absolute_url())
    return between(page, "Table as CSV", "report a mistake".capitalize())


def test_the_parts_of_the_page_stand_in_the_order_of_a_debate():
    proposal = make_proposal(proposed_on="2024-01-01")
    say(proposal, "Build it now.")
    change(proposal)
    infer(speaker=make_speaker(), proposal=proposal, stance="opposes")
    headings = [
        "Where people stand",
        "In their words",
        "How it unfolded",
        "Changed positions",
        "All positions",
        "Inferred by the editors",
        "Sources",
    ]
    page = page_of(proposal)
    places = [page.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)


def test_one_or_two_speakers_are_named_and_more_are_counted():
    proposal = make_proposal()
    for name in ("Ann Lee", "Bo Day"):
        make_position(speaker=make_speaker(name=name), proposal=proposal)
    assert "Ann Lee and Bo Day support it. No stated position is against it." in answer(
        proposal
    )
    for _ in range(3):
        make_position(proposal=proposal, stance="opposes")
    sentence = (
        "5 speakers are on record: Ann Lee and Bo Day support it and 3 oppose it."
    )
    assert sentence in answer(proposal)


def test_the_sentence_says_who_changed():
    proposal = make_proposal()
    change(proposal)
    assert "Ann Lee has taken differing positions." in answer(proposal)


def test_an_inference_is_named_apart_and_counts_in_no_number():
    proposal = make_proposal()
    make_position(speaker=make_speaker(name="Ann Lee"), proposal=proposal)
    infer(speaker=make_speaker(name="Bo Day"), proposal=proposal, stance="opposes")
    words = answer(proposal)
    assert "Ann Lee supports it. No stated position is against it." in words
    assert "and counted nowhere: Bo Day opposes it." in words


def test_the_largest_parties_and_the_newest_vote_of_a_body_are_given_in_numbers():
    proposal, council = make_proposal(), make_organization(name="City Council")
    for index in range(MIN_VOTE + 1):
        speaker = make_speaker()
        party = "Reform" if index % 2 else "Union"
        join(speaker, party, kind="party", start="2019-01-01")
        make_position(
            speaker=speaker,
            proposal=proposal,
            stance="opposes" if index == 0 else "supports",
            basis="action",
            body=council,
            held_on="2024-05-01",
        )
    words = answer(proposal)
    assert "Reform: 3 for" in words
    assert "Union: 2 for and 1 against" in words
    assert "City Council, May 1, 2024 : 5 for and 1 against" in words


def test_each_side_has_its_newest_own_words_first():
    proposal = make_proposal()
    say(proposal, "An old reason.", day="2024-01-01")
    say(proposal, "It was reported.", basis="reported", day="2024-09-01")
    say(proposal, "A new reason.", day="2024-06-01")
    say(proposal, "No reason at all.", stance="opposes")
    words = side(proposal, "for")
    order = ["A new reason.", "An old reason.", "It was reported."]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "No reason at all." in side(proposal, "against")


def test_a_side_has_at_most_three_speakers_each_once():
    proposal, ann = make_proposal(), make_speaker()
    for index in range(3):
        say(proposal, f"Reason {index}.", speaker=ann)
    for index in range(4):
        say(proposal, f"Thought {index}.")
    words = side(proposal, "for")
    assert words.count("<blockquote") == MAX_VOICES["for"] == 3
    assert words.count(f'href="{ann.get_absolute_url()}"') == 1


def test_who_changed_is_quoted_with_their_newest_stance_only():
    proposal, ann = make_proposal(), make_speaker()
    say(proposal, "I am for it.", speaker=ann, day="2023-01-01")
    say(proposal, "I am against it.", "opposes", speaker=ann, day="2024-01-01")
    assert "I am for it." not in side(proposal, "for")
    assert "No stated position" not in side(proposal, "for")
    against = side(proposal, "against")
    assert "I am against it." in against
    assert "Positions differ" in against


def test_a_side_without_words_says_whether_anybody_takes_it():
    proposal = make_proposal()
    say(proposal, "Build it now.")
    assert "No stated position is against it." in side(proposal, "against")
    make_position(proposal=proposal, stance="opposes")
    assert "The archive has no words of this side" in side(proposal, "against")


def test_of_long_words_a_side_shows_the_beginning_and_the_table_the_whole():
    proposal = make_proposal()
    words = f"Build {'and build again ' * 20}to the end."
    assert len(words) > MAX_WORDS
    say(proposal, words)
    quoted = side(proposal, "for")
    assert "[…]”" in quoted
    assert "to the end." not in quoted
    table = between(page_of(proposal), '<table class="pos">', "</table>")
    assert "to the end." in table


def test_a_draft_s_words_are_quoted_on_no_side():
    proposal = make_proposal()
    say(proposal, "Build it now.")
    hidden = say(proposal, "A secret reason.")
    hidden.status = "draft"
    hidden.save()
    assert "secret" not in page_of(proposal)


def test_a_change_has_an_arrow_and_both_dates():
    proposal = make_proposal()
    change(proposal, "2023-01-02", "2023-06-02", "2024-01-02")
    page = text_of(proposal.get_absolute_url())
    changed = between(page, "Changed positions", "All positions")
    assert "Ann Lee Supports June 2, 2023 then Opposes Jan. 2, 2024" in changed


def test_positions_whose_dates_give_no_order_have_no_arrow():
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    statement = make_statement(
        speaker=ann, said_on="2024-01-01", said_precision="month"
    )
    make_position(statement, speaker=ann, proposal=proposal, basis="own_words")
    make_position(
        speaker=ann, proposal=proposal, stance="opposes", held_on="2024-01-20"
    )
    page = text_of(proposal.get_absolute_url())
    changed = between(page, "Changed positions", "All positions")
    assert "Supports January 2024 and Opposes Jan. 20, 2024" in changed
    assert "then" not in changed


def test_a_long_story_folds_what_is_neither_a_vote_nor_a_beginning():
    proposal = make_proposal(proposed_on="2020-01-01")
    for index in range(MAX_MOMENTS + 3):
        make_position(proposal=proposal, held_on=f"2024-03-{index + 1:02}")
    story = between(page_of(proposal), ">How it unfolded</h2>", "</section>")
    read, folded = story.split("more statements and positions with a date")
    assert "Jan. 1, 2020" in read
    assert "March 9, 2024" in read
    assert "March 1, 2024" in folded
    assert "March 1, 2024" not in read.split('<ol class="tl"')[1]


def test_each_source_is_named_once():
    proposal = make_proposal()
    for _ in range(2):
        make_position(proposal=proposal, source_url="https://records.example.org/7")
    said = say(proposal, "Build it now.")
    page = page_of(proposal)
    sources = page.split(">Sources</h2>")[1]
    assert sources.count('href="https://records.example.org/7"') == 1
    assert "2 positions" in sources
    article = said.evidence.get().article
    assert sources.count(article.get_absolute_url()) == 1
