"""The lock after ten wrong passwords, with the password form as people use it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.editing.signing_in import locks_of
from tests.editing.conftest import make_account, signed_in
from tests.html import Html

pytestmark = pytest.mark.django_db
LOGIN, ACCOUNTS = "/admin/login/", "/admin/auth/user/"


def try_password(password):
    return Client().post(LOGIN, {"username": "edda", "password": password})


@pytest.fixture
def edda():
    return make_account("edda", "Editor", password="right-and-long-1")


def fail(times):
    for _ in range(times):
        response = try_password("wrong")
    return response


def test_the_last_three_tries_say_how_many_are_left(edda):
    assert "left" not in fail(6).content.decode().partition("</form>")[0]
    for left in ("3 more tries are left.", "2 more tries are left.", "1 more try is"):
        assert left in try_password("wrong").content.decode()
    locked = try_password("wrong")
    assert locked.status_code == 429
    page = Html(locked.content.decode())
    assert "A new password that somebody else sets does not lift it; one that" in page


def test_a_password_set_by_another_does_not_lift_the_lock_and_an_administrator_does(
    edda, administrator
):
    fail(10)
    edda.set_password("new-and-long-22")
    edda.save()
    assert try_password("new-and-long-22").status_code == 429
    assert "1 connection, until " in administrator.get(ACCOUNTS).content.decode()
    assert (
        "1 connection, until "
        in administrator.get(f"{ACCOUNTS}{edda.pk}/change/").content.decode()
    )
    sent = {"action": "lift_locks", "_selected_action": [edda.pk]}
    answer = administrator.post(ACCOUNTS, sent, follow=True)
    assert "1 lock was lifted." in answer.content.decode()
    assert "1 connection" not in answer.content.decode()
    assert try_password("new-and-long-22").status_code == 302


def test_only_a_superuser_lifts_the_lock_of_a_superuser(edda, administrator):
    make_account("sue", password="right-and-long-1", is_superuser=True)
    sue = User.objects.get(username="sue")
    for name in ("sue", "edda"):
        for _ in range(10):
            Client().post(LOGIN, {"username": name, "password": "wrong"})
    sent = {"action": "lift_locks", "_selected_action": [sue.pk, edda.pk]}
    page = administrator.post(ACCOUNTS, sent, follow=True).content.decode()
    assert "Only a superuser may lift the lock of a superuser: sue." in page
    assert "1 lock was lifted." in page
    assert len(locks_of(["sue"])) == 1
    assert locks_of(["edda"]) == []
    signed_in(sue).post(ACCOUNTS, sent)
    assert locks_of(["sue"]) == []


def test_an_administrator_can_change_nothing_else_of_a_superuser(administrator):
    sue = make_account("sue", is_superuser=True)
    page = f"{ACCOUNTS}{sue.pk}/"
    typed = {"username": "sue", "is_active": "", "email": "mine@example.org"}
    assert administrator.post(f"{page}change/", typed).status_code == 403
    new = {"password1": "new-and-long-22", "password2": "new-and-long-22"}
    assert administrator.post(f"{page}password/", new).status_code == 403
    assert administrator.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    sue.refresh_from_db()
    assert (sue.is_active, sue.email, sue.has_usable_password()) == (True, "", False)


def test_an_editor_cannot_lift_a_lock(edda, editor):
    fail(10)
    sent = {"action": "lift_locks", "_selected_action": [edda.pk]}
    assert editor.post(ACCOUNTS, sent).status_code == 403
    assert try_password("right-and-long-1").status_code == 429


def test_wrong_passwords_in_two_browsers_of_one_connection_are_one_lock(
    edda, administrator
):
    for name in ("Firefox", "Chrome"):
        for _ in range(5):
            sent = {"username": "edda", "password": "wrong"}
            response = Client(headers={"user-agent": name}).post(LOGIN, sent)
    assert response.status_code == 429
    assert "1 connection, until " in administrator.get(ACCOUNTS).content.decode()
