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
    make_proposal,
    make_speaker,
    make_statement,
)

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


def test_a_correction_by_hand_needs_a_record_that_exists(editor):
    statement = make_statement()
    typed = {
        "table": "statements.statement",
        "kind": "clarification",
        "note": "n",
        "date": "2024-12-12",
    }
    response = send(
        editor, "/admin/archive/correction/add/", **typed, record_uid="zzzzzzzzzz"
    )
    assert errors(response) == "record_uid: This record does not exist."
    assert (
        send(
            editor, "/admin/archive/correction/add/", **typed, record_uid=statement.uid
        ).status_code
        == 302
    )


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
