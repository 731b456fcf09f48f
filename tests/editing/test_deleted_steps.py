"""What is done with a record that somebody has deleted meanwhile is answered in words:
what was deleted, by whom, and where to go on.
"""

import html
import re

import pytest

from statements.models import Speaker, Statement
from tests.editing.forms import change_url, page_url
from tests.factories import (
    make_article,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db
STEP = "/admin/statements/statement/step"


def texts(answer):
    return html.unescape(re.sub(r"<[^>]*>|\s+", " ", answer.content.decode()))


def delete(editor, record):
    answer = editor.post(page_url(record, "delete"), {"post": "yes"})
    assert answer.status_code == 302, texts(answer)
    assert not type(record).objects.filter(pk=record.pk).exists()


def says_so(answer, *words):
    assert answer.status_code == 404
    page = texts(answer)
    assert "This record no longer exists" in page
    for word in ("was deleted by ", *words):
        assert word in page, word
    assert 'href="/admin/"' in answer.content.decode()


@pytest.mark.parametrize("step", ["submit", "recall", "send_back", "publish"])
def test_a_step_with_a_deleted_draft_says_who_deleted_it(editor, second, step):
    statement = make_statement("We will fight,", status="draft")
    delete(editor, statement)
    key = f"statements.statement:{statement.pk}"
    says_so(second.get(f"{STEP}/{step}/?record={key}"), "We will fight,")
    sent = {"record": key, "taken": "1", "reason": "So."}
    answer = second.post(f"{STEP}/{step}/", sent)
    says_so(answer, "We will fight,")
    assert 'href="/admin/statements/statement/"' in answer.content.decode()


def test_a_step_with_others_names_the_one_that_is_left_out(editor, second):
    gone, left = (make_statement(status="in_review") for _ in range(2))
    delete(editor, gone)
    keys = [f"statements.statement:{record.pk}" for record in (gone, left)]
    shown = second.get(f"{STEP}/send_back/", {"record": keys})
    assert "was deleted by " in texts(shown)
    sent = {"record": keys, "taken": "1", "reason": "Shorter."}
    after = second.post(f"{STEP}/send_back/", sent, follow=True)
    assert "was deleted by " in texts(after)
    assert Statement.objects.get().status == "draft"


@pytest.mark.parametrize("page", ["change", "history", "delete", "new_version"])
def test_every_page_of_a_deleted_article_says_so(editor, second, page):
    article = make_article(headline="Of bridges", status="draft")
    url = page_url(article, page)
    assert second.get(url).status_code == 200
    article.versions.all().delete()
    delete(editor, article)
    says_so(answer := second.get(url), "Of bridges")
    assert "Perhaps it was deleted?" not in texts(answer)  # nothing is said twice


def test_merging_a_deleted_speaker_says_so(editor, second):
    speaker, other = make_speaker(name="Ann Lee"), make_speaker(name="Anne Lee")
    url = page_url(speaker, "merge")
    delete(editor, speaker)
    says_so(second.get(url), "Ann Lee")
    says_so(second.post(url, {"into": other.pk, "merge": "1"}), "Ann Lee")


def test_merging_into_a_deleted_speaker_asks_for_another(editor, second):
    speaker, other = make_speaker(name="Ann Lee"), make_speaker(name="Anne Lee")
    delete(editor, other)
    answer = second.post(page_url(speaker, "merge"), {"into": other.pk, "merge": "1"})
    assert "This speaker no longer exists. Choose another." in texts(answer)
    assert Speaker.objects.get() == speaker


def test_confirming_a_deleted_inference_says_so(editor, second):
    position = make_position(basis="inferred", rationale="So.", status="draft")
    url = page_url(position, "confirm")
    delete(editor, position)
    says_so(second.post(url, {"read": "x"}))


@pytest.mark.parametrize("page", ["", "preview/", "publish/"])
def test_the_desk_of_a_deleted_article_says_so(editor, second, page):
    article = make_article(headline="Of bridges", status="draft")
    article.versions.all().delete()
    delete(editor, article)
    says_so(second.get(f"/admin/desk/{article.uid}/{page}"), "Of bridges")


def test_a_card_that_is_gone_leads_back_to_the_others(second):
    article = make_article(headline="Of bridges", status="draft")
    act = f"/admin/desk/{article.uid}/act/"
    after = second.post(act, {"do": "accept", "card": "999"}, follow=True)
    assert after.status_code == 200
    assert "This card is gone: it was deleted" in texts(after)
    fetched = second.post(act, {"do": "reject", "card": "9"}, headers={"X-Desk": "1"})
    assert fetched.status_code in (403, 404)


def test_what_never_was_stays_a_plain_404(editor):
    for url in (
        f"{STEP}/publish/?record=statements.statement:999",
        "/admin/archive/article/999/history/",
        "/admin/desk/abcdefghij/",
    ):
        answer = editor.get(url)
        assert answer.status_code == 404
        assert "This record no longer exists" not in texts(answer)


def test_a_reader_learns_nothing_of_a_deleted_draft(editor, client):
    article = make_article(headline="Of bridges", status="draft")
    article.versions.all().delete()
    delete(editor, article)
    for url in (change_url(article), f"/admin/desk/{article.uid}/"):
        assert "Of bridges" not in texts(client.get(url, follow=True))
