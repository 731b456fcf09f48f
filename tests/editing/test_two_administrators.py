"""Two editors of a record that has no history: a reader's report, an account."""

import pytest
from django.contrib.auth.models import Group

from archive.core import roles
from archive.models import Report
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, errors, filled_in, send
from tests.editing.test_two_editors import asked, sent_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return Report.objects.create(note="Wrong.")


@pytest.fixture
def account():
    return make_account("cleo", roles.CONTRIBUTOR, first_name="Cleo", email="a@b.org")


@pytest.fixture
def other():
    return signed_in(make_account("Adam", roles.ADMINISTRATOR))


def test_an_answer_that_the_first_wrote_stays_when_the_second_decides(
    editor, second, report
):
    typed = filled_in(second, change_url(report), state="declined")
    send(editor, change_url(report), answer="It is as printed.")
    response = second.post(change_url(report), typed, follow=True)
    report.refresh_from_db()
    assert (report.state, report.answer) == ("declined", "It is as printed.")
    assert report.handled_by == second.account
    assert "both changes are kept" in response.content.decode()


def test_two_answers_to_a_report_are_asked_about_side_by_side(editor, second, report):
    typed = filled_in(second, change_url(report), answer="No.", state="declined")
    send(editor, change_url(report), answer="Yes.", state="accepted")
    response = second.post(change_url(report), typed)
    assert asked(response) == {
        "answer": ("", "Yes.", "No."),
        "state": ("New", "Accepted", "Declined"),
    }
    assert "changed the same words as you" in errors(response)
    assert "somebody else changed this record" in response.content.decode()
    again = sent_again(
        second, response, change_url(report), answer="mine", state="theirs"
    )
    report.refresh_from_db()
    assert again.status_code == 302
    assert (report.state, report.answer) == ("accepted", "No.")
    assert report.handled_by == editor.account


def test_changes_of_an_account_by_two_are_both_kept(administrator, other, account):
    url = change_url(account)
    group = Group.objects.get(name=roles.EDITOR)
    typed = filled_in(other, url, first_name="Cleopatra")
    send(administrator, url, email="new@b.org", groups=[group.pk])
    assert other.post(url, typed).status_code == 302
    account.refresh_from_db()
    assert (account.first_name, account.email) == ("Cleopatra", "new@b.org")
    assert account.groups.get() == group


def test_an_account_that_the_first_closed_stays_closed(administrator, other, account):
    url = change_url(account)
    typed = filled_in(other, url, last_name="Lee")
    send(administrator, url, is_active=None)
    assert other.post(url, typed).status_code == 302
    account.refresh_from_db()
    assert (account.is_active, account.last_name) == (False, "Lee")


def test_a_name_that_both_changed_is_asked_about(administrator, other, account):
    url = change_url(account)
    typed = filled_in(other, url, first_name="Cleopatra")
    send(administrator, url, first_name="Clea")
    response = other.post(url, typed)
    assert asked(response) == {"first_name": ("Cleo", "Clea", "Cleopatra")}
    account.refresh_from_db()
    assert account.first_name == "Clea"


@pytest.mark.parametrize("token", ["x", "e30:x", ""])
def test_a_state_that_was_not_signed_here_changes_nothing_unasked(
    administrator, account, token
):
    url = change_url(account)
    response = send(administrator, url, first_name="Clea", state_token=token)
    assert response.status_code in (200, 302)


def test_the_state_of_another_account_is_not_taken(administrator, account, other):
    of_other = filled_in(administrator, change_url(other.account))["state_token"]
    typed = filled_in(administrator, change_url(account), first_name="Clea")
    response = administrator.post(
        change_url(account), {**typed, "state_token": of_other}
    )
    assert response.status_code == 302
    account.refresh_from_db()
    assert account.first_name == "Clea"
