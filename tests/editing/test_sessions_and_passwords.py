"""A disabled account is signed out for good; passwords are long and uncommon."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from archive.editing.sessions import end_sessions
from tests.editing.conftest import make_account, signed_in

pytestmark = pytest.mark.django_db


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_only_the_sessions_of_the_account_end():
    edda, other = make_account("Edda", "Editor"), make_account("Otto", "Editor")
    phone, desk, others = signed_in(edda), signed_in(edda), signed_in(other)
    assert is_in(phone)
    assert end_sessions(edda) == 2
    assert [is_in(phone), is_in(desk), is_in(others)] == [False, False, True]


def test_an_account_that_is_disabled_and_enabled_again_is_signed_out():
    edda = make_account("Edda", "Editor")
    old = signed_in(edda)
    admin = signed_in(make_account("Ada", "Administrator"))
    for is_active in (False, True):
        page = admin.get(f"/admin/auth/user/{edda.pk}/change/")
        form = page.context["adminform"].form
        values = {bound.html_name: bound.value() for bound in form}
        values = {name: value for name, value in values.items() if value}
        values |= {"is_active": "on"} if is_active else {}
        if not is_active:
            del values["is_active"]
        answer = admin.post(f"/admin/auth/user/{edda.pk}/change/", values)
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        edda.refresh_from_db()
        assert edda.is_active == is_active
    assert not is_in(old)


@pytest.mark.parametrize(
    "password",
    ["short-words", "qwertyuiopas", "password1234", "letmeinletmein", "aaaaaaaaaaaab"],
)
def test_a_short_or_common_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_long_uncommon_password_is_taken():
    validate_password("four unlike words")
