"""The desk's part of the editors' guide, whose pictures are taken here: paste, cards,
accept, publish.
"""

import pytest
from playwright.sync_api import expect

from statements.models import Statement
from tests.browser.desk.hands import Hands
from tests.browser.desk.test_fairhaven import ARTICLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "Brandt said that she would vote for the fund on its own."


def picture(editor, name):
    """Takes it without the passing message at the lower edge."""
    editor.page.locator("#status").evaluate("each => each.textContent = ''")
    editor.picture(name)


def test_the_guide_leads_from_a_pasted_text_to_published_records(desk):
    editor = desk("Edda", viewport={"width": 1100, "height": 1300})
    hands = Hands(editor.page)
    page = editor.open("/admin/desk/")
    hands.type("textarea >> nth=0", ARTICLE.read_text())
    hands.click("[name=read]")
    hands.type("#id_headline", "Mayor asks for a freeze on rents")
    hands.type("#id_published_on", "2024-12-11")
    editor.picture("paste")
    hands.click("[name=start]")
    page.wait_for_selector("#desk")
    hands.accept(hands.card("Nobody should"))
    picture(editor, "desk")
    for words in ("the plan will not", "Rents in Fairhaven"):
        hands.click(hands.card(words).get_by_role("button", name="Reject"))
    hands.click(hands.card("Nobody should").locator(".toggle"))
    expect(hands.card("Nobody should").locator(".position")).to_be_visible()
    picture(editor, "card")
    card = hands.card("she would vote")
    hands.type(card.get_by_label("Our sentence"), SENTENCE)
    hands.accept(card)
    hands.click("#content .bar .button")
    editor.picture("checklist")
    hands.click("[name=confirmed]")
    hands.click("button.default")
    expect(page.get_by_text("Readers see")).to_be_visible()
    assert Statement.objects.public().count() == 2
