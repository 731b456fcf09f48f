"""What is typed on the desk is saved, whatever happens and whoever else works there."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from statements.models import Statement
from tests.browser.desk.conftest import stored
from tests.browser.editing.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COST = "that it would cost"


def sentence(bench, words=COST):
    return bench.card(words).get_by_label("Our sentence")


def saved(bench):
    expect(bench.page.locator("#saved.allSaved")).to_be_visible()


def test_what_was_typed_is_there_after_the_browser_was_closed_at_once(bench):
    first = bench()
    sentence(first).press_sequentially("Reed calls it dear.")
    first.page.close(run_before_unload=True)
    first.page = first.desk.context.new_page()
    first.page.wait_for_timeout(1500)
    first.open()
    expect(sentence(first)).to_have_value("Reed calls it dear.")


def test_what_was_typed_while_signed_out_is_saved_after_signing_in_elsewhere(bench):
    first = bench()
    Session.objects.all().delete()
    sentence(first).fill("Reed calls it dear.")
    expect(first.page.locator("#trouble")).to_contain_text("You are signed out")
    expect(first.page.locator("#saved")).to_have_text("Not everything is saved yet.")
    other = first.desk.context.new_page()
    other.goto("/admin/login/")
    other.fill("#id_username", "Edda")
    other.fill("#id_password", PASSWORD)
    other.click("#login-form [type=submit]")
    other.wait_for_url("**/admin/")
    expect(first.page.locator("#trouble")).to_be_hidden()
    saved(first)
    assert stored(COST).values["text"] == "Reed calls it dear."
    first.accept(first.card(COST))  # with the token of the new session
    expect(first.card(COST)).to_have_attribute("data-state", "accepted")
    first.forget("403")


def test_what_was_typed_without_a_connection_is_saved_when_it_is_back(bench):
    first = bench()
    first.desk.context.set_offline(True)
    sentence(first).fill("Reed calls it dear.")
    expect(first.page.locator("#trouble")).to_contain_text("There is no connection")
    first.accept(first.card(COST))
    expect(first.card(COST)).to_have_attribute("data-state", "open")
    expect(sentence(first)).to_have_value("Reed calls it dear.")
    first.desk.context.set_offline(False)
    saved(first)
    expect(first.page.locator("#trouble")).to_be_hidden()
    assert stored(COST).values["text"] == "Reed calls it dear."
    assert not Statement.objects.exists()
    first.forget("ERR_INTERNET_DISCONNECTED")


def test_the_form_of_a_position_is_there_after_the_page_is_loaded_again(bench):
    first = bench()
    first.accept(first.card("We will build it"))
    card = first.expand("We will build it")
    card.get_by_label("Rationale").fill("“We will build it”")
    card.get_by_label("Stance").select_option("supports")
    saved(first)
    first.open()
    card = first.expand("We will build it")
    expect(card.get_by_label("Rationale")).to_have_value("“We will build it”")
    expect(card.get_by_label("Stance")).to_have_value("supports")


def test_what_another_person_decides_appears_and_takes_nothing_away(bench):
    first, second = bench("Edda"), bench("Sean")
    field = sentence(first)
    field.press_sequentially("Reed calls ")
    second.accept(second.card("We will build it"))
    expect(first.card("We will build it")).to_have_attribute("data-state", "accepted")
    expect(first.card("We will build it")).to_contain_text("changed by Sean")
    expect(first.page.locator("#counts")).to_contain_text("1 accepted")
    first.page.keyboard.type("it dear.")
    expect(field).to_have_value("Reed calls it dear.")
    saved(first)
    expect(sentence(second)).to_have_value("Reed calls it dear.")
    second.key("r")
    second.click(second.card(COST).get_by_role("button", name="Reject"))
    expect(first.card(COST)).to_have_attribute("data-state", "rejected")
    assert stored(COST).values["text"] == "Reed calls it dear."


def test_two_people_in_one_card_see_each_others_fields(bench):
    first, second = bench("Edda"), bench("Sean")
    mine, theirs = first.expand(COST), second.expand(COST)
    theirs.get_by_label("Occasion").fill("A meeting")
    sentence(first).press_sequentially("Reed calls")
    expect(mine.get_by_label("Occasion")).to_have_value("A meeting")
    first.page.keyboard.type(" it dear.")  # the caret has stayed in the field
    expect(sentence(first)).to_have_value("Reed calls it dear.")
    expect(sentence(second)).to_have_value("Reed calls it dear.")


def test_two_people_in_one_field_are_both_told_and_either_text_can_be_had(bench):
    first, second = bench("Edda"), bench("Sean")
    first.desk.context.set_offline(True)
    sentence(first).fill("Edda’s words.")
    sentence(second).fill("Sean’s words.")
    saved(second)
    first.desk.context.set_offline(False)
    note = first.card(COST).locator(".theirs")
    expect(note).to_contain_text("Sean wrote “Sean’s words.” here at the same time.")
    expect(sentence(first)).to_have_value("Edda’s words.")
    expect(sentence(second)).to_have_value("Edda’s words.")
    replaced = second.card(COST).locator(".theirs")
    expect(replaced).to_contain_text("You had written “Sean’s words.”")
    second.click(replaced.get_by_role("button", name="Write these words instead"))
    expect(sentence(first)).to_have_value("Sean’s words.")
    assert stored(COST).values["text"] == "Sean’s words."
    first.forget("ERR_INTERNET_DISCONNECTED")


def test_a_card_that_somebody_changed_is_looked_at_before_it_is_accepted(bench):
    first, second = bench("Edda"), bench("Sean")
    first.desk.context.set_offline(True)  # so that the change is not yet seen
    card = second.expand("We will build it")
    card.get_by_label("Occasion").fill("A rally")
    saved(second)
    first.desk.context.set_offline(False)
    card = first.card("We will build it")
    card.get_by_role("button", name="Accept a").click()
    expect(card.or_(card.locator(".errorlist")).first).to_be_visible()
    assert not Statement.objects.filter(occasion="").exists()
    first.forget("ERR_INTERNET_DISCONNECTED")
