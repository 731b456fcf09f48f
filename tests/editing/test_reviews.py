"""Sending back with a reason, and taking back what was submitted."""

import pytest
from django.test import Client

from archive.editing import workflow
from archive.editing.workflow import Refused
from archive.models import Article, Change, ReviewNote
from statements.models import Statement
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, page_url, send
from tests.editing.test_workflow import status, steps_of, take
from tests.factories import make_article, make_statement
from tests.rules import refused

pytestmark = pytest.mark.django_db
REASON = "Whose words are these?"
ARTICLE = {
    "headline": "Mine",
    "kind": "news",
    "rights": "excerpts",
    "language": "en",
    "published_precision": "day",
}


def entered(client):
    """An article that this account has entered."""
    client.post("/admin/archive/article/add/", ARTICLE)
    return Article.objects.latest("pk")


def submitted(client):
    article = entered(client)
    take(client, "submit", article)
    return article


def queues(client):
    return {
        str(queue.title): [line.text for line in queue.lines]
        for queue in client.get("/admin/").context["queues"]
    }


def home(client):
    return client.get("/admin/").content.decode()


def past(client, record):
    return client.get(page_url(record, "history")).content.decode()


def test_nothing_is_sent_back_without_a_reason(contributor, editor):
    article = submitted(contributor)
    page = take(editor, "send_back", article, reason="  ")
    assert "Give a reason; the author will read it." in page.content.decode()
    assert status(article) == "in_review"
    assert not ReviewNote.objects.exists()


def test_the_author_reads_the_reason_on_the_home_page_and_on_the_form(
    contributor, editor
):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    assert queues(contributor)["Sent back to you"] == ["Article: Mine"]
    assert f"Edda: {REASON}" in home(contributor)
    assert REASON in contributor.get(change_url(article)).content.decode()


def test_the_reason_waits_until_the_record_is_submitted_again(contributor, editor):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    take(contributor, "submit", article)
    assert "Sent back to you" not in queues(contributor)
    take(editor, "send_back", article, reason="Still unclear.")
    assert REASON not in home(contributor)
    assert "Still unclear." in home(contributor)


def test_the_reason_waits_until_the_record_is_changed(contributor, editor):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    send(contributor, change_url(article), headline="Mine, with a name")
    assert "Sent back to you" not in queues(contributor)


def test_the_history_tells_who_sent_it_back_and_why(contributor, editor):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    for client in (contributor, editor):
        assert "sent back" in past(client, article)
        assert REASON in past(client, article)


def test_another_contributor_reads_no_reason(contributor, editor):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    other = signed_in(make_account("Otto", "Contributor"))
    assert "sent back" in past(other, article)
    for page in (past(other, article), home(other)):
        assert REASON not in page
    assert REASON not in other.get(change_url(article)).content.decode()


def test_no_reader_sees_a_reason_and_the_change_log_has_no_trace_of_it(
    contributor, editor
):
    article = submitted(contributor)
    take(editor, "send_back", article, reason=REASON)
    assert "archive.reviewnote" not in Change.objects.values_list("model", flat=True)
    take(contributor, "submit", article)
    take(editor, "publish", article, confirmed="on")
    for path in ("/", article.get_absolute_url(), "/articles/", "/corrections/"):
        assert REASON not in Client().get(path, follow=True).content.decode()


def test_who_submitted_a_record_takes_it_back(contributor, editor):
    article = submitted(contributor)
    assert steps_of(contributor, article) == ["Take back"]
    assert queues(editor)["Waiting for review"] == ["Article: Mine"]
    take(contributor, "recall", article)
    assert status(article) == "draft"
    assert queues(editor)["Waiting for review"] == []
    assert steps_of(contributor, article) == ["Submit for review"]


def test_recent_changes_and_the_history_tell_that_it_was_taken_back(
    contributor, editor
):
    article = submitted(contributor)
    take(contributor, "recall", article)
    notes = [line.note for line in editor.get("/admin/").context["recent"]]
    assert notes[0].startswith("Cleo, taken back")
    assert "taken back" in past(editor, article)


def test_an_editor_takes_back_what_a_contributor_made_and_the_editor_submitted(
    contributor, editor
):
    article = entered(contributor)
    take(editor, "submit", article)
    assert steps_of(editor, article) == ["Take back", "Send back", "Publish"]
    assert steps_of(contributor, article) == ["Take back"]
    take(editor, "recall", article)
    assert status(article) == "draft"


def test_what_is_taken_back_may_take_its_own_records_along(contributor):
    article = entered(contributor)
    mine = make_statement(article=make_article(), status="draft")
    Statement.objects.filter(pk=mine.pk).update(status="in_review")
    take(contributor, "submit", article)
    url = f"/admin/archive/article/step/recall/?record=archive.article:{article.pk}"
    assert contributor.get(url).context["children"] == []


def test_a_contributor_takes_back_only_own_records(contributor, editor):
    article = submitted(contributor)
    other = signed_in(make_account("Otto", "Contributor"))
    page = take(other, "recall", article)
    assert "do not have permission" in page.content.decode()
    assert take(other, "send_back", article, reason=REASON).status_code == 403
    assert status(article) == "in_review"
    assert steps_of(editor, article) == ["Send back", "Publish"]


@pytest.mark.parametrize("step", ["send_back", "recall"])
def test_nobody_sends_or_takes_back_a_public_record(step, editor):
    statement = make_statement()
    page = take(editor, step, statement, reason=REASON)
    assert "this step is not possible" in page.content.decode()
    assert status(statement) == "published"


def test_a_draft_cannot_be_taken_back():
    account = make_account("Edda", "Editor")
    with pytest.raises(Refused, match="this step is not possible"):
        workflow.take("recall", [make_statement(status="draft")], account)


def test_the_database_refuses_a_note_without_a_reason():
    with refused("reviewnote_reason"):
        ReviewNote.objects.create(
            table="archive.article",
            record_uid="abcdefghjk",
            step="send_back",
            note=" ",
            author=make_account("Edda"),
        )
