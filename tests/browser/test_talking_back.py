"""What a reader does besides reading: report a mistake, choose a theme."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from archive.models import Report
from archive.pages import reports
from statements.models import Statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def background(page):
    """The colour behind the page, once a page that is still arriving has a body."""
    return page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")


def test_a_mistake_is_reported_from_a_record_without_scripts(open_page, monkeypatch):
    cache.clear()
    monkeypatch.setattr(reports, "MIN_SECONDS", -1)
    page = open_page("/about/", 390, scripts=False)
    statement = Statement.objects.public().first()
    page.goto(page.url.replace("/about/", statement.get_absolute_url()))
    page.get_by_role("link", name="Report a mistake").click()
    page.get_by_label("How do you know?").fill("The minutes")
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(page.get_by_label("Your e-mail address")).to_have_accessible_description(
        re.compile("Enter a valid email")
    )
    page.get_by_label("What is wrong?").fill("The date.")
    page.get_by_label("Your e-mail address").fill("ann@example.org")
    expect(page.get_by_label("Leave this empty")).not_to_be_visible()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Report.objects.values_list("record_uid", "note", "source").get() == (
        statement.uid,
        "The date.",
        "The minutes",
    )


@pytest.mark.parametrize(
    ("system", "offered"), [("light", "Dark theme"), ("dark", "Light theme")]
)
def test_the_theme_is_switched_remembered_and_given_back_to_the_system(
    open_page, system, offered
):
    page = open_page("/statements/?form=direct", theme=system, scripts=False)
    before, here = background(page), page.url
    assert page.locator(".theme button:visible").count() == 1
    with page.expect_navigation():
        page.get_by_role("button", name=offered).click()
    expect(page.get_by_role("button", name="Use system theme")).to_be_visible()
    assert (background(page) != before, page.url) == (True, here)
    page.get_by_role("link", name="About", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How we record positions")
    assert background(page) != before
    with page.expect_navigation():
        page.get_by_role("button", name="Use system theme").click()
    assert background(page) == before
    page.emulate_media(color_scheme="dark" if system == "light" else "light")
    assert background(page) != before
