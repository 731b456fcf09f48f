"""Readers' reports, as editors see them and decide on them."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from archive.core.roles import ADMINISTRATOR, CONTRIBUTOR
from archive.models import Report
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, send
from tests.factories import make_statement
from tests.public.marks import LEAK

pytestmark = pytest.mark.django_db


def make_report(**fields):
    statement = make_statement()
    about = {"table": "statements.statement", "record_uid": statement.uid}
    return Report.objects.create(**{"note": "Wrong.", **about, **fields}), statement


def test_tags_in_a_report_are_text_for_the_editor(editor):
    report, _statement = make_report(note="<script>alert(1)</script>")
    for path in (change_url(report), "/admin/archive/report/", "/admin/"):
        assert "<script>alert(1)" not in editor.get(path).content.decode()


def test_editors_see_what_waits_at_home_and_in_the_list(editor):
    report, statement = make_report()
    queue = next(
        each
        for each in editor.get("/admin/").context["queues"]
        if "readers" in str(each.title)
    )
    assert (queue.count, queue.lines[0].url) == (1, change_url(report))
    page = editor.get("/admin/archive/report/?state__exact=new").content.decode()
    assert change_url(statement) in page
    assert change_url(report) in page


def test_a_filter_names_the_kinds_of_record_in_words(editor):
    make_report()
    Report.objects.create(note="The archive is slow.")
    page = editor.get("/admin/archive/report/").content.decode()
    assert 'href="?table=statements.statement"' in page
    assert "Statement (1)" in page
    assert "Article (0)" in page
    assert "statements.statement (" not in page
    chosen = editor.get("/admin/archive/report/?table=statements.statement")
    assert len(chosen.context["cl"].result_list) == 1


def test_the_list_asks_once_for_all_records(editor, django_assert_max_num_queries):
    for _ in range(12):
        make_report()
    with django_assert_max_num_queries(16):
        editor.get("/admin/archive/report/")


@pytest.mark.parametrize(
    ("action", "state"), [("accept", "accepted"), ("decline", "declined")]
)
def test_the_list_decides_on_several_with_an_answer_once(editor, action, state):
    first, second = make_report()[0], make_report()[0]
    chosen = {
        "action": action,
        "_selected_action": [first.pk, second.pk],
        "answer": "As the source has it.",
    }
    editor.post("/admin/archive/report/", chosen)
    decided = set(Report.objects.values_list("state", "handled_by", "answer"))
    assert decided == {(state, editor.account.pk, "As the source has it.")}
    again = editor.post(
        "/admin/archive/report/",
        {**chosen, "action": "accept", "answer": "No."},
        follow=True,
    )
    assert "2 had already been decided" in again.content.decode()
    assert set(Report.objects.values_list("state", "handled_by", "answer")) == decided
    queue = next(
        each
        for each in editor.get("/admin/").context["queues"]
        if "readers" in str(each.title)
    )
    assert queue.count == 0


def test_an_accepted_report_leads_on_to_the_correction(editor):
    report, statement = make_report()
    answer = send(editor, change_url(report), state="accepted", answer="True.")
    assert answer.headers["Location"] == change_url(report)
    report.refresh_from_db()
    assert (report.state, report.handled_by, report.answer) == (
        "accepted",
        editor.account,
        "True.",
    )
    page = editor.get(change_url(report)).content.decode()
    assert f'href="{change_url(statement)}"' in page
    begun = re.search(r'href="(/admin/archive/correction/add/[^"]+)"', page)[1].replace(
        "&amp;", "&"
    )
    form = editor.get(begun).context["adminform"].form
    assert form["record"].value() == f"statements.statement:{statement.uid}"
    send(editor, change_url(report), state="new")
    report.refresh_from_db()
    assert (report.state, report.handled_by) == ("new", None)


def test_what_the_reader_wrote_cannot_be_rewritten(editor):
    report, _statement = make_report(email="ann@example.org")
    send(
        editor, change_url(report), note="Other", email="o@example.org", answer="Seen."
    )
    report.refresh_from_db()
    assert (report.note, report.email, report.answer) == (
        "Wrong.",
        "ann@example.org",
        "Seen.",
    )


def test_contributors_only_read_reports_and_not_who_sent_them():
    report, _statement = make_report(email="ann@example.org")
    contributor = signed_in(make_account("Cleo", CONTRIBUTOR))
    page = contributor.get(change_url(report))
    assert page.status_code == 200
    assert "ann@example.org" not in page.content.decode()
    assert (
        contributor.post(change_url(report), {"state": "accepted"}).status_code == 403
    )
    contributor.post(
        "/admin/archive/report/",
        {"action": "accept", "_selected_action": [report.pk], "answer": ""},
    )
    assert (
        contributor.post(
            f"/admin/archive/report/{report.pk}/delete/", {"post": "yes"}
        ).status_code
        == 403
    )
    report.refresh_from_db()
    assert report.state == "new"


def test_spam_can_be_deleted_and_a_report_outlives_its_record():
    report, statement = make_report()
    statement.delete()
    there = signed_in(make_account("Ada", ADMINISTRATOR))
    assert there.get(change_url(report)).status_code == 200
    assert (
        there.post(
            f"/admin/archive/report/{report.pk}/delete/", {"post": "yes"}
        ).status_code
        == 302
    )
    assert not Report.objects.exists()


def test_no_word_of_a_report_that_is_deleted_stays_in_the_log_of_the_admin(editor):
    first, second = make_report(note=LEAK)[0], make_report(note=LEAK)[0]
    send(editor, change_url(first), answer="Seen.")
    editor.post(f"/admin/archive/report/{first.pk}/delete/", {"post": "yes"})
    chosen = {
        "action": "delete_selected",
        "_selected_action": [second.pk],
        "post": "yes",
    }
    editor.post("/admin/archive/report/", chosen)
    assert not Report.objects.exists()
    assert not LogEntry.objects.filter(object_repr__contains=LEAK).exists()
