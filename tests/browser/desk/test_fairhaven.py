"""An invented article of 13 records, from paste to published."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from policies.models import Position, Proposal, ProposalList
from statements.models import Statement
from tests.browser.desk.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARTICLE = Path(__file__).parents[2] / "desk" / "articles" / "fairhaven.txt"
DIRECT = ("Nobody should", "I want to see", "Rent control has", "Three percent")


def start(hands, text, headline, published):
    hands.page.goto("/admin/desk/")
    hands.type("textarea >> nth=0", text)
    hands.click("[name=read]")
    hands.type("#id_headline", headline)
    hands.type("#id_published_on", published)
    hands.click("[name=start]")
    hands.page.wait_for_selector("#desk")


def accept_statements(hands):
    for words in DIRECT:
        hands.accept(hands.card(words))
    ours = {
        "a gift to lawyers": "Brandt called the 3 percent cap “a gift to lawyers”.",
        "she would vote": "Brandt said that she would vote for the fund on its own.",
        "the group had asked": "Herrera said that tenants had asked for 2 percent.",
    }
    for words, sentence in ours.items():
        card = hands.card(words)
        hands.type(card.get_by_label("Our sentence"), sentence)
        hands.accept(card)


def accept_list(hands):
    card = hands.page.locator(".card.list")
    hands.type(card.get_by_label("Title of the list"), "The mayor’s plan on rents")
    hands.type(card.get_by_label("Somebody else"), "Office of the Mayor of Fairhaven")
    hands.type(card.get_by_label("Addressed to"), "Fairhaven City Council")
    hands.accept(card)


def add_position(hands, words, proposal, stance):
    card = hands.card(words)
    hands.click(card.locator(".toggle"))
    card = hands.card(words)
    hands.choose(card.get_by_label("Proposal"), label=proposal)
    hands.choose(card.get_by_label("Stance"), label=stance)
    hands.click(card.get_by_role("button", name="Add this position"))


def test_fairhaven_takes_few_actions(desk):
    opened = desk("Edda")
    hands = Hands(opened.page)
    start(hands, ARTICLE.read_text(), "Mayor asks for a freeze on rents", "2024-12-11")
    accept_statements(hands)
    accept_list(hands)
    titles = list(Proposal.objects.order_by("number").values_list("title", flat=True))
    add_position(hands, "Rent control has", titles[0], "Opposes")
    add_position(hands, "she would vote", titles[1], "Supports")
    assert Statement.objects.filter(form="direct").count() == 4
    assert Statement.objects.filter(form="partial").count() == 1
    assert Statement.objects.filter(form="indirect").count() == 2
    assert ProposalList.objects.get().proposals.count() == 3
    assert list(
        Position.objects.order_by("pk").values_list(
            "speaker__name", "stance", "basis", "proposal__number"
        )
    ) == [
        ("Marisol Brandt", "opposes", "own_words", 1),
        ("Marisol Brandt", "supports", "reported", 2),
    ]
    hands.click("#content .bar .button")
    hands.click("[name=confirmed]")
    hands.click("button.default")
    expect(hands.page.get_by_text("Readers see")).to_be_visible()
    assert Statement.objects.public().count() == 7
    assert Position.objects.public().count() == 2
    assert hands.count <= 40
