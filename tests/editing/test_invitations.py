"""An administrator invites an editor, with a real SMTP server."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from archive.core import roles
from archive.editing.password_links import INVITATION
from tests.alerts.mailbox import body, mailbox
from tests.editing.conftest import make_account
from tests.editing.letters import PASSWORD, choose, link_of
from tests.html import Html

pytestmark = pytest.mark.django_db
ADD, ACCOUNTS = "/admin/auth/user/add/", "/admin/auth/user/"


@pytest.fixture
def box():
    with mailbox() as box:
        yield box


@pytest.fixture
def invite(administrator, django_capture_on_commit_callbacks):
    def invite(role: str = roles.EDITOR, **typed: str):
        form = {
            "username": "nora",
            "first_name": "Nora",
            "last_name": "New",
            "email": "nora@archive.example",
            "role": Group.objects.get(name=role).pk,
            **typed,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return administrator.post(ADD, form)

    return invite


def again(administrator, *accounts: User) -> str:
    chosen = [account.pk for account in accounts]
    sent = {"action": "send_invitations", "_selected_action": chosen}
    return administrator.post(ACCOUNTS, sent, follow=True).content.decode()


def test_who_is_invited_chooses_a_password_and_signs_in(box, administrator, invite):
    invite()
    nora = User.objects.get(username="nora")
    assert not nora.has_usable_password()
    assert [group.name for group in nora.groups.all()] == ["Editor"]
    assert box.newest()["To"] == "nora@archive.example"
    assert "Ada invites you" in body(box.newest())
    assert "not accepted yet" in administrator.get(ACCOUNTS).content.decode()
    assert choose(Client(), link_of(box.newest())).status_code == 302
    typed = {"username": "nora", "password": PASSWORD}
    client = Client()
    assert client.post("/admin/login/", typed).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert "not accepted yet" not in administrator.get(ACCOUNTS).content.decode()
    assert Client().get(link_of(box.newest())).status_code == 404


def test_an_invitation_expires_and_is_sent_again(
    box, administrator, invite, monkeypatch
):
    invite()
    nora = User.objects.get(username="nora")
    first = link_of(box.newest())
    later = dt.datetime.now() + dt.timedelta(days=3, minutes=1)
    monkeypatch.setattr(INVITATION, "_now", lambda: later)
    page = Client().get(first)
    assert page.status_code == 404
    assert "Ask an administrator" in page.content.decode()
    assert "An invitation was sent to nora@archive.example" in again(
        administrator, nora
    )
    assert choose(Client(), link_of(box.newest())).status_code == 302


def test_only_open_accounts_are_invited(box, administrator):
    has_password = make_account("old", password="x", email="old@archive.example")
    gone = make_account("gone", email="gone@archive.example", is_active=False)
    coder = make_account("seed-coder")
    chief = make_account("chief", email="chief@archive.example", is_superuser=True)
    page = again(administrator, has_password, gone, coder, chief)
    assert "Not invited: " in page
    assert box.messages == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_was_refused_can_be_sent_again(box, administrator, invite):
    box.refuses = True
    page = administrator.get(invite().headers["Location"]).content.decode()
    assert "The mail to nora@archive.example could not be sent." in page
    assert "not accepted yet" not in administrator.get(ACCOUNTS).content.decode()
    box.refuses = False
    again(administrator, User.objects.get(username="nora"))
    assert link_of(box.newest())


def test_two_accounts_never_have_one_address(box, administrator, invite):
    make_account("old", email="Nora@Archive.example")
    page = invite().content.decode()
    assert "Another account has this e-mail address." in page
    assert not User.objects.filter(username="nora").exists()
    ada = administrator.account
    form = {"username": "Ada", "email": "NORA@archive.example", "is_active": "on"}
    page = administrator.post(f"{ACCOUNTS}{ada.pk}/change/", form).content.decode()
    assert "Another account has this e-mail address." in page


@pytest.mark.parametrize("field", ["email", "username", "first_name"])
def test_no_field_can_bring_a_header(box, invite, field):
    bad = "nora@archive.example\r\nBcc: all@archive.example"
    invite(**{field: bad})
    for message in box.messages:
        assert message["Bcc"] is None
        assert message["To"] == "nora@archive.example"
    assert len(box.messages) == (1 if field == "first_name" else 0)


def test_without_mail_the_form_says_so_and_works_as_before(administrator):
    page = Html(administrator.get(ADD).content.decode())
    assert "nobody can be invited by mail" in page
    assert 'name="role"' not in page
    typed = {"username": "nora", "usable_password": "true"}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    assert administrator.post(ADD, typed | passwords).status_code == 302
    assert User.objects.get(username="nora").check_password(PASSWORD)
    assert "send_invitations" not in administrator.get(ACCOUNTS).content.decode()


def test_with_mail_a_password_can_still_be_set(box, administrator):
    assert "?by=password" in administrator.get(ADD).content.decode()
    typed = {"username": "nora", "usable_password": "true"}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    administrator.post(f"{ADD}?by=password", typed | passwords)
    assert User.objects.get(username="nora").check_password(PASSWORD)
    assert box.messages == []


def test_an_editor_invites_nobody(box, editor):
    assert editor.get(ADD).status_code == 403
    coder = make_account("coder", email="coder@archive.example")
    sent = {"action": "send_invitations", "_selected_action": [coder.pk]}
    assert editor.post(ACCOUNTS, sent).status_code == 403
    assert box.messages == []
