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


def test_the_guide_leads_from_a_pasted_text_to_published_records(desk):
    editor = desk("Edda", viewport={"width": 1100, "height": 800})
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
    editor.picture("desk")
    card = hands.card("she would vote")
    hands.type(card.get_by_label("Our sentence"), SENTENCE)
    hands.accept(card)
    hands.click(hands.card("she would vote").locator(".toggle"))
    expect(hands.card("she would vote").locator(".position")).to_be_visible()
    page.locator("#status").evaluate("each => each.textContent = ''")
    hands.card("she would vote").evaluate("each => each.scrollIntoView()")
    editor.picture("card")
    hands.click("#content .bar .button")
    editor.picture("checklist")
    hands.click("[name=confirmed]")
    hands.click("button.default")
    expect(page.get_by_text("Readers see")).to_be_visible()
    assert Statement.objects.public().count() == 2
