"""Where people stand on a proposal, and how that changed."""

import pytest
from django.test import Client

from archive.models import Correction
from policies.models import Proposal
from policies.proposal_positions import MAX_ROWS
from tests.factories import (
    make_list,
    make_listed,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.test_pages import between, text_of
from tests.rules import silenced

pytestmark = pytest.mark.django_db
client = Client()


def page_of(proposal: Proposal) -> str:
    return Html(client.get(proposal.get_absolute_url()).content.decode())


def test_a_statement_that_two_positions_rest_on_is_printed_once():
    proposal, statement = make_proposal(), make_statement()
    first, _second = (
        make_position(statement, proposal=proposal, basis="reported", stance=stance)
        for stance in ("supports", "opposes")
    )
    html = page_of(proposal)
    assert html.count("<blockquote") == 1
    link = f'Rests on the statement above: <a href="#voice-{first.uid}">'
    assert html.count(link) == 2


def test_every_speaker_has_one_mark_however_often_they_said_it():
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    for basis in ("document", "action"):
        make_position(speaker=ann, proposal=proposal, basis=basis)
    make_position(proposal=proposal, stance="opposes")
    marks = between(page_of(proposal), '<ul class="units"', "</ul>")
    assert marks.count("<li") == 2
    assert (
        marks.count('data-stance="supports"')
        == marks.count('data-stance="opposes"')
        == 1
    )
    assert "1 speaker supports it 1 speaker opposes it" in text_of(
        proposal.get_absolute_url()
    )


def test_two_stances_of_one_speaker_are_both_shown_and_neither_is_counted_as_theirs():
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    make_position(
        speaker=ann, proposal=proposal, stance="supports", held_on="2020-01-02"
    )
    make_position(
        speaker=ann, proposal=proposal, stance="opposes", held_on="2024-03-04"
    )
    page = text_of(proposal.get_absolute_url())
    assert "1 speaker has taken differing positions" in page
    assert "supports it" not in page
    assert "Positions differ: see also Opposes, March 4, 2024" in page
    assert "Positions differ: see also Supports, Jan. 2, 2020" in page


def test_a_position_known_to_the_month_is_given_no_day_where_another_leads_to_it():
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    statement = make_statement(
        speaker=ann, said_on="2022-01-01", said_precision="month"
    )
    make_position(statement, speaker=ann, proposal=proposal, basis="own_words")
    make_position(speaker=ann, proposal=proposal, stance="opposes")
    assert "Positions differ: see also Supports, January 2022" in text_of(
        proposal.get_absolute_url()
    )


def test_the_numbers_above_a_long_table_lead_to_its_parts():
    proposal = make_proposal()
    for stance in ("supports", "opposes"):
        for _ in range(6):
            make_position(proposal=proposal, stance=stance)
    page = page_of(proposal)
    assert '<a href="#opposes">6 speakers oppose it</a>' in page
    assert page.index('<tbody id="supports">') < page.index('<tbody id="opposes">')


def test_the_numbers_above_a_shortened_table_lead_to_the_list():
    proposal = make_proposal()
    for _ in range(MAX_ROWS + 1):
        make_position(proposal=proposal)
    page = page_of(proposal)
    number = f"{MAX_ROWS + 1} speakers support it</a>"
    assert (
        f'href="/positions/?proposal={proposal.slug}&amp;stance=supports">{number}'
        in page
    )


def test_what_many_did_at_once_is_one_moment_told_in_numbers():
    proposal = make_listed(proposal_list=make_list(issued_on="2024-02-01"))
    council = make_organization(name="City Council")
    for stance in ["supports"] * 4 + ["opposes"]:
        make_position(
            proposal=proposal,
            stance=stance,
            basis="action",
            held_on="2024-03-01",
            body=council,
        )
    make_position(
        proposal=proposal,
        basis="action",
        held_on="2024-03-02",
        speaker=make_speaker(name="Ann Lee"),
    )
    story = text_of(proposal.get_absolute_url()).split("How it unfolded", 1)[1]
    assert "March 1, 2024 4 speakers support it 1 speaker opposes it" in story
    assert "Recorded action, City Council" in story
    assert story.count("March 1, 2024") == 1
    assert "March 2, 2024 Ann Lee: Supports" in story


def test_who_put_it_forward_is_the_first_row_and_has_no_mark():
    issuer = make_speaker(name="The Office")
    proposal = make_listed(proposal_list=make_list(issued_by=issuer))
    make_position(proposal=proposal, speaker=make_speaker(name="Ann Lee"))
    table = between(page_of(proposal), '<table class="pos">', "</table>")
    assert (
        table.index("The Office")
        < table.index("Put it forward")
        < table.index("Ann Lee")
    )
    assert between(page_of(proposal), '<ul class="units"', "</ul>").count("<li") == 1


def test_it_unfolds_in_the_order_of_dates_and_without_what_has_none():
    proposal = make_listed(
        proposal_list=make_list(issued_on="2024-02-01", title="The list")
    )
    statement = make_statement(
        said_on="2024-03-01", speaker=make_speaker(name="Ann Lee")
    )
    make_position(
        statement, speaker=statement.speaker, proposal=proposal, basis="own_words"
    )
    make_position(make_statement(), proposal=proposal, basis="reported")
    make_position(
        proposal=proposal,
        basis="action",
        held_on="2024-01-01",
        body=make_organization(name="Council"),
        stance="opposes",
    )
    Correction.objects.create(
        status="published",
        table="policies.proposal",
        record_uid=proposal.uid,
        note="A word was wrong.",
        date="2024-04-01",
    )
    page = text_of(proposal.get_absolute_url())
    story = between(page, "How it unfolded", "All positions")
    moments = [
        "Jan. 1, 2024",
        "Opposes",
        "Council",
        "Feb. 1, 2024",
        "The list",
        "March 1, 2024",
        "Ann Lee",
    ]
    moments += ["April 1, 2024", "A word was wrong."]
    places = [story.index(moment) for moment in moments]
    assert places == sorted(places)
    assert story.count("2024") == 4


def test_an_inference_has_no_mark_and_no_moment(django_user_model):
    proposal = make_proposal()
    one, two = (
        django_user_model.objects.create(username=name) for name in ("one", "two")
    )
    make_position(
        proposal=proposal,
        basis="inferred",
        rationale="It follows.",
        recorded_by=one,
        reviewed_by=two,
        held_on="2024-01-01",
    )
    page = page_of(proposal)
    assert 'class="units"' not in page
    assert "How it unfolded" not in page


def test_a_position_without_statement_or_address_says_that_no_source_is_recorded():
    """One from before the rule that every position rests on something."""
    with silenced("evidence"):
        voted = make_position(basis="action", held_on="2024-01-01", source_url="")
    sourced = make_position(basis="action", source_url="https://roll.example/1")
    statement = make_statement()
    quoted = make_position(statement, speaker=statement.speaker, basis="own_words")
    for path in (voted.proposal.get_absolute_url(), voted.speaker.get_absolute_url()):
        assert "No source is recorded." in text_of(path)
    for position in (sourced, quoted):
        assert "No source is recorded." not in text_of(
            position.proposal.get_absolute_url()
        )


def test_a_card_names_nobody_twice_with_the_same_stance_and_leads_to_all_positions():
    proposal, ann = make_proposal(title="Do the thing"), make_speaker(name="Ann Lee")
    for stance in ("discusses", "discusses", "opposes"):
        make_position(proposal=proposal, speaker=ann, stance=stance)
    [card] = [
        row for row in Proposal.objects.public().with_stances() if row == proposal
    ]
    assert [position.stance for position in card.stances] == ["discusses", "opposes"]
    assert "All 3 positions" in client.get("/proposals/").content.decode()


def test_the_source_of_a_position_leads_to_the_words_in_each_article_once():
    first, other = make_statement(), make_statement()
    again = make_statement(article=first.article, speaker=first.speaker)
    position = make_position(speaker=first.speaker)
    position.evidence.add(first, again, other)
    table = between(page_of(position.proposal), '<table class="pos">', "</table>")
    for statement, count in ((first, 1), (again, 0), (other, 1)):
        assert (
            table.count(
                f'href="{statement.article.get_absolute_url()}#s-{statement.uid}"'
            )
            == count
        )


def test_a_row_quotes_one_voice_a_side_in_their_own_words_before_newer_votes():
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    said = make_statement(speaker=ann, said_on="2020-01-02")
    make_position(said, speaker=ann, proposal=proposal, basis="own_words")
    for day in ("2023-01-02", "2024-03-04"):
        vote = {"basis": "action", "held_on": day, "proposal": proposal}
        make_position(speaker=make_speaker(name=f"For {day}"), **vote)
        make_position(
            speaker=make_speaker(name=f"Against {day}"), stance="opposes", **vote
        )
    row = between(
        client.get("/proposals/").content.decode(), '<ul class="voices"', "/ul"
    )
    assert row.index("Ann Lee") < row.index("Against 2024-03-04")
    assert said.text in row
    assert row.count("<li") == 2


def test_a_row_quotes_no_draft_and_no_inference(django_user_model):
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    one, two = (
        django_user_model.objects.create(username=name) for name in ("one", "two")
    )
    make_position(speaker=ann, proposal=proposal, status="draft", stance="opposes")
    make_position(proposal=proposal, basis="action", stance="discusses")
    review = {"rationale": "It follows.", "recorded_by": one, "reviewed_by": two}
    make_position(speaker=ann, proposal=proposal, basis="inferred", **review)
    assert 'class="voices"' not in client.get("/proposals/").content.decode()
    make_position(speaker=ann, proposal=proposal)
    assert 'class="voices"' in client.get("/proposals/").content.decode()
