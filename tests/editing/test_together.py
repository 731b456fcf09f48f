"""Two people saving one record at once, its history, and earlier states."""

import threading

import pytest
from django.db import connections, transaction

from archive.editing import history
from archive.ingest import load_seed
from statements.models import Statement
from tests.editing.forms import change_url, filled_in, page_url, send
from tests.factories import (
    make_article,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db


def test_saving_twice_in_a_row_is_no_conflict(editor):
    speaker = make_speaker()
    for name in ("First", "Second"):
        assert send(editor, change_url(speaker), name=name).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(editor, second):
    statement = make_statement(status="draft")
    url, codes = change_url(statement), []
    forms = [
        (client, filled_in(client, url, occasion=client.account.username))
        for client in (editor, second)
    ]

    def post(client, typed):
        codes.append(client.post(url, typed).status_code)
        connections.close_all()

    threads = [threading.Thread(target=post, args=each) for each in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 302]


def test_the_history_names_who_when_and_which_words(editor):
    statement = make_statement(status="draft", occasion="a rally outside City Hall")
    send(editor, change_url(statement), occasion="a rally inside City Hall")
    page = Html(editor.get(page_url(statement, "history")).content.decode())
    assert "a rally <del>outside</del><ins>inside</ins> City Hall" in page
    assert "Edda" in page


def test_the_history_of_every_record_can_be_read(editor):
    load_seed()
    statement = Statement.objects.filter(form="direct").first()
    kinds = {entry.part for entry in history.entries(statement)}
    assert {"", "Statement passage"} <= kinds


def test_an_earlier_state_is_put_into_the_form_and_saved_as_a_new_change(editor):
    statement = make_statement(status="draft", occasion="first")
    send(editor, change_url(statement), occasion="second")
    first = Statement.pgh_event_model.objects.filter(pgh_obj_id=statement.pk).earliest(
        "pgh_id"
    )
    url = f"{change_url(statement)}?restore={first.pgh_id}"
    page = editor.get(url)
    assert 'value="first"' in page.content.decode()
    assert "save to restore it" in page.content.decode()
    events = Statement.pgh_event_model.objects.count()
    assert send(editor, url).status_code == 302
    statement.refresh_from_db()
    assert statement.occasion == "first"
    assert Statement.pgh_event_model.objects.count() == events + 1


@pytest.mark.django_db(
    transaction=True
)  # the times of commits decide what happened before
def test_earlier_words_and_topics_are_restored_too(editor):
    topic = make_topic()
    with transaction.atomic():
        statement = make_statement("We will fight,", "And we win.", status="draft")
        statement.topics.add(topic)
    event = Statement.pgh_event_model.objects.filter(pgh_obj_id=statement.pk).latest(
        "pgh_id"
    )
    url = change_url(statement)
    send(
        editor,
        url,
        topics=None,
        **{"passages-0-exact": "Build a bridge.", "passages-1-DELETE": "on"},
    )
    statement.refresh_from_db()
    assert (statement.text, statement.topics.count()) == ("Build a bridge.", 0)
    assert (
        send(
            editor, f"{url}?restore={event.pgh_id}", **{"passages-TOTAL_FORMS": 2}
        ).status_code
        == 302
    )
    statement.refresh_from_db()
    assert statement.text == "We will fight, […] And we win."
    assert statement.topics.get() == topic


def test_a_restored_state_never_brings_back_a_status(editor):
    statement = make_statement()
    Statement.objects.update(status="withdrawn")
    first = Statement.pgh_event_model.objects.filter(pgh_obj_id=statement.pk).earliest(
        "pgh_id"
    )
    send(editor, f"{change_url(statement)}?restore={first.pgh_id}")
    statement.refresh_from_db()
    assert statement.status == "withdrawn"


def test_a_state_of_another_record_is_not_taken(editor):
    statement, other = (
        make_statement(status="draft"),
        make_statement(status="draft", occasion="other"),
    )
    event = Statement.pgh_event_model.objects.filter(pgh_obj_id=other.pk).first()
    page = editor.get(
        f"{change_url(statement)}?restore={event.pgh_id}"
    ).content.decode()
    assert "save to restore it" not in page


def test_the_home_page_shows_what_waits(editor, second):
    statement = make_statement(status="in_review")
    make_position(
        basis="inferred", rationale="r", status="draft", recorded_by=second.account
    )
    send(
        editor,
        "/admin/archive/article/add/",
        headline="Begun by Edda",
        text="Some text.",
    )
    queues = {
        str(queue.title): queue for queue in editor.get("/admin/").context["queues"]
    }
    assert [line.text for line in queues["Your drafts"].lines] == [
        "Article: Begun by Edda"
    ]
    assert str(statement) in queues["Waiting for review"].lines[0].text
    assert str(queues["Waiting for a second person"].lines[0].note) == "Sean"
    assert queues["Without a link to the source"].count >= 2
    recent = editor.get("/admin/").context["recent"]
    assert recent[0].text == "Article: Begun by Edda"
    assert recent[0].note.startswith("Edda, added")
    for line in [line for queue in queues.values() for line in queue.lines] + recent:
        assert editor.get(line.url).status_code == 200


def test_the_home_page_asks_no_more_of_a_bigger_archive(
    editor, django_assert_max_num_queries
):
    for _ in range(8):
        make_statement(article=make_article(status="in_review"), status="in_review")
    with django_assert_max_num_queries(90):
        editor.get("/admin/")
