"""Roll calls on the page of a proposal: one line for each stance, names on demand."""

import re

import pytest
from django.test import Client

from policies.rolls import MIN_VOTE
from tests.factories import make_position, make_proposal, make_speaker, make_statement
from tests.html import Html
from tests.public.test_pages import text_of

pytestmark = pytest.mark.django_db
SOURCE = "https://records.example.org/roll/7"


@pytest.fixture
def bridge():
    return make_proposal(title="Build a bridge")


@pytest.fixture
def council():
    return make_speaker(name="Council", kind="organization")


def vote(proposal, body, count, stance="supports", day="2024-05-01", **fields):
    return [
        make_position(
            proposal=proposal,
            stance=stance,
            basis="action",
            body=body,
            held_on=day,
            **{"source_url": SOURCE, "speaker": make_speaker(), **fields},
        )
        for _ in range(count)
    ]


def page(proposal):
    return Html(Client().get(proposal.get_absolute_url()).content.decode())


def rolls_of(html):
    """The moments of roll calls, and the names folded in each."""
    return re.findall(r'<li id="roll-.*?</details>', html, re.S)


def test_a_vote_is_one_line_with_its_numbers_and_the_names_on_demand(bridge, council):
    supporting = vote(bridge, council, 13)
    opposing = vote(bridge, council, 2, "opposes")
    [roll] = rolls_of(page(bridge))
    line, names = roll.split("</summary>")
    assert "13 speakers support it" in line
    assert "2 speakers oppose it" in line
    assert "<details>" in line
    for position in supporting + opposing:
        assert f'id="position-{position.uid}"' in names
        assert position.speaker.name not in line
    assert ">records.example.org</a>" in names


def test_two_days_are_two_roll_calls_in_order_of_time(bridge, council):
    vote(bridge, council, MIN_VOTE, day="2024-05-01")
    vote(bridge, council, MIN_VOTE, day="2024-06-01")
    first, second = rolls_of(page(bridge))
    assert ("May 1, 2024" in first, "June 1, 2024" in second) == (True, True)


def test_a_few_votes_stay_rows_of_the_table(bridge, council):
    positions = vote(bridge, council, MIN_VOTE - 1)
    html = page(bridge)
    assert rolls_of(html) == []
    assert all(f'<tr id="position-{each.uid}"' in html for each in positions)


def test_a_vote_with_words_of_its_own_stays_a_row(bridge, council):
    vote(bridge, council, MIN_VOTE)
    [explained] = vote(bridge, council, 1)
    explained.evidence.add(make_statement(speaker=explained.speaker))
    html = page(bridge)
    assert f'<tr id="position-{explained.uid}"' in html
    assert explained.uid not in "".join(rolls_of(html))


def test_every_position_is_on_the_page_once(bridge, council):
    positions = vote(bridge, council, 130) + vote(bridge, council, 9, "opposes")
    html = page(bridge)
    assert all(html.count(f'id="position-{each.uid}"') == 1 for each in positions)
    assert "positions are shown" not in html


def test_who_voted_otherwise_elsewhere_is_marked_in_both_places(bridge, council):
    vote(bridge, council, MIN_VOTE)
    [no] = vote(bridge, council, 1, "opposes")
    make_position(
        speaker=no.speaker,
        proposal=bridge,
        stance="supports",
        held_on="2024-01-01",
        source_url=SOURCE,
        basis="document",
    )
    html = page(bridge)
    [roll] = rolls_of(html)
    assert roll.count("positions differ") == 1
    assert f'href="{no.get_absolute_url()}">Opposes' in html


def test_a_withdrawn_vote_is_in_no_roll_call(bridge, council):
    positions = vote(bridge, council, MIN_VOTE)
    vote(bridge, council, 1, "opposes", status="withdrawn")
    roll = "".join(rolls_of(page(bridge)))
    assert "oppose" not in roll
    assert f"{len(positions)} speakers support it" in roll


def test_votes_on_one_proposal_share_a_row_of_the_speaker_s_page(bridge, council):
    ann = make_speaker(name="Ann")
    for day in ("2024-01-01", "2024-02-01", "2024-03-01"):
        vote(bridge, council, 1, day=day, speaker=ann)
    html = page(ann)
    assert html.count(">Build a bridge</a>") == 1
    assert "March 1, 2024" in html
    also = html.partition("Also:")[2].partition("</p>")[0]
    assert ("Feb. 1, 2024" in also, "Jan. 1, 2024" in also) == (True, True)


def test_a_list_says_how_many_take_each_stance(bridge, council):
    vote(bridge, council, MIN_VOTE)
    vote(bridge, council, 2, "opposes")
    html = Html(Client().get("/proposals/").content.decode())
    assert f"{MIN_VOTE} speakers support it" in html
    assert "2 speakers oppose it" in html


@pytest.mark.parametrize("count", [1, MIN_VOTE])
def test_a_reference_that_only_a_program_can_follow_is_in_files_alone(
    bridge, council, count
):
    vote(bridge, council, count, source_ref="history:422503")
    html = page(bridge)
    assert ">records.example.org</a>" in html
    assert "history:" not in html
    file = b"".join(Client().get("/positions.csv").streaming_content)
    assert b"history:422503" in file


@pytest.mark.parametrize("count", [1, MIN_VOTE])
@pytest.mark.parametrize(
    ("reference", "label"),
    [
        ("history:422503", "Recorded vote"),
        ("vote:7", "Recorded vote"),
        ("sponsors", "Sponsorship"),
        ("order 7", "Recorded action"),
    ],
)
def test_an_action_says_which_it_was_if_its_reference_does(
    bridge, council, count, reference, label
):
    vote(bridge, council, count, source_ref=reference)
    text = text_of(bridge.get_absolute_url())
    assert f"{label}, Council" in text
    assert not re.search(r"\bsponsors\b", text)


@pytest.mark.parametrize("count", [1, MIN_VOTE])
def test_a_reference_in_words_stands_beside_its_source(bridge, council, count):
    vote(bridge, council, count, source_ref="roll call 7")
    assert "roll call 7" in page(bridge)
