"""The article's text beside a form, in Chromium."""

import pytest

from tests.desk.records import make_drafts
from tests.editing.forms import change_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BOX = "element => element.getBoundingClientRect().toJSON()"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wide_screen_shows_the_text_at_once_and_a_narrow_one_on_demand(desk, scripts):
    statement = make_drafts()["statement"]
    editor = desk("Edda", java_script_enabled=scripts)
    page = editor.page
    page.set_viewport_size({"width": 1360, "height": 800})
    editor.open(change_url(statement))
    text = page.locator(".beside .words")
    assert text.is_visible()
    assert page.inner_text(".beside mark") == "We will fight,"
    form = page.locator("#statement_form").evaluate(BOX)
    assert text.evaluate(BOX)["left"] > form["right"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert not text.is_visible()
    page.click(".beside summary")
    assert text.is_visible()
    assert (
        text.evaluate(BOX)["bottom"]
        <= page.locator("#statement_form").evaluate(BOX)["top"]
    )


def test_no_field_reaches_into_the_text(desk):
    drafts = make_drafts()
    editor = desk("Edda", viewport={"width": 1360, "height": 800})
    for name in ("statement", "list", "listed", "position"):
        page = editor.open(change_url(drafts[name]))
        left = page.locator(".beside").evaluate(BOX)["left"]
        rights = page.locator(
            "#content-main form :is(input, textarea, select, .select2-container)"
        ).evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
        assert max(rights) <= left, name
