"""Which proposals and speakers a comparison shows, and two speakers side by side."""

import pytest

from policies.comparison import COLUMNS, ROWS
from policies.models import Position
from tests.factories import (
    make_article,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.public.test_compare import client, infer, page, table

pytestmark = pytest.mark.django_db


def test_disputed_proposals_come_first_if_the_url_selects_none():
    often, disputed = make_proposal(title="Often"), make_proposal(title="Disputed")
    for proposal, stance in (
        *[(often, "supports")] * 3,
        (disputed, "supports"),
        (disputed, "opposes"),
    ):
        make_position(proposal=proposal, stance=stance)
    assert list(table("/compare/")) == ["Disputed", "Often"]


def test_the_first_columns_are_those_who_have_positions_on_the_proposals_in_view():
    topic, answering = make_topic(), make_speaker(name="Zoe")
    shown = [make_proposal(title=f"P{index}") for index in range(ROWS)]
    later = [make_proposal(title=f"Q{index}") for index in range(2)]
    for proposal in [*shown, *later]:
        proposal.topics.add(topic)
    make_position(speaker=answering, proposal=shown[0])
    for index in range(COLUMNS):
        speaker = make_speaker(name=f"S{index}")
        for proposal in later:
            make_position(speaker=speaker, proposal=proposal)
    heads = list(table(f"/compare/?topic={topic.slug}")["P0"])
    assert "Zoe" in heads
    assert len(heads) == COLUMNS
    second = table(f"/compare/?topic={topic.slug}&page=2")
    assert list(second["Q0"]) == [f"S{index}" for index in range(COLUMNS)]


def test_of_those_who_answer_as_many_rows_the_minority_has_a_column():
    proposal = make_proposal(title="Build")
    for index in range(COLUMNS + 2):
        stance = "opposes" if index == COLUMNS + 1 else "supports"
        make_position(
            speaker=make_speaker(name=f"S{index}"), proposal=proposal, stance=stance
        )
    row = table(f"/compare/?proposal={proposal.slug}")["Build"]
    assert [cell.split()[0] for cell in row.values()].count("Opposes") == 1


def pair(*stances):
    """Two speakers with their own words for each pair of stances, by title."""
    ann, bea = make_speaker(name="Ann"), make_speaker(name="Bea")
    for index, both in enumerate(stances):
        proposal = make_proposal(title=f"P{index}")
        for speaker, stance in zip((ann, bea), both, strict=True):
            words = f"{speaker} on {index}"
            statement = make_statement(
                words, speaker=speaker, article=make_article(f"“{words}”")
            )
            make_position(
                statement,
                speaker=speaker,
                proposal=proposal,
                stance=stance,
                basis="own_words",
                conditions="If it is cheap." if stance == "mixed" else "",
            )
    return f"/compare/?speaker={ann.slug}&speaker={bea.slug}"


def test_two_speakers_are_compared_in_their_own_words():
    address = pair(("supports", "opposes"))
    cells = table(address)["P0"]
    assert "“Ann on 0”" in cells["Ann"]
    assert "“Bea on 0”" in cells["Bea"]
    assert "“Ann on 0”" not in page("/compare/")


def test_two_speakers_can_be_compared_only_where_they_differ():
    address = pair(
        ("supports", "supports"), ("supports", "opposes"), ("mixed", "mixed")
    )
    assert len(table(address)) == 3
    assert list(table(f"{address}&differ=1")) == ["P1"]
    assert f'href="{address.replace("&", "&amp;")}&amp;differ=1"' in page(address)
    file = client.get(f"{address.replace('/?', '.csv?')}&differ=1")
    rows = b"".join(file).decode()
    assert ("P1" in rows, "P0" in rows) == (True, False)


def test_the_newest_stances_decide_whether_two_speakers_differ():
    address = pair(("supports", "opposes"))
    bea = Position.objects.get(speaker__name="Bea")
    make_position(
        speaker=bea.speaker,
        proposal=bea.proposal,
        stance="supports",
        held_on="2026-01-02",
    )
    Position.objects.filter(pk=bea.pk).update(held_on="2025-01-02")
    assert "On none of these proposals do their newest positions differ." in page(
        f"{address}&differ=1"
    )


def test_what_an_inferred_position_rests_on_makes_no_difference():
    ann, bea = make_speaker(name="Ann"), make_speaker(name="Bea")
    proposal = make_proposal(title="Build")
    make_position(speaker=ann, proposal=proposal)
    infer(speaker=bea, proposal=proposal, stance="opposes")
    address = f"/compare/?speaker={ann.slug}&speaker={bea.slug}"
    assert "It follows." in table(address)["Build"]["Bea"]
    assert "do their newest positions differ" in page(f"{address}&differ=1")


def test_only_two_speakers_are_asked_where_they_differ():
    make_position()
    assert page("/compare/?differ=1").count("<table") == 1
    assert 'name="differ"' not in page()
    page("/compare/?differ=2", 400)
