"""The first article's record, made on the desk of an empty archive."""

import json

import pytest
from django.conf import settings
from playwright.sync_api import expect

from policies.models import Position, Proposal, ProposalList
from statements.models import Statement
from tests.browser.desk.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SURE = (
    "...we will not be",
    "I'm going to try",
    "Since Mayor Adams",
    "Eric Adams is so focused",
)
UNSURE = ("We've made terrible", "We can't find them")
# the words of a card, and the sentence of ours
OURS = {
    "the city will not remain": "Adams said that the city would not stay a sanctuary.",
    "his legal team is": "Adams said that his lawyers were looking into it.",
    "There are about 170": "Adams said that 170 crimes allow officials to cooperate.",
    "he saw a cop": "Homan said that “he saw a cop” in the mayor.",
    "the two talked about": "Homan said that they talked about Rikers Island.",
    "officials discussed": "Adams said that officials talked about children.",
    "he sent a letter": "Williams said that he had written to the administration.",
}
COLLECTIVE = (
    "There were several elected officials, some running against Adams in the June 2025 "
    "Democratic Primary, who condemned the mayor's actions."
)
LISTS = (
    ("Proposals of the Mayor’s Office", "New York City Mayor’s Office", ""),
    ("Proposals to the federal government", "", "Incoming administration"),
)
TITLES = {
    1: "Explore lawful ways to remove people convicted of a major felony",
    4: "Launch a campaign against misinformation",
}
# passages, title, proposer and addressee
OTHERS = (
    (
        (
            "getting ICE back into Rikers Island",
            "federal agents to be assigned to police precincts",
        ),
        "Return ICE to Rikers Island",
        "",
        "",
    ),
    (
        (
            "to use the time and power he has left in order to enact common sense "
            "protections",
            "several actions that the White House can immediately take",
        ),
        "Enact protections",
        "Jumaane D. Williams",
        "Joe Biden",
    ),
    (
        ("coordinate deporting asylum seekers that commit crime",),
        "Coordinate with ICE on deporting people",
        "Eric Adams",
        "",
    ),
)
RATIONALE = "Inferred from “cozying up to Trump”; the proposal is not named."


def text_of_the_first_article():
    rows = json.loads((settings.BASE_DIR / "fixtures" / "seed.json").read_text())
    [text] = [
        row["fields"]["text"]
        for row in rows
        if row["model"] == "archive.articleversion"
    ]
    return text


def start(hands):
    hands.page.goto("/admin/desk/")
    hands.type("textarea >> nth=0", text_of_the_first_article())
    hands.click("[name=read]")
    hands.type("#id_headline", "Eric Adams meets Tom Homan")
    hands.click("#id_headline_is_supplied")
    hands.type("#id_published_on", "2024-12-12")
    hands.click("#id_published_is_inferred")
    hands.click("[name=start]")
    hands.page.wait_for_selector("#desk")


def accept_statements(hands):
    first = "the city will not remain"
    hands.click(hands.card(first).locator(".toggle"))
    hands.type(hands.card(first).get_by_label("Said on"), "2024-12-12")
    hands.click(hands.card(first).get_by_label("The date is inferred"))
    hands.click(hands.card(first).get_by_role("button", name="Same date"))
    for words, sentence in OURS.items():
        hands.type(hands.card(words).get_by_label("Our sentence"), sentence)
        hands.accept(hands.card(words))
    for words in SURE:
        hands.accept(hands.card(words))
    for words in UNSURE:
        hands.click(hands.card(words).get_by_role("button", name="Eric Adams"))
    unsure = hands.card("that he was not focused").or_(hands.card("he was not focused"))
    hands.type(unsure.get_by_label("Our sentence"), "Adams said who was not his focus.")
    hands.click(unsure.get_by_role("button", name="Eric Adams"))


def add_collective(hands):
    hands.select(COLLECTIVE)
    hands.key("n")
    card = hands.card("There were several")
    hands.choose(card.get_by_label("Form"), value="collective")
    hands.type(card.get_by_label("Somebody else"), "several elected officials")
    hands.choose(card.get_by_label("If new"), value="group")
    hands.type(card.get_by_label("Our sentence"), "Several condemned the actions.")
    hands.accept(card)


def accept_lists(hands):
    for index, (title, issuer, addressee) in enumerate(LISTS):
        card = hands.page.locator(".card.list").nth(index)
        hands.type(card.get_by_label("Title of the list"), title)
        if issuer:
            hands.type(card.get_by_label("Issued by"), issuer)
            for number, item in TITLES.items():
                hands.type(card.get_by_label(f"Title of proposal {number + 1}"), item)
        if addressee:
            hands.type(card.get_by_label("Addressed to"), addressee)
        hands.accept(card)


def add_proposals(hands):
    for passages, title, proposer, addressee in OTHERS:
        hands.select(passages[0])
        hands.key("p")
        card = hands.page.locator(".card.proposal.open")
        hands.page.keyboard.press("Escape")  # leaves the field: no choice of the editor
        for words in passages[1:]:
            hands.select(words)
            hands.key("w")
        hands.type(card.get_by_label("Title"), title)
        if proposer:
            hands.type(card.get_by_label("Somebody else"), proposer)
        if addressee:
            hands.type(card.get_by_label("Addressed to"), addressee)
        hands.accept(card)


def add_position(hands, words, proposal, stance, who="", evidence="", inferred=""):
    card = hands.card(words)
    if "expanded" not in card.get_attribute("class"):
        hands.click(card.locator(".toggle"))
        card = hands.card(words)
    form = card.locator(".position")
    option = form.get_by_label("Proposal").locator("option", has_text=proposal)
    hands.choose(
        form.get_by_label("Proposal"), value=option.first.get_attribute("value")
    )
    hands.choose(form.get_by_label("Stance"), value=stance)
    if who:
        hands.choose(form.get_by_label("Who", exact=True), label=who)
    if evidence:
        hands.click(form.get_by_label(evidence))
    if inferred:
        hands.choose(form.get_by_label("How do we know?"), value="inferred")
        hands.type(form.get_by_label("Rationale"), inferred)
    hands.click(form.get_by_role("button", name="Add this position"))


def add_positions(hands):
    talked = "the two talked about"
    add_position(
        hands,
        "...we will not be",
        "Explore lawful ways",
        "discusses",
        evidence="We've made terrible",
    )
    add_position(hands, talked, "Return ICE", "discusses")
    add_position(hands, talked, "Return ICE", "discusses", who="Eric Adams")
    for words in ("Since Mayor Adams", "Eric Adams is so focused"):
        add_position(hands, words, "Coordinate", "opposes", inferred=RATIONALE)


def publish(hands, second):
    """By the first editor without the inferences, then by a second person with them."""
    hands.click("#content .bar .button")
    hands.click("[name=confirmed]")  # it has no outlet and no address
    hands.click("button.default")
    address = hands.page.url
    expect(hands.page.get_by_text("Readers see")).to_be_visible()
    second.page.goto(address)
    second.count += 1
    for tick in second.page.locator("[name=confirm]").all():
        second.click(tick)
    second.click("button.default")
    expect(second.page.get_by_text("Everything recorded from this")).to_be_visible()


def test_the_first_article_takes_at_most_a_hundred_actions(desk):
    hands = Hands(desk("Edda").page)
    start(hands)
    accept_statements(hands)
    add_collective(hands)
    accept_lists(hands)
    add_proposals(hands)
    add_positions(hands)
    assert Statement.objects.count() == 15
    assert Statement.objects.filter(said_on="2024-12-12").count() == 9
    assert [each.proposals.count() for each in ProposalList.objects.all()] == [5, 5]
    assert Proposal.objects.count() == 13
    assert Position.objects.filter(basis="inferred").count() == 2
    assert Position.objects.count() == 5
    second = Hands(desk("Sean").page)
    publish(hands, second)
    records = (Statement, ProposalList, Proposal, Position)
    assert [each.objects.public().count() for each in records] == [15, 2, 13, 5]
    assert hands.count + second.count <= 100
