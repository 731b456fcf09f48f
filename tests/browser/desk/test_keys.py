"""Everything on the desk is done by keys; the focus is never lost."""

import pytest
from playwright.sync_api import expect

from policies.models import Proposal
from statements.models import Statement
from tests.browser.desk.conftest import passages, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(bench):
    """The words of the card that has the focus."""
    inside = "document.activeElement.closest('.card')?.querySelector('q')?.textContent"
    return bench.page.evaluate(inside)


def status(bench, words):
    expect(bench.page.locator("#status")).to_contain_text(words)


def test_cards_are_accepted_rejected_and_undone(bench):
    hands = bench()
    assert focused(hands) == "We will build it,"
    hands.key("a")
    expect(hands.card("We will build it")).to_have_attribute("data-state", "accepted")
    status(
        hands, "Saved as a draft: Direct quotation “We will build it, …”. Still open: 4"
    )
    assert focused(hands) == "a bridge to nowhere"
    hands.key("r")
    status(hands, "Rejected: Partial quotation “a bridge to nowhere …”. Still open: 3.")
    hands.key("u")
    status(hands, "Undone, and open again")
    hands.key("u")
    expect(hands.card("We will build it")).to_have_attribute("data-state", "open")
    assert not Statement.objects.exists()
    hands.key("u")
    status(hands, "There is nothing to undo.")


def test_j_and_k_walk_through_the_cards_and_the_text(bench):
    hands = bench()
    hands.key("j")
    assert focused(hands) == "a bridge to nowhere"
    expect(hands.page.locator(".run.current")).to_have_text("a bridge to nowhere")
    hands.key("k")
    hands.key("k")
    assert focused(hands) == "We will build it,"


def test_a_card_is_opened_filled_in_and_accepted_while_typing(bench):
    hands = bench()
    hands.key("j")
    hands.key("e")
    card = hands.card("a bridge to nowhere")
    expect(card.get_by_label("Occasion")).to_be_visible()
    assert focused(hands) == "a bridge to nowhere"
    card.get_by_label("Our sentence").focus()
    hands.page.keyboard.type("Reed: “a bridge to nowhere”.")
    hands.key("Escape")
    assert hands.page.evaluate("document.activeElement.className").startswith("card")
    card.get_by_label("Our sentence").focus()
    hands.key("Control+Enter")
    card = hands.card("a bridge to nowhere")
    expect(card).to_have_attribute("data-state", "accepted")
    assert focused(hands) == "that it would cost too much"  # the next that is open
    hands.key("e")
    hands.key("e")
    assert focused(hands) == "that it would cost too much"


def test_a_digit_accepts_with_that_person(bench):
    hands = bench()
    hands.key("j")
    hands.key("j")
    hands.key("j")
    assert focused(hands) == "It is safe,"
    hands.key("a")
    status(hands, "Choose who speaks")
    assert focused(hands) == "It is safe,"
    hands.key("2")  # the card is open now: chooses only
    hands.key("1")
    assert not Statement.objects.exists()
    hands.key("a")
    expect(hands.card("It is safe")).to_have_attribute("data-state", "accepted")
    assert Statement.objects.get().speaker.name == "Cy Park"
    hands.key("u")
    hands.key("2")
    expect(hands.card("It is safe")).to_have_attribute("data-state", "accepted")
    assert Statement.objects.get().speaker.name == "Bo Reed"


def test_split_and_merge_and_their_undoing(bench):
    hands = bench()
    hands.key("s")
    status(hands, "Split in two")
    assert passages(stored("We will build it")) == ["We will build it,"]
    assert focused(hands) == "We will build it,"
    hands.key("u")
    status(hands, "The change is undone")
    expect(hands.page.locator(".card q", has_text="Nobody will")).to_have_count(1)
    both = ["We will build it,", "Nobody will stop us."]
    assert passages(stored("We will build it")) == both
    hands.key("s")
    hands.key("m")
    assert passages(stored("We will build it")) == both
    hands.key("u")
    hands.key("u")
    assert passages(stored("We will build it")) == both


def test_selected_words_become_records_or_join_one(bench):
    hands = bench()
    hands.select("asked the council")
    hands.key("n")
    status(hands, "A new card: Reported, not verbatim “asked the council …”.")
    assert focused(hands) == "asked the council"
    hands.key("Escape")
    hands.select("to build a bridge")
    hands.key("w")
    status(hands, "The words are added")
    assert passages(stored("asked the")) == ["asked the council", "to build a bridge"]
    hands.key("u")
    assert passages(stored("asked the")) == ["asked the council"]
    hands.select("build a bridge")
    hands.key("p")
    hands.page.keyboard.type("Build a bridge")
    hands.key("Control+Enter")
    assert Proposal.objects.get().title == "Build a bridge"


def test_keys_of_words_without_words_say_what_to_do(bench):
    hands = bench()
    for key in ("n", "p", "w"):
        hands.key(key)
        status(hands, "Select some words in the text first.")


def test_the_list_of_keys(bench):
    hands = bench()
    hands.key("?")
    keys = hands.page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    hands.key("a")  # does nothing behind the list
    hands.key("Escape")
    expect(keys).to_be_hidden()
    assert not Statement.objects.exists()
    assert focused(hands) == "We will build it,"


def test_letters_in_a_field_are_letters(bench):
    hands = bench()
    field = hands.card("that it would cost").get_by_label("Our sentence")
    field.press_sequentially("a r e u s m n p w j k ? 1")
    expect(field).to_have_value("a r e u s m n p w j k ? 1")
    assert not Statement.objects.exists()
