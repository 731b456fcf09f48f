"""A reader reports a mistake; only editors read the report."""

import re
import time

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from archive.models import Change, Report
from archive.pages import rate_limits, reports
from tests.factories import (
    make_article,
    make_list,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.hidden import make_hidden
from tests.public.marks import LEAK
from tests.public.test_nothing_leaks import hidden_values
from tests.public.visible import make_public

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_hour_begins(monkeypatch):
    cache.clear()
    # a hidden field that people leave empty
    monkeypatch.setattr(reports, "MIN_SECONDS", -1)


def address(record):
    return f"/report/?record={record.uid}"


def stamp(page):
    return re.search(r'name="stamp" value="([^"]+)"', page.content.decode())[1]


def report(record=None, reader=None, headers=None, **typed):
    reader, path = reader or Client(), address(record) if record else "/report/"
    form = {"note": "The date is wrong.", "stamp": stamp(reader.get(path)), **typed}
    return reader.post(path, form, headers=headers)


def test_every_record_leads_to_its_report_and_its_permanent_address():
    statement = make_statement()
    made_list = make_list(article=statement.article)
    for record in (
        statement,
        statement.article,
        statement.speaker,
        made_list,
        make_proposal(),
    ):
        page = Html(Client().get(record.get_absolute_url()).content.decode())
        assert f'href="{address(record)}"' in page
        assert f'href="/id/{record.uid}/"' in page


def test_the_page_names_the_record_and_leads_back_to_it():
    proposal = make_proposal(title="Build one bridge")
    position = make_position(proposal=proposal)
    for record, label in (
        (proposal, "Proposal: Build one bridge"),
        (position, f"Position: {position}"),
    ):
        page = Html(Client().get(address(record)).content.decode())
        assert label in page
        assert f'<a href="{record.get_absolute_url()}"' in page


def test_what_a_reader_sends_is_kept_for_the_editors():
    statement = make_statement()
    answer = report(statement, source="https://example.org/a", email="ann@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/report/thanks/?record={statement.uid}",
    )
    report_row = Report.objects.values(
        "table",
        "record_uid",
        "note",
        "source",
        "email",
        "state",
        "handled_by",
        "answer",
    ).get()
    assert report_row == {
        "table": "statements.statement",
        "record_uid": statement.uid,
        "note": "The date is wrong.",
        "source": "https://example.org/a",
        "email": "ann@example.org",
        "state": "new",
        "handled_by": None,
        "answer": "",
    }
    thanks = Client().get(answer.headers["Location"]).content.decode()
    assert "the editors" in thanks
    assert f'href="/id/{statement.uid}/">Back to the record' in thanks
    assert "Back to" not in Client().get("/report/thanks/?record=../x").content.decode()


def test_a_report_may_be_about_the_archive_as_a_whole():
    assert report().status_code == 302
    assert Report.objects.values_list("table", "record_uid").get() == ("", "")


@pytest.mark.parametrize(
    "uid", ["zzzzzzzzzz", "x", "%00", "a%00b", "%ff", "a" * 5000, "'--", "<script>"]
)
def test_a_record_that_is_not_there_cannot_be_reported(uid):
    for answer in (
        Client().get(f"/report/?record={uid}"),
        Client().post(f"/report/?record={uid}", {"note": "n"}),
    ):
        assert answer.status_code == 404
        assert "Page not found" in answer.content.decode()


def test_a_hidden_record_answers_as_one_that_is_not_there():
    make_hidden(make_public())
    hidden = {
        value for value in hidden_values() if re.fullmatch(r"[0-9a-z]{10}", value)
    }
    assert len(hidden) > 20
    nowhere = Client().get("/report/?record=zzzzzzzzzz").content.decode()
    for uid in hidden:
        answer = Client().get(f"/report/?record={uid}")
        assert answer.status_code == 404
        assert answer.content.decode().replace(uid, "zzzzzzzzzz") == nowhere


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"note": ""}, "This field is required."),
        ({"note": " \n "}, "This field is required."),
        ({"note": "x" * 5001}, "at most 5000 characters"),
        ({"note": "a\x00b"}, "Null characters are not allowed."),
        ({"source": "x" * 1001}, "at most 1000 characters"),
        ({"source": "\x00"}, "Null characters are not allowed."),
        ({"email": "ann at example"}, "Enter a valid email address."),
        ({"email": "a" * 300 + "@example.org"}, "at most 254 characters"),
        ({"email": "\x00"}, "Null characters are not allowed."),
        ({"stamp": ""}, "The form had expired"),
        ({"stamp": "a:b:c\x00"}, "The form had expired"),
        ({"website": "https://example.org"}, "looked automated"),
    ],
    ids=str,
)
def test_what_cannot_be_taken_gets_a_sentence_and_nothing_typed_is_lost(
    typed, sentence
):
    form = {
        "note": "Typed note",
        "source": "typed source",
        "email": "typed@example.org",
        **typed,
    }
    answer = report(make_statement(), **form)
    page = Html(answer.content.decode())
    assert answer.status_code == 200
    assert sentence in page
    assert not Report.objects.exists()
    for value in (form["note"], form["source"], form["email"]):
        assert value.strip().replace("\x00", "\ufffd") in page.replace("\x00", "\ufffd")


def test_five_thousand_characters_with_line_ends_as_a_browser_sends_them_pass():
    assert report(note="line\r\n" * 1000).status_code == 302
    assert Report.objects.get().note == ("line\n" * 1000).strip()


def test_a_form_filled_in_at_once_or_a_day_later_is_sent_by_a_second_press(monkeypatch):
    monkeypatch.setattr(reports, "MIN_SECONDS", 2)
    assert "looked automated" in report().content.decode()
    reader, drawn = Client(), time.time()
    old = stamp(reader.get("/report/"))
    monkeypatch.setattr("django.core.signing.time.time", lambda: drawn + 25 * 3600)
    late = report(reader=reader, stamp=old)
    assert "The form had expired" in late.content.decode()
    assert not Report.objects.exists()
    monkeypatch.setattr("django.core.signing.time.time", lambda: drawn + 25 * 3600 + 9)
    assert report(reader=reader, stamp=stamp(late)).status_code == 302


def test_a_reader_whose_cookie_has_gone_keeps_what_was_typed_and_can_send_it():
    reader, record = Client(enforce_csrf_checks=True), make_statement()
    form = {"note": "Typed note", "stamp": stamp(reader.get(address(record)))}
    reader.cookies.clear()
    lost = reader.post(address(record), {**form, "csrfmiddlewaretoken": "a" * 64})
    page = Html(lost.content.decode())
    assert lost.status_code == 403
    assert "Typed note" in page
    assert "The form had expired" in page
    assert not Report.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert (
        reader.post(address(record), {**form, "csrfmiddlewaretoken": token}).status_code
        == 302
    )
    elsewhere = reader.post("/admin/login/", {"csrfmiddlewaretoken": "x"})
    assert elsewhere.status_code == 403
    assert "Report a mistake" not in elsewhere.content.decode()


def test_one_sender_is_slowed_down_and_keeps_what_was_typed():
    answers = [
        report(note=f"Typed {index}") for index in range(reports.MAX_BY_SENDER + 1)
    ]
    assert [answer.status_code for answer in answers] == [
        302
    ] * reports.MAX_BY_SENDER + [429]
    assert "Typed 5" in answers[-1].content.decode()
    assert Report.objects.count() == reports.MAX_BY_SENDER
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert report(reader=other).status_code == 302


def test_all_senders_together_are_limited_too(monkeypatch):
    monkeypatch.setattr(reports, "MAX_BY_ALL", 2)
    readers = [Client(REMOTE_ADDR=f"192.0.2.{index}") for index in range(3)]
    assert [report(reader=reader).status_code for reader in readers] == [302, 302, 429]
    Report.objects.update(created_at="2020-01-01T00:00Z")
    assert report(reader=readers[2]).status_code == 302


@pytest.mark.parametrize(
    ("https", "forwarded", "sender"),
    [
        (False, "198.51.100.9", "192.0.2.7"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (True, "::ffff:198.51.100.9", "198.51.100.9"),
        (True, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (True, "nonsense", "nonsense"),
        (True, "", "192.0.2.7"),
    ],
)
def test_the_sender_is_whom_the_proxy_names_last(
    rf, settings, https, forwarded, sender
):
    settings.HTTPS = https
    request = rf.get(
        "/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": forwarded}
    )
    assert rate_limits.sender_of(request) == sender


def test_no_address_is_kept_anywhere():
    report(reader=Client(REMOTE_ADDR="192.0.2.77"))
    fields = [str(value) for value in Report.objects.values_list().get()]
    assert not [text for text in [*fields, *cache._cache] if "192.0.2.77" in text]


def test_a_report_is_no_change_of_the_archive():
    record = make_statement()
    before = Change.objects.count()
    report(record)
    assert Report.objects.exists()
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    "fields",
    [
        {"note": " "},
        {"state": "odd"},
        {"table": "archive.article"},
        {"record_uid": "abc"},
        {"state": "accepted"},
    ],
)
def test_the_database_refuses_a_report_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.bulk_create([Report(**{"note": "n", **fields})])


def test_no_report_is_ever_shown_to_the_public():
    article, speaker = make_article(), make_speaker()
    make_statement(article=article, speaker=speaker)
    for record in (article, speaker):
        about = {"table": record._meta.label_lower, "record_uid": record.uid}
        Report.objects.create(
            **about, note=LEAK, source=LEAK, email=f"{LEAK}@example.org", answer=LEAK
        )
    paths = [
        "/",
        "/corrections/",
        "/corrections.atom",
        "/about/",
        "/report/",
        "/report/thanks/",
    ]
    for path in [
        *paths,
        *(
            page
            for each in (article, speaker)
            for page in (each.get_absolute_url(), address(each))
        ),
    ]:
        assert LEAK not in Client().get(path).content.decode(), path


def test_tags_in_a_report_are_text_for_the_reader():
    page = Html(report(note="<script>alert(1)</script>", email="x").content.decode())
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
