"""What a real browser keeps is never older than the archive."""

import pytest
from django.contrib.auth.models import User

from statements.merging import merge, undo
from statements.models import Speaker, Statement
from tests.factories import make_speaker, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def text_at(page, url):
    page.goto(url)
    return page.inner_text("main")


def test_a_browser_sees_publishing_withdrawing_and_reinstating_at_once(
    browser, live_server
):
    page = browser.new_page()  # of its own: a browser complains of a 410
    page.goto(f"{live_server.url}/statements/")
    draft = make_statement(status="draft")
    list_url = page.url
    url = list_url.replace("/statements/", draft.get_absolute_url())
    assert draft.text not in text_at(page, list_url)
    for status in ("published", "withdrawn", "published"):
        Statement.objects.filter(pk=draft.pk).update(status=status)
        is_public = status == "published"
        assert (draft.text in text_at(page, list_url)) is is_public
        assert (draft.text in text_at(page, url)) is is_public
    page.close()


def test_a_browser_forgets_the_redirect_of_a_merge_that_was_undone(open_page):
    kept, other = make_speaker(name="Ana Costa"), make_speaker(name="Ann Costa")
    for speaker in (kept, other):
        make_statement(speaker=speaker)
    page = open_page("/speakers/ann-costa/")
    url = page.url
    assert page.inner_text("h1") == "Ann Costa"
    record = merge(other, kept, User.objects.create(username="edda"))
    page.goto(url)
    assert page.inner_text("h1") == "Ana Costa"
    undo(record)
    page.goto(url)
    assert page.inner_text("h1") == "Ann Costa"
    assert Speaker.objects.filter(merged_into=None, slug="ann-costa").exists()


def test_a_browser_asks_again_with_the_tag_it_was_given(open_page):
    page = open_page("/topics/")
    url = page.url
    tag = page.goto(url).headers["etag"]
    page.goto("about:blank")
    assert page.goto(url).request.all_headers()["if-none-match"] == tag
