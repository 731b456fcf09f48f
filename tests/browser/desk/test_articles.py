"""A speech, a press release and a British article, from the workbench to records."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from policies.models import Proposal, ProposalList
from statements.models import Statement, Turn
from tests.browser.desk.conftest import passages, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARTICLES = Path(__file__).parents[2] / "desk" / "articles"


def text(name):
    return (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")


def words_of_the_turn():
    turn = Turn.objects.select_related("version").get()
    return turn.version.text[turn.start : turn.end]


def accepted(hands, words):
    expect(hands.card(words)).to_have_attribute("data-state", "accepted")


def test_a_speech_is_one_turn_whose_words_need_no_marks(bench):
    hands = bench(text=text("speech"), article={"kind": "speech"})
    turn = hands.page.locator(".turns")  # a speech shows it at once
    turn.get_by_label("Whose words").fill("Ingrid Maro")
    hands.click(turn.get_by_role("button", name="These are their own words"))
    expect(hands.page.locator(".turns li")).to_contain_text("Ingrid Maro")
    assert words_of_the_turn() == text("speech").strip()
    hands.select("I will not sign a budget that cuts this line.")
    hands.key("n")
    card = hands.card("I will not sign")
    expect(card).to_contain_text("Direct quotation")
    hands.accept(card)
    accepted(hands, "I will not sign")
    statement = Statement.objects.get()
    assert (statement.speaker.name, statement.form) == ("Ingrid Maro", "direct")
    assert statement.text == "I will not sign a budget that cuts this line."
    hands.select("We must keep the fare below three dollars.")
    hands.key("p")
    card = hands.page.locator(".card.proposal")
    hands.type(card.get_by_label("Title"), "Keep the fare below three dollars")
    hands.click(card.get_by_label("Ingrid Maro"))
    hands.accept(card)
    assert Proposal.objects.get().proposed_by.name == "Ingrid Maro"


def test_paragraphs_of_a_speech_may_be_anothers_turn(bench):
    hands = bench(text=text("speech"), article={"kind": "speech"})
    hands.select("Tonight I ask the county for three things.")
    turn = hands.page.locator(".turns")
    words = turn.get_by_label("Which words")
    expect(words).to_have_value("Tonight I ask the county for three things.")
    turn.get_by_label("Whose words").fill("Ingrid Maro")
    hands.click(turn.get_by_role("button", name="These are their own words"))
    expect(hands.page.locator(".turns li")).to_contain_text("Ingrid Maro")
    assert words_of_the_turn() == "Tonight I ask the county for three things."


def test_a_press_release_with_a_numbered_list(bench):
    hands = bench(text=text("press_release"), article={"kind": "press_release"})
    hands.accept(hands.card("We have prayed"))
    accepted(hands, "We have prayed")
    card = hands.page.locator(".card.list")
    hands.type(card.get_by_label("Title of the list"), "The plan for dry years")
    issuer = card.get_by_label("Issued by").or_(card.get_by_label("Somebody else"))
    hands.type(issuer, "Orchard Valley Water District")
    hands.type(card.get_by_label("Addressed to"), "State Water Agency")
    hands.accept(card)
    expect(hands.page.locator(".card.list")).to_have_attribute("data-state", "accepted")
    issued = ProposalList.objects.get()
    assert issued.issued_by.kind == "organization"
    assert list(
        issued.proposals.order_by("number").values_list("title", flat=True)
    ) == [
        "Pay for half of the new pipes between Orchard and Sable Creek",
        "Measure the groundwater of the valley every month",
        "Let farmers sell the water that they save",
    ]
    hands.type(
        hands.card("that the pipes").get_by_label("Our sentence"),
        "Quill said that a fifth of the water is lost.",
    )
    hands.accept(hands.card("that the pipes"))
    accepted(hands, "that the pipes")
    speakers = Statement.objects.values_list("speaker__name", flat=True)
    assert set(speakers) == {"Marta Quill"}


def test_an_article_in_british_single_marks(bench):
    hands = bench(text=text("british"))
    for words in ("We didn’t listen", "My daughter asked"):
        hands.accept(hands.card(words))
        accepted(hands, words)
    inner = Statement.objects.get(speaker__name="Owen Pritchard")
    assert "“Is it morning already?”" in inner.text
    apology = Statement.objects.get(speaker__name="Nell Ashworth").text
    assert "the neighbours’ letters" in apology
    # the engine takes the mark after “rivals” for an apostrophe
    hands.expand("a gift to our rivals")
    while passages(stored("a gift"))[0] != "a gift to our rivals":
        last = hands.card("a gift to our rivals")
        hands.click(last.get_by_role("button", name="End one word earlier"))
    card = hands.card("a gift to our rivals")
    sentence = "Colby called the decision “a gift to our rivals”."
    hands.type(card.get_by_label("Our sentence"), sentence)
    hands.accept(card)
    accepted(hands, "a gift to our rivals")
    assert Statement.objects.get(form="partial").text == sentence
