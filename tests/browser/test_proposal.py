"""The page of a proposal on a phone and on paper."""

from __future__ import annotations

import pytest

from tests.factories import make_position, make_proposal, make_speaker, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = 6
WORDS = "We will fight for every family that needs a roof over its head. " * 4
STANCES = ["supports", "opposes"]
TOP = "element => element.getBoundingClientRect().top + scrollY"
NAMES = ".roll details p"


def disputed():
    """A proposal with 200 positions: 40 reported, 159 of four votes, and one of a
    speaker who changed their mind.
    """
    proposal = make_proposal(title="Build the borough jails")
    for index in range(40):
        speaker = make_speaker(name=f"Maria Alvarez {index}")
        said = make_statement(
            speaker=speaker,
            form="indirect",
            text=WORDS,
            said_on=f"2019-03-{1 + index % 28:02}",
        )
        stance = STANCES[index % 2]
        make_position(
            said, speaker=speaker, proposal=proposal, stance=stance, basis="reported"
        )
    for index in range(160):
        make_position(
            speaker=make_speaker(name=f"Council Member {index % 159}")
            if index < 159
            else speaker,
            proposal=proposal,
            stance=STANCES[index % 2] if index < 159 else "supports",
            basis="action",
            source_url=f"https://example.org/vote/{index % 4}",
            held_on=f"2019-10-{1 + index % 4:02}",
        )
    return proposal


def test_at_most_six_phone_screens_stand_before_a_table_of_200_positions(open_page):
    proposal = disputed()
    assert proposal.positions.count() == 200
    page = open_page(proposal.get_absolute_url(), 390)
    top = page.locator("[id^=position-]").first.evaluate(TOP)
    assert top <= SCREENS * 844
    assert page.locator(".roll").count()


def test_a_roll_call_shows_its_names_on_paper_alone(open_page):
    page = open_page(disputed().get_absolute_url())
    names = page.locator(NAMES).first
    assert not names.is_visible()
    page.emulate_media(media="print")
    assert names.is_visible()
