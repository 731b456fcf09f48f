"""The two pages of the intake in Chromium: keys, screens, themes, no script."""

import pytest

from archive.core import roles
from archive.devtools import programs
from archive.models import Article
from tests.browser.quality.test_every_page import RULES, RUN
from tests.desk.pages import DESK, PAGE, TEXT
from tests.factories import make_article, make_outlet

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WRONG = TEXT.encode().decode("windows-1252", errors="ignore")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_an_article_is_started_by_keys_alone(desk):
    page = desk("Cleo", roles.CONTRIBUTOR).open(DESK)
    page.keyboard.insert_text(PAGE)  # the big field has the focus
    for key in ("Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("h1:has-text('Describe the article')")
    page.focus("#id_headline")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/desk/*/")
    assert Article.objects.get().headline == "Mayor asks for rent freeze"


def test_an_article_is_started_without_scripts(desk):
    page = desk("Edda", java_script_enabled=False).open(DESK)
    page.fill("#id_pasted", TEXT)
    page.click("[name=read]")
    page.fill("#id_headline", "Rent freeze")
    page.click("[name=start]")
    assert "Rent freeze" in page.inner_text("h1")


def test_enter_in_a_field_starts_and_does_not_mend(desk):
    page = desk("Edda").open(DESK)
    page.fill("#id_pasted", WRONG)
    page.click("[name=read]")
    page.fill("#id_headline", "Rent freeze")
    page.press("#id_headline", "Enter")
    page.wait_for_url("**/admin/desk/*/")
    assert "â€œ" in Article.objects.get().latest_version.text


def states(page):
    """Shows each state of the two pages, one after the other."""
    page.goto(DESK)
    yield "the first page"
    page.click("[name=read]")
    yield "the first page with an error"
    page.fill("#id_pasted", PAGE)
    page.click("[name=read]")
    yield "what a page tells"
    page.goto(DESK)
    page.fill("#id_pasted", WRONG)
    page.click("[name=read]")
    yield "a text that is wrong and known"
    page.fill("#id_outlet", "Fairhaven Gazete")
    page.click("[name=start]")
    yield "a start that was stopped"
    page.check("#id_confirmed")
    page.click("[name=start]")
    yield "errors at their fields"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_pages_fit_every_screen_and_axe_finds_nothing(desk, theme):
    make_outlet(name="The Fairhaven Gazette")
    make_article(TEXT, headline="Another draft with the same text", status="draft")
    axe = (programs.node_modules() / "axe-core" / "axe.min.js").read_text()
    editor, problems = desk("Edda", color_scheme=theme), []
    page = editor.page
    for state in states(page):
        assert editor.complaints == []
        page.evaluate(axe)
        for width in (390, 1360):
            page.set_viewport_size({"width": width, "height": 800})
            problems += [
                f"{state}: {each}" for each in page.evaluate(RUN, RULES[theme])
            ]
            if page.evaluate(WIDER) > 0:
                problems.append(f"{state}: wider than {width} px")
        editor.complaints.clear()  # axe tries inline styles
    assert not problems, "\n".join(problems)
