"""What an editor sends after the session has ended: it is signed, carried through the
sign-in form, and offered to be sent again. Passwords are left out: they would stand in
the page.

A form names the account that it was opened by, and is offered only to this account:
somebody else may sign in at the same browser. A form that names none is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest

SALT = "archive.unsent"
MAX_AGE = 24 * 3600  # seconds
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field
ACCOUNT = "opened_by"  # the field of templates/admin/_opened_by.html
PASSWORD = "password"  # noqa: S105  in the names of fields


@dataclass(frozen=True)
class Unsent:
    url: str
    fields: list[tuple[str, str]]

    def is_of(self, account: Any) -> bool:
        return (ACCOUNT, str(account.pk)) in self.fields


def is_expired(request: HttpRequest) -> bool:
    """Whether somebody sent a form of this site with the token of an earlier session,
    after signing in again elsewhere. The browser says that the form is ours.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    is_form = request.path.startswith("/admin/") and ACCOUNT in request.POST
    return is_ours and is_form and request.user.is_staff


def unsent_form(request: HttpRequest) -> Unsent:
    """The form that was sent."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and PASSWORD not in name
    ]
    return Unsent(request.get_full_path(), fields)


def sealed(request: HttpRequest) -> str:
    """The form that was sent, as signed text; empty if it names no account."""
    if ACCOUNT not in request.POST:
        return ""
    unsent = unsent_form(request)
    return signing.dumps([unsent.url, unsent.fields], salt=SALT, compress=True)


def opened(text: str) -> Unsent | None:
    """None if it was not signed here, or too long ago."""
    try:
        url, fields = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Unsent(url, [(name, value) for name, value in fields])
