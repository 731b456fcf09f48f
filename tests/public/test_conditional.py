"""What browsers and caches may keep: nothing without asking, and 304 while nothing that
a page reads has changed.
"""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.devtools.page_types import pages
from archive.ingest import load_seed
from archive.pages import conditional
from archive.search import SearchIndex, Unavailable
from archive.serving import indexing
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_speaker, make_statement
from tests.rules import sql

pytestmark = pytest.mark.django_db
FILES = ["/positions.csv", "/compare.csv", "/corrections.atom", "/sitemap.xml"]
# A reader's search in vain is written, never read; the log itself is the revision; the
# identifier of the feed never changes.
NOT_LOGGED = {"archive_failedsearch", "archive_change", "archive_setting"}


def get(path, tag="", **cookies):
    client = Client()
    client.cookies.load(cookies)
    return client.get(path, headers={"If-None-Match": tag} if tag else {})


def tag_of(path, **cookies):
    response = get(path, **cookies)
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in response.headers["Vary"]
    return response.headers["ETag"]


@pytest.mark.parametrize("path", ["/", "/statements/?q=bridge", "/about/", *FILES])
def test_what_has_not_changed_is_a_304_without_its_rows(path, reindex):
    make_statement()
    reindex()
    tag = tag_of(path)
    assert re.fullmatch('"[0-9a-f]{32}"', tag)
    with CaptureQueriesContext(connection) as queries:
        response = get(path, tag)
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == tag
    assert response.headers["Cache-Control"] == "no-cache"
    assert [q["sql"] for q in queries if "statements_statement" in q["sql"]] == []
    assert len(queries) <= 2


def test_a_change_of_what_readers_see_changes_the_tag(reindex):
    statement = make_statement()
    before = tag_of("/statements/")
    statement.occasion = "In an interview"
    statement.save()
    assert get("/statements/", before).status_code == 200


def test_a_page_differs_by_address_theme_index_day_and_code(monkeypatch, reindex):
    make_statement()
    tags = [tag_of("/"), tag_of("/?a=1"), tag_of("/topics/"), tag_of("/", theme="dark")]
    make_speaker(name="Nobody quotes her yet")
    tags.append(tag_of("/"))
    indexing.rebuild()
    tags.append(tag_of("/"))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(conditional, "_today", lambda: tomorrow)
    tags.append(tag_of("/"))
    monkeypatch.setattr(conditional, "_code", lambda: "newer")
    tags.append(tag_of("/"))
    assert len(set(tags)) == len(tags)


def test_an_answer_in_place_of_the_index_has_no_tag(reindex, monkeypatch):
    make_statement()
    reindex()
    tag = tag_of("/statements/?q=bridge")
    with monkeypatch.context() as fault:
        fault.setattr(SearchIndex, "reading", broken)
        for path in ("/statements/?q=a", "/search/?q=a", "/statements.csv?q=a"):
            assert "ETag" not in get(path).headers, path
    assert tag_of("/statements/?q=bridge") == tag


def broken(_index):
    raise Unavailable("a passing fault")


def test_a_page_that_looked_for_a_likely_word_has_no_tag(reindex):
    """The list of words is a minute old, whatever the index holds."""
    make_statement()
    reindex()
    assert "ETag" in get("/statements/?q=bridge").headers
    assert "ETag" not in get("/statements/?q=brigde").headers
    assert "ETag" not in get("/search/?q=brigde").headers


def test_an_editor_gets_no_tag_and_nothing_that_others_may_keep():
    editor = signed_in(make_account("Edda", "Editor"))
    response = editor.get("/", headers={"If-None-Match": tag_of("/")})
    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/report/?record=x", "/admin/login/", "/healthz"])
def test_a_page_with_a_token_or_of_this_moment_has_no_tag(path):
    assert "ETag" not in get(path).headers


def test_a_post_has_no_tag():
    assert "ETag" not in Client().post("/theme/", {"theme": "dark"}).headers


def test_a_redirect_a_404_and_a_410_are_asked_for_again():
    statement = make_statement()
    merged = make_speaker(name="Old", merged_into=make_speaker(name="New"))
    make_statement(speaker=merged.merged_into)
    gone = make_statement()
    gone.status = "withdrawn"
    gone.save()
    seen = {
        path: get(path)
        for path in (
            f"/id/{statement.uid}/",
            merged.get_absolute_url(),
            gone.get_absolute_url(),
            "/nowhere/",
            "/about",
        )
    }
    assert [r.status_code for r in seen.values()] == [302, 301, 410, 404, 301]
    assert {r.headers["Cache-Control"] for r in seen.values()} == {"no-cache"}
    assert all("ETag" not in r.headers for r in seen.values())


def test_every_table_that_a_page_reads_is_in_the_change_log():
    load_seed()
    paths = [*(page.address for page in pages()), *FILES]
    with CaptureQueriesContext(connection) as queries:
        for path in paths:
            get(path)
    tables = r'"((?:archive|statements|policies|auth|django)_\w+)"'
    read = {name for q in queries for name in re.findall(rf"{tables}\.", q["sql"])}
    assert "statements_statementpassage" in read
    assert read - NOT_LOGGED - logged() == set()


def logged():
    """Tables whose triggers write to the change log."""
    rows = sql(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE p.prosrc ~ 'INSERT INTO archive_change'"
    )
    return {name for (name,) in rows}


@pytest.mark.parametrize("name", ["static/site.css", "requirements/run.txt"])
def test_the_tag_names_what_a_page_links_and_what_renders_it(name):
    files = {path for each in conditional.CODE for path in settings.BASE_DIR.glob(each)}
    assert settings.BASE_DIR / name in files
