"""Pages of readers without an account come from a cache, and never one that differs
from what the archive would answer.
"""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from archive.core.publishing import Status
from archive.pages import page_cache
from archive.pages.page_cache import Page, PageCache
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_speaker, make_statement

pytestmark = pytest.mark.django_db
DAYS = "/statements/"


@pytest.fixture(autouse=True)
def _empty():
    page_cache.pages.clear()


def get(path, headers=None, **cookies):
    client = Client()
    client.cookies.load(cookies)
    return client.get(path, headers=headers or {})


def kept():
    return len(page_cache.pages._pages)


def test_a_page_made_before_is_served_without_its_rows(reindex):
    make_statement()
    reindex()
    first = get(DAYS)
    with CaptureQueriesContext(connection) as queries:
        again = get(DAYS)
    assert again.content == first.content
    assert again.headers == first.headers
    assert len(queries) <= 2
    assert [q for q in queries if "statements_statement" in q["sql"]] == []


def test_host_address_and_theme_have_pages_of_their_own(reindex):
    make_statement()
    reindex()
    with override_settings(ALLOWED_HOSTS=["a.example", "b.example"]):
        for headers in ({"host": "a.example"}, {"host": "b.example"}):
            assert headers["host"] in get(DAYS, headers).content.decode()
            assert headers["host"] in get(DAYS, headers).content.decode()
        dark = get(DAYS, {"host": "a.example"}, theme="dark").content.decode()
    assert 'data-theme="dark"' in dark
    assert kept() == 3


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "other"])
def test_a_reader_with_another_cookie_neither_takes_nor_leaves_a_page(name, reindex):
    make_statement()
    reindex()
    get(DAYS, **{name: "x" * 32})
    assert kept() == 0
    tag = get(DAYS).headers["ETag"]
    page_cache.pages.clear()
    page_cache.pages.put(tag, Page(b"kept", ()))
    assert get(DAYS).content == b"kept"
    assert get(DAYS, **{name: "x" * 32}).content != b"kept"


def test_an_editors_page_is_never_kept(reindex):
    make_statement()
    reindex()
    signed_in(make_account("Edda", "Editor")).get(DAYS)
    assert kept() == 0


@pytest.mark.parametrize(
    "path", ["/report/?record=x", "/admin/login/", "/healthz", "/nowhere/", "/about"]
)
def test_a_page_with_a_token_of_this_moment_or_of_an_error_is_not_kept(path):
    get(path)
    assert kept() == 0


def test_a_file_and_a_search_in_vain_are_not_kept(reindex):
    make_statement()
    reindex()
    b"".join(get("/statements.csv").streaming_content)
    for _ in range(2):
        get("/statements/?q=zzzznowhere")
    assert kept() == 0


def test_the_pages_used_last_are_kept_up_to_a_number_of_bytes():
    pages = PageCache(most=3 * 1_100)
    for tag in "abc":
        pages.put(tag, Page(b"x" * 100, ()))
    pages.get("a")
    pages.put("d", Page(b"x" * 100, ()))
    assert [tag for tag in "abcd" if pages.get(tag)] == ["a", "c", "d"]
    assert pages.size <= pages.most


@pytest.mark.django_db(transaction=True)
def test_no_page_shows_what_was_withdrawn_before_it_was_asked_for(reindex):
    """Readers ask while statements are withdrawn one after the other."""
    speaker = make_speaker()
    statements = [make_statement(speaker=speaker) for _ in range(12)]
    page = speaker.get_absolute_url()
    make_statement(speaker=speaker)
    reindex()
    gone, wrong, done = [], [], threading.Event()

    def read():
        while not done.is_set():
            before = list(gone)
            text = get(page).content.decode()
            wrong.extend(words for words in before if words in text)
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for statement in statements:
        statement.status = Status.WITHDRAWN
        statement.save()
        gone.append(statement.get_absolute_url())
    done.set()
    for reader in readers:
        reader.join()
    assert len(gone) == len(statements)
    assert wrong == []
    assert get(page).content == get(page).content
    assert kept() > 1
