"""A contributor's article goes to review, is taken back, sent back and published."""

import pytest
from playwright.sync_api import expect

from archive.core import roles
from archive.models import Article
from statements.models import Statement
from tests.browser.desk.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "The harbor needs a wall\n\n"
    "Councilwoman Pia Holm spoke at the harbor on Monday. “We have waited ten years,” "
    "Holm said. “That is enough.”\n\n"
    "Merchant Tom Ives did not agree. “It will kill my shop,” Ives said."
)


def start(hands):
    hands.page.goto("/admin/desk/")
    hands.type("textarea >> nth=0", TEXT)
    hands.click("[name=read]")
    hands.type("#id_headline", "The harbor needs a wall")
    hands.type("#id_published_on", "2025-03-04")
    hands.type("#id_outlet", "Harbor Courier")
    hands.type("#id_url", "https://example.org/wall")
    hands.click("[name=start]")
    hands.page.wait_for_selector("#desk")


def submit(page, address):
    page.goto(f"{address}publish/")
    page.get_by_role("button", name="Submit what is ticked").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def statuses():
    records = [*Article.objects.all(), *Statement.objects.order_by("pk")]
    return [each.status for each in records]


def test_a_contributor_submits_takes_back_and_an_editor_sends_back_and_publishes(desk):
    author = desk("Cleo", group=roles.CONTRIBUTOR)
    hands = Hands(author.page)
    start(hands)
    address = f"/admin/desk/{Article.objects.get().uid}/"
    for words in ("We have waited", "It will kill"):
        hands.accept(hands.card(words))
    submit(author.page, address)
    assert statuses() == ["in_review"] * 3
    author.page.get_by_role("button", name="Take back what is ticked").click()
    expect(author.page.locator(".messagelist .success")).to_be_visible()
    assert statuses() == ["draft"] * 3
    submit(author.page, address)

    editor = desk("Edda")
    editor.open(f"{address}preview/")
    expect(editor.page.locator("main")).to_contain_text("It will kill my shop,")
    statement = Statement.objects.get(text__startswith="It will")
    editor.open(f"/admin/statements/statement/{statement.pk}/change/")
    editor.go_on("Send back")
    editor.page.fill("#id_reason", "Say where he spoke.")
    editor.go_on("Send back")
    assert statuses().count("draft") == 1

    author.open("/admin/")
    expect(author.page.get_by_text("Say where he spoke.")).to_be_visible()
    author.open(address)
    card = hands.card("It will kill")
    hands.click(card.locator(".toggle"))
    hands.type(hands.card("It will kill").get_by_label("Occasion"), "At the harbor")
    hands.click(hands.card("It will kill").get_by_role("button", name="Save"))
    submit(author.page, address)

    editor.open(f"{address}publish/")
    editor.page.get_by_role("button", name="Publish what is ticked").click()
    expect(editor.page.get_by_text("Readers see")).to_be_visible()
    assert statuses() == ["published"] * 3
    assert Statement.objects.get(pk=statement.pk).occasion == "At the harbor"
