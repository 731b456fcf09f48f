"""Without JavaScript the desk is a page of plain forms."""

import pytest
from playwright.sync_api import expect

from policies.models import Position, Proposal, ProposalList
from statements.models import Statement
from tests.browser.desk.conftest import passages, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_SCRIPTS = {"java_script_enabled": False}


@pytest.fixture
def hands(bench):
    return bench(**NO_SCRIPTS)


def press(hands, card, name):
    card.get_by_role("button", name=name, exact=True).click()
    hands.page.wait_for_load_state()


def state(hands, words, expected):
    expect(hands.card(words)).to_have_attribute("data-state", expected)


def test_accepting_rejecting_and_undoing(hands):
    press(hands, hands.card("We will build it"), "Accept")
    state(hands, "We will build it", "accepted")
    press(hands, hands.card("a bridge to nowhere"), "Reject")
    state(hands, "a bridge to nowhere", "rejected")
    press(hands, hands.card("a bridge to nowhere"), "Undo")
    press(hands, hands.card("We will build it"), "Undo")
    state(hands, "We will build it", "open")
    assert not Statement.objects.exists()


def test_a_speaker_is_chosen_by_a_button(hands):
    hands.card("It is safe").get_by_role("button", name="Cy Park").click()
    state(hands, "It is safe", "accepted")
    assert Statement.objects.get().speaker.name == "Cy Park"


def test_an_error_is_at_the_card_in_view_with_what_was_typed(hands):
    card = hands.card("that it would cost")
    card.get_by_label("Our sentence").fill("Reed said “too much”.")
    press(hands, card, "Accept")
    card = hands.card("that it would cost")
    assert hands.page.url.endswith(f"#card-{stored('that it would').pk}")
    expect(card.locator(".errorlist")).to_contain_text("without quotation marks")
    expect(card.locator(".errorlist")).to_be_in_viewport()
    expect(card.get_by_label("Our sentence")).to_have_value("Reed said “too much”.")
    card.get_by_label("Our sentence").fill("Reed calls it dear.")
    press(hands, card, "Accept")
    state(hands, "that it would cost", "accepted")
    hands.forget("422")


def test_a_card_is_opened_changed_and_kept_for_later(hands):
    hands.card("that it would cost").locator(".toggle").click()
    card = hands.card("that it would cost")
    card.get_by_label("Our sentence").fill("Some call it dear.")
    card.get_by_label("Form", exact=True).select_option("collective")
    card.get_by_label("Somebody else").fill("several members")
    press(hands, card, "Keep for later")
    card = hands.card("that it would cost")
    expect(card.get_by_label("Somebody else")).to_have_value("several members")
    card.get_by_label("If new").select_option("group")
    press(hands, card, "Accept")
    assert Statement.objects.get().speaker.kind == "group"


def test_ends_are_moved_and_passages_split_merged_added_and_restored(hands):
    hands.card("We will build it").locator(".toggle").click()
    words = "We will build it"
    press(hands, hands.card(words).locator("li").first, "End one word earlier")
    assert passages(stored("We will"))[0] == "We will build it"
    press(hands, hands.card(words), "Split")
    assert passages(stored("We will")) == ["We will build it"]
    hands.card(words).locator(".toggle").click()
    press(hands, hands.card(words), "Merge with the next")
    hands.card(words).locator(".toggle").click()
    press(hands, hands.card(words), "Undo the change of the words")
    press(hands, hands.card(words), "Undo the change of the words")
    press(hands, hands.card(words), "Undo the change of the words")
    whole = ["We will build it,", "Nobody will stop us."]
    assert passages(stored("We will")) == whole
    press(hands, hands.card(words).locator("li").nth(1), "Leave out")
    hands.card(words).get_by_text("Add words of the text").click()
    hands.card(words).get_by_label("Paste them").fill("stop us.”")
    press(hands, hands.card(words), "Add")
    assert passages(stored("We will")) == ["We will build it,", "stop us."]


def test_words_are_pasted_to_make_a_record_or_the_page_says_why_not(hands):
    page = hands.page
    page.get_by_text("Make a record of other words").click()
    page.get_by_label("Words of the text").fill("build a tunnel")
    press(hands, page, "Make a proposal")
    expect(page.locator("#adding .errornote")).to_be_in_viewport()
    page.get_by_label("Words of the text").fill("build a bridge.")
    press(hands, page, "Make a proposal")
    card = hands.card("build a bridge.")
    card.get_by_label("Title").fill("Build a bridge")
    press(hands, card, "Accept")
    assert Proposal.objects.get().title == "Build a bridge"
    hands.forget("422")


def test_a_list_and_a_position(hands):
    card = hands.page.locator(".card.list")
    card.get_by_label("Title of the list").fill("The mayor’s list")
    card.get_by_label("Somebody else").or_(card.get_by_label("Issued by")).fill(
        "Office"
    )
    press(hands, card, "Accept")
    assert ProposalList.objects.get().proposals.count() == 2
    press(hands, hands.card("We will build it"), "Accept")
    hands.card("We will build it").locator(".toggle").click()
    form = hands.card("We will build it").locator(".position")
    form.get_by_label("Stance").select_option("supports")
    press(hands, form, "Add this position")
    form = hands.card("We will build it").locator(".position")
    expect(form.locator(".errorlist").first).to_contain_text("Choose a proposal")
    expect(form.get_by_label("Stance")).to_have_value("supports")
    form.get_by_label("Proposal").select_option(index=1)
    press(hands, form, "Add this position")
    assert Position.objects.get().stance == "supports"
    press(hands, hands.card("We will build it"), "Remove")
    assert not Position.objects.exists()
    hands.forget("422")
