"""The preview and the publish page in Chromium: usable on a telephone, by any theme."""

import pytest
from django.contrib.auth.models import User

from archive.devtools import programs
from policies.models import Position
from tests.browser.quality.test_every_page import RULES, RUN
from tests.desk.records import make_drafts, make_suggestion
from tests.factories import make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(editor, path):
    """What axe and the width complain about, on every screen and in every theme."""
    axe = (programs.node_modules() / "axe-core" / "axe.min.js").read_text()
    for theme in ("light", "dark"):
        editor.page.emulate_media(color_scheme=theme)
        page = editor.open(path)
        assert editor.complaints == []
        page.evaluate(axe)
        for width in (390, 1360):
            page.set_viewport_size({"width": width, "height": 800})
            yield from page.evaluate(RUN, RULES[theme])
            if page.evaluate(WIDER) > 0:
                yield f"wider than {width} px"
        editor.complaints.clear()  # axe tries inline styles


def addresses(drafts):
    desk = f"/admin/desk/{drafts['article'].uid}/"
    statement = drafts["statement"].get_absolute_url()
    return [f"{desk}publish/", f"{desk}preview/", f"{desk}preview{statement}"]


@pytest.mark.parametrize("number", range(3))
def test_the_pages_are_accessible_and_fit_their_screen(desk, number):
    drafts = make_drafts(excerpt_limit=40)
    make_statement(article=drafts["article"], passages=False, status="draft")
    make_suggestion(drafts["article"], "And we win.")
    Position.objects.update(
        basis="inferred",
        rationale="“We” is Lee.",
        recorded_by=User.objects.create_user("Otto"),
    )
    found = list(violations(desk("Edda"), addresses(drafts)[number]))
    assert not found, "\n".join(found)


def test_a_link_opens_the_preview_as_wide_as_a_telephone(desk):
    drafts = make_drafts()
    editor = desk("Edda")
    page = editor.open(addresses(drafts)[1])
    with editor.context.expect_page() as opened:
        page.click("text=At phone width")
    window = opened.value
    window.wait_for_load_state()
    assert window.url == page.url
    assert window.evaluate("outerWidth") <= 420
    assert window.evaluate("opener") is None


def test_without_scripts_there_is_no_such_link_and_the_rest_works(desk):
    drafts = make_drafts()
    editor = desk("Edda", java_script_enabled=False)
    page = editor.open(addresses(drafts)[1])
    assert not page.get_by_text("At phone width").is_visible()
    page.click("text=The statement >> nth=0")
    assert f"/preview{drafts['statement'].get_absolute_url()}" in page.url
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish what is ticked").click()
    assert "Everything recorded from this article is public." in page.inner_text("main")
