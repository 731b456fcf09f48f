"""Drafts as their public pages will look, for signed-in accounts only; a preview leaves
no trace.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.test import Client

from archive.core import caches
from archive.core.revision import archive_revision
from archive.desk import tryout
from archive.editing.below import records_below
from archive.models import Article, Change, Suggestion
from policies.models import Position, Proposal
from statements.models import Statement
from tests.desk.records import make_drafts, make_suggestion
from tests.factories import make_article, make_speaker, make_statement, make_topic
from tests.public.test_nothing_leaks import addresses, lists, text_of
from tests.rules import sql
from tests.sessions import at_once

pytestmark = pytest.mark.django_db
DRAFT = "ZZdraft"
PAGES = ("article", "statement", "list", "listed", "proposal", "speaker")


def preview_of(drafts, name="article"):
    article, record = drafts["article"], drafts[name]
    return f"/admin/desk/{article.uid}/preview{record.get_absolute_url()}"


def start_of(drafts):
    return f"/admin/desk/{drafts['article'].uid}/preview/"


def body(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_the_article_can_be_previewed(name, editor):
    drafts = make_drafts()
    answer = editor.get(preview_of(drafts, name))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Nobody but signed-in editors can see this page." in text
    assert f"/admin/desk/{drafts['article'].uid}/" in text
    assert Client().get(drafts[name].get_absolute_url()).status_code == 404


def test_the_preview_is_the_public_page_with_a_banner(editor):
    drafts = make_drafts()
    shown = body(editor, start_of(drafts))
    for record in (*(drafts[name] for name in PAGES if name != "speaker"),):
        type(record).objects.filter(pk=record.pk).update(status="published")
    Position.objects.update(status="published")
    public = body(Client(), drafts["article"].get_absolute_url())
    # a preview has no share card
    own = [line for line in public.splitlines() if not re.search("href=|:image", line)]
    missing = [line for line in own if line.strip() and line not in shown]
    assert [line for line in missing if "value=" not in line] == []


def test_a_link_to_a_previewed_record_leads_to_its_preview_and_others_do_not(editor):
    drafts = make_drafts()
    article = body(editor, start_of(drafts))
    for name in ("statement", "speaker"):
        assert f'href="{preview_of(drafts, name)}' in article, name
        assert f'href="{drafts[name].get_absolute_url()}' not in article, name
    assert 'href="/statements/"' in article
    assert f'href="{preview_of(drafts)}' in body(
        editor, preview_of(drafts, "statement")
    )


def test_switching_the_theme_stays_in_the_preview(editor):
    drafts = make_drafts()
    assert f'name="next" value="{preview_of(drafts)}' in body(editor, start_of(drafts))
    editor.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in body(editor, start_of(drafts))


def test_a_parameter_of_the_page_is_passed_on(editor):
    drafts = make_drafts()
    page = f"{start_of(drafts)}?speaker={drafts['speaker'].slug}"
    assert editor.get(page).status_code == 200


def test_what_cannot_be_published_is_left_out_and_named_with_the_reason(editor):
    drafts = make_drafts()
    make_statement(article=drafts["article"], passages=False, status="draft")
    back = make_statement("And we win.", article=drafts["article"])
    Statement.objects.filter(pk=back.pk).update(status="draft")
    text = body(editor, start_of(drafts))
    assert "2 records are left out" in text
    assert "A published statement needs its passage." in text
    assert "reinstate it, with a public note" in text


def test_an_article_that_cannot_be_published_says_why(editor):
    article = Article.objects.create(headline="H", status="withdrawn")
    answer = editor.get(f"/admin/desk/{article.uid}/preview/")
    assert answer.status_code == 404
    assert "there is no page to show" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["statements/", "admin/", "search/", "articles.csv", "x", "healthz", "%00"]
)
def test_no_other_page_is_previewed(path, editor):
    drafts = make_drafts()
    assert editor.get(f"{start_of(drafts)}{path}").status_code in (400, 404)


def test_a_record_of_another_article_is_not_previewed(editor):
    drafts, other = make_drafts(), make_statement(status="draft")
    hidden = make_statement(article=make_article(status="draft"))
    for each in (other, hidden):
        path = f"{start_of(drafts)}{each.get_absolute_url()[1:]}"
        assert editor.get(path).status_code == 404


def test_suggestions_are_on_no_preview(editor):
    drafts = make_drafts()
    make_suggestion(drafts["article"], "taxes", values={"text": "zzsuggested"})
    assert "zzsuggested" not in body(editor, start_of(drafts))
    assert Suggestion.objects.open().count() == 1


def test_a_preview_is_stored_nowhere_found_by_no_search_and_gives_no_address_away(
    editor,
):
    drafts = make_drafts()
    for path in (start_of(drafts), preview_of(drafts, "statement")):
        answer = editor.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "ETag" not in answer.headers
        assert "<style" not in answer.content.decode()


def test_the_link_gives_nobody_a_right(client):
    drafts = make_drafts()
    for path in (start_of(drafts), preview_of(drafts, "statement")):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/login/")
    client.force_login(User.objects.create_user("Nina", is_staff=True))
    answer = client.get(start_of(drafts))
    assert answer.status_code == 403
    assert DRAFT not in answer.content.decode()
    client.force_login(User.objects.create_user("Rita"))
    assert client.get(start_of(drafts)).status_code == 302


def test_a_contributor_previews_too(contributor):
    drafts = make_drafts()
    assert contributor.get(start_of(drafts)).status_code == 200


def test_a_post_previews_nothing(editor):
    assert editor.post(start_of(make_drafts())).status_code == 405


def test_the_previewed_page_is_made_for_an_anonymous_reader(editor):
    text = body(editor, start_of(make_drafts()))
    assert "Edda" not in text
    assert "csrfmiddlewaretoken" not in text


def everything():
    """All that is stored, except what tells that somebody signed in."""
    tables = sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND tablename NOT IN ('auth_user', 'django_session')"
    )
    return {
        table: sql(
            f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t"
        )
        for (table,) in tables
    }


def public_texts(client):
    """The answers of every public address, and of every list asked for the words."""
    paths = [*addresses(), *(f"{path}?q={DRAFT}" for path, _filters in lists())]
    for path in paths:
        if path in ("/healthz", "/report/"):  # they tell the time
            continue
        answer = client.get(path)
        yield path, answer.status_code, text_of(answer)


def hides(texts):
    """Whether no text has a word of the drafts; a query is repeated as it was asked."""
    return not any(DRAFT in text for path, _status, text in texts if "?q=" not in path)


def test_after_a_preview_nothing_in_the_database_is_different(editor):
    drafts = make_drafts()
    before, revision = everything(), archive_revision()
    newest = Change.objects.count()
    for name in PAGES:
        editor.get(preview_of(drafts, name))
    assert everything() == before
    assert Change.objects.count() == newest
    assert archive_revision() == revision


def test_after_a_preview_no_public_page_file_count_or_cache_has_a_word_of_it(
    editor, reindex
):
    public = make_statement("And we win.", speaker=make_speaker(name="Ann Lee"))
    public.topics.add(make_topic(name="Taxes"))
    drafts = make_drafts()
    drafts["statement"].topics.add(*public.topics.all())
    reindex()
    reader = Client()
    before = list(public_texts(reader))
    caches.clear_all()
    for name in PAGES:
        assert editor.get(preview_of(drafts, name)).status_code == 200
    after = list(public_texts(reader))
    assert hides(after)
    assert [line[:2] for line in after] == [line[:2] for line in before]
    assert after == before


def test_nothing_read_in_a_try_out_is_put_into_a_cache_or_taken_from_one():
    drafts = make_drafts()
    records = [drafts["article"], *records_below(drafts["article"])]

    def count():
        return caches.by_revision("statements", Statement.objects.public().count)

    assert count() == 0
    with tryout.published(records):
        assert count() == 1
    assert count() == 0


@pytest.mark.django_db(transaction=True)
def test_nobody_else_sees_a_draft_while_it_is_previewed():
    drafts = make_drafts()
    article = drafts["article"]
    seen = []

    def read():
        seen.extend(public_texts(Client()))
        connections.close_all()

    with tryout.published([article, *records_below(article)]):
        assert Proposal.objects.public().count() == 2
        assert at_once(read) == []
    assert at_once(read) == []
    assert len(seen) > 40
    assert hides(seen)
    assert not Proposal.objects.public().exists()


@pytest.mark.django_db(transaction=True)
def test_a_hook_for_the_commit_does_not_run_after_a_preview(editor):
    ran = []
    drafts = make_drafts()
    with tryout.published([drafts["article"]]):
        transaction.on_commit(lambda: ran.append(1))
    editor.get(start_of(drafts))
    assert ran == []


@pytest.mark.django_db(transaction=True)
def test_an_error_on_the_page_rolls_the_try_out_back():
    article = make_drafts()["article"]
    with pytest.raises(ZeroDivisionError), tryout.published([article]):
        raise ZeroDivisionError
    assert not Article.objects.public().exists()


@pytest.mark.django_db(transaction=True)
def test_editors_go_on_right_after_a_preview(editor):
    drafts = make_drafts()
    editor.get(start_of(drafts))
    assert sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [(0,)]
