"""The tables of a proposal: speakers by party, office and year, and their files."""

import csv
import io

import pytest
from django.test import Client

from policies.breakdowns import MIN_SPEAKERS, breakdown
from policies.proposal_positions import ProposalPositions
from tests.factories import make_position, make_proposal, make_speaker
from tests.public.test_affiliation_filters import join
from tests.public.test_compare import infer
from tests.public.test_filters import positions

pytestmark = pytest.mark.django_db
client = Client()


def vote(proposal, stance, party="", day="2024-05-01", speaker=None):
    speaker = speaker or make_speaker()
    if party:
        join(speaker, party, kind="party", start="2019-01-01")
    make_position(
        speaker=speaker,
        proposal=proposal,
        stance=stance,
        held_on=day,
        source_url="https://example.org/vote",
    )
    return speaker


def tables(proposal):
    return [each.kind for each in ProposalPositions(proposal).breakdowns]


def table(proposal, kind="party"):
    rows = breakdown(proposal, kind).rows
    return [
        (row.label, {str(g.stance or ""): g.count for g in row.groups}) for row in rows
    ]


@pytest.fixture
def bridge():
    """Three Reformers and a Unionist for it, a Unionist and a partyless one against."""
    proposal = make_proposal(title="Build a bridge")
    for _ in range(3):
        vote(proposal, "supports", "Reform")
    vote(proposal, "supports", "Union")
    vote(proposal, "opposes", "Union")
    vote(proposal, "opposes")
    return proposal


def test_each_party_has_a_row_and_the_rest_is_said_to_be_unrecorded(bridge):
    assert table(bridge) == [
        ("Reform", {"supports": 3}),
        ("Union", {"supports": 1, "opposes": 1}),
        ("", {"opposes": 1}),
    ]
    html = client.get(bridge.get_absolute_url()).content.decode()
    assert "By party" in html
    assert "Not recorded" in html


def test_a_speaker_who_changed_sides_counts_once_as_differing(bridge):
    speaker = vote(bridge, "supports", "Reform", "2023-01-02")
    vote(bridge, "opposes", speaker=speaker)
    assert table(bridge)[0] == ("Reform", {"supports": 3, "": 1})
    assert table(bridge, "year") == [
        ("2023", {"supports": 1}),
        ("2024", {"supports": 4, "opposes": 3}),
    ]


def test_an_inference_counts_in_no_table(bridge):
    infer(speaker=make_speaker(), proposal=bridge, stance="opposes")
    assert sum(row.speakers for row in breakdown(bridge, "party").rows) == 6


def test_a_few_speakers_or_one_row_make_no_table():
    proposal = make_proposal()
    for _ in range(MIN_SPEAKERS - 1):
        vote(proposal, "supports", "Reform")
    assert tables(proposal) == []
    vote(proposal, "supports", "Union")
    assert tables(proposal) == ["party"]


def test_the_file_has_the_numbers_of_the_table(bridge):
    response = client.get(f"{bridge.get_absolute_url()}party.csv")
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["party"], r["supports"], r["opposes"], r["speakers"]) for r in rows] == [
        ("Reform", "3", "0", "3"),
        ("Union", "1", "1", "2"),
        ("", "0", "1", "1"),
    ]


def test_a_row_leads_to_its_positions(bridge):
    row = breakdown(bridge, "party").rows[0]
    html = client.get(row.url).content.decode()
    assert "3 positions" in html


def test_the_rows_of_two_offices_on_one_day_have_what_their_filters_find(bridge):
    chair = vote(bridge, "supports")
    join(chair, "Council", title="Chair", start="2019-01-01")
    join(chair, "Council", kind="member", title="Council Member", start="2019-01-01")
    member = vote(bridge, "opposes")
    join(member, "Board", kind="member", title="council member", start="2019-01-01")
    rows = breakdown(bridge, "office").rows
    assert {row.value: row.speakers for row in rows} == {
        "": 6,
        "council-member": 2,
        "chair": 1,
    }
    for row in rows:
        if row.url:
            query = row.url.partition("?")[2]
            assert len(positions(query)[0]) == row.speakers, row.value


def test_a_position_without_a_date_is_under_no_party_office_or_year(bridge):
    vote(bridge, "supports", "Reform", day=None)
    for kind in ("party", "office", "year"):
        unrecorded = breakdown(bridge, kind).rows[-1]
        assert (unrecorded.value, unrecorded.url) == ("", "")
        assert unrecorded.count_of("supports"), kind


def test_another_kind_of_table_is_not_found(bridge):
    assert client.get(f"{bridge.get_absolute_url()}shoe-size.csv").status_code == 404
