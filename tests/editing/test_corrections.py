"""A public record changes only with a note; a withdrawn one shows the reason and
nothing else.
"""

import pytest
from django.test import Client

from archive.editing import workflow
from archive.models import Correction
from tests.editing.conftest import make_account
from tests.editing.forms import change_url, errors, send
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
public = Client()


def withdraw(*records, reason="It was said by somebody else."):
    workflow.take("withdraw", records, make_account("Wanda", "Editor"), reason)


def test_a_change_of_what_is_public_asks_whether_it_is_a_correction(editor):
    statement = make_statement()
    response = send(editor, change_url(statement), occasion="a rally")
    assert errors(response) == "correction: This field is required."
    response = send(
        editor, change_url(statement), occasion="a rally", correction="correction"
    )
    assert "correction_note: A correction needs a note" in errors(response)
    assert 'value="a rally"' in response.content.decode()


def test_a_correction_stands_on_the_record_on_its_page_and_in_the_feed(editor):
    statement = make_statement()
    note = "The date was wrong: it was Thursday."
    typed = {
        "said_on": "2024-12-12",
        "correction": "correction",
        "correction_note": note,
    }
    assert send(editor, change_url(statement), **typed).status_code == 302
    for address in (statement.get_absolute_url(), "/corrections/", "/corrections.atom"):
        assert note in public.get(address).content.decode(), address


def test_a_slip_that_misled_nobody_needs_no_note(editor):
    statement = make_statement()
    assert (
        send(
            editor, change_url(statement), occasion="a rally", correction="minor"
        ).status_code
        == 302
    )
    assert not Correction.objects.exists()


def test_a_draft_is_changed_without_a_word(editor):
    statement = make_statement(status="draft")
    assert send(editor, change_url(statement), occasion="a rally").status_code == 302


@pytest.mark.parametrize(
    "make", [make_article, make_statement, make_list, make_listed, make_proposal]
)
def test_a_withdrawn_record_answers_410_with_the_reason_and_without_its_text(make):
    record = make()
    words = str(record)
    assert words in public.get(record.get_absolute_url()).content.decode()
    withdraw(record)
    for address in (record.get_absolute_url(), f"/id/{record.uid}/"):
        page = public.get(address)
        assert page.status_code == 410
        assert "It was said by somebody else." in page.content.decode()
        assert words not in page.content.decode()


def test_what_hangs_from_a_withdrawn_record_is_gone_with_it():
    statement = make_statement()
    withdraw(statement.article, reason="The article was retracted.")
    page = public.get(statement.get_absolute_url())
    assert page.status_code == 410
    assert "The article was retracted." in page.content.decode()
    assert "fight" not in page.content.decode()


def test_what_never_was_public_is_not_there_at_all():
    statement = make_statement(status="withdrawn")
    assert public.get(statement.get_absolute_url()).status_code == 404
    assert public.get(f"/id/{statement.uid}/").status_code == 404


def test_the_list_of_corrections_names_only_what_is_public():
    statement, gone = make_statement(), make_statement("And we win.")
    workflow.note(statement, "correction", "One.")
    withdraw(gone)
    page = public.get("/corrections/").content.decode()
    assert "We will fight," in page
    assert "And we win." not in page
    assert "withdrawn" in page


def test_tags_in_a_note_are_text():
    workflow.note(make_statement(), "correction", "<script>alert(1)</script>")
    for address in ("/corrections/", "/corrections.atom"):
        page = public.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


NOTE = {"kind": "clarification", "note": "n", "date": "2024-12-12"}
ADD = "/admin/archive/correction/add/"


@pytest.mark.parametrize(
    "key", ["statements.statement:zzzzzzzzzz", "auth.user:1", "x", ":", "a.b.c:d"]
)
def test_a_correction_by_hand_needs_a_record_that_exists(editor, key):
    response = send(editor, ADD, **NOTE, record=key)
    assert errors(response) == "record: This record does not exist."


def test_a_correction_is_about_what_readers_have_seen(editor):
    draft = make_statement(status="draft")
    response = send(editor, ADD, **NOTE, record=f"statements.statement:{draft.uid}")
    assert errors(response) == "record: Readers have never seen this record."


def test_a_correction_names_its_record_by_picking_it(editor):
    speaker = make_speaker(name="Ann Lee")
    statement, draft = (
        make_statement(speaker=speaker, status=status)
        for status in ("published", "draft")
    )
    found = editor.get("/admin/archive/correction/records/", {"term": "lee"}).json()
    keys = {one["id"]: one["text"] for one in found["results"]}
    key = f"statements.statement:{statement.uid}"
    assert keys[key] == "Statement: Ann Lee: “We will fight,”"
    assert f"statements.speaker:{speaker.uid}" in keys
    assert f"statements.statement:{draft.uid}" not in keys
    assert send(editor, ADD, **NOTE, record=key).status_code == 302
    correction = Correction.objects.get()
    assert (correction.table, correction.record_uid) == tuple(key.split(":"))
    form = editor.get(change_url(correction)).context["adminform"].form
    assert "Statement: Ann Lee: “We will fight,”" in str(form["record"])


def test_the_record_is_found_by_its_permanent_identifier(editor):
    statement = make_statement()
    address = "/admin/archive/correction/records/"
    found = editor.get(address, {"term": statement.uid}).json()["results"]
    assert [one["id"] for one in found] == [f"statements.statement:{statement.uid}"]


def test_who_may_not_see_corrections_searches_no_records(contributor):
    address = "/admin/archive/correction/records/"
    seen = contributor.get("/admin/archive/correction/").status_code
    assert contributor.get(address, {"term": "x"}).status_code == seen


def test_the_list_of_corrections_in_the_admin_names_and_links_the_records(
    editor, django_assert_max_num_queries
):
    for _ in range(6):
        statement = make_statement()
        workflow.note(statement, "correction", "One.")
    with django_assert_max_num_queries(40):
        page = editor.get("/admin/archive/correction/").content.decode()
    assert f'href="{change_url(statement)}"' in page


def test_the_feed_says_who_and_what_and_links_to_the_record():
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    workflow.note(statement, "correction", "It was Thursday.")
    feed = public.get("/corrections.atom").content.decode()
    assert "<title>Correction: Statement: Ann Lee: “We will fight,”</title>" in feed
    assert f'{statement.get_absolute_url()}" rel="alternate"' in feed
    assert "Ann Lee: “We will fight,”" in public.get("/corrections/").content.decode()


def test_the_feed_names_a_position_by_its_proposal():
    position = make_position(
        speaker=make_speaker(name="Ann Lee"), proposal=make_proposal(title="Build it")
    )
    workflow.note(position, "correction", "It was Thursday.")
    feed = public.get("/corrections.atom").content.decode()
    assert "Position: Ann Lee: Supports: Build it" in feed


def test_the_feed_names_nothing_of_a_withdrawn_record():
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    withdraw(statement)
    feed = public.get("/corrections.atom").content.decode()
    assert "<title>Withdrawal: Statement</title>" in feed
    assert "Lee" not in feed
    assert "fight" not in feed


def test_an_article_says_which_of_its_statements_was_corrected():
    article = make_article()
    statement = make_statement(article=article, speaker=make_speaker(name="Ann Lee"))
    make_statement("And we win.", article=article)
    workflow.note(statement, "correction", "It was Thursday.")
    workflow.note(article, "correction", "The headline was wrong.")
    page = public.get(article.get_absolute_url()).content.decode()
    corrections = page[page.index('id="corrections"') :]
    corrections = Html(corrections[: corrections.index("</section>")])
    link = f'<a href="{statement.get_absolute_url()}">Ann Lee: “We will fight,”</a>'
    assert f"It was Thursday. About: {link}" in corrections
    assert corrections.count("About:") == 1


def test_a_change_of_a_speaker_the_public_sees_asks_too(editor):
    speaker = make_statement(speaker=make_speaker(name="Bard Lander")).speaker
    response = send(editor, change_url(speaker), name="Brad Lander")
    assert errors(response) == "correction: This field is required."
    typed = {
        "name": "Brad Lander",
        "correction": "correction",
        "correction_note": "His name is Brad.",
    }
    assert send(editor, change_url(speaker), **typed).status_code == 302
    assert (
        "His name is Brad." in public.get(speaker.get_absolute_url()).content.decode()
    )
    assert speaker.get_absolute_url() in public.get("/corrections/").content.decode()


def test_a_change_of_a_speaker_nobody_sees_yet_is_not_asked_about(editor):
    speaker = make_speaker(name="Bard Lander")
    assert send(editor, change_url(speaker), name="Brad Lander").status_code == 302


def test_control_characters_in_a_note_stop_no_feed(editor):
    Correction.objects.create(
        table="archive.article",
        record_uid="x" * 10,
        kind="correction",
        note="A slip.\ufffe",
        date="2024-12-12",
        status="published",
    )
    feed = editor.get("/corrections.atom")
    assert feed.status_code == 200
    assert "A slip." in feed.content.decode()


def first_state(record):
    events = type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk)
    return f"{change_url(record)}?restore={events.earliest('pgh_id').pgh_id}"


def corrected(editor):
    statement = make_statement(occasion="a rally")
    note = {"correction": "correction", "correction_note": "It was a meeting."}
    send(editor, change_url(statement), occasion="a meeting", **note)
    return statement


@pytest.mark.django_db(transaction=True)  # the time of each commit is its own
def test_restoring_what_a_correction_replaced_warns_and_withdraws_nothing_by_itself(
    editor,
):
    statement = corrected(editor)
    page = editor.get(first_state(statement)).content.decode()
    assert "A published correction replaced this state: “It was a meeting.”" in page
    assert send(editor, first_state(statement), correction="minor").status_code == 302
    statement.refresh_from_db()
    assert statement.occasion == "a rally"
    assert "It was a meeting." in public.get("/corrections/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_correction_is_withdrawn_with_a_note_if_the_editor_ticks_it(editor):
    statement = corrected(editor)
    url, correction = first_state(statement), Correction.objects.get()
    typed = {"withdrawn_corrections": [correction.pk]}
    assert "tell them with a note" in errors(
        send(editor, url, **typed, correction="minor")
    )
    note = {"correction": "correction", "correction_note": "It was a rally after all."}
    assert send(editor, url, **typed, **note).status_code == 302
    for address in (statement.get_absolute_url(), "/corrections/"):
        page = public.get(address).content.decode()
        assert "It was a meeting." not in page
        assert "It was a rally after all." in page


@pytest.mark.django_db(transaction=True)
def test_a_state_after_the_correction_warns_of_nothing(editor):
    statement = corrected(editor)
    newest = type(statement).pgh_event_model.objects.latest("pgh_id")
    page = editor.get(f"{change_url(statement)}?restore={newest.pgh_id}")
    assert "published correction" not in page.content.decode()


@pytest.mark.parametrize("key", ["archive.article:\0", "archive.article:", "\0", "x:y"])
def test_a_record_that_cannot_be_is_refused_in_words(editor, key):
    typed = {"record": key, "kind": "correction", "note": "x", "date": "2025-01-02"}
    response = editor.post("/admin/archive/correction/add/", typed)
    assert response.status_code == 200
    assert not Correction.objects.exists()
